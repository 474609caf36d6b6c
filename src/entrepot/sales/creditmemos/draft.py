"""What a credit memo would give back: its lines and quantities (spec 60, 8.2). Pure; forms show drafts, too."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import ROUND_FLOOR, Decimal

from msgspec import Struct

from entrepot.sales import states
from entrepot.sales.open_order import NOTHING, OpenItem, OpenOrder
from entrepot.sales.quantities import share, whole


class Asked(Struct, kw_only=True, frozen=True):
    """What somebody wants to give back. Amounts are in the base currency."""

    quantities: Mapping[int, Decimal] = {}
    """By id of the order's line. Empty: everything that is left."""
    shipping_amount: Decimal | None = None
    """None: all that is left of it."""
    adjustment_positive: Decimal | None = None
    """To be given beside."""
    adjustment_negative: Decimal | None = None
    """To be kept."""


class InvoiceToRefund(Struct, kw_only=True):
    """The invoice through which money is given back, with what is left of it."""

    entity_id: int
    order_id: int
    increment_id: str | None = None
    transaction_id: str | None = None
    """Of the gateway that took the money."""
    state: int | None = None
    base_grand_total: Decimal | None = None
    base_total_refunded: Decimal | None = None
    shipping_amount: Decimal | None = None
    shipping_tax_amount: Decimal | None = None
    shipping_discount_tax_compensation_amount: Decimal | None = None
    base_shipping_amount: Decimal | None = None
    base_shipping_incl_tax: Decimal | None = None
    base_shipping_tax_amount: Decimal | None = None
    base_shipping_discount_tax_compensation_amnt: Decimal | None = None
    left: Mapping[int, Decimal] = {}
    """By id of the order's line, what was invoiced and no earlier memo of the invoice gave back."""


class Line(Struct, kw_only=True):
    """A line of the memo. Lines of which nothing is given back are there, too: they take part in the totals."""

    item: OpenItem
    qty: Decimal
    is_paid_elsewhere: bool
    is_last: bool
    """Whether nothing is left to be given back of it."""
    exceeds_invoice: bool = False
    """Whether something was asked for of which the invoice has nothing left."""

    row_total: Decimal | None = None
    row_total_incl_tax: Decimal | None = None
    discount_amount: Decimal | None = None
    tax_amount: Decimal | None = None
    discount_tax_compensation_amount: Decimal | None = None
    base_row_total: Decimal | None = None
    base_row_total_incl_tax: Decimal | None = None
    base_discount_amount: Decimal | None = None
    base_tax_amount: Decimal | None = None
    base_discount_tax_compensation_amount: Decimal | None = None


class Draft(Struct, kw_only=True):
    """A memo before it is written. The totals are those of `totals.collect`."""

    asked: Asked
    lines: list[Line]
    invoice: InvoiceToRefund | None = None

    adjustment: Decimal = NOTHING
    adjustment_positive: Decimal | None = None
    adjustment_negative: Decimal | None = None
    subtotal: Decimal = NOTHING
    subtotal_incl_tax: Decimal = NOTHING
    discount_amount: Decimal = NOTHING
    """Below 0."""
    shipping_amount: Decimal = NOTHING
    shipping_incl_tax: Decimal = NOTHING
    shipping_tax_amount: Decimal = NOTHING
    shipping_discount_tax_compensation_amount: Decimal | None = None
    tax_amount: Decimal = NOTHING
    discount_tax_compensation_amount: Decimal = NOTHING
    """With what of it is for shipping."""
    grand_total: Decimal = NOTHING
    base_adjustment: Decimal = NOTHING
    base_adjustment_positive: Decimal | None = None
    base_adjustment_negative: Decimal | None = None
    base_subtotal: Decimal = NOTHING
    base_subtotal_incl_tax: Decimal = NOTHING
    base_discount_amount: Decimal = NOTHING
    base_shipping_amount: Decimal = NOTHING
    base_shipping_incl_tax: Decimal = NOTHING
    base_shipping_tax_amount: Decimal = NOTHING
    base_shipping_discount_tax_compensation_amnt: Decimal | None = None
    base_tax_amount: Decimal = NOTHING
    base_discount_tax_compensation_amount: Decimal = NOTHING
    base_grand_total: Decimal = NOTHING

    @property
    def total_qty(self) -> Decimal:
        return sum((line.qty for line in self.lines), NOTHING)


def draft_of(order: OpenOrder, asked: Asked, invoice: InvoiceToRefund | None = None) -> Draft:
    """The lines in the order of the order's, without their totals.

    A quantity may be more than is left: to find that is up to `totals.collect`.
    """
    paid_here = {item.item_id: _line(order, item, asked, invoice) for item in order.items if _is_paid(order, item)}
    lines = [
        paid_here[item.item_id] if item.item_id in paid_here else _that_follows(order, item, paid_here)
        for item in order.items
    ]
    shown = [line for line in lines if line.qty or not line.is_paid_elsewhere]
    return Draft(asked=asked, lines=shown, invoice=invoice)


def _is_paid(order: OpenOrder, item: OpenItem) -> bool:
    return not states.is_paid_elsewhere(order, item)


def _line(order: OpenOrder, item: OpenItem, asked: Asked, invoice: InvoiceToRefund | None) -> Line:
    left = states.to_refund(order, item)
    limit = left if invoice is None else min(left, invoice.left.get(item.item_id, NOTHING))
    wanted = asked.quantities.get(item.item_id, NOTHING) if asked.quantities else limit
    qty = whole(item, wanted)
    exceeds = invoice is not None and qty > 0 and limit <= 0
    if invoice is not None:
        # What an invoice has not is left out without a word, as long as it has something of the line.
        qty = min(qty, limit)
    return Line(item=item, qty=qty, is_paid_elsewhere=False, is_last=qty == left, exceeds_invoice=exceeds)


def _that_follows(order: OpenOrder, item: OpenItem, paid_here: Mapping[int, Line]) -> Line:
    """A part that goes with its line, or a line that goes with its parts."""
    line = paid_here.get(item.parent_item_id or 0)
    qty = line.qty * share(item, line.item) if line else _bundles(order, item, paid_here)
    return Line(item=item, qty=qty, is_paid_elsewhere=True, is_last=True)


def _bundles(order: OpenOrder, item: OpenItem, paid_here: Mapping[int, Line]) -> Decimal:
    """Of how many bundles all parts are back, that were not before.

    A bundle of which some parts are given back is still shipped with the others: it must not count as refunded.
    """
    parts = [(part, share(part, item)) for part in order.parts(item)]
    back = [
        ((part.qty_refunded + paid_here[part.item_id].qty) / per_bundle).to_integral_value(ROUND_FLOOR)
        for part, per_bundle in parts
        if per_bundle and part.item_id in paid_here
    ]
    return max(min(back) - item.qty_refunded, NOTHING) if back else NOTHING
