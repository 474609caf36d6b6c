"""Orders taken to be changed, one call at a time (spec 60, 19).

Everything that changes an order takes its row first, and then what it needs of the stock. So of two calls the second
sees what the first one did, and two documents never take more than was ordered.
"""

from __future__ import annotations

from typing import LiteralString

from entrepot.kit.context import Context
from entrepot.sales.errors import IdNeeded, NoSuchOrder
from entrepot.sales.open_order import OpenItem, OpenOrder
from entrepot.sales.queries import locking as queries


async def lock_order(ctx: Context, order_id: int) -> OpenOrder:
    """The order with its lines, as they are once nobody else changes it. Two statements.

    Raises IdNeeded, NoSuchOrder.
    """
    return await _read(ctx, queries.LOCK, order_id)


async def look_at_order(ctx: Context, order_id: int) -> OpenOrder:
    """The same for who only shows what could be done with it: others may change it. Two statements.

    Raises IdNeeded, NoSuchOrder.
    """
    return await _read(ctx, queries.LOOK, order_id)


async def _read(ctx: Context, statement: LiteralString, order_id: int) -> OpenOrder:
    if not order_id:
        raise IdNeeded
    order = await ctx.db.one_or_none(OpenOrder, statement, order_id=order_id)
    if order is None:
        raise NoSuchOrder
    order.items = await ctx.db.all(OpenItem, queries.ITEMS, order_id=order_id)
    return order
