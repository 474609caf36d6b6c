"""What an invoice changes of its order (spec 60, 6.3). Pure."""

from __future__ import annotations

from collections.abc import Sequence

from entrepot.sales.invoices.contracts import Invoice
from entrepot.sales.invoices.draft import Draft, Line
from entrepot.sales.open_order import NOTHING, OpenItem, OpenOrder
from entrepot.sales.sides import SIDES, Side

SUMS = {
    "total_invoiced": "grand_total",
    "subtotal_invoiced": "subtotal",
    "discount_invoiced": "discount_amount",
    "discount_tax_compensation_invoiced": "discount_tax_compensation_amount",
    "shipping_invoiced": "shipping_amount",
    "tax_invoiced": "tax_amount",
}
"""The order's sums, and what of an invoice goes into each."""

LINE_SUMS = {
    "row_invoiced": "row_total",
    "tax_invoiced": "tax_amount",
    "discount_invoiced": "discount_amount",
    "discount_tax_compensation_invoiced": "discount_tax_compensation_amount",
}


def register(order: OpenOrder, draft: Draft, *, is_paid: bool = True) -> list[OpenItem]:
    """Add an invoice to its order; the lines of the order that changed."""
    for side in SIDES:
        for total, amount in SUMS.items():
            side.add(order, total, side.of(draft, amount))
        if is_paid:
            side.add(order, "total_paid", side.of(draft, "grand_total"))
    order.base_total_invoiced_cost = (order.base_total_invoiced_cost or NOTHING) + draft.base_cost
    return _register_lines(draft.stored)


def _register_lines(lines: Sequence[Line]) -> list[OpenItem]:
    for line in lines:
        line.item.qty_invoiced += line.qty
        for side in SIDES:
            _add_line(line, side)
    return [line.item for line in lines]


def _add_line(line: Line, side: Side) -> None:
    for total, amount in LINE_SUMS.items():
        if getattr(line, side.column(amount)) is not None:
            side.add(line.item, total, side.of(line, amount))


def unregister(order: OpenOrder, invoice: Invoice) -> list[OpenItem]:
    """Take an invoice that was never paid out of its order again; the lines of the order that changed."""
    for side in SIDES:
        for total, amount in SUMS.items():
            side.add(order, total, -side.of(invoice, amount))
    items = {item.item_id: item for item in order.items}
    changed = []
    for line in invoice.items or ():
        item = items.get(line.order_item_id or 0)
        if item is None:
            continue
        item.qty_invoiced -= line.qty or NOTHING
        for side in SIDES:
            for total, amount in LINE_SUMS.items():
                if getattr(line, side.column(amount)) is not None:
                    side.add(item, total, -side.of(line, amount))
        changed.append(item)
    return changed
