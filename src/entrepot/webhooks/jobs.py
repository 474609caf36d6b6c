"""Forgetting what is old."""

from __future__ import annotations

from entrepot.kit.context import Context
from entrepot.kit.jobs import ONCE, job
from entrepot.webhooks import settings
from entrepot.webhooks.queries import deliveries, events


@job(at="47 3 * * *", retry=ONCE)
async def forget_old_events(ctx: Context) -> None:
    """Events go with their deliveries, whatever became of these; pings go with their time."""
    before = ctx.now - settings.lifetime(ctx)
    await ctx.db.execute(events.FORGET, before=before)
    await ctx.db.execute(deliveries.FORGET_PINGS, before=before)
