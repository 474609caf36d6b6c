"""The two currencies of a document: computed alike, side by side, and never converted (spec 60, 1)."""

from __future__ import annotations

from decimal import Decimal

from msgspec import Struct

from entrepot.kit.pages.formats import money
from entrepot.sales.open_order import NOTHING, OpenOrder
from entrepot.sales.rounding import BASE, INCLUDING, INCLUDING_BASE, REGULAR

SHORTENED = {
    "base_shipping_discount_tax_compensation_amount": "base_shipping_discount_tax_compensation_amnt",
    "base_weee_tax_applied_row_amount": "base_weee_tax_applied_row_amnt",
}
"""Columns whose names would have become too long."""


LARGEST = Decimal(10**12)
"""More than any order comes to, and little enough to be rounded to cents."""


def graspable(amount: Decimal) -> Decimal:
    """The amount, or the largest one where it is beyond that; so it is refused as what it is, too much."""
    return max(-LARGEST, min(amount, LARGEST))


class Side(Struct, frozen=True):
    """One of the currencies: what its columns begin with, and which rounders its amounts go through."""

    prefix: str
    rounder: str
    rounder_incl_tax: str

    def of(self, row: Struct, name: str) -> Decimal:
        """An amount of an order or of a line; 0 where none was written yet."""
        found: Decimal | None = getattr(row, self.column(name))
        return found or NOTHING

    def put(self, row: Struct, name: str, amount: Decimal | None) -> None:
        setattr(row, self.column(name), amount)

    def add(self, row: Struct, name: str, amount: Decimal) -> None:
        self.put(row, name, self.of(row, name) + amount)

    def column(self, name: str) -> str:
        column = self.prefix + name
        return SHORTENED.get(column, column)


ORDERED = Side("", REGULAR, INCLUDING)
"""The currency that the customer pays in."""
BASE_CURRENCY = Side("base_", BASE, INCLUDING_BASE)

SIDES = (BASE_CURRENCY, ORDERED)


def in_base_currency(order: OpenOrder, amount: Decimal) -> str:
    """As messages and the history have amounts, whatever the language of the store: `$16.00`."""
    return money(amount, order.base_currency_code or "USD", "en_US")
