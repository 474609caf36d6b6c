"""Integrations as callers of the REST API: by signature, or by their access token as a plain bearer token."""

from __future__ import annotations

from entrepot.access.callers import bearer_token
from entrepot.access.integrations import integration_actor
from entrepot.access.oauth.checks import REQUIRED_WITH_TOKEN, check_protocol, check_signature, use_nonce
from entrepot.access.oauth.errors import NotAnAccessToken, TokenOfAnother, TokenRevoked, UnknownToken
from entrepot.access.oauth.parameters import header_parameters
from entrepot.access.queries import oauth as queries
from entrepot.access.tokens import LENGTH, hashed
from entrepot.kit.context import Actor, Context
from entrepot.kit.rest.request import Request


async def identify_by_oauth(ctx: Context, request: Request) -> Actor | None:
    """The active integration that signed the request; None without an OAuth header, and while it is not active.

    Two statements and a commit. Raises the refusals of `oauth.errors`, and RequiredField for parameters that are
    missing (several are gathered).
    """
    given = header_parameters(request.headers.get("authorization"))
    if given is None:
        return None
    call = await check_protocol(ctx, request, given, REQUIRED_WITH_TOKEN)
    if call.token_id is None:
        raise UnknownToken
    if call.token_consumer_id != call.consumer_id:
        raise TokenOfAnother
    if call.token_type != "access":  # noqa: S105 -- a kind of token
        raise NotAnAccessToken
    if call.revoked:
        raise TokenRevoked
    check_signature(ctx, request, given, call, call.token_secret)
    await use_nonce(ctx, request, given, call)
    return integration_actor(ctx, call.integration_id)


async def identify_by_oauth_token(ctx: Context, request: Request) -> Actor | None:
    """The active integration whose access token the OAuth header has. The signature over it is not looked at.

    For a request whose body is still to come, which may be signed, too. One statement.
    """
    token = (header_parameters(request.headers.get("authorization")) or {}).get("oauth_token", "")
    return await _owner(ctx, token)


async def identify_by_integration_token(ctx: Context, request: Request) -> Actor | None:
    """The active integration whose access token is the bearer token; None for any other. One statement."""
    return await _owner(ctx, bearer_token(request.headers.get("authorization")) or "")


async def _owner(ctx: Context, token: str) -> Actor | None:
    if len(token) != LENGTH:
        return None
    return integration_actor(ctx, await queries.find_bearer(ctx.db, hashed(token)))
