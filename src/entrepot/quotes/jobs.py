"""What happens to carts by itself."""

from __future__ import annotations

from collections import defaultdict
from datetime import timedelta

from entrepot.kit.context import Context
from entrepot.kit.jobs import ONCE, job
from entrepot.quotes import queries

LIFETIME = "checkout/cart/delete_quote_after"


@job(at="0 0 * * *", retry=ONCE)
async def delete_old_carts(ctx: Context) -> None:
    """Delete carts that were ordered, and not touched for the days that are configured. Carts in use stay."""
    stores_by_days: defaultdict[int, list[int]] = defaultdict(list)
    for view in ctx.stores.views:
        configured = ctx.config(LIFETIME, website_id=view.website_id) or ""
        if configured.isdecimal() and int(configured):
            stores_by_days[int(configured)].append(view.id)
    for days, store_ids in stores_by_days.items():
        await ctx.db.execute(queries.DELETE_OLD, store_ids=store_ids, before=ctx.now - timedelta(days=days))
