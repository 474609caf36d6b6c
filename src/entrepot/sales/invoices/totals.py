"""What an invoice comes to (spec 60, 6.3). Pure.

Amounts of a line are its share of what was ordered and not invoiced yet, so the last invoice takes to the cent what the
others left. The first one takes all of the shipping. Both currencies are computed alike, side by side. The lines are
gone through once for each total, because what rounding cuts off one amount goes to the next one.
"""

from __future__ import annotations

from decimal import Decimal

from entrepot.sales.fixed_taxes import fixed_taxes
from entrepot.sales.invoices.draft import Draft, Line
from entrepot.sales.open_order import NOTHING, OpenOrder
from entrepot.sales.rounding import RunningRounder
from entrepot.sales.sides import SIDES, Side

TAXES = ("tax", "discount_tax_compensation")


def collect(order: OpenOrder, draft: Draft) -> None:
    """Give a draft its totals."""
    lines = [line for line in draft.lines if not line.is_paid_elsewhere]
    is_last = all(line.is_last for line in lines)
    for side in SIDES:
        rounder = RunningRounder()
        for line in lines:
            _collect_row(line, side, rounder)
        for line in lines:
            _collect_discount(line, side, rounder)
        for line in lines:
            _collect_taxes(line, side, rounder)
        _sum_lines(order, draft, lines, side, is_last=is_last)
        _collect_shipping(order, draft, side)
        _sum(draft, side)
        taxed = [(line.item, line.item.qty_invoiced, line.qty) for line in lines]
        side.add(draft, "grand_total", fixed_taxes(order, taxed, side))
    draft.base_cost = sum(
        ((line.item.base_cost or NOTHING) * line.qty for line in draft.lines if not order.parts(line.item)), NOTHING
    )


def _collect_row(line: Line, side: Side, rounder: RunningRounder) -> None:
    item = line.item
    left = side.of(item, "row_total") - side.of(item, "row_invoiced")
    side.put(line, "row_total", _part(line, left, side, rounder))
    if item.row_total_incl_tax and item.base_row_total_incl_tax:
        exact = side.of(item, "row_total_incl_tax") / item.qty_ordered * line.qty
        side.put(line, "row_total_incl_tax", rounder.round(exact, side.rounder_incl_tax))


def _collect_discount(line: Line, side: Side, rounder: RunningRounder) -> None:
    ordered = side.of(line.item, "discount_amount")
    if ordered:
        left = ordered - side.of(line.item, "discount_invoiced")
        side.put(line, "discount_amount", _part(line, left, side, rounder, negative=True))


def _collect_taxes(line: Line, side: Side, rounder: RunningRounder) -> None:
    item = line.item
    if not line.qty or not any(side.of(item, f"{tax}_amount") for tax in TAXES):
        return
    for tax in TAXES:
        left = side.of(item, f"{tax}_amount") - side.of(item, f"{tax}_invoiced")
        side.put(line, f"{tax}_amount", _part(line, left, side, rounder))


def _part(line: Line, left: Decimal, side: Side, rounder: RunningRounder, *, negative: bool = False) -> Decimal:
    """The share of these pieces in what is left of an amount; all of it goes with the last piece."""
    if line.is_last:
        return left
    pieces = line.item.qty_ordered - line.item.qty_invoiced
    return rounder.round(left / pieces * line.qty, side.rounder, negative=negative)


def _sum_lines(order: OpenOrder, draft: Draft, lines: list[Line], side: Side, *, is_last: bool) -> None:
    def total(name: str) -> Decimal:
        return sum((side.of(line, name) for line in lines), NOTHING)

    def limited(name: str, invoiced: str, amount: Decimal) -> Decimal:
        """No more than is left of the order's; and all of that, if all is invoiced."""
        left = side.of(order, name) - side.of(order, invoiced)
        return left if is_last else min(left, amount)

    side.put(draft, "subtotal", limited("subtotal", "subtotal_invoiced", total("row_total")))
    side.put(draft, "subtotal_incl_tax", total("row_total_incl_tax"))
    side.put(draft, "discount_amount", -total("discount_amount"))
    taxes = total("tax_amount") + (side.of(order, "shipping_tax_amount") if _has_shipping(order) else NOTHING)
    side.put(draft, "tax_amount", limited("tax_amount", "tax_invoiced", taxes))
    hidden = "discount_tax_compensation"
    side.put(
        draft,
        f"{hidden}_amount",
        limited(f"{hidden}_amount", f"{hidden}_invoiced", total(f"{hidden}_amount")),
    )


def _has_shipping(order: OpenOrder) -> bool:
    """Whether the next invoice takes the shipping: the order has some, and no invoice has it yet."""
    return bool(order.shipping_amount) and not order.shipping_invoiced


def _collect_shipping(order: OpenOrder, draft: Draft, side: Side) -> None:
    if not order.discount_invoiced:
        side.add(draft, "discount_amount", -side.of(order, "shipping_discount_amount"))
    if _has_shipping(order):
        for name in ("amount", "incl_tax", "tax_amount", "discount_tax_compensation_amount"):
            side.put(draft, f"shipping_{name}", side.of(order, f"shipping_{name}"))


def _sum(draft: Draft, side: Side) -> None:
    parts = (
        "subtotal",
        "discount_amount",
        "shipping_amount",
        "tax_amount",
        "discount_tax_compensation_amount",
        "shipping_discount_tax_compensation_amount",
    )
    side.put(draft, "grand_total", sum((side.of(draft, name) for name in parts), NOTHING))
