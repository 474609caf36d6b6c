"""Switching an integration on: the access token is made at once, or an exchange of keys begins.

Its one surprising fact: `activate` opens transactions of its own, because the credentials are posted between them. It
is for the pages and the command line, and takes the process's `Services` instead of a context.
"""

from __future__ import annotations

from datetime import timedelta

from msgspec import Struct

from entrepot import stores
from entrepot.access import limits
from entrepot.access.integration import ConsumerCredentials, Integration, IntegrationStatus
from entrepot.access.integrations import get_consumer_credentials, get_integration
from entrepot.access.oauth.delivery import Delivery, deliver
from entrepot.access.oauth.handshake import TokenPair
from entrepot.access.queries import integrations as queries
from entrepot.access.queries import oauth as oauth_queries
from entrepot.access.tokens import hashed, new_token
from entrepot.kit.context import SYSTEM, Actor, Context, Services

POST_TIMEOUT_S = "oauth/consumer/post_timeout"
POST_REDIRECTS = "oauth/consumer/post_maxredirects"
DEFAULT_POST_TIMEOUT_S = 5.0
MOST_REDIRECTS = 10


class Activation(Struct):
    """What came of it. Show all four credentials now: the access token can never be read again."""

    integration: Integration
    consumer: ConsumerCredentials
    access_token: TokenPair | None = None
    """The one that was made; None when keys are exchanged, and when the integration still has one."""
    delivery: Delivery | None = None
    """What is to be posted, or was."""


async def activate(services: Services, integration_id: int, *, actor: Actor = SYSTEM, anew: bool = False) -> Activation:
    """As `begin_activation`, and posts the credentials. The integration is returned as it is after that.

    The other side may have finished the exchange before it answered, and the integration be active already.

    Raises:
        NoSuchIntegration: there is none.
        DeliveryFailed: the credentials could not be posted. The verifier stays, and is posted again by the next try.
    """
    async with services.work(actor) as ctx:
        activation = await begin_activation(ctx, integration_id, anew=anew)
    if activation.delivery is not None:
        await deliver(activation.delivery)
        async with services.work(actor) as ctx:
            activation.integration = await get_integration(ctx, integration_id)
    return activation


async def reauthorize(services: Services, integration_id: int, *, actor: Actor = SYSTEM) -> Activation:
    """End what the integration can do now, and activate it anew. Raises as `activate`."""
    return await activate(services, integration_id, actor=actor, anew=True)


async def begin_activation(ctx: Context, integration_id: int, *, anew: bool = False) -> Activation:
    """All of an activation that happens in the database; whoever calls it delivers `delivery` after the commit.

    One that is active already stays as it is. With `anew` its token is deleted first. Raises NoSuchIntegration.
    """
    await queries.lock(ctx.db, integration_id)
    integration = await get_integration(ctx, integration_id)
    if anew:
        await oauth_queries.delete_token(ctx.db, integration.consumer_id)
        await _set_status(ctx, integration, IntegrationStatus.INACTIVE)
    activation = Activation(integration, await get_consumer_credentials(ctx, integration))
    if integration.is_active:
        return activation
    if integration.exchanges_keys:
        activation.delivery = await _begin_exchange(ctx, activation)
    else:
        activation.access_token = await _make_access_token(ctx, integration)
        await _set_status(ctx, integration, IntegrationStatus.ACTIVE)
    return activation


async def _begin_exchange(ctx: Context, activation: Activation) -> Delivery:
    """A verifier that was posted before is posted again; one whose exchange went further is replaced."""
    integration, consumer = activation.integration, activation.consumer
    home = ctx.settings.home
    token = await oauth_queries.find_token_of_consumer(ctx.db, integration.consumer_id)
    if token is not None and token.type == "verifier":
        verifier = stores.decrypt(home, token.verifier)
    else:
        verifier = new_token()
        await _replace_token(ctx, integration, "verifier", TokenPair.draw(), verifier)
    await oauth_queries.touch_consumer(ctx.db, integration.consumer_id, ctx.now)
    timeout = limits.lifetime(ctx.config_default(POST_TIMEOUT_S), timedelta(seconds=1))
    return Delivery(
        endpoint=integration.endpoint or "",
        fields={
            "oauth_consumer_key": consumer.key,
            "oauth_consumer_secret": consumer.secret,
            "store_base_url": stores.base_url(ctx, ctx.stores.default),
            "oauth_verifier": verifier,
        },
        timeout_s=timeout.total_seconds() if timeout else DEFAULT_POST_TIMEOUT_S,
        redirects=min(limits.count(ctx.config_default(POST_REDIRECTS)) or 0, MOST_REDIRECTS),
    )


async def _make_access_token(ctx: Context, integration: Integration) -> TokenPair | None:
    """None when there is one from before: whoever has it goes on with it."""
    token = await oauth_queries.find_token_of_consumer(ctx.db, integration.consumer_id)
    if token is not None and token.type == "access":
        return None
    pair = TokenPair.draw()
    await _replace_token(ctx, integration, "access", pair, new_token())
    return pair


async def _replace_token(ctx: Context, integration: Integration, type: str, pair: TokenPair, verifier: str) -> None:
    home = ctx.settings.home
    await oauth_queries.replace_token(
        ctx.db,
        consumer_id=integration.consumer_id,
        type=type,
        token_hash=hashed(pair.token),
        secret=stores.encrypt(home, pair.secret),
        verifier=stores.encrypt(home, verifier),
        now=ctx.now,
    )


async def _set_status(ctx: Context, integration: Integration, status: IntegrationStatus) -> None:
    await queries.set_status(ctx.db, integration.integration_id, status, ctx.now)
    await ctx.changed()
    integration.status = status
