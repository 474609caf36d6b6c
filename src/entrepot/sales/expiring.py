"""Orders whose payment does not come: cancelled after a while (spec 60, 13)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import timedelta

import structlog
from msgspec import Struct

from entrepot.kit.context import Context
from entrepot.kit.jobs import ONCE, Queue, Work, stepwise
from entrepot.sales.cancel import cancel_order
from entrepot.sales.queries import expiring as queries
from entrepot.sales.statuses import PENDING_PAYMENT

log = structlog.get_logger("entrepot.sales")

PAYMENTS = Queue("payments", places=1)
"""To cancel an order may be to speak to who takes its payment."""
LIFETIME = "sales/orders/delete_pending_after"


class Lifetime(Struct, frozen=True):
    """How long the orders of some store views wait for their payment."""

    minutes: int
    store_ids: Sequence[int]


@stepwise(at="0 * * * *", retry=ONCE, queue=PAYMENTS)
async def cancel_expired_orders(work: Work) -> None:
    """Cancel orders that wait for their payment for longer than is configured; each in a transaction of its own.

    So nobody waits for more than one of them, and one that cannot be cancelled holds none of the others up.
    """
    async with work() as ctx:
        expired = [
            (order_id, lifetime)
            for lifetime in _lifetimes(ctx)
            for order_id in await ctx.db.values(queries.EXPIRED, **_criteria(ctx, lifetime))
        ]
    for order_id, lifetime in expired:
        try:
            async with work() as ctx:
                await _cancel(ctx, order_id, lifetime)
        except Exception:
            log.exception("an order that was not paid could not be cancelled", order_id=order_id)


async def _cancel(ctx: Context, order_id: int, lifetime: Lifetime) -> None:
    # It may have been paid since it was looked for: under its lock it cannot be any more.
    if await ctx.db.values(queries.LOCK_EXPIRED, order_id=order_id, **_criteria(ctx, lifetime)):
        await cancel_order(ctx, order_id)


def _lifetimes(ctx: Context) -> list[Lifetime]:
    """By what is configured. Orders of views with nothing or 0 wait for ever."""
    found: defaultdict[int, list[int]] = defaultdict(list)
    for view in ctx.stores.views:
        configured = ctx.config(LIFETIME, website_id=view.website_id) or ""
        if configured.isdecimal() and int(configured):
            found[int(configured)].append(view.id)
    return [Lifetime(minutes, store_ids) for minutes, store_ids in found.items()]


def _criteria(ctx: Context, lifetime: Lifetime) -> Mapping[str, object]:
    return {
        "status": PENDING_PAYMENT,
        "store_ids": lifetime.store_ids,
        "before": ctx.now - timedelta(minutes=lifetime.minutes),
    }
