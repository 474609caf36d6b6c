"""Sends what is due to the webhooks: each in the order of the stream, one delivery after the other.

A webhook is taken by one worker at a time, for as long as that renews its claim. An event gets its delivery when its
turn comes, so that whoever writes events need not know who wants them. The claim and each outcome are committed by
themselves: a worker that dies leaves at most one delivery that is sent again. See docs/webhooks.md for the order and
the attempts.
"""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta

import structlog
from msgspec import Struct

from entrepot.kit.context import Context
from entrepot.kit.jobs import ONCE, Queue, Work, stepwise
from entrepot.webhooks import posting, retries, wire
from entrepot.webhooks.pausing import tell_of_pause
from entrepot.webhooks.posting import Answer
from entrepot.webhooks.queries import deliveries as queries
from entrepot.webhooks.queries import subscriptions
from entrepot.webhooks.queries.deliveries import Due
from entrepot.webhooks.queries.subscriptions import WebhookRow
from entrepot.webhooks.recording import ring
from entrepot.webhooks.sending import Way, signed_post, way_to
from entrepot.webhooks.stream import end_of_stream

log = structlog.get_logger("entrepot.webhooks")

WEBHOOKS = Queue("webhooks", places=10)
"""A job waits as long as the slowest of its targets. So many may hang, and the others are still told in time."""

CLAIM = timedelta(minutes=2)
"""How long a worker that says nothing keeps a webhook: longer than any attempt takes."""
PATIENCE = timedelta(seconds=50)
"""How long one job goes on. What is left then is the next one's."""
AT_ONCE = 500
"""So many events get their deliveries together."""


class Turn(Struct, frozen=True):
    """What is to be sent next, and how."""

    due: Due
    way: Way
    now: datetime


@stepwise(at="* * * * *", retry=ONCE, queue=WEBHOOKS)
async def deliver_due(work: Work) -> None:
    """Send what is due to all webhooks, side by side."""
    async with work() as ctx:
        await ctx.db.values(subscriptions.LOCK_ALL)
        taken = await ctx.db.values(subscriptions.TAKE, now=ctx.now, busy_until=ctx.now + CLAIM)
        until = ctx.now + PATIENCE
    await asyncio.gather(*(_deliver_in_order(work, webhook_id, until) for webhook_id in taken))


async def _deliver_in_order(work: Work, webhook_id: int, until: datetime) -> None:
    try:
        while turn := await _next_turn(work, webhook_id, until):
            message = wire.message(turn.due)
            delivery_id = turn.due.delivery_id
            answer = await posting.send(signed_post(turn.way, message, turn.now, delivery_id=delivery_id))
            async with work() as ctx:
                await settle(ctx, webhook_id, turn.due, answer)
    except Exception:
        # One webhook must not keep the others from their deliveries; its claim ends by itself.
        log.exception("a webhook could not be served", webhook_id=webhook_id)


async def _next_turn(work: Work, webhook_id: int, until: datetime) -> Turn | None:
    """None, with the webhook given back, when there is nothing to be sent now."""
    async with work() as ctx:
        webhook = await ctx.db.one_or_none(WebhookRow, subscriptions.LOCK, webhook_id=webhook_id)
        if webhook is None:
            return None
        is_over = ctx.now >= until
        due = None if is_over or not _may_be_served(webhook, ctx.now) else await next_due(ctx, webhook)
        busy_until = ctx.now + CLAIM if due else None
        await ctx.db.execute(subscriptions.SET_BUSY, webhook_id=webhook_id, busy_until=busy_until)
        if due:
            return Turn(due, await way_to(ctx, webhook_id, webhook.url), ctx.now)
        if is_over:
            await ring(ctx)
    return None


def _may_be_served(webhook: WebhookRow, now: datetime) -> bool:
    is_held = webhook.hold_until is not None and webhook.hold_until > now
    return webhook.is_active and webhook.paused_at is None and not is_held


async def next_due(ctx: Context, webhook: WebhookRow) -> Due | None:
    """What a webhook, which is locked, is to be sent next; events behind it get their deliveries on the way."""
    end, after = await end_of_stream(ctx), webhook.position
    while True:
        if after < end:
            after = await ctx.db.value(
                queries.SPREAD,
                webhook_id=webhook.webhook_id,
                types=webhook.event_types,
                store_id=webhook.store_id,
                after=after,
                limit=AT_ONCE,
                now=ctx.now,
            ) or end  # fmt: skip
        due = await ctx.db.one_or_none(Due, queries.NEXT_DUE, webhook_id=webhook.webhook_id, now=ctx.now)
        if due or after >= end:
            return due


async def settle(ctx: Context, webhook_id: int, due: Due, answer: Answer) -> None:
    """Note what came of an attempt, and what follows for the delivery and the webhook."""
    webhook = await ctx.db.one_or_none(WebhookRow, subscriptions.LOCK, webhook_id=webhook_id)
    if webhook is None:
        return
    retry_at = None if answer.is_taken else retries.next_attempt(due.attempts + 1, ctx.now)
    await ctx.db.execute(
        queries.SETTLE,
        delivery_id=due.delivery_id,
        status="delivered" if answer.is_taken else "pending" if retry_at else "failed",
        next_attempt_at=retry_at,
        attempted_at=ctx.now,
        duration_ms=answer.duration_ms,
        response_status=answer.status,
        response_body=answer.body,
        error=answer.error,
    )
    if answer.is_taken:
        await _succeeded(ctx, webhook)
    else:
        await _failed(ctx, webhook, answer.problem or "")


async def _succeeded(ctx: Context, webhook: WebhookRow) -> None:
    if not webhook.failures:
        return
    await ctx.db.execute(subscriptions.SUCCEEDED, webhook_id=webhook.webhook_id)
    if webhook.failures >= retries.HOLD_AFTER:
        await ctx.db.execute(queries.HURRY, webhook_id=webhook.webhook_id, now=ctx.now)


async def _failed(ctx: Context, webhook: WebhookRow, error: str) -> None:
    pauses = webhook.paused_at is None and retries.is_to_pause(webhook.failing_since, ctx.now)
    await ctx.db.execute(
        subscriptions.FAILED,
        webhook_id=webhook.webhook_id,
        now=ctx.now,
        hold_until=retries.hold_until(webhook.failures + 1, ctx.now),
        paused_at=ctx.now if pauses else webhook.paused_at,
        error=error,
    )
    if pauses:
        await ctx.changed()
        await tell_of_pause(ctx, webhook, error)
