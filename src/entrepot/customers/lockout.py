"""Counts wrong passwords of an account, and locks it when there are too many (spec 20-customers, 6.5)."""

from __future__ import annotations

from entrepot.customers.queries import accounts as queries
from entrepot.customers.rules.lockout import Failures, after_failure
from entrepot.kit.context import Context

LIMIT = "customer/password/lockout_failures"
LOCK_MINUTES = "customer/password/lockout_threshold"


async def count_failure(ctx: Context, customer_id: int) -> Failures:
    """The counters after one more wrong password.

    The account's row is locked, so that guesses sent at the same moment all count. Raise a refusal that
    `keeps_effects` afterwards, or the count is undone.
    """
    before = await current(ctx, customer_id)
    after = after_failure(before, ctx.now, _setting(ctx, LIMIT), _setting(ctx, LOCK_MINUTES))
    if after != before:
        await ctx.db.execute(
            queries.SET_FAILURES,
            id=customer_id,
            failures_num=after.failures_num,
            first_failure=after.first_failure,
            lock_expires=after.lock_expires,
        )
    return after


async def current(ctx: Context, customer_id: int) -> Failures:
    """The counters as they are now; they cannot move before the transaction ends."""
    return await ctx.db.one_or_none(Failures, queries.LOCK_FAILURES, id=customer_id) or Failures()


async def unlock(ctx: Context, customer_id: int) -> None:
    """Forget the failures and the lock: after a success, and when the Admin says so."""
    await ctx.db.execute(queries.CLEAR_FAILURES, id=customer_id)


def _setting(ctx: Context, path: str) -> int:
    value = ctx.config_default(path)
    return int(value) if value and value.isdigit() else 0
