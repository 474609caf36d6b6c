"""Which pieces a credit memo gives back: those that never left, and those that did (spec 40, 18). Pure.

Pieces that never left a source are given back before those that did. What is not shipped left with its invoice.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from decimal import ROUND_FLOOR, Decimal

from msgspec import Struct

from entrepot.inventory import Deduction
from entrepot.sales.creditmemos.draft import Line
from entrepot.sales.movements import Movement
from entrepot.sales.open_order import NOTHING, OpenItem, OpenOrder
from entrepot.sales.quantities import share
from entrepot.sales.states import BUNDLE

CONFIGURABLE = "configurable"


class Goods(Struct, frozen=True):
    """Pieces of an item that are given back."""

    item: OpenItem
    unshipped: Decimal
    shipped: Decimal
    is_returned: bool
    """Whether they lie in the stock again."""


def goods_of(
    order: OpenOrder, lines: Iterable[Line], returned: Collection[int] = (), *, auto_return: bool = False
) -> list[Goods]:
    """The goods of a memo; and notes in the order's lines what is refunded before it was shipped.

    `returned` are the ids of the lines that go back to the stock, with their parts; with `auto_return` all do.
    """
    found = []
    for line in _leaves(order, lines):
        item = line.item
        unshipped = NOTHING if item.is_virtual else _note_unshipped(order, line)
        is_returned = auto_return or not {item.item_id, item.parent_item_id}.isdisjoint(returned)
        found.append(Goods(item, unshipped, line.qty - unshipped, is_returned))
    _note_bundles(order)
    return found


def _leaves(order: OpenOrder, lines: Iterable[Line]) -> Iterator[Line]:
    """Lines of what lies somewhere: neither bundles nor configurable products, but their parts."""
    parts = order.parts_by_line()
    return (line for line in lines if line.qty and line.item.item_id not in parts)


def _note_unshipped(order: OpenOrder, line: Line) -> Decimal:
    """How many of the pieces were paid and not shipped.

    What is paid of a part may stand in its line only, and what is shipped of the part of a configurable product does.
    """
    item = line.item
    parent = order.parent(item)
    invoiced = parent.qty_invoiced * share(item, parent) if parent and line.is_paid_elsewhere else item.qty_invoiced
    shipper = parent if parent and parent.product_type == CONFIGURABLE else item
    waiting = invoiced - shipper.qty_shipped - shipper.qty_refunded_unshipped
    unshipped = min(max(waiting, NOTHING), line.qty)
    shipper.qty_refunded_unshipped += unshipped
    return unshipped


def _note_bundles(order: OpenOrder) -> None:
    """A bundle whose every part was refunded before it was shipped is not to be shipped either."""
    for item_id, parts in order.parts_by_line().items():
        line = next((item for item in order.items if item.item_id == item_id and item.product_type == BUNDLE), None)
        if line is not None:
            whole = [
                (part.qty_refunded_unshipped / share(part, line)).to_integral_value(ROUND_FLOOR)
                for part in parts
                if not part.is_virtual and share(part, line)
            ]
            line.qty_refunded_unshipped = min(whole, default=NOTHING)


def way_back(
    goods: Iterable[Goods], skus: Mapping[int, str], movements: Iterable[Movement], sources: Sequence[str]
) -> list[Deduction]:
    """Where goods that had left go: to the sources they came from, each at most what it is still without.

    `skus` are what the items are called by now, `sources` the codes of the stock's, best first; others come after them.
    """
    now = {(one.item.sku or "").lower(): skus[one.item.item_id].lower() for one in goods}
    away: defaultdict[str, dict[str, Decimal]] = defaultdict(dict)
    for movement in movements:
        # What left under a sku that was changed since comes back under the new one.
        of_sku = away[now.get(movement.sku.lower(), movement.sku.lower())]
        of_sku[movement.source_code] = of_sku.get(movement.source_code, NOTHING) - movement.quantity
    place = {code: number for number, code in enumerate(sources)}
    found = []
    for one in goods:
        sku = skus[one.item.item_id]
        left = one.shipped if one.is_returned else NOTHING
        of_sku = away[sku.lower()]
        for code in sorted(of_sku, key=lambda code: (place.get(code, len(place)), code)):
            qty = min(left, max(of_sku[code], NOTHING))
            if qty:
                found.append(Deduction(code, sku, qty))
                of_sku[code] -= qty
                left -= qty
    return found


def unshipped_by_sku(goods: Iterable[Goods], skus: Mapping[int, str], *, are_returned: bool) -> dict[str, Decimal]:
    found: defaultdict[str, Decimal] = defaultdict(Decimal)
    for one in goods:
        if one.is_returned == are_returned and one.unshipped:
            found[skus[one.item.item_id]] += one.unshipped
    return found
