"""`entrepot integration`: what the Admin does with integrations, for scripts. Every command prints JSON."""

from __future__ import annotations

import asyncio
import json
from typing import Annotated, Any

from typer import BadParameter, Option, Typer

from entrepot.access.activation import Activation, begin_activation
from entrepot.access.integration import ConsumerCredentials, Integration, IntegrationDraft
from entrepot.access.integration_errors import DeliveryFailed
from entrepot.access.integrations import (
    deactivate_integration,
    get_consumer_credentials,
    get_integration,
    get_integration_by_name,
    save_integration,
)
from entrepot.access.oauth.delivery import deliver
from entrepot.access.resources import ALL
from entrepot.kit.command import fail, run
from entrepot.kit.context import Context

integration = Typer(help="Make, activate and deactivate integrations.", no_args_is_help=True)

Text = Option(show_default=False)


@integration.command()
def create(
    name: Annotated[str, Text],
    email: Annotated[str | None, Text] = None,
    endpoint: Annotated[str | None, Option(metavar="URL", help="Where activation posts the credentials.")] = None,
    identity_link_url: Annotated[str | None, Option(metavar="URL", help="The other side's page to sign in on.")] = None,
    resource: Annotated[
        list[str] | None,
        Option(metavar="ID", help="What it may use, such as Magento_Sales::sales; may be given often."),
    ] = None,
    everything: Annotated[bool, Option("--all", help="It may use everything.")] = False,
) -> None:
    """Make an integration. Prints its id, and its consumer's key and secret."""
    if everything == bool(resource):
        raise BadParameter("Give either --all or at least one --resource.")
    draft = IntegrationDraft(
        name=name,
        email=email,
        endpoint=endpoint,
        identity_link_url=identity_link_url,
        resources=[ALL] if everything else resource or [],
    )
    made, consumer = run(make, draft)
    show(integration_id=made.integration_id, consumer_key=consumer.key, consumer_secret=consumer.secret)


@integration.command()
def activate(name: Annotated[str, Text]) -> None:
    """Post the credentials to the endpoint, or make the access token. Prints the status, and the token if it was made.

    With an endpoint the integration becomes active when the other side fetches its access token.
    """
    activation = run(begin, name)
    status = activation.integration.status
    if activation.delivery is not None:
        try:
            asyncio.run(deliver(activation.delivery))
        except DeliveryFailed as refusal:
            fail(refusal.rendered())
        # The other side may have fetched its token before it answered.
        status = run(get_integration_by_name, name).status
    token = activation.access_token
    made = {"access_token": token.token, "access_token_secret": token.secret} if token else {}
    show(status=status, **made)


@integration.command()
def deactivate(name: Annotated[str, Text]) -> None:
    """Treat its calls as a guest's until it is activated again. Prints the status."""
    show(status=run(switch_off, name).status)


async def make(ctx: Context, draft: IntegrationDraft) -> tuple[Integration, ConsumerCredentials]:
    made = await get_integration(ctx, await save_integration(ctx, draft))
    return made, await get_consumer_credentials(ctx, made)


async def begin(ctx: Context, name: str) -> Activation:
    return await begin_activation(ctx, (await get_integration_by_name(ctx, name)).integration_id)


async def switch_off(ctx: Context, name: str) -> Integration:
    found = await get_integration_by_name(ctx, name)
    await deactivate_integration(ctx, found.integration_id)
    return await get_integration(ctx, found.integration_id)


def show(**fields: Any) -> None:
    print(json.dumps(fields))
