"""Quantities that lines of an order can have."""

from __future__ import annotations

from decimal import ROUND_DOWN, Decimal

from entrepot.sales.open_order import NOTHING, OpenItem


def whole(item: OpenItem, qty: Decimal) -> Decimal:
    """A quantity that the line can have: none below 0, and whole pieces unless it is sold by measure."""
    qty = max(qty, NOTHING)
    return qty if item.is_qty_decimal else qty.to_integral_value(ROUND_DOWN)


def share(part: OpenItem, line: OpenItem) -> Decimal:
    """How many of the part go into one of the line."""
    return part.qty_ordered / line.qty_ordered if line.qty_ordered else NOTHING
