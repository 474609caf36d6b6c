"""What a credit memo changes of its order (spec 60, 8.2, step 6). Pure."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from msgspec import Struct

from entrepot.sales.creditmemos.gateways import RefundingMethod
from entrepot.sales.creditmemos.rows import NewCreditmemo, NewCreditmemoItem
from entrepot.sales.open_order import NOTHING, OpenItem, OpenOrder
from entrepot.sales.sides import SIDES
from entrepot.taxes import round_price

SUMS = {
    "subtotal_refunded": "subtotal",
    "discount_refunded": "discount_amount",
    "discount_tax_compensation_refunded": "discount_tax_compensation_amount",
    "shipping_refunded": "shipping_amount",
    "shipping_tax_refunded": "shipping_tax_amount",
    "tax_refunded": "tax_amount",
}
"""The order's sums, and what of a memo goes into each."""

LINE_SUMS = {
    "amount_refunded": "row_total",
    "tax_refunded": "tax_amount",
    "discount_refunded": "discount_amount",
    "discount_tax_compensation_refunded": "discount_tax_compensation_amount",
}


class Refund(Struct, frozen=True):
    """A memo with its lines, and how its money goes back."""

    memo: NewCreditmemo
    lines: Sequence[NewCreditmemoItem]
    is_online: bool = False
    """Which of the order's sums it belongs to."""
    gateway: RefundingMethod | None = None
    """What gives the money back; None where that happens elsewhere."""
    is_of_invoice: bool = False
    """Whether the invoice that the memo names is told."""


def register(order: OpenOrder, refund: Refund) -> list[OpenItem]:
    """Add a refund to its order; the lines of the order that changed."""
    memo = refund.memo
    for side in SIDES:
        for total, amount in SUMS.items():
            side.add(order, total, side.of(memo, amount))
        for adjustment in ("adjustment_positive", "adjustment_negative"):
            # Unlike the memo, the order has a sum of them once something was given back, be it of nothing.
            side.add(order, adjustment, side.of(memo, adjustment))
        given = side.of(memo, "grand_total")
        side.put(order, "total_refunded", round_price(side.of(order, "total_refunded") + given))
        way = "total_online_refunded" if refund.is_online else "total_offline_refunded"
        side.add(order, way, given)
    return _register_lines(order, refund.lines)


def _register_lines(order: OpenOrder, lines: Sequence[NewCreditmemoItem]) -> list[OpenItem]:
    items = {item.item_id: item for item in order.items}
    parts = order.parts_by_line()
    changed = []
    for line in lines:
        item = items.get(line.order_item_id or 0)
        if item is None or not line.qty:
            continue
        item.qty_refunded += line.qty
        for side in SIDES:
            for total, amount in LINE_SUMS.items():
                if getattr(line, side.column(amount)) is not None:
                    side.add(item, total, side.of(line, amount))
        if item.item_id not in parts:
            _take_cost(order, item, line.qty)
        changed.append(item)
    return changed


def _take_cost(order: OpenOrder, item: OpenItem, qty: Decimal) -> None:
    """What was sold is not sold any more, so it cost nothing either."""
    if item.base_cost:
        order.base_total_invoiced_cost = (order.base_total_invoiced_cost or NOTHING) - item.base_cost * qty
