"""Signing in to the Admin."""

from __future__ import annotations

from datetime import datetime, timedelta

from msgspec import Struct

from entrepot.access import credentials, limits
from entrepot.access.errors import NoRole, SignInRefused
from entrepot.access.queries import users as queries
from entrepot.access.roles import ROLES
from entrepot.kit.context import Context

PASSWORD_LIFETIME_DAYS = "admin/security/password_lifetime"  # noqa: S105 -- a setting's path
PASSWORD_IS_FORCED = "admin/security/password_is_forced"  # noqa: S105 -- a setting's path


class SignedIn(Struct, frozen=True):
    """Who signed in, and whether the password is so old that the Admin should ask for a new one."""

    user_id: int
    password_is_old: bool
    must_change_password: bool
    """Whether nothing else may be done before; only together with `password_is_old`."""


async def sign_in(ctx: Context, username: str, password: str) -> SignedIn:
    """Check an administrator's name and password; the caller then opens a session in the same transaction.

    A success clears the failures; a wrong password is counted, and enough of them lock the user for a while.

    Raises:
        SignInRefused: wrong, unknown, inactive or locked.
        NoRole: the password was right, but the user may do nothing.
    """
    found = await credentials.find_credentials(ctx, username)
    is_right = await credentials.is_password_of(found, password)
    if found is None or credentials.is_locked(ctx, found):
        raise SignInRefused
    if not is_right:
        await credentials.count_failure(ctx, found.user_id)
        raise SignInRefused
    if not found.is_active:
        raise SignInRefused
    if found.role_id is None or found.role_id not in ctx.shared(ROLES):
        raise NoRole

    # Guesses sent at the same moment may have locked the user while this one was being checked.
    if not await queries.record_sign_in(ctx.db, found.user_id, ctx.now):
        raise SignInRefused
    await credentials.renew_hash(ctx, found, password)
    is_old = password_is_old(ctx, found.password_changed_at)
    return SignedIn(found.user_id, is_old, is_old and ctx.config_default(PASSWORD_IS_FORCED) == "1")


def password_is_old(ctx: Context, changed_at: datetime) -> bool:
    """Whether a password set then has outlived the lifetime that the shop gives passwords."""
    lifetime = limits.lifetime(ctx.config_default(PASSWORD_LIFETIME_DAYS), timedelta(days=1))
    return lifetime is not None and changed_at + lifetime <= ctx.now
