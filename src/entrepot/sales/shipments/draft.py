"""What a shipment is going to be: which lines of an order, how much of each, and what leaves the source for it.

Pure functions of an order read whole (spec 60, 7.1 and 10.2). Of lines with parts there are three kinds:

| line | shipped is | stored is | leaves the source |
| --- | --- | --- | --- |
| configurable | the line | the line | its part |
| bundle, shipped together | the line, and its parts with it | the line | the parts |
| bundle, shipped separately | each part | the parts, and one of the line | the parts |
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import ROUND_DOWN, Decimal

from msgspec import Struct

from entrepot.sales.open_order import NOTHING, OpenItem, OpenOrder
from entrepot.sales.states import BUNDLE, is_shipped_elsewhere, simple_to_ship, to_ship

ONE = Decimal(1)


class DraftLine(Struct, frozen=True):
    """A quantity of a line of the order; always above 0."""

    item: OpenItem
    qty: Decimal
    is_stored: bool
    """False for a part that goes with its line: only the order notes it."""
    is_counted: bool
    """Whether the shipment's total has it: a bundle that is shipped in parts is no piece of its own."""


class Draft(Struct, frozen=True):
    """The lines in the order in which they were bought."""

    lines: Sequence[DraftLine]

    @property
    def stored(self) -> list[DraftLine]:
        return [line for line in self.lines if line.is_stored]

    @property
    def total_qty(self) -> Decimal:
        return sum((line.qty for line in self.lines if line.is_counted), NOTHING)


def all_of(order: OpenOrder) -> dict[int, Decimal]:
    """The quantities that stand for "everything that is left": what was ordered of all that is shipped by itself."""
    return {
        item.item_id: item.qty_ordered
        for item in order.items
        if not item.is_virtual and (item.parent_item_id is None or not is_shipped_elsewhere(order, item))
    }


def draft_of(order: OpenOrder, quantities: Mapping[int, Decimal]) -> Draft:
    """The shipment of these quantities by line of the order; none mean all that is left.

    More than is left of a line is cut to that, and a fraction of what is sold by the piece is cut off. Lines that
    cannot be shipped, or are none of the order, are passed over.
    """
    wanted = quantities or all_of(order)
    shipped = {
        item.item_id: whole_pieces(item, max(min(wanted.get(item.item_id, NOTHING), to_ship(order, item)), NOTHING))
        for item in order.items
        if _is_shippable(item)
    }
    lines = (_line(order, item, shipped) for item in order.items if _is_shippable(item))
    return Draft([line for line in lines if line.qty > 0])


def _is_shippable(item: OpenItem) -> bool:
    return not item.is_virtual and not item.locked_do_ship


def _line(order: OpenOrder, item: OpenItem, shipped: Mapping[int, Decimal]) -> DraftLine:
    """`shipped` has what is shipped of the lines that go by themselves."""
    if not is_shipped_elsewhere(order, item):
        return DraftLine(item, shipped[item.item_id], is_stored=True, is_counted=True)
    line = order.parent(item)
    if line is not None:
        return DraftLine(item, _with_line(item, line, shipped), is_stored=False, is_counted=False)
    goes = any(shipped.get(part.item_id, NOTHING) > 0 for part in order.parts(item))
    return DraftLine(item, ONE if goes else NOTHING, is_stored=True, is_counted=False)


def _with_line(part: OpenItem, line: OpenItem, shipped: Mapping[int, Decimal]) -> Decimal:
    """How much of a part goes with its line. A configurable product's part is only what its line is made of."""
    if line.product_type != BUNDLE or not line.qty_ordered:
        return NOTHING
    share = part.qty_ordered / line.qty_ordered
    return whole_pieces(part, min(share * shipped.get(line.item_id, NOTHING), simple_to_ship(part)))


def whole_pieces(item: OpenItem, qty: Decimal) -> Decimal:
    return qty if item.is_qty_decimal else qty.quantize(ONE, ROUND_DOWN)


def leaving(order: OpenOrder, lines: Iterable[DraftLine]) -> list[tuple[OpenItem, Decimal]]:
    """What has to be taken from the source: the items that lie somewhere, each with its quantity."""
    found: list[tuple[OpenItem, Decimal]] = []
    for line in lines:
        parts = order.parts(line.item)
        if not parts:
            found.append((line.item, line.qty))
        elif line.item.product_type != BUNDLE:
            # Ordered of the line is as much as of the product that was chosen for it.
            found.append((parts[0], line.qty))
    return found
