"""System > Extensions > Integrations: other programs that call the API in their own name."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

import structlog
from starlette.background import BackgroundTask
from starlette.responses import Response

from entrepot import access
from entrepot.access import Integration, IntegrationDraft, resources
from entrepot.access.activation import Activation, begin_activation
from entrepot.access.errors import InvalidEmail
from entrepot.access.integration_errors import DeliveryFailed, IntegrationExists, NoSuchIntegration
from entrepot.access.oauth.delivery import Delivery, deliver
from entrepot.admin.access import admin_page
from entrepot.admin.form import Field, Form, Section, Submit, as_text
from entrepot.admin.grid import Column, Grid, in_memory
from entrepot.admin.options import Option
from entrepot.admin.page import AdminPage, Button
from entrepot.admin.user_roles import ACCESS, chosen_resources
from entrepot.admin.users import OWN_PASSWORD
from entrepot.kit.errors import Refused

log = structlog.get_logger()

INTEGRATIONS = "Magento_Integration::integrations"
HOME = "adminhtml/integration"
STATUS = (Option("0", "Inactive"), Option("1", "Active"), Option("2", "Reset"))

INTEGRATION = Form(
    Section(
        "integration_info",
        "Integration Info",
        (
            Field("name", "Name", required=True, max_length=255, errors=(IntegrationExists,)),
            Field("email", "Email", "email", errors=(InvalidEmail,)),
            Field(
                "endpoint",
                "Callback URL",
                "url",
                note="With both addresses, activating posts the credentials to the first and the keys are exchanged.",
            ),
            Field("identity_link_url", "Identity link URL", "url"),
        ),
    ),
    Section(
        "api",
        "API",
        (Field("all", "Resource Access", "select", options=ACCESS),),
        template="resource_tree.html",
    ),
    OWN_PASSWORD,
)

ALL_INTEGRATIONS = Grid(
    name="integration_grid",
    path=HOME,
    title="Integrations",
    rows=in_memory(access.list_integrations),
    columns=(
        Column("integration_id", "ID", "number"),
        Column("name", "Name"),
        Column("email", "Email"),
        Column("status", "Status", "choice", options=STATUS, tones={"0": "plain", "1": "good", "2": "warn"}),
        Column("created_at", "Created", "instant"),
        Column("endpoint", "Callback URL", hidden=True),
        Column("consumer_key", "Consumer Key", hidden=True),
    ),
    sort="name",
    row_id="integration_id",
    opens=lambda page, row: page.url(f"{HOME}/edit", id=row.integration_id),
    search=("name", "email"),
    empty="No other program has been given access yet.",
)


@admin_page(HOME, INTEGRATIONS)
async def list_integrations(page: AdminPage) -> Response:
    new = Button("Add New Integration", href=page.url(f"{HOME}/new"), kind="primary")
    return await ALL_INTEGRATIONS.show(page, buttons=[new])


@admin_page(f"{HOME}/new", INTEGRATIONS)
async def new_integration(page: AdminPage) -> Response:
    return await _show(page, None, {"all": "0"}, frozenset())


@admin_page(f"{HOME}/edit", INTEGRATIONS)
async def edit_integration(page: AdminPage) -> Response:
    integration = await _find(page)
    if integration is None:
        return page.redirect(HOME)
    return await _show(page, integration, _values(integration), frozenset(integration.resources))


@admin_page(f"{HOME}/save", INTEGRATIONS, post=True, instead=HOME)
async def save_integration(page: AdminPage) -> Response:
    form, id = page.form, page.number("id")
    integration = await _find(page) if id else None
    if id and integration is None:
        return page.redirect(HOME)
    draft = IntegrationDraft(
        integration_id=id,
        name=form.get("name"),
        email=as_text(form.get("email")),
        endpoint=as_text(form.get("endpoint")),
        identity_link_url=as_text(form.get("identity_link_url")),
        resources=chosen_resources(page),
    )
    refusals = await page.attempted(
        access.save_integration(page.ctx, draft, current_password=form.get("current_password"))
    )
    if refusals:
        values = {name: form.get(name) for name in ("name", "email", "endpoint", "identity_link_url")}
        values["all"] = form.get("all")
        return await _show(page, integration, values, chosen_resources(page), refusals)
    page.success("The integration '%1' has been saved.", draft.name.strip())
    return page.redirect(HOME)


@admin_page(f"{HOME}/delete", INTEGRATIONS, post=True, instead=HOME)
async def delete_integration(page: AdminPage) -> Response:
    integration = await _find(page)
    if integration is None:
        return page.redirect(HOME)
    back = page.url(f"{HOME}/edit", id=integration.integration_id)
    if question := page.confirmed(_delete_question(integration), "Delete", back=back):
        return question
    await access.delete_integration(page.ctx, integration.integration_id)
    page.success("The integration '%1' has been deleted.", integration.name)
    return page.redirect(HOME)


@admin_page(f"{HOME}/activate", INTEGRATIONS, post=True, instead=HOME)
async def activate(page: AdminPage) -> Response:
    """Shows the credentials once, or starts the exchange of keys."""
    return await _activate(page, "Activate", anew=False)


@admin_page(f"{HOME}/reauthorize", INTEGRATIONS, post=True, instead=HOME)
async def reauthorize(page: AdminPage) -> Response:
    return await _activate(page, "Reauthorize", anew=True)


async def _activate(page: AdminPage, yes: str, *, anew: bool) -> Response:
    integration = await _find(page)
    if integration is None:
        return page.redirect(HOME)
    back = page.url(f"{HOME}/edit", id=integration.integration_id)
    if question := page.confirmed(_activation_question(integration, anew), yes, back=back):
        return question
    activation = await begin_activation(page.ctx, integration.integration_id, anew=anew)
    if activation.delivery is None:
        return _credentials(page, activation)
    sent = (
        "Integration '%1' has been sent for re-authorization."
        if anew
        else "Integration '%1' has been sent for activation."
    )
    page.success(sent, integration.name)
    # The credentials leave when the transaction that made them is over, so that the other side finds them valid.
    response = page.redirect(f"{HOME}/edit", id=integration.integration_id)
    response.background = BackgroundTask(_deliver, activation.delivery, integration.name)
    return response


async def _deliver(delivery: Delivery, name: str) -> None:
    try:
        await deliver(delivery)
    except DeliveryFailed as failure:
        log.warning("integration credentials not delivered", integration=name, reason=failure.rendered())


def _credentials(page: AdminPage, activation: Activation) -> Response:
    token = activation.access_token
    shown = [("Consumer Key", activation.consumer.key), ("Consumer Secret", activation.consumer.secret)]
    if token:
        shown += [("Access Token", token.token), ("Access Token Secret", token.secret)]
    return page.render(
        "credentials.html",
        title=f"Integration Tokens for {activation.integration.name}",
        credentials=shown,
        has_token=token is not None,
        buttons=[Button("Done", href=page.url(HOME), kind="primary")],
    )


async def _find(page: AdminPage) -> Integration | None:
    """None with a message for one that is not there."""
    id = page.number("id")
    try:
        return await access.get_integration(page.ctx, id or 0)
    except NoSuchIntegration as error:
        page.refused(error)
        return None


def _values(integration: Integration) -> dict[str, Any]:
    return {
        "name": integration.name,
        "email": integration.email,
        "endpoint": integration.endpoint,
        "identity_link_url": integration.identity_link_url,
        "all": resources.ALL in integration.resources,
    }


def _delete_question(integration: Integration) -> str:
    return f"Are you sure you want to delete the integration {integration.name}? Its tokens stop working at once."


def _activation_question(integration: Integration, anew: bool) -> str:
    if anew:
        return f"Reauthorize {integration.name}? Its access token stops working, and it is given a new one."
    return f"Activate {integration.name}? It will be able to use the resources chosen under API."


async def _show(
    page: AdminPage,
    integration: Integration | None,
    values: Mapping[str, Any],
    chosen: Collection[str],
    refusals: Sequence[Refused] = (),
) -> Response:
    pairs: dict[str, Any] = {"id": integration.integration_id} if integration else {}
    buttons = [Button("Back", href=page.url(HOME))]
    submits = [Submit("Save", kind="primary")]
    form = INTEGRATION
    if integration:
        verb = "Reauthorize" if integration.is_active else "Activate"
        question = _activation_question(integration, integration.is_active)
        buttons.append(Button(verb, post=page.url(f"{HOME}/{verb.lower()}", **pairs), confirm=question, yes=verb))
        delete = page.url(f"{HOME}/delete", **pairs)
        submits.append(Submit("Delete", kind="danger", action=delete, confirm=_delete_question(integration)))
    return await form.show(
        page,
        title=integration.name if integration else "New Integration",
        action=page.url(f"{HOME}/save", **pairs),
        values={"all": "0", **values},
        refusals=refusals,
        submits=submits,
        buttons=buttons,
        tree=resources.find(resources.ROOT),
        chosen=chosen,
        template="integration.html",
        integration=integration,
    )
