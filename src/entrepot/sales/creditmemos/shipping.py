"""What of the shipping a credit memo gives back, with its discount and its taxes (spec 60, 8.4). Pure."""

from __future__ import annotations

from decimal import Decimal

from entrepot.sales.creditmemos.draft import Draft
from entrepot.sales.creditmemos.errors import NoShippingToRefund, TooMuchShippingToRefund
from entrepot.sales.open_order import NOTHING, OpenOrder
from entrepot.sales.rounding import RunningRounder
from entrepot.sales.sides import BASE_CURRENCY, SIDES, Side, graspable, in_base_currency
from entrepot.taxes import round_price

COMPENSATION = "shipping_discount_tax_compensation_amount"


def collect(order: OpenOrder, draft: Draft, *, has_tax: bool) -> None:
    """The shipping itself: what was asked for, or all that is left.

    Raises NoShippingToRefund, TooMuchShippingToRefund.
    """
    asked = _asked(order, draft, has_tax=has_tax)
    base = BASE_CURRENCY
    wanted = base.of(order, "shipping_incl_tax") - base.of(order, "shipping_tax_amount") if asked is None else asked
    if wanted and base.of(order, "shipping_amount") <= 0:
        raise NoShippingToRefund
    if asked is None:
        _give_all(order, draft)
    else:
        _give(order, draft, round_price(graspable(asked)), has_tax=has_tax)


def _asked(order: OpenOrder, draft: Draft, *, has_tax: bool) -> Decimal | None:
    """An invoice gives back no more than was paid by it, unless it is told how much."""
    asked, invoice = draft.asked.shipping_amount, draft.invoice
    if asked is not None or invoice is None:
        return asked
    paid = BASE_CURRENCY.of(invoice, "shipping_incl_tax" if has_tax else "shipping_amount")
    return min(_most(order, has_tax=has_tax), paid)


def _left(order: OpenOrder, side: Side) -> Decimal:
    """Without tax."""
    return side.of(order, "shipping_amount") - side.of(order, "shipping_refunded")


def _most(order: OpenOrder, *, has_tax: bool) -> Decimal:
    """What is left in the base currency, with its tax or without."""
    if not has_tax:
        return _left(order, BASE_CURRENCY)
    refunded = BASE_CURRENCY.of(order, "shipping_refunded") + BASE_CURRENCY.of(order, "shipping_tax_refunded")
    return BASE_CURRENCY.of(order, "shipping_incl_tax") - refunded


def _give(order: OpenOrder, draft: Draft, wanted: Decimal, *, has_tax: bool) -> None:
    """As much as was asked for, and the same share of the other currency."""
    most = _most(order, has_tax=has_tax)
    if wanted > round_price(most):
        raise TooMuchShippingToRefund(in_base_currency(order, most))
    whole = BASE_CURRENCY.of(order, "shipping_incl_tax" if has_tax else "shipping_amount")
    ratio = wanted / whole if whole else NOTHING
    for side in SIDES:
        part = round_price(side.of(order, "shipping_amount") * ratio)
        side.put(draft, "shipping_amount", _left(order, side) if wanted == most else part)
        side.put(draft, "shipping_incl_tax", round_price(side.of(order, "shipping_incl_tax") * ratio))


def _give_all(order: OpenOrder, draft: Draft) -> None:
    for side in SIDES:
        left = _left(order, side)
        taxes = side.of(order, "shipping_tax_amount") - side.of(order, "shipping_tax_refunded")
        side.put(draft, "shipping_amount", left)
        side.put(draft, "shipping_incl_tax", round_price(left + taxes))


def collect_discount(order: OpenOrder, draft: Draft, side: Side) -> None:
    """The discount on the shipping that is given back: the same share of it, and the rest with the rest."""
    whole, discount = side.of(order, "shipping_amount"), side.of(order, "shipping_discount_amount")
    now = side.of(draft, "shipping_amount")
    if not now or not whole or not discount:
        return
    # What the lines did not take of the order's discount, its shipping took.
    of_lines = sum((side.of(item, "discount_refunded") for item in order.items), NOTHING)
    before = min(max(-side.of(order, "discount_refunded") - of_lines, NOTHING), discount)
    part = discount - before if _is_last(order, draft, side) else round_price(discount * now / whole)
    side.add(draft, "discount_amount", -part)


def collect_tax(order: OpenOrder, draft: Draft, side: Side, rounder: RunningRounder) -> None:
    """The taxes on it, added to those on the lines."""
    if draft.invoice is not None:
        part = _part_of_invoice(order, draft)
        tax = rounder.round(side.of(draft.invoice, "shipping_tax_amount") * part, side.rounder)
        compensation = rounder.round(side.of(draft.invoice, COMPENSATION) * part, side.rounder)
    elif _is_last(order, draft, BASE_CURRENCY):
        tax = side.of(order, "shipping_tax_amount") - side.of(order, "shipping_tax_refunded")
        compensation = _compensation_left(order, side)
    else:
        whole = side.of(order, "shipping_amount")
        part = side.of(draft, "shipping_amount") / whole if whole else NOTHING
        tax = rounder.round(side.of(order, "shipping_tax_amount") * part, side.rounder)
        compensation = rounder.round(side.of(order, COMPENSATION) * part, side.rounder)
    side.put(draft, "shipping_tax_amount", tax)
    side.add(draft, "tax_amount", tax)
    if compensation:
        side.put(draft, COMPENSATION, compensation)
        side.add(draft, "discount_tax_compensation_amount", compensation)


def _part_of_invoice(order: OpenOrder, draft: Draft) -> Decimal:
    whole = BASE_CURRENCY.of(order, "shipping_amount")
    return BASE_CURRENCY.of(draft, "shipping_amount") / whole if whole else NOTHING


def _compensation_left(order: OpenOrder, side: Side) -> Decimal:
    of_lines = sum((side.of(item, "discount_tax_compensation_refunded") for item in order.items), NOTHING)
    before = side.of(order, "discount_tax_compensation_refunded") - of_lines
    return max(side.of(order, COMPENSATION) - max(before, NOTHING), NOTHING)


def _is_last(order: OpenOrder, draft: Draft, side: Side) -> bool:
    return side.of(draft, "shipping_amount") >= _left(order, side)


def is_partly_taxed(order: OpenOrder, draft: Draft) -> bool:
    """Whether shipping that was taxed stays with the shop."""
    has_tax = any(BASE_CURRENCY.of(order, name) for name in ("shipping_tax_amount", COMPENSATION))
    if not has_tax:
        return False
    if draft.invoice is not None:
        return _part_of_invoice(order, draft) < 1
    return not _is_last(order, draft, BASE_CURRENCY)
