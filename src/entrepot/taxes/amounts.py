"""What tax computations take and give. All amounts of one computation are in one currency."""

from __future__ import annotations

from decimal import Decimal
from enum import Enum

from msgspec import Struct

NOTHING = Decimal(0)


class Algorithm(Enum):
    """What is rounded: the tax on a piece, on a line, or on the whole."""

    UNIT = "UNIT_BASE_CALCULATION"
    ROW = "ROW_BASE_CALCULATION"
    TOTAL = "TOTAL_BASE_CALCULATION"


class Place(Struct, frozen=True):
    """Where a tax is due."""

    country_id: str | None = None
    region_id: int | None = None
    postcode: str | None = None


class AppliedRate(Struct, frozen=True, omit_defaults=True):
    """One rate that took part."""

    code: str
    title: str
    percent: Decimal
    priority: int = 0
    position: int = 0


class TaxGroup(Struct, frozen=True):
    """Rates of rules with the same priority: their percentages add up."""

    id: str
    """The codes of the rates, one after the other."""
    percent: Decimal
    rates: tuple[AppliedRate, ...]


class TaxRate(Struct, frozen=True):
    """All that is due on one kind of goods in one place."""

    percent: Decimal = NOTHING
    groups: tuple[TaxGroup, ...] = ()


NO_TAX = TaxRate()


class AppliedTax(Struct, omit_defaults=True):
    """What a group came to, as carts and orders keep it: in the cart's currency and in the base currency."""

    id: str
    percent: Decimal
    rates: list[AppliedRate]
    amount: Decimal = NOTHING
    base_amount: Decimal = NOTHING


class Entry(Struct, frozen=True):
    """Something to be taxed: a line of a cart, or its shipping."""

    price: Decimal
    """Of one; it is rounded before it is multiplied."""
    qty: Decimal
    rate: TaxRate
    includes_tax: bool = False
    store_rate: TaxRate | None = None
    """The rate that a price with tax was made with, where it is another than the customer's."""
    discount: Decimal = NOTHING
    """Of the whole line, not negative."""
    original_price: Decimal | None = None
    """The price that the tax is on instead, of one."""


class EntryTax(Struct, frozen=True):
    """What became of an entry, in the order of the entries."""

    price: Decimal
    price_incl_tax: Decimal
    row_total: Decimal
    row_total_incl_tax: Decimal
    tax_amount: Decimal
    """After the discount where it is so configured."""
    compensation: Decimal
    """The part of the tax in the price that went with the discount."""
    tax_percent: Decimal
    applied: tuple[tuple[TaxGroup, Decimal], ...]
