"""Whether a password is an administrator's, and the lock of the Admin against guessing it.

The lock is that of the Admin's sign-in and of confirming changes with the own password; token requests have their own,
in `throttle`. Source: spec 10-platform, 6.
"""

from __future__ import annotations

from datetime import timedelta

from entrepot.access import limits
from entrepot.access.errors import OwnPasswordInvalid
from entrepot.access.queries import users as queries
from entrepot.access.queries.users import Credentials
from entrepot.access.throttle import storable
from entrepot.kit import passwords
from entrepot.kit.context import ActorType, Context
from entrepot.kit.scope import is_flag_set

CASE_SENSITIVE = "admin/security/use_case_sensitive_login"
LIMIT = "admin/security/lockout_failures"
WINDOW_MINUTES = "admin/security/lockout_threshold"


async def find_credentials(ctx: Context, username: str) -> Credentials | None:
    """By user name, without regard to case unless the shop wants it."""
    name = storable(username)
    found = await queries.find_credentials(ctx.db, name)
    if found is not None and is_flag_set(ctx.config_default(CASE_SENSITIVE)) and found.username != name:
        return None
    return found


async def is_password_of(credentials: Credentials | None, password: str) -> bool:
    """False for nobody's, after the same effort."""
    if credentials is None:
        await passwords.verify_nothing(password)
        return False
    return await passwords.verify(password, credentials.password_hash)


async def renew_hash(ctx: Context, credentials: Credentials, password: str) -> None:
    """Store a password that was hashed in an old way in today's; does nothing when it is."""
    if passwords.needs_rehash(credentials.password_hash):
        await queries.replace_hash(
            ctx.db, credentials.user_id, credentials.password_hash, await passwords.hash(password)
        )


async def count_failure(ctx: Context, user_id: int) -> None:
    """Count a wrong password, and lock the user when there were too many.

    The window in which they count is as long as the lock; either limit at 0 or empty switches the lock off.
    """
    limit = limits.count(ctx.config_default(LIMIT))
    window = limits.lifetime(ctx.config_default(WINDOW_MINUTES), timedelta(minutes=1))
    if limit is not None and window is not None:
        await queries.count_failure(ctx.db, user_id, limit, window, ctx.now)


def is_locked(ctx: Context, credentials: Credentials) -> bool:
    return credentials.lock_expires is not None and credentials.lock_expires > ctx.now


async def confirm_own_password(ctx: Context, password: str | None) -> None:
    """Raises OwnPasswordInvalid unless it is the acting administrator's. The program itself need not confirm.

    A wrong one counts as a failed sign-in, and a user who is locked cannot confirm anything: a session left open
    must not be where passwords are guessed.
    """
    if ctx.actor.type is ActorType.ADMIN and not ctx.actor.id:
        return
    own = await queries.find_credentials_by_id(ctx.db, ctx.actor.id) if ctx.actor.type is ActorType.ADMIN else None
    if not await is_password_of(own, password or ""):
        if own is not None:
            await count_failure(ctx, own.user_id)
        raise OwnPasswordInvalid
    if own is not None and is_locked(ctx, own):
        raise OwnPasswordInvalid
