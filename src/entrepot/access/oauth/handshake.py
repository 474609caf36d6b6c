"""The exchange of keys: from the verifier over a request token to the access token.

    the Admin activates          a verifier is made and posted with the consumer's key and secret   (`activation`)
    POST /oauth/token/request    signed with the consumer's secret: the verifier's token becomes a request token
    POST /oauth/token/access     signed with that token's secret, and naming the verifier: it becomes the access token,
                                 and the integration is active

Text and secret of the token are new at each step. Both addresses lie outside of `/rest` and answer as forms.
"""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Awaitable, Callable
from datetime import timedelta
from urllib.parse import urlencode

import structlog
from msgspec import Struct
from starlette.requests import Request as HTTPRequest
from starlette.responses import Response
from starlette.routing import Route

from entrepot import stores
from entrepot.access import limits
from entrepot.access.integration import IntegrationStatus
from entrepot.access.oauth.checks import REQUIRED_WITH_TOKEN, check_protocol, check_signature, use_nonce
from entrepot.access.oauth.errors import (
    ConsumerExpired,
    InvalidVerifierLength,
    NoVerifierToken,
    RequestTokenOfAnother,
    TokenAlreadyUsed,
    UnknownToken,
    VerifierMissing,
    WrongVerifier,
)
from entrepot.access.oauth.parameters import header_parameters
from entrepot.access.queries import integrations as integration_queries
from entrepot.access.queries import oauth as queries
from entrepot.access.queries.oauth import CallRow
from entrepot.access.tokens import LENGTH, hashed, new_token
from entrepot.kit.context import GUEST, Context, Services
from entrepot.kit.errors import Invalid, Refused, WebapiError
from entrepot.kit.intake import RETRY_AFTER_S, ConnectionLost
from entrepot.kit.outages import outage_behind, tell
from entrepot.kit.rest.request import Request

CONSUMER_LIFETIME_S = "oauth/consumer/expiration_period"
DEFAULT_CONSUMER_LIFETIME = timedelta(seconds=300)

log = structlog.get_logger("entrepot.oauth")


class TokenPair(Struct, frozen=True):
    """A new token and its secret, in clear: the only time the token can be read."""

    token: str
    secret: str

    @classmethod
    def draw(cls) -> TokenPair:
        return cls(new_token(), new_token())


Step = Callable[[Context, Request], Awaitable[TokenPair]]


def oauth_routes(services: Services) -> list[Route]:
    """The two addresses, with and without `index.php`, to be mounted at the root."""
    steps = {"/oauth/token/request": create_request_token, "/oauth/token/access": create_access_token}
    return [
        Route(prefix + path, _endpoint(services, step), methods=["POST"])
        for prefix in ("", "/index.php")
        for path, step in steps.items()
    ]


async def create_request_token(ctx: Context, request: Request) -> TokenPair:
    """Raises the refusals of `oauth.errors` and RequiredField."""
    given = header_parameters(request.headers.get("authorization")) or {}
    call = await check_protocol(ctx, request, given)
    lifetime = limits.lifetime(ctx.config_default(CONSUMER_LIFETIME_S), timedelta(seconds=1))
    if ctx.now - call.consumer_updated_at > (lifetime or DEFAULT_CONSUMER_LIFETIME):
        raise ConsumerExpired
    check_signature(ctx, request, given, call)
    await use_nonce(ctx, request, given, call)

    pair = TokenPair.draw()
    secret = stores.encrypt(ctx.settings.home, pair.secret)
    if not await queries.verifier_becomes_request(ctx.db, call.consumer_id, hashed(pair.token), secret):
        raise NoVerifierToken
    return pair


async def create_access_token(ctx: Context, request: Request) -> TokenPair:
    """Also makes the integration active. Raises the refusals of `oauth.errors` and RequiredField."""
    given = header_parameters(request.headers.get("authorization")) or {}
    call = await check_protocol(ctx, request, given, REQUIRED_WITH_TOKEN)
    _check_request_token(ctx, call, given.get("oauth_verifier"))
    check_signature(ctx, request, given, call, call.token_secret)
    await use_nonce(ctx, request, given, call)

    pair = TokenPair.draw()
    became_access = await queries.request_becomes_access(
        ctx.db,
        token_id=call.token_id,
        former_hash=hashed(given["oauth_token"]),
        token_hash=hashed(pair.token),
        secret=stores.encrypt(ctx.settings.home, pair.secret),
        now=ctx.now,
    )
    if not became_access:
        raise TokenAlreadyUsed
    if call.integration_id is not None:
        await integration_queries.set_status(ctx.db, call.integration_id, IntegrationStatus.ACTIVE, ctx.now)
        await ctx.changed()
    return pair


def _check_request_token(ctx: Context, call: CallRow, verifier: str | None) -> None:
    if call.token_id is None or call.verifier is None:
        raise UnknownToken
    if call.token_consumer_id != call.consumer_id:
        raise RequestTokenOfAnother
    if call.token_type != "request":  # noqa: S105 -- a kind of token
        raise TokenAlreadyUsed
    if verifier is None:
        raise VerifierMissing
    if len(verifier) != LENGTH:
        raise InvalidVerifierLength
    if not hmac.compare_digest(verifier.encode(), stores.decrypt(ctx.settings.home, call.verifier).encode()):
        raise WrongVerifier


def _endpoint(services: Services, step: Step) -> Callable[[HTTPRequest], Awaitable[Response]]:
    async def answer(http: HTTPRequest) -> Response:
        try:
            async with services.intake.request(http.scope, http.receive) as body, services.work(GUEST) as ctx:
                request = Request.of(http.scope, body)
                ctx.base_url, ctx.remote_address = request.base_url, request.remote_address
                pair = await step(ctx, request)
        except ConnectionLost:
            return Response(status_code=400)
        except WebapiError as error:
            return _problem(error.message, error.status)
        except Refused as refusal:
            return _problem(_text(refusal), refusal.status)
        except Exception as error:
            if (outage := outage_behind(error)) is not None:
                tell(log, outage, f"{http.method} {http.url.path}")
                response = _problem("temporarily_unavailable", 503)
                response.headers["retry-after"] = str(RETRY_AFTER_S)
                return response
            return _problem(f"internal_error&message=Report ID: {_report(error)}", 500)
        return _form({"oauth_token": pair.token, "oauth_token_secret": pair.secret})

    return answer


def _text(refusal: Refused) -> str:
    """A sentence; several are joined by commas and lose their stops."""
    if isinstance(refusal, Invalid) and refusal.sole is None:
        return ", ".join(error.rendered().removesuffix(".") for error in refusal.errors)
    return refusal.rendered()


def _report(error: Exception) -> str:
    report = f"oauth-{secrets.token_hex(7)[:13]}"
    log.error("unforeseen error", report=report, exc_info=error)
    return report


def _problem(text: str, status: int) -> Response:
    return _form({"oauth_problem": text}, status)


def _form(fields: dict[str, str], status: int = 200) -> Response:
    headers = {"cache-control": "no-store", "x-content-type-options": "nosniff"}
    return Response(urlencode(fields), status, headers, media_type="text/html; charset=UTF-8")
