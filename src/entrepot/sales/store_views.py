"""What orders and their documents do when store views come and go."""

from __future__ import annotations

from entrepot.kit.context import Context
from entrepot.sales.queries import store_views as queries
from entrepot.stores import StoreViewCreated, StoreViewDeleted


async def open_view(ctx: Context, event: StoreViewCreated) -> None:
    """Make the sequences of its numbers now, so that no order has to."""
    for statement in queries.make_sequences(event.store_id):
        await ctx.db.execute(statement)


async def forget_view(ctx: Context, event: StoreViewDeleted) -> None:
    """Its orders stay, with its name but without its id."""
    for statement in queries.forget():
        await ctx.db.execute(statement, store_id=event.store_id)
