"""Which pieces a credit memo gives back: those that never left, and those that did (spec 40, 18). Pure.

Pieces that never left a source are given back before those that did.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from decimal import ROUND_FLOOR, Decimal

from msgspec import Struct

from entrepot.inventory import Deduction
from entrepot.sales.creditmemos.draft import Draft, Line, share
from entrepot.sales.movements import Movement
from entrepot.sales.open_order import NOTHING, OpenItem, OpenOrder
from entrepot.sales.states import BUNDLE

CONFIGURABLE = "configurable"


class Goods(Struct, frozen=True):
    """Pieces of one sku that are given back."""

    sku: str
    unshipped: Decimal
    shipped: Decimal
    is_returned: bool
    """Whether they lie in the stock again."""


def goods_of(
    order: OpenOrder,
    draft: Draft,
    movements: Sequence[Movement],
    returned: Collection[int] = (),
    *,
    auto_return: bool = False,
) -> list[Goods]:
    """The goods of a memo, as long as its quantities are not added to the order's; and notes in the order's lines what
    is refunded before it was shipped.

    `returned` are the ids of the lines that go back to the stock, with their parts; with `auto_return` all do.
    """
    undelivered = _undelivered(order, movements)
    found = []
    for line in _leaves(order, draft):
        item = line.item
        unshipped = _first(undelivered, item, line.qty) if item.is_virtual else _note_unshipped(order, line)
        is_returned = auto_return or not {item.item_id, item.parent_item_id}.isdisjoint(returned)
        found.append(Goods(item.sku or "", unshipped, line.qty - unshipped, is_returned))
    _note_bundles(order)
    return found


def _leaves(order: OpenOrder, draft: Draft) -> Iterator[Line]:
    """Lines of what lies somewhere: neither bundles nor configurable products, but their parts."""
    parts = order.parts_by_line()
    return (line for line in draft.lines if line.qty and line.item.item_id not in parts)


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


def _undelivered(order: OpenOrder, movements: Iterable[Movement]) -> dict[str, Decimal]:
    """Of goods that are not shipped, by sku: what is paid, not given back, and was not there when it was invoiced."""
    found: defaultdict[str, Decimal] = defaultdict(Decimal)
    for item in order.items:
        if item.is_virtual:
            found[_key(item.sku)] += item.qty_invoiced - item.qty_refunded
    for movement in movements:
        if movement.quantity < 0 and _key(movement.sku) in found:
            found[_key(movement.sku)] += movement.quantity
    return found


def _first(undelivered: dict[str, Decimal], item: OpenItem, qty: Decimal) -> Decimal:
    key = _key(item.sku)
    found = min(max(undelivered[key], NOTHING), qty)
    undelivered[key] -= qty
    return found


def way_back(goods: Iterable[Goods], movements: Iterable[Movement], sources: Sequence[str]) -> list[Deduction]:
    """Where goods that had left go: to the sources they came from, each at most what it is still without.

    `sources` are the codes of the stock's, best first; others come after them.
    """
    away: defaultdict[str, dict[str, Decimal]] = defaultdict(dict)
    for movement in movements:
        of_sku = away[_key(movement.sku)]
        of_sku[movement.source_code] = of_sku.get(movement.source_code, NOTHING) - movement.quantity
    place = {code: number for number, code in enumerate(sources)}
    found = []
    for one in goods:
        left = one.shipped if one.is_returned else NOTHING
        of_sku = away[_key(one.sku)]
        for code in sorted(of_sku, key=lambda code: (place.get(code, len(place)), code)):
            qty = min(left, max(of_sku[code], NOTHING))
            if qty:
                found.append(Deduction(code, one.sku, qty))
                of_sku[code] -= qty
                left -= qty
    return found


def unshipped_by_sku(goods: Iterable[Goods], *, are_returned: bool) -> Mapping[str, Decimal]:
    found: defaultdict[str, Decimal] = defaultdict(Decimal)
    for one in goods:
        if one.is_returned == are_returned and one.unshipped:
            found[one.sku] += one.unshipped
    return found


def _key(sku: str | None) -> str:
    return (sku or "").lower()
