"""Whether a caller may make a call (spec 00-webapi, 2 steps 4 and 5, and 9)."""

from __future__ import annotations

from entrepot.kit.context import Actor, ActorType, Context
from entrepot.kit.errors import Unauthorized, WebapiError
from entrepot.kit.rest.operation import Operation
from entrepot.kit.rest.request import Request
from entrepot.kit.scope import is_flag_set

ALLOW_GUESTS = "webapi/webapisecurity/allow_insecure"
OFFLOADER_HEADER = "web/secure/offloader_header"

ALSO_GRANTED_BY = {"Magento_InventoryApi::stock_source_link": "Magento_InventoryApi::source_stock_link"}
"""One route names a resource that the tree spells the other way round; holders of that one are let in."""


def check_may_call(ctx: Context, operation: Operation) -> None:
    """The caller needs all resources of the route; a guest is refused like anybody else, with 401."""
    if operation.access.is_anonymous or all(_holds(ctx.actor, r) for r in operation.access.resources):
        return
    if operation.guests_by_setting and is_flag_set(ctx.config_default(ALLOW_GUESTS)):
        return
    raise Unauthorized(resources=", ".join(operation.access.resources))


def may_call(ctx: Context, operation: Operation) -> bool:
    """As `check_may_call`, for the API document."""
    try:
        check_may_call(ctx, operation)
    except Unauthorized:
        return False
    return True


def check_transport(ctx: Context, request: Request, operation: Operation) -> None:
    """A few routes are answered over HTTPS only."""
    if operation.secure and not is_https(ctx, request):
        raise WebapiError("Operation allowed only in HTTPS")


def is_https(ctx: Context, request: Request) -> bool:
    """Also when a proxy in front ended the encryption and says so in the header that is configured."""
    header = ctx.config_default(OFFLOADER_HEADER) or ""
    return request.scheme == "https" or request.headers.get(header.lower(), "").lower() == "https"


def _holds(actor: Actor, resource: str) -> bool:
    match resource:
        case "anonymous":
            return True
        case "self":
            return actor.type is ActorType.CUSTOMER or actor.has_full_access
        case _:
            return actor.may(resource) or actor.may(ALSO_GRANTED_BY.get(resource, resource))
