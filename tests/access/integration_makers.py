"""Valid things to test with: integrations, clients that sign for them, and a REST interface that says who called."""

from __future__ import annotations

from entrepot.access import (
    Integration,
    IntegrationDraft,
    begin_activation,
    by_session,
    by_token,
    get_consumer_credentials,
    get_integration,
    identify_by_integration_token,
    identify_by_oauth,
    save_integration,
)
from entrepot.app import KNOWN_BY_HEAD
from entrepot.kit.context import Context, Services
from entrepot.kit.errors import Refused
from entrepot.kit.rest.dispatcher import Dispatcher
from entrepot.kit.rest.operation import ANONYMOUS, MayUse, operation, operations_of
from tests.access.oauth_client import Signer

SALES = "Magento_Sales::sales"


class Declined(Refused):
    message = "Declined."


@operation("GET /V1/callers/{sku}", access=MayUse(SALES), service="Test.Callers.Api.Callers.get")
async def get_caller(ctx: Context, sku: str) -> list[str]:
    return [ctx.actor.type.name, str(ctx.actor.id), sku]


@operation("GET /V1/callers", access=ANONYMOUS, service="Test.Callers.Api.Callers.getOpen")
async def get_open(ctx: Context) -> str:
    return ctx.actor.type.name


@operation("POST /V1/callers", access=MayUse(SALES), service="Test.Callers.Api.Callers.post")
async def post_caller(ctx: Context, name: str) -> str:
    return name


@operation("DELETE /V1/callers", access=MayUse(SALES), service="Test.Callers.Api.Callers.decline")
async def decline(ctx: Context) -> None:
    raise Declined


def callers_api(services: Services) -> Dispatcher:
    """The REST interface over the operations above, with the callers of the real one."""
    import tests.access.integration_makers as module

    callers = (by_token, identify_by_integration_token, by_session, identify_by_oauth)
    return Dispatcher(services, operations_of([module]), callers=callers, known_by_head=KNOWN_BY_HEAD)


async def an_integration(
    ctx: Context,
    name: str = "Connector",
    *,
    endpoint: str | None = None,
    identity_link_url: str | None = None,
    resources: tuple[str, ...] = (SALES,),
) -> Integration:
    draft = IntegrationDraft(
        name=name, endpoint=endpoint, identity_link_url=identity_link_url, resources=resources, email="it@example.com"
    )
    return await get_integration(ctx, await save_integration(ctx, draft))


async def a_signer(ctx: Context, integration: Integration) -> Signer:
    """The client of an integration that was not activated: it can ask for a request token."""
    consumer = await get_consumer_credentials(ctx, integration)
    return Signer(consumer.key, consumer.secret)


async def an_active_signer(ctx: Context, name: str = "Connector", *, resources: tuple[str, ...] = (SALES,)) -> Signer:
    """The client of a new active integration."""
    integration = await an_integration(ctx, name, resources=resources)
    activation = await begin_activation(ctx, integration.integration_id)
    assert activation.access_token is not None
    return Signer(
        activation.consumer.key,
        activation.consumer.secret,
        activation.access_token.token,
        activation.access_token.secret,
    )
