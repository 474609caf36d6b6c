"""Confirmations of orders, sent after the orders (docs/orders.md).

Every commit that notifies PostgreSQL's listeners waits for all others that do, and to queue a job is to notify. So an
order only says that a mail is due. Of the orders of a second one queues the job that sends what is due, a moment later;
and the job comes round each minute by itself, for what none has called it for.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from math import ceil
from weakref import WeakKeyDictionary

import structlog

from entrepot.kit.context import Context, Services
from entrepot.kit.jobs import ONCE, Queue, Work, stepwise
from entrepot.kit.outages import OUTAGE
from entrepot.kit.scope import is_flag_set
from entrepot.quotes import OrderPlaced
from entrepot.sales.confirmation import send_confirmation
from entrepot.sales.mail_turns import set_aside, take_due
from entrepot.sales.queries import mails as queries
from entrepot.sales.queries.orders import OrderRow
from entrepot.sales.reading import complete

log = structlog.get_logger("entrepot.sales")

LETTERS = Queue("letters")
"""Where mails are written. They are delivered by another queue, which may hang."""

ASYNCHRONOUS = "sales_email/general/async_sending"
LIMIT = "sales_email/general/sending_limit"
USUAL_LIMIT = 50

TABLE = "sales_order"
AT_ONCE = 10
"""So many orders are locked together while their mails are written."""
RATE = 10
"""Mails a second and process while few are due: to write and deliver one costs as much as to place an order."""
DRAINED_IN_S = 300
"""When many are due, as many a second as it takes to be done with them in this time."""
REST_S = 60
"""What was not sent for longer than this is not made up for at once."""
EVERY = timedelta(seconds=1)
"""The orders of this time share a job."""
AFTER = timedelta(seconds=1.5)
"""When the job runs: once the orders that count on it have been committed."""

_rung: WeakKeyDictionary[Services, datetime] = WeakKeyDictionary()
"""When this process queued the job last."""
_ran: WeakKeyDictionary[Services, datetime] = WeakKeyDictionary()
"""When this process ran it last."""


async def ring(ctx: Context, event: OrderPlaced) -> None:
    """See to it that the mail of a new order is sent soon, unless mails are sent each minute only."""
    await _ring(ctx)


async def _ring(ctx: Context) -> None:
    if is_flag_set(ctx.config_default(ASYNCHRONOUS)):
        return
    last = _rung.get(ctx.services)
    if last is not None and last <= ctx.now < last + EVERY:
        return
    _rung[ctx.services] = ctx.now
    await send_due.defer_until(ctx.now + AFTER, ctx)


@stepwise(at="* * * * *", retry=ONCE, queue=LETTERS)
async def send_due(work: Work) -> None:
    """Mail confirmations that are due, each once; what is more than its share of time is left for the next run.

    So in a rush the mails come bit by bit, and those who buy meanwhile are not held up by them.
    """
    async with work() as ctx:
        limit = await _limit(ctx)
    sent = 0
    while sent < limit:
        async with work() as ctx:
            taken = await send_some(ctx, min(AT_ONCE, limit - sent))
        if not taken:
            return
        sent += taken
    async with work() as ctx:
        await _ring(ctx)


async def _limit(ctx: Context) -> int:
    """How many to send in this run."""
    if is_flag_set(ctx.config_default(ASYNCHRONOUS)):
        configured = ctx.config_default(LIMIT) or ""
        return int(configured) if configured.isdecimal() and int(configured) else USUAL_LIMIT
    last, _ran[ctx.services] = _ran.get(ctx.services), ctx.now
    elapsed_s = (ctx.now - last).total_seconds() if last else 1
    due: int = await ctx.db.value(queries.COUNT_DUE)
    return ceil(max(RATE, due / DRAINED_IN_S) * min(max(elapsed_s, 1), REST_S))


async def send_some(ctx: Context, limit: int) -> int:
    """Mail the confirmations of the oldest orders that are due; how many orders that were.

    One whose mail cannot be written keeps its place in the log, not in the queue: the others are not held up by it.
    What the database causes is raised: then all of them stay due.
    """

    async def find(without: list[int]) -> list[OrderRow]:
        return await ctx.db.all(OrderRow, queries.DUE, limit=limit, without=without)

    orders = await take_due(ctx, TABLE, find)
    sent, failed = [], []
    for order in await complete(ctx, orders):
        try:
            async with ctx.savepoint():
                await send_confirmation(ctx, order)
            sent.append(order.entity_id)
        except OUTAGE:
            set_aside(ctx, TABLE, order.entity_id or 0)
            raise
        except Exception:
            log.exception("the confirmation of an order could not be written", order_id=order.entity_id)
            failed.append(order.entity_id)
    if sent:
        await ctx.db.execute(queries.SET_SENT, order_ids=sent)
    if failed:
        await ctx.db.execute(queries.GIVE_UP, order_ids=failed)
    return len(orders)
