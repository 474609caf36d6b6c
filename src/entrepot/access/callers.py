"""Who calls the REST API: by bearer token, or by the cookie of a session.

What does not identify anybody is no error: the next means is tried, and in the end the caller is a guest. The order is
that of spec 00-webapi, 8: token, session, and then the signature of an integration.
"""

from __future__ import annotations

from entrepot.access import roles, sessions, tokens
from entrepot.access.queries.tokens import TokenRow
from entrepot.access.sessions import SessionKind
from entrepot.kit.context import Actor, ActorType, Context
from entrepot.kit.rest.request import Request

STOREFRONT_COOKIE = "entrepot_session"
ADMIN_COOKIE = "entrepot_admin"
"""To be set with the Admin's path, so that browsers send it to no page of the storefront."""


async def by_token(ctx: Context, request: Request) -> Actor | None:
    """The caller that a bearer token names. One statement."""
    token = bearer_token(request.headers.get("authorization"))
    found = await tokens.find(ctx, token) if token is not None else None
    return _actor(ctx, found) if found is not None else None


async def by_session(ctx: Context, request: Request) -> Actor | None:
    """The customer whose page sent the request, or else the administrator. One statement for each cookie."""
    # Scripts of our own pages send this header; a form on another site cannot.
    if request.headers.get("x-requested-with") == "XMLHttpRequest":
        visit = await sessions.find(ctx, SessionKind.STOREFRONT, request.cookies.get(STOREFRONT_COOKIE))
        if visit is not None and (customer := sessions.actor(ctx, visit)) is not None:
            return customer

    admin = await sessions.find(ctx, SessionKind.ADMIN, request.cookies.get(ADMIN_COOKIE))
    return sessions.actor(ctx, admin) if admin is not None else None


def bearer_token(header: str | None) -> str | None:
    """The token of `Authorization: Bearer <token>`: the word in any case, exactly one space, no quotes."""
    scheme, *rest = (header or "").split(" ")
    return rest[0] if scheme.lower() == "bearer" and len(rest) == 1 else None


def _actor(ctx: Context, token: TokenRow) -> Actor | None:
    """None when the administrator is gone or inactive."""
    if token.actor_type == ActorType.CUSTOMER:
        return Actor(ActorType.CUSTOMER, token.actor_id)
    if token.actor_type == ActorType.ADMIN and token.is_active:
        return Actor(ActorType.ADMIN, token.actor_id, roles.granted(ctx, token.role_id))
    return None
