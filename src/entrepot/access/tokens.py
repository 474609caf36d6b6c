"""Bearer tokens: made, found, revoked.

A token is kept as a hash only, and its lifetime is read when it is used: a changed setting acts on tokens that exist.
"""

from __future__ import annotations

import hashlib
import re
import secrets
import string
from datetime import datetime, timedelta

from entrepot.access import limits
from entrepot.access.queries import tokens as queries
from entrepot.access.queries.tokens import TokenRow
from entrepot.kit.context import ActorType, Context

ALPHABET = string.digits + string.ascii_lowercase
LENGTH = 32

LIFETIME_HOURS = {
    ActorType.ADMIN: "oauth/access_token_lifetime/admin",
    ActorType.CUSTOMER: "oauth/access_token_lifetime/customer",
}
"""Where lifetimes are set; tokens of integrations have none."""

_SHAPE = re.compile(r"[0-9a-z]{32}")


async def issue(ctx: Context, actor_type: ActorType, actor_id: int) -> str:
    """A new token; earlier ones of the same actor stay valid. This is the only time it can be read."""
    token = new_token()
    await queries.insert(ctx.db, hashed(token), actor_type, actor_id, ctx.now)
    return token


async def revoke_all(ctx: Context, actor_type: ActorType, actor_id: int) -> int:
    """How many tokens the actor had."""
    return await queries.delete_of_actor(ctx.db, actor_type, actor_id)


async def find(ctx: Context, token: str) -> TokenRow | None:
    """Whose token it is; None for one that is unknown, expired, or could be no token."""
    if not _SHAPE.fullmatch(token):
        return None
    found = await queries.find(ctx.db, hashed(token))
    if found is None or _is_expired(ctx, found):
        return None
    return found


async def delete_expired(ctx: Context) -> int:
    """Forget the tokens that no longer work. To run hourly."""
    return await queries.delete_old(ctx.db, _oldest_valid(ctx, ActorType.ADMIN), _oldest_valid(ctx, ActorType.CUSTOMER))


def new_token() -> str:
    """32 random characters of `0-9a-z`: 165 bits."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def hashed(token: str) -> bytes:
    """What is stored. A token has so much chance in it that no salt and no slow hash is needed."""
    return hashlib.sha256(token.encode()).digest()


def _is_expired(ctx: Context, token: TokenRow) -> bool:
    oldest = _oldest_valid(ctx, ActorType(token.actor_type))
    return oldest is not None and token.created_at <= oldest


def _oldest_valid(ctx: Context, actor_type: ActorType) -> datetime | None:
    """Tokens made at this instant or before are expired; None when they never are."""
    path = LIFETIME_HOURS.get(actor_type)
    lifetime = limits.lifetime(ctx.config_default(path), timedelta(hours=1)) if path else None
    return None if lifetime is None else ctx.now - lifetime
