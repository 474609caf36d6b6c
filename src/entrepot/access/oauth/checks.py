"""The checks that every signed call passes, in the order in which clients see them fail (spec 00-webapi, 10.2).

A nonce counts as used once the signature over it was valid: then it stays used, also when the call is refused later,
so that nobody can send it again. A call with a wrong signature leaves nothing behind, or whoever knows a consumer's
key, which is no secret, could use up its nonces and fill the table.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from datetime import timedelta
from weakref import WeakSet

from entrepot import stores
from entrepot.access import limits
from entrepot.access.oauth import signature
from entrepot.access.oauth.errors import (
    InvalidConsumerKeyLength,
    InvalidSignature,
    InvalidTimestamp,
    InvalidTokenLength,
    NonceUsed,
    UnknownConsumer,
    UnsupportedMethod,
    UnsupportedVersion,
)
from entrepot.access.oauth.parameters import signed_readings
from entrepot.access.oauth.signature import Secrets
from entrepot.access.queries import oauth as queries
from entrepot.access.queries.oauth import CallRow
from entrepot.access.tokens import LENGTH, hashed
from entrepot.kit.context import Context
from entrepot.kit.errors import RequiredField, raise_any
from entrepot.kit.rest.authorisation import is_https
from entrepot.kit.rest.request import Request

Parameters = Mapping[str, str]

REQUIRED = ("oauth_consumer_key", "oauth_signature", "oauth_signature_method", "oauth_nonce", "oauth_timestamp")
REQUIRED_WITH_TOKEN = (*REQUIRED, "oauth_token")

CLOCK_TOLERANCE_S = 600
"""How far ahead of ours a client's clock may be. There is no limit to the other side."""

CLEANUP_PROBABILITY = "oauth/cleanup/cleanup_probability"
NONCE_LIFETIME_MINUTES = "oauth/cleanup/expiration_period"
DEFAULT_NONCE_LIFETIME = timedelta(minutes=120)

_KEY = re.compile(r"[0-9a-z]{32}")

# A call that the database could not put in a row with others runs again, as the same request; its nonce is used by
# then, but by itself.
_USED: WeakSet[Request] = WeakSet()


async def check_protocol(
    ctx: Context, request: Request, given: Parameters, required: tuple[str, ...] = REQUIRED
) -> CallRow:
    """All checks before those of the token and the signature; returns the consumer with the token that was sent."""
    version = given.get("oauth_version")
    if version is not None and version != "1.0":
        raise UnsupportedVersion(version)
    raise_any(_missing(given, required))
    token = given.get("oauth_token")
    if token is not None and len(token) != LENGTH:
        raise InvalidTokenLength
    if given["oauth_signature_method"] not in signature.METHODS:
        raise UnsupportedMethod(given["oauth_signature_method"])
    call = await _find_call(ctx, given["oauth_consumer_key"], given["oauth_nonce"], token)
    timestamp = limits.number(given["oauth_timestamp"])
    if not 0 < timestamp <= ctx.now.timestamp() + CLOCK_TOLERANCE_S:
        raise InvalidTimestamp
    if call.is_nonce_used and request not in _USED:
        raise NonceUsed(str(call.consumer_id))
    return call


def check_signature(
    ctx: Context, request: Request, given: dict[str, str], call: CallRow, token_secret: str | None = None
) -> None:
    """`token_secret` as stored; None for the call that has no token yet. Raises InvalidSignature."""
    home = ctx.settings.home
    secrets = Secrets(
        stores.decrypt(home, call.consumer_secret), stores.decrypt(home, token_secret) if token_secret else ""
    )
    url = signature.base_url("https" if is_https(ctx, request) else "http", request.host, request.path)
    bases = (signature.base_string(request.method, url, reading) for reading in signed_readings(request, given))
    method, sent = given["oauth_signature_method"], given["oauth_signature"]
    if not any(signature.matches(method, base, secrets, sent) for base in bases):
        raise InvalidSignature


async def use_nonce(ctx: Context, request: Request, given: Parameters, call: CallRow) -> None:
    """Keep the nonce used whatever becomes of the call. To be called right after the signature was found valid.

    Commits what the transaction did so far, which is nothing but reading. Of two calls with one nonce at the same
    moment the second waits for the first, and is refused: raises NonceUsed.
    """
    if request in _USED:
        return
    if not await queries.insert_nonce(ctx.db, call.consumer_id, _nonce_hash(given["oauth_nonce"]), ctx.now):
        raise NonceUsed(str(call.consumer_id))
    await ctx.services.database.keep(ctx.db)
    _USED.add(request)


async def delete_old_nonces(ctx: Context) -> int:
    """Forget nonces after the time that is configured. To run hourly; a cleanup probability of 0 switches it off."""
    if limits.number(ctx.config_default(CLEANUP_PROBABILITY)) <= 0:
        return 0
    kept = limits.lifetime(ctx.config_default(NONCE_LIFETIME_MINUTES), timedelta(minutes=1)) or DEFAULT_NONCE_LIFETIME
    return await queries.delete_nonces(ctx.db, ctx.now - kept)


async def _find_call(ctx: Context, key: str, nonce: str, token: str | None) -> CallRow:
    if len(key) != LENGTH:
        raise InvalidConsumerKeyLength
    # A key that could be none need not be looked for, nor can every text be.
    found = (
        await queries.find_call(ctx.db, key, _nonce_hash(nonce), None if token is None else hashed(token))
        if _KEY.fullmatch(key)
        else None
    )
    if found is None:
        raise UnknownConsumer
    return found


def _missing(given: Parameters, required: tuple[str, ...]) -> Iterator[RequiredField]:
    return (RequiredField(field_name=name) for name in required if name not in given)


def _nonce_hash(nonce: str) -> bytes:
    return hashlib.sha256(nonce.encode()).digest()
