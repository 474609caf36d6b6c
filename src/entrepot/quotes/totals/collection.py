"""What collectors work on: a cart, its lines, and the rates and rules that hold for them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Protocol

from msgspec import Struct, field

from entrepot.catalog import Goods
from entrepot.kit.context import Context
from entrepot.promotions import Candidates
from entrepot.quotes.cart import OpenCart
from entrepot.quotes.cart_types import cart_type
from entrepot.quotes.contracts import TotalSegment
from entrepot.quotes.quote import Address, AddressAmounts, Item, LineAmounts
from entrepot.taxes import NO_TAX, TaxRate, TaxSettings

NOTHING = Decimal(0)


class Line(Struct):
    """A line with its product and its parts."""

    item: Item
    goods: Goods
    parts: list[Line] = field(default_factory=list)
    prices_from_parts: bool = False

    @property
    def priced(self) -> list[Line]:
        """What has prices of its own: the line, or its parts."""
        return self.parts if self.prices_from_parts else [self]


class Side(Struct, frozen=True):
    """One of the two currencies in which everything is computed."""

    is_base: bool
    rate: Decimal
    """From the base currency."""

    def of_line(self, item: Item) -> LineAmounts:
        return item.base if self.is_base else item.amounts

    def of_address(self, address: Address) -> AddressAmounts:
        return address.base if self.is_base else address.amounts

    def unit_price(self, item: Item) -> Decimal:
        return item.base_unit_price if self.is_base else item.unit_price


class Collection(Struct):
    """One run of the collectors."""

    cart: OpenCart
    address: Address
    """The one that has the goods."""
    lines: list[Line]
    sides: tuple[Side, ...]
    """Base currency first."""
    settings: TaxSettings
    rates: Mapping[int, TaxRate] = field(default_factory=dict)
    """Of the customer, by class of goods."""
    store_rates: Mapping[int, TaxRate] = field(default_factory=dict)
    """Those that prices with tax were made with."""
    candidates: Candidates = field(default_factory=Candidates)
    facts: Mapping[int, Mapping[str, object]] = field(default_factory=dict)
    """Of products, for the conditions of rules."""

    def priced_lines(self) -> Iterator[Line]:
        for line in self.lines:
            yield from line.priced

    def qty(self, line: Line) -> Decimal:
        """All pieces of a line; of a part, in all pieces of its line."""
        if line.item.parent_item_id is None:
            return line.item.qty
        return line.item.qty * next(
            outer.item.qty for outer in self.lines if outer.item.item_id == line.item.parent_item_id
        )

    def rate_of(self, class_id: int) -> TaxRate:
        return self.rates.get(class_id, NO_TAX)

    def store_rate_of(self, class_id: int) -> TaxRate:
        return self.store_rates.get(class_id, NO_TAX)


class Collector(Protocol):
    """Adds its part to the totals. Found through the entry points `entrepot.totals`; runs in the order of `sort`.

    Our own: 100 subtotal, 200 tax_subtotal, 300 discount, 350 shipping, 375 tax_shipping, 400 shipping_discount,
    450 tax, 550 grand_total. Another one puts what it adds to the grand total into `AddressAmounts.extra[code]`, on
    both sides, before 550.
    """

    code: str
    sort: int

    async def collect(self, ctx: Context, collection: Collection) -> None:
        """Write amounts into the address and the items of the collection."""

    def segment(self, ctx: Context, cart: OpenCart, address: Address) -> TotalSegment | None:
        """The line under the goods; None where there is none to show."""


def lines_of(cart: OpenCart) -> list[Line]:
    """The lines in their order, with their parts."""
    quote = cart.quote
    lines = []
    for item in quote.visible_items:
        line = Line(item, cart.goods[item.product_id])
        line.prices_from_parts = cart_type(item.product_type).prices_from_parts
        line.parts = [Line(part, cart.goods[part.product_id]) for part in quote.children(item)]
        lines.append(line)
    return lines
