"""What was given back elsewhere before it was shipped: nobody ships it any more (spec 60, 3.2 and 10.5). Pure."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from entrepot.sales.imports.rows import Row
from entrepot.sales.open_order import NOTHING, OpenItem

UNSHIPPED = "qty_refunded_unshipped"


def with_unshipped(row: Row, stored: OpenItem | None = None) -> Row:
    """A line that is sent, with how much of what it says is refunded had never left.

    Clients do not tell: as with a memo of ours, pieces that were paid and not shipped are given back first. Nothing is
    added to a line of which no more and no less is refunded than before.
    """
    before = stored.qty_refunded if stored else NOTHING
    refunded: Decimal = row.get("qty_refunded", before)
    if refunded == before or _of(row, stored, "is_virtual"):
        return row
    known = stored.qty_refunded_unshipped if stored else NOTHING
    waiting = _of(row, stored, "qty_invoiced") - _of(row, stored, "qty_shipped") - known
    more = min(max(refunded - before, NOTHING), max(waiting, NOTHING))
    return {**row, UNSHIPPED: max(min(known + more, refunded), NOTHING)}


def _of(row: Mapping[str, Decimal], stored: OpenItem | None, name: str) -> Decimal:
    return row.get(name) or (NOTHING if stored is None or name in row else getattr(stored, name) or NOTHING)
