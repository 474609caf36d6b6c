"""Forgetting what has expired."""

from datetime import timedelta

from entrepot.access import SessionKind, issue, sessions, throttle
from entrepot.access.jobs import forget_expired
from entrepot.kit.context import ActorType
from entrepot.kit.jobs import run_due

COUNT = """
    select (select count(*) from access_token),
           (select count(*) from token_request_failure),
           (select count(*) from session)
"""


async def remember(ctx):
    await issue(ctx, ActorType.ADMIN, 1)
    await throttle.record_failure(ctx, "ada", ActorType.ADMIN)
    await sessions.open(ctx, SessionKind.STOREFRONT)


async def test_what_has_expired_is_forgotten_and_the_rest_is_kept(ctx):
    now = ctx.now
    ctx.now = now - timedelta(hours=4)
    await remember(ctx)
    ctx.now = now - timedelta(minutes=29)
    await remember(ctx)
    ctx.now = now
    assert await ctx.db.one(tuple, COUNT) == (2, 1, 2)

    await forget_expired(ctx)

    assert await ctx.db.one(tuple, COUNT) == (1, 1, 1)


async def test_it_runs_from_the_queue(ctx):
    ctx.now -= timedelta(hours=5)
    await remember(ctx)
    ctx.now += timedelta(hours=5)
    await forget_expired.defer(ctx)

    assert await run_due(ctx) == 1

    assert await ctx.db.one(tuple, COUNT) == (0, 0, 0)
