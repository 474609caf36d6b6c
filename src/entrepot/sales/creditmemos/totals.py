"""What a credit memo comes to (spec 60, 8.4). Pure.

Amounts of a line are its share of what was invoiced and not given back yet, so the last memo gives back to the cent
what the others left. Both currencies are computed alike, side by side. The lines are gone through once for each total,
because what rounding cuts off one amount goes to the next one.
"""

from __future__ import annotations

from decimal import Decimal

from entrepot.sales.creditmemos import shipping
from entrepot.sales.creditmemos.draft import Draft, Line
from entrepot.sales.creditmemos.errors import TooManyToRefund
from entrepot.sales.fixed_taxes import fixed_taxes
from entrepot.sales.open_order import NOTHING, OpenOrder
from entrepot.sales.rounding import RunningRounder
from entrepot.sales.sides import BASE_CURRENCY, ORDERED, SIDES, Side, graspable
from entrepot.sales.states import to_refund
from entrepot.taxes import round_price


def collect(order: OpenOrder, draft: Draft, *, shipping_has_tax: bool) -> None:
    """Give a draft its totals. `shipping_has_tax` says how the shipping that was asked for is to be read.

    Raises, in this order:
        TooManyToRefund: more of a line than is left.
        NoShippingToRefund, TooMuchShippingToRefund: more of the shipping than is left.
    """
    lines = [line for line in draft.lines if not line.is_paid_elsewhere]
    for line in lines:
        if line.qty > to_refund(order, line.item):
            raise TooManyToRefund(line.item.name or "")
    shipping.collect(order, draft, has_tax=shipping_has_tax)
    _adjust(order, draft)
    is_last = all(line.is_last for line in lines)
    for side in SIDES:
        rounder = RunningRounder()
        for line in lines:
            _collect_row(line, side, rounder)
        for line in lines:
            _collect_discount(line, side, rounder)
        for line in lines:
            _collect_tax(line, side, rounder)
        _sum_lines(draft, lines, side)
        shipping.collect_discount(order, draft, side)
        shipping.collect_tax(order, draft, side, rounder)
        _limit_taxes(order, draft, side, is_last=is_last)
        _sum(draft, side)
        taxed = [(line.item, line.item.qty_refunded, line.qty) for line in lines]
        side.add(draft, "grand_total", fixed_taxes(order, taxed, side))


def _adjust(order: OpenOrder, draft: Draft) -> None:
    """What is given beside, and what is kept."""
    rate = order.base_to_order_rate or Decimal(1)
    for name in ("adjustment_positive", "adjustment_negative"):
        asked: Decimal | None = getattr(draft.asked, name)
        base = None if asked is None else round_price(graspable(asked))
        BASE_CURRENCY.put(draft, name, base)
        ORDERED.put(draft, name, None if base is None else round_price(base * rate))
    for side in SIDES:
        side.put(draft, "adjustment", side.of(draft, "adjustment_positive") - side.of(draft, "adjustment_negative"))


def _collect_row(line: Line, side: Side, rounder: RunningRounder) -> None:
    item = line.item
    left = side.of(item, "row_invoiced") - side.of(item, "amount_refunded")
    side.put(line, "row_total", _part(line, left, side, rounder))
    incl_tax = side.of(item, "row_total_incl_tax")
    if incl_tax and item.qty_ordered:
        exact = incl_tax / item.qty_ordered * line.qty
        side.put(line, "row_total_incl_tax", rounder.round(exact, side.rounder_incl_tax))


def _collect_discount(line: Line, side: Side, rounder: RunningRounder) -> None:
    invoiced = side.of(line.item, "discount_invoiced")
    if invoiced and line.item.qty_invoiced:
        left = invoiced - side.of(line.item, "discount_refunded")
        side.put(line, "discount_amount", _part(line, left, side, rounder, negative=True))


def _collect_tax(line: Line, side: Side, rounder: RunningRounder) -> None:
    item = line.item
    taxes = ("tax", "discount_tax_compensation")
    if not line.qty or not any(side.of(item, f"{tax}_invoiced") for tax in taxes):
        return
    for tax in taxes:
        left = side.of(item, f"{tax}_invoiced") - side.of(item, f"{tax}_refunded")
        side.put(line, f"{tax}_amount", _part(line, left, side, rounder))


def _part(line: Line, left: Decimal, side: Side, rounder: RunningRounder, *, negative: bool = False) -> Decimal:
    """The share of these pieces in what is left of an amount; all of it goes with the last piece."""
    pieces = line.item.qty_invoiced - line.item.qty_refunded
    if line.is_last or not pieces:
        return left
    return rounder.round(left / pieces * line.qty, side.rounder, negative=negative)


def _sum_lines(draft: Draft, lines: list[Line], side: Side) -> None:
    def total(name: str) -> Decimal:
        return sum((side.of(line, name) for line in lines), NOTHING)

    side.put(draft, "subtotal", total("row_total"))
    side.put(draft, "subtotal_incl_tax", total("row_total_incl_tax"))
    side.put(draft, "discount_amount", -total("discount_amount"))
    side.put(draft, "tax_amount", total("tax_amount"))
    side.put(draft, "discount_tax_compensation_amount", total("discount_tax_compensation_amount"))


def _limit_taxes(order: OpenOrder, draft: Draft, side: Side, *, is_last: bool) -> None:
    """No more than is left; and all of that, if all is given back."""
    left = {
        "tax_amount": side.of(order, "tax_invoiced") - side.of(order, "tax_refunded"),
        "discount_tax_compensation_amount": side.of(order, "discount_tax_compensation_invoiced")
        + side.of(order, "shipping_discount_tax_compensation_amount")
        - side.of(order, "discount_tax_compensation_refunded"),
    }
    gives_all = is_last and not shipping.is_partly_taxed(order, draft)
    for name, most in left.items():
        side.put(draft, name, most if gives_all else min(most, side.of(draft, name)))


def _sum(draft: Draft, side: Side) -> None:
    parts = ("subtotal", "discount_amount", "shipping_amount", "tax_amount", "discount_tax_compensation_amount")
    total = sum((side.of(draft, name) for name in parts), NOTHING)
    side.put(draft, "grand_total", total + side.of(draft, "adjustment"))
