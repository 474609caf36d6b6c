"""What an invoice is going to be: which lines of an order, and how much of each (spec 60, 6.1).

Pure functions of an order read whole; forms show drafts, too. Totals are given to a draft by `totals.collect`.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import ROUND_FLOOR, Decimal

from msgspec import Struct

from entrepot.sales import states
from entrepot.sales.invoices.errors import TooManyToInvoice
from entrepot.sales.open_order import NOTHING, OpenItem, OpenOrder
from entrepot.sales.quantities import share, whole


class Line(Struct, kw_only=True):
    """A line of the invoice. Lines of which nothing is invoiced are there, too: they take part in the totals."""

    item: OpenItem
    qty: Decimal
    is_paid_elsewhere: bool
    is_last: bool
    """Whether nothing is left to invoice of it, and nothing of it was cancelled."""

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
    """An invoice before it is written."""

    lines: list[Line]

    subtotal: Decimal = NOTHING
    subtotal_incl_tax: Decimal = NOTHING
    discount_amount: Decimal = NOTHING
    """Below 0."""
    shipping_amount: Decimal = NOTHING
    shipping_incl_tax: Decimal | None = None
    shipping_tax_amount: Decimal | None = None
    shipping_discount_tax_compensation_amount: Decimal | None = None
    tax_amount: Decimal = NOTHING
    discount_tax_compensation_amount: Decimal = NOTHING
    """Of the lines alone."""
    grand_total: Decimal = NOTHING
    base_subtotal: Decimal = NOTHING
    base_subtotal_incl_tax: Decimal = NOTHING
    base_discount_amount: Decimal = NOTHING
    base_shipping_amount: Decimal = NOTHING
    base_shipping_incl_tax: Decimal | None = None
    base_shipping_tax_amount: Decimal | None = None
    base_shipping_discount_tax_compensation_amnt: Decimal | None = None
    base_tax_amount: Decimal = NOTHING
    base_discount_tax_compensation_amount: Decimal = NOTHING
    base_grand_total: Decimal = NOTHING
    base_cost: Decimal = NOTHING

    @property
    def total_qty(self) -> Decimal:
        """Also of parts that are paid with their line: one of a configurable product counts as two."""
        return sum((line.qty for line in self.lines), NOTHING)

    @property
    def stored(self) -> list[Line]:
        return [line for line in self.lines if line.qty]


def draft_of(order: OpenOrder, quantities: Mapping[int, Decimal]) -> Draft:
    """The invoice of these quantities by line of the order; none mean all that is left.

    A fraction of what is sold by the piece is cut off; lines that are none of the order are passed over.

    Raises:
        TooManyToInvoice: more of a line than is left.
    """
    wanted = _spread(order, quantities)
    paid_here = {
        item.item_id: _line(order, item, wanted, takes_all=not quantities)
        for item in order.items
        if not item.locked_do_invoice and states.to_invoice(order, item)
    }
    lines = []
    for item in order.items:
        if item.item_id in paid_here:
            lines.append(paid_here[item.item_id])
        elif states.is_paid_elsewhere(order, item) and not item.locked_do_invoice:
            lines.append(_that_follows(order, item, paid_here))
    return Draft(lines=[line for line in lines if line.qty or not line.is_paid_elsewhere])


def _spread(order: OpenOrder, quantities: Mapping[int, Decimal]) -> dict[int, Decimal]:
    """What is asked for of a line is asked for of its parts, where these have the prices and are not named."""
    wanted = dict(quantities)
    for item in order.items:
        line = order.parent(item)
        if line is not None and line.item_id in quantities and item.item_id not in quantities:
            wanted[item.item_id] = quantities[line.item_id] * share(item, line)
    return wanted


def _line(order: OpenOrder, item: OpenItem, wanted: Mapping[int, Decimal], *, takes_all: bool) -> Line:
    left = states.to_invoice(order, item)
    qty = whole(item, left if takes_all else wanted.get(item.item_id, NOTHING))
    if qty > left:
        raise TooManyToInvoice(item.name or "")
    return Line(item=item, qty=qty, is_paid_elsewhere=False, is_last=qty == left and not item.qty_canceled)


def _that_follows(order: OpenOrder, item: OpenItem, paid_here: Mapping[int, Line]) -> Line:
    """A part that goes with its line, or a line that goes with its parts."""
    line = paid_here.get(item.parent_item_id or 0)
    qty = line.qty * share(item, line.item) if line else _bundles(order, item, paid_here)
    return Line(item=item, qty=qty, is_paid_elsewhere=True, is_last=True)


def _bundles(order: OpenOrder, item: OpenItem, paid_here: Mapping[int, Line]) -> Decimal:
    """How many bundles are wholly invoiced by this that were not before."""
    parts = [(part, share(part, item)) for part in order.parts(item)]
    done = [
        ((part.qty_invoiced + (paid_here[part.item_id].qty if part.item_id in paid_here else NOTHING)) / per_bundle)
        for part, per_bundle in parts
        if per_bundle
    ]
    return max(min(done).to_integral_value(ROUND_FLOOR) - item.qty_invoiced, NOTHING) if done else NOTHING
