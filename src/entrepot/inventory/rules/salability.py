"""What can be sold of a sku in a stock, and why not (spec 40-inventory, 9 to 11).

Two chains: adding to a cart asks for the limits of the shop and for the goods; placing an order only for the goods.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Context, Decimal

from msgspec import Struct

from entrepot.inventory.contracts import SalabilityError
from entrepot.inventory.rules.products import ProductRef, has_source_items
from entrepot.inventory.rules.settings import Settings
from entrepot.inventory.rules.validation import DEFAULT_STOCK_ID
from entrepot.kit.rest import json_text

PLACES = Decimal("0.0001")
WIDE = Context(prec=60, rounding=ROUND_HALF_UP)
"""Quantities that clients ask for may have more digits than any that is stored."""


class StockFacts(Struct, frozen=True):
    """All that decides about a sku in a stock, as of one moment."""

    stock_id: int
    sku: str
    """As it was asked for."""
    product: ProductRef | None
    settings: Settings
    reads_in_stock: bool
    """What the product's own stock item says; counts for composites."""
    source_quantity: Decimal
    """The sum over items in stock on enabled sources of the stock."""
    has_source_row: bool
    """Whether an enabled source of the stock has an item, in stock or not."""
    is_any_in_stock: bool
    is_linked: bool
    """Whether any source of the stock, enabled or not, has an item."""
    reserved: Decimal
    """The sum of reservations: negative while orders have claims."""

    @property
    def is_composite(self) -> bool:
        return self.product is not None and not has_source_items(self.product)

    @property
    def is_assigned(self) -> bool:
        """The default stock offers everything; other stocks only what one of their sources has."""
        return self.stock_id == DEFAULT_STOCK_ID or self.product is None or self.is_composite or self.is_linked

    @property
    def has_row(self) -> bool:
        return self.has_source_row or (self.stock_id == DEFAULT_STOCK_ID and self.product is not None)

    @property
    def flag(self) -> bool:
        """Whether the stock offers it at all; reservations play no part."""
        if not self.has_row or (self.stock_id == DEFAULT_STOCK_ID and not self.is_any_in_stock):
            return False
        settings = self.settings
        return (
            (settings.allows_backorders and (settings.min_qty >= 0 or self.source_quantity > settings.min_qty))
            or not settings.manage_stock
            or self.source_quantity > settings.min_qty
            or self.product is None
        )

    @property
    def available(self) -> Decimal:
        """What lies there and is not promised; negative when more is promised."""
        return self.source_quantity + self.reserved

    @property
    def salable_qty(self) -> Decimal:
        """May be negative, with backorders."""
        return self.available - self.settings.min_qty if self.flag else Decimal(0)


NOT_ASSIGNED = SalabilityError(
    code="requested-sku-is-not-assigned-to-given-stock", message="The requested sku is not assigned to given stock."
)
NO_SOURCE_ITEMS = SalabilityError(
    code="is_any_source_item_in_stock-no_source_items_in_stock",
    message="There are no source items with the in stock status",
)
BACKORDERS_DISABLED = SalabilityError(code="back_order-disabled", message="Backorders are disabled")
STOCK_MANAGED = SalabilityError(code="manage_stock-enabled", message="Manage stock is enabled")
NO_ROW = SalabilityError(
    code="is_salable_with_reservations-no_data", message="The requested sku is not assigned to given stock"
)
NOT_ENOUGH = SalabilityError(
    code="is_salable_with_reservations-not_enough_qty", message="The requested qty is not available"
)


def is_salable(facts: StockFacts) -> bool:
    """Whether some quantity could be sold. A composite also needs a child that is salable, which is not asked here."""
    if facts.product is None:
        return False
    if facts.is_composite:
        return facts.reads_in_stock
    if not facts.is_assigned or not _is_on_a_shelf(facts):
        return False
    return _is_sold_without_counting(facts) or (facts.flag and facts.available > facts.settings.min_qty)


def cart_errors(facts: StockFacts, qty: Decimal) -> list[SalabilityError]:
    """Why this quantity cannot go into a cart; empty when it can."""
    if not facts.is_assigned:
        return [NOT_ASSIGNED]
    required = list(_limit_errors(facts.settings, qty))
    if not _is_on_a_shelf(facts):
        required.append(NO_SOURCE_ITEMS)
    return required or order_errors(facts, qty)


def order_errors(facts: StockFacts, qty: Decimal) -> list[SalabilityError]:
    """Why this quantity cannot be ordered; empty when it can."""
    if not facts.is_assigned:
        return [NOT_ASSIGNED]
    if _is_sold_without_counting(facts):
        return []
    if not facts.has_row:
        return [BACKORDERS_DISABLED, STOCK_MANAGED, NO_ROW]
    if facts.flag and rounded(facts.available - facts.settings.min_qty) >= rounded(qty):
        return []
    return [BACKORDERS_DISABLED, STOCK_MANAGED, NOT_ENOUGH]


def rounded(qty: Decimal) -> Decimal:
    """To the four places with which quantities compare."""
    return qty.quantize(PLACES, context=WIDE)


def _is_on_a_shelf(facts: StockFacts) -> bool:
    return not facts.settings.manage_stock or facts.is_composite or facts.is_any_in_stock


def _is_sold_without_counting(facts: StockFacts) -> bool:
    settings = facts.settings
    return (settings.allows_backorders and settings.min_qty >= 0) or not settings.manage_stock


def _limit_errors(settings: Settings, qty: Decimal) -> Iterator[SalabilityError]:
    """At most one: the first limit that is broken. A limit of 0 is none."""
    if settings.min_sale_qty and qty < settings.min_sale_qty:
        least = json_text.number(settings.min_sale_qty)
        yield SalabilityError(code="is_correct_qty-min_sale_qty", message=f"The fewest you may purchase is {least}")
    elif settings.max_sale_qty and qty > settings.max_sale_qty:
        yield SalabilityError(
            code="is_correct_qty-max_sale_qty",
            message="The requested qty exceeds the maximum qty allowed in shopping cart",
        )
    elif settings.qty_increments and not is_multiple(qty, settings.qty_increments):
        step = json_text.number(settings.qty_increments)
        yield SalabilityError(
            code="is_correct_qty-qty_increment",
            message=f"You can buy this product only in quantities of {step} at a time.",
        )
    elif not settings.is_qty_decimal and qty != qty.to_integral_value(context=WIDE):
        yield SalabilityError(
            code="is_correct_qty-is_qty_decimal", message="You cannot use decimal quantity for this product."
        )


def is_multiple(qty: Decimal, increment: Decimal) -> bool:
    """Whether a quantity is a multiple of the increment, but for a ten-thousandth of it."""
    rest = abs(WIDE.remainder(qty, increment))
    tolerance = increment / 10_000
    return rest < tolerance or abs(rest - increment) < tolerance
