"""What became of an order, written down."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec
from msgspec import Struct

from entrepot.kit.context import Context
from entrepot.sales.open_order import ITEM_CHANGES, ORDER_CHANGES, OpenItem, OpenOrder
from entrepot.sales.queries import locking as queries
from entrepot.sales.states import guarded
from entrepot.sales.statuses import statuses


async def write_order(ctx: Context, order: OpenOrder, items: Iterable[OpenItem] = ()) -> None:
    """Write an order that was locked, and those of its lines that were changed. One statement, or two with lines.

    An order with which nothing is left to do becomes complete or closed by it.
    """
    state = guarded(order)
    if state is not None and state != order.state:
        order.state, order.status = state, statuses(ctx).default_of(state)
    await ctx.db.execute(
        queries.WRITE_ORDER,
        order_id=order.entity_id,
        now=ctx.now,
        changes=_text({name: getattr(order, name) for name in ORDER_CHANGES}),
    )
    changed = [_changes(item) for item in items]
    if changed:
        await ctx.db.execute(queries.WRITE_ITEMS, now=ctx.now, changes=_text(changed))


def _changes(item: Struct) -> dict[str, object]:
    return {name: getattr(item, name) for name in ("item_id", *ITEM_CHANGES)}


def _text(rows: object) -> str:
    return msgspec.json.encode(rows).decode()
