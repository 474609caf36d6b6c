"""Events are written down by the transaction that they tell of: if it is rolled back, they never happened.

Writing is one insert, whoever listens. Nobody is notified by it, since a commit that notifies waits for all others that
do: where somebody subscribes, the events of a second queue one job, which sends what there is a moment later.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any
from weakref import WeakKeyDictionary

from msgspec import Struct

from entrepot.kit.context import Context, Services
from entrepot.kit.db import Db
from entrepot.kit.rest.json_text import dumps
from entrepot.kit.shared import Shared
from entrepot.webhooks import settings
from entrepot.webhooks.queries import events as queries
from entrepot.webhooks.queries import subscriptions

EVERY = timedelta(seconds=1)
"""The events of this time share a job."""
AFTER = timedelta(seconds=1.5)
"""When it runs: once the transactions that count on it have been committed."""


async def load_wanted_types(db: Db) -> frozenset[str]:
    return frozenset(await db.values(subscriptions.WANTED_TYPES))


WANTED_TYPES: Shared[frozenset[str]] = Shared("webhook_types", load=load_wanted_types)
"""The types of events that somebody subscribes to."""


class News(Struct, frozen=True):
    """An event to be. `subject` is what it is about, such as `order:7`: what is told of one subject keeps its order."""

    type: str
    subject: str
    data: Mapping[str, Any]
    store_id: int | None = None


async def record(ctx: Context, news: Sequence[News]) -> None:
    """Write events into the stream, in the caller's transaction.

    One statement, however many, that goes along; none if it is off.
    """
    if not news or not settings.is_enabled(ctx):
        return
    ctx.db.along(
        queries.INSERT,
        types=[one.type for one in news],
        subjects=[one.subject for one in news],
        store_ids=[one.store_id for one in news],
        data=[dumps(one.data).decode() for one in news],
        now=ctx.now,
    )
    if not ctx.shared(WANTED_TYPES).isdisjoint(one.type for one in news):
        await ring(ctx)


_rung: WeakKeyDictionary[Services, datetime] = WeakKeyDictionary()
"""When this process queued the job last."""


async def ring(ctx: Context) -> None:
    """See to it that what is due is sent soon."""
    from entrepot.webhooks.dispatching import deliver_due

    last = _rung.get(ctx.services)
    if last is not None and last <= ctx.now < last + EVERY:
        return
    _rung[ctx.services] = ctx.now
    await deliver_due.defer_until(ctx.now + AFTER, ctx)
