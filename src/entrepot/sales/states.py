"""What may be done with an order, and which state comes of it (spec 60, 3). Pure functions of an order read whole.

A line that belongs to another takes part in money or not, and in shipping or not: only one of a configurable product
and its part is paid, only one is shipped. That a line takes no part is called dummy in the source of the formulas.
"""

from __future__ import annotations

from decimal import Decimal

from entrepot.kit.context import Context
from entrepot.sales.open_order import NOTHING, OpenItem, OpenOrder
from entrepot.sales.statuses import (
    CANCELED,
    CLOSED,
    COMPLETE,
    HOLDED,
    NEW,
    PAYMENT_REVIEW,
    PROCESSING,
    statuses,
)
from entrepot.taxes import round_price

PARTS_HAVE_PRICES, PARTS_ARE_SHIPPED = "0", "1"
BUNDLE = "bundle"
EIGHT_PLACES = Decimal("0.00000001")
NEXT_TO_NOTHING = Decimal("0.0001")

NEVER_CHANGED = frozenset({CANCELED, PAYMENT_REVIEW, COMPLETE, CLOSED, HOLDED})
"""The states in which an order is neither cancelled, held nor invoiced."""
NEVER_SHIPPED = frozenset({HOLDED, PAYMENT_REVIEW, CANCELED})
NEVER_REFUNDED = NEVER_SHIPPED | {CLOSED}


def is_paid_elsewhere(order: OpenOrder, item: OpenItem) -> bool:
    """Whether the money of this line stands in its parts, or that of this part in its line."""
    parent = order.parent(item)
    if parent is not None:
        return not _parts_have_prices(parent)
    return bool(order.parts(item)) and _parts_have_prices(item)


def _parts_have_prices(line: OpenItem) -> bool:
    return line.product_calculations == PARTS_HAVE_PRICES


def is_shipped_elsewhere(order: OpenOrder, item: OpenItem) -> bool:
    """Whether this line is shipped as its parts, or this part with its line."""
    parent = order.parent(item)
    if parent is not None:
        return not _parts_are_shipped(parent)
    return bool(order.parts(item)) and _parts_are_shipped(item)


def _parts_are_shipped(line: OpenItem) -> bool:
    return line.shipment_type == PARTS_ARE_SHIPPED


def to_invoice(order: OpenOrder, item: OpenItem) -> Decimal:
    if is_paid_elsewhere(order, item):
        return NOTHING
    return max((item.qty_ordered - item.qty_invoiced - item.qty_canceled).quantize(EIGHT_PLACES), NOTHING)


def simple_to_ship(item: OpenItem) -> Decimal:
    """What is left to ship, whoever ships it. What was refunded after it was shipped is counted as shipped, once."""
    left = item.qty_ordered - item.qty_shipped - item.qty_refunded_unshipped - item.qty_canceled
    return max(left.quantize(EIGHT_PLACES), NOTHING)


def to_ship(order: OpenOrder, item: OpenItem) -> Decimal:
    return NOTHING if is_shipped_elsewhere(order, item) else simple_to_ship(item)


def to_refund(order: OpenOrder, item: OpenItem) -> Decimal:
    return NOTHING if is_paid_elsewhere(order, item) else max(item.qty_invoiced - item.qty_refunded, NOTHING)


def to_cancel(order: OpenOrder, item: OpenItem) -> Decimal:
    """What is neither paid nor shipped.

    Of a bundle whose parts have the prices and are shipped together, the parts are cancelled: nothing else would keep
    them from being invoiced after their claim on the stock is gone.
    """
    line = order.parent(item)
    if line is not None and _parts_have_prices(line):
        return min(to_invoice(order, item), simple_to_ship(item))
    return min(to_invoice(order, item), to_ship(order, item))


def can_unhold(order: OpenOrder) -> bool:
    return order.state == HOLDED


def can_hold(order: OpenOrder) -> bool:
    return order.state not in NEVER_CHANGED


def can_edit(order: OpenOrder) -> bool:
    """As far as the state says. An order that was invoiced or is paid in another way cannot be, either."""
    return order.state not in NEVER_CHANGED


def can_void(order: OpenOrder) -> bool:
    """As far as the state says: there has to be something that is authorized, too."""
    return order.state not in NEVER_SHIPPED


def is_under_review(order: OpenOrder) -> bool:
    return order.state == PAYMENT_REVIEW


def can_cancel(order: OpenOrder) -> bool:
    return order.state not in NEVER_CHANGED and any(to_invoice(order, item) for item in order.items)


def can_invoice(order: OpenOrder) -> bool:
    return order.state not in NEVER_CHANGED and has_to_invoice(order)


def has_to_invoice(order: OpenOrder) -> bool:
    """Whether some line that is not locked is still to be invoiced, whatever the state."""
    return any(to_invoice(order, item) and not item.locked_do_invoice for item in order.items)


def can_ship(order: OpenOrder) -> bool:
    return (
        order.state not in NEVER_SHIPPED
        and not order.is_virtual
        and any(
            to_ship(order, item)
            and not item.is_virtual
            and not item.locked_do_ship
            and item.qty_refunded != item.qty_ordered
            for item in order.items
        )
    )


def is_shipped_with_invoices(order: OpenOrder) -> bool:
    """Whether administrators ship it with its invoices, and not by itself. Clients may do both."""
    return bool(order.forced_shipment_with_invoice)


def can_refund(order: OpenOrder) -> bool:
    """Whether there is money to give back; a remainder that equals the fees kept so far is none."""
    if order.state in NEVER_REFUNDED:
        return False
    paid, refunded = order.total_paid or NOTHING, order.total_refunded or NOTHING
    rest = round_price(paid) - refunded
    has_rest = abs(rest - (order.adjustment_negative or NOTHING)) >= NEXT_TO_NOTHING
    total = order.grand_total or NOTHING
    if abs(total) >= NEXT_TO_NOTHING:
        return abs(rest) >= NEXT_TO_NOTHING and has_rest
    has_memo = order.total_refunded is not None
    if can_invoice(order) and paid <= total:
        return False
    if has_memo and refunded == paid:
        return False
    return paid <= total or has_rest


def waits_for_money(order: OpenOrder) -> bool:
    """Whether an invoice is open. Magento closes an order of which nothing else is left, and then takes its money."""
    return (order.total_invoiced or NOTHING) > (order.total_paid or NOTHING)


def resolve(order: OpenOrder, *, in_progress: bool) -> str:
    """The state that an order comes to by an invoice, a shipment or a refund, after its quantities were changed."""
    state = PROCESSING if order.state == PROCESSING else NEW
    is_open = can_unhold(order) or can_invoice(order) or can_ship(order) or waits_for_money(order)
    if order.state != CANCELED and not is_open:
        if not order.base_grand_total or can_refund(order):
            state = COMPLETE
        elif order.total_refunded:
            state = CLOSED
    # What waited for its payment is worked on as soon as it is paid.
    return PROCESSING if in_progress and NEW in (order.state, state) else state


def guarded(order: OpenOrder) -> str | None:
    """The state that an order is in once nothing is left to do; asked whenever it is written."""
    if order.state in (CANCELED, HOLDED) or can_invoice(order) or can_ship(order) or waits_for_money(order):
        return order.state
    if order.state in (PROCESSING, COMPLETE) and not can_refund(order):
        return CLOSED
    return COMPLETE if order.state == PROCESSING else order.state


def move(ctx: Context, order: OpenOrder, state: str) -> None:
    """Put an order into a state. Its status stays if it is one of that state; else it gets the state's default."""
    order.state = state
    if not statuses(ctx).is_of_state(order.status or "", state):
        order.status = statuses(ctx).default_of(state)
