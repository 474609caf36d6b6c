"""What an order still claims from the stock, as it would be given back if the order were cancelled. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from msgspec import Struct

from entrepot.sales import states
from entrepot.sales.open_order import NOTHING, OpenItem, OpenOrder


class Released(Struct, frozen=True):
    """Pieces that nobody would have a claim on any more."""

    item: OpenItem
    """What lies in the stock: of a configurable product the part, whose line is what is cancelled."""
    qty: Decimal


def released_by(order: OpenOrder) -> list[Released]:
    """The claims that nobody has any more once it is cancelled: neither on what is shipped nor on what is paid and will
    be."""
    return [one for one in _released(order) if one.qty > 0]


def _released(order: OpenOrder) -> Iterator[Released]:
    by_line = order.parts_by_line()
    for item in order.items:
        if states.is_shipped_elsewhere(order, item):
            continue
        parts = by_line.get(item.item_id, [])
        if item.product_type == states.BUNDLE and parts:
            for part in parts:
                yield Released(part, _of_part(item, part))
        else:
            gone = item.qty_shipped + item.qty_refunded_unshipped
            left = item.qty_ordered - item.qty_canceled - max(item.qty_invoiced, gone)
            yield Released(parts[0] if parts else item, left)


def _of_part(line: OpenItem, part: OpenItem) -> Decimal:
    share = part.qty_ordered / line.qty_ordered if line.qty_ordered else NOTHING
    kept = max(share * line.qty_invoiced, part.qty_invoiced)
    gone = share * line.qty_shipped + part.qty_refunded_unshipped
    return part.qty_ordered - part.qty_canceled - max(kept, gone)
