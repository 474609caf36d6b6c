"""What orders do when store views come and go."""

from __future__ import annotations

from entrepot.kit.context import Context
from entrepot.sales.queries import store_views as queries
from entrepot.stores import StoreViewCreated, StoreViewDeleted


async def open_view(ctx: Context, event: StoreViewCreated) -> None:
    """Make the sequence of its order numbers now, so that no order has to."""
    await ctx.db.execute(queries.make_sequence(event.store_id))


async def forget_view(ctx: Context, event: StoreViewDeleted) -> None:
    """Its orders stay, with its name but without its id."""
    await ctx.db.execute(queries.FORGET_IN_ORDERS, store_id=event.store_id)
    await ctx.db.execute(queries.FORGET_IN_ITEMS, store_id=event.store_id)
