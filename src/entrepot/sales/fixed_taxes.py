"""Fixed product taxes of orders that were brought in: the shop takes none itself (spec 60, 6.3 and 8.4). Pure.

They stand in lines, and in the grand total beside its other parts, unless the subtotal has them. Documents take them
with the pieces. What they took before follows from how many pieces that were, so nothing has to be noted of it.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from entrepot.sales import states
from entrepot.sales.open_order import NOTHING, OpenItem, OpenOrder
from entrepot.sales.sides import Side
from entrepot.taxes import round_price

ROW = "weee_tax_applied_row_amount"
PARTS = (
    "subtotal",
    "discount_amount",
    "shipping_amount",
    "tax_amount",
    "discount_tax_compensation_amount",
    "shipping_discount_tax_compensation_amount",
)


def fixed_taxes(order: OpenOrder, pieces: Iterable[tuple[OpenItem, Decimal, Decimal]], side: Side) -> Decimal:
    """Of the pieces of a document: each line, how many of it other documents have, and how many this one has.

    All documents together have the tax of each line to the cent.
    """
    taxed = [one for one in pieces if side.of(one[0], ROW) and one[0].qty_ordered]
    if not taxed or not _are_apart(order, side):
        return NOTHING
    return sum((_up_to(item, before + qty, side) - _up_to(item, before, side) for item, before, qty in taxed), NOTHING)


def _up_to(item: OpenItem, pieces: Decimal, side: Side) -> Decimal:
    return round_price(side.of(item, ROW) * pieces / item.qty_ordered)


def _are_apart(order: OpenOrder, side: Side) -> bool:
    """Whether the grand total has them beside the subtotal: cents that its other parts are off by do not count."""
    taxes = sum((side.of(item, ROW) for item in order.items if not states.is_paid_elsewhere(order, item)), NOTHING)
    rest = side.of(order, "grand_total") - sum((side.of(order, name) for name in PARTS), NOTHING)
    return rest > taxes / 2
