"""The lines of an order as they are shown, and what is left to do with them (spec 60, 3.2)."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from msgspec import Struct

from entrepot.sales import states
from entrepot.sales.contracts import Order, OrderItem
from entrepot.sales.open_order import OpenOrder
from entrepot.sales.printed_choices import printed_choices

NOTHING = Decimal(0)
WITH_PARTS = "bundle"
"""Of other types only the line is shown: it stands for its part."""


class ShownLine(Struct, frozen=True):
    item: OrderItem
    choices: Sequence[tuple[str, str]]
    status: str
    is_part: bool = False
    shows_canceled: bool = False
    """A column that few orders need."""

    @property
    def subtotal(self) -> Decimal:
        """Before the discount; clients get it after."""
        return (self.item.row_total or NOTHING) + (self.item.discount_amount or NOTHING)

    @property
    def quantities(self) -> list[tuple[str, Decimal]]:
        item = self.item
        return [
            ("Ordered", item.qty_ordered or NOTHING),
            ("Invoiced", item.qty_invoiced or NOTHING),
            ("Shipped", item.qty_shipped or NOTHING),
            ("Refunded", item.qty_refunded or NOTHING),
            *([("Canceled", item.qty_canceled or NOTHING)] if self.shows_canceled else []),
        ]


def shown_lines(order: Order) -> list[ShownLine]:
    """Bundles with their parts below them."""
    items = order.items or []
    canceled = any(item.qty_canceled for item in items)
    found = []
    for item in items:
        if item.parent_item_id is None:
            found.append(_shown(item, canceled))
            if item.product_type == WITH_PARTS:
                parts = [one for one in items if one.parent_item_id == item.item_id]
                found += [_shown(part, canceled, is_part=True) for part in parts]
    return found


def _shown(item: OrderItem, canceled: bool, *, is_part: bool = False) -> ShownLine:
    return ShownLine(item, printed_choices(item), item_status(item), is_part, canceled)


def item_status(item: OrderItem) -> str:
    """What a line has come to, in one word. The first that fits."""
    ordered, invoiced, shipped, refunded, canceled, backordered = (
        amount or NOTHING
        for amount in (
            item.qty_ordered, item.qty_invoiced, item.qty_shipped, item.qty_refunded, item.qty_canceled,
            item.qty_backordered,
        )
    )  # fmt: skip
    actual = ordered - canceled - refunded
    if not (invoiced or shipped or refunded or canceled or backordered):
        return "Ordered"
    if shipped and invoiced and actual == shipped:
        return "Shipped"
    if invoiced and not shipped and actual == invoiced:
        return "Invoiced"
    if backordered and actual == backordered:
        return "Backordered"
    if refunded and refunded == ordered:
        return "Refunded"
    if canceled and canceled == ordered:
        return "Canceled"
    return "Partial" if max(shipped, invoiced) < actual else "Mixed"


class Progress(Struct, frozen=True):
    """How many pieces of an order still wait."""

    to_invoice: Decimal
    to_ship: Decimal


def progress(order: OpenOrder) -> Progress:
    """Of an order that is stopped or finished nothing waits."""
    to_invoice = sum((states.to_invoice(order, item) for item in order.items), NOTHING)
    to_ship = sum((states.to_ship(order, item) for item in order.items if not item.is_virtual), NOTHING)
    return Progress(
        to_invoice if states.can_invoice(order) else NOTHING,
        to_ship if states.can_ship(order) else NOTHING,
    )
