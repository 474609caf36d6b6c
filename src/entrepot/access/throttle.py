"""Locks out whoever guesses passwords at the token service.

Failures are counted per user name as sent and per kind of account, for unknown names too. Independent of the locks
that customers and the Admin's sign-in have. Source: spec 00-webapi, 8.2.
"""

from __future__ import annotations

from datetime import timedelta

from entrepot.access import limits
from entrepot.access.errors import SignInRefused
from entrepot.access.queries import throttle as queries
from entrepot.kit.context import ActorType, Context

LIMIT = "oauth/authentication_lock/max_failures_count"
TIMEOUT_S = "oauth/authentication_lock/timeout"


async def check(ctx: Context, name: str, kind: ActorType) -> None:
    """Raises SignInRefused while the name is locked out; the right password does not help then."""
    limit = _limit(ctx)
    if limit is not None and await queries.is_locked(ctx.db, storable(name), kind, limit, ctx.now):
        raise SignInRefused


async def record_failure(ctx: Context, name: str, kind: ActorType) -> None:
    """Count a wrong password or an unknown name. Raise a refusal that `keeps_effects` after it, or it is undone."""
    expires_at = ctx.now + (limits.lifetime(ctx.config_default(TIMEOUT_S), timedelta(seconds=1)) or timedelta())
    await queries.count(ctx.db, storable(name), kind, ctx.now, expires_at)


async def clear(ctx: Context, name: str, kind: ActorType) -> None:
    """Forget the failures after the right password.

    Raises SignInRefused when others have reached the limit since `check`: many guesses sent at once would otherwise
    all be tried before the first of them is counted.
    """
    if await queries.clear_unless_locked(ctx.db, storable(name), kind, _limit(ctx), ctx.now):
        raise SignInRefused


async def delete_expired(ctx: Context) -> int:
    """Forget counters whose time is over; they count as none anyway. To run hourly."""
    return await queries.delete_expired(ctx.db, ctx.now)


def storable(name: str) -> str:
    """A user name as PostgreSQL can take it, whatever a client sent: no text of it holds a zero or half a surrogate."""
    return name.replace("\0", "\N{REPLACEMENT CHARACTER}").encode("utf-8", "replace").decode()


def _limit(ctx: Context) -> int | None:
    """None for no lock at all."""
    return limits.count(ctx.config_default(LIMIT))
