"""System > Extensions > Webhooks: addresses of other programs that are told what happens."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from starlette.responses import Response

from entrepot import webhooks
from entrepot.admin.access import admin_page
from entrepot.admin.form import Field, Form, Section, Submit, as_int
from entrepot.admin.grid import Column, Found, Grid
from entrepot.admin.options import YES_NO, Option
from entrepot.admin.page import AdminPage, Button
from entrepot.kit.context import Context
from entrepot.kit.errors import Refused
from entrepot.kit.search_criteria import SearchCriteria
from entrepot.webhooks import WebhookRow
from entrepot.webhooks.contracts import Webhook
from entrepot.webhooks.errors import InvalidUrl, NoSuchWebhook, UnknownStore, UrlNotAllowed

WEBHOOKS = "Entrepot_Webhooks::webhooks"
HOME = "adminhtml/webhook"
DELIVERIES = "adminhtml/webhook_delivery"

STATES = (
    Option("active", "Active"),
    Option("failing", "Failing"),
    Option("paused", "Paused"),
    Option("inactive", "Inactive"),
)
TONES: dict[str, Any] = {"active": "good", "failing": "warn", "paused": "bad", "inactive": "plain"}
PAUSED = "Nothing sent to this address was taken for three days, so it is paused. Save it to go on where it stopped."


def _views(ctx: Context) -> list[Option]:
    return [Option(str(view.id), view.name) for view in ctx.stores.views if not view.is_admin]


FORM = Form(
    Section(
        "webhook",
        "Webhook",
        (
            Field("url", "URL", "url", required=True, max_length=2048, errors=(InvalidUrl, UrlNotAllowed)),
            Field("is_active", "Active", "select", options=YES_NO),
            Field(
                "store_id",
                "Store View",
                "select",
                options=_views,
                is_optional=True,
                errors=(UnknownStore,),
                note="Without one, the events of all. Stock and products belong to no store view.",
            ),
        ),
    ),
    Section("events", "Events", template="webhook_events.html"),
)


async def _rows(ctx: Context, criteria: SearchCriteria) -> Found:
    return Found(*await webhooks.list_webhooks(ctx, criteria))


ALL_WEBHOOKS = Grid(
    name="webhook_grid",
    path=HOME,
    title="Webhooks",
    rows=_rows,
    columns=(
        Column("webhook_id", "ID", "number"),
        Column("url", "URL"),
        Column("event_types", "Events", "lines", filters=False, sorts=False),
        Column("store_id", "Store View", "choice", options=_views),
        Column("state", "Status", "choice", options=STATES, tones=TONES, filters=False, sorts=False),
        Column("last_error", "Last Error", filters=False, sorts=False, hidden=True),
        Column("created_at", "Created", "instant"),
    ),
    sort="webhook_id",
    row_id="webhook_id",
    opens=lambda page, row: page.url(f"{HOME}/edit", id=row.webhook_id),
    search=("url",),
    empty="No other program is told of what happens yet.",
)


@admin_page(HOME, WEBHOOKS)
async def list_webhooks(page: AdminPage) -> Response:
    new = Button("Add New Webhook", href=page.url(f"{HOME}/new"), kind="primary")
    return await ALL_WEBHOOKS.show(page, buttons=[new, Button("Deliveries", href=page.url(DELIVERIES))])


@admin_page(f"{HOME}/new", WEBHOOKS)
async def new_webhook(page: AdminPage) -> Response:
    return await _show(page, None, {"is_active": "1"}, frozenset())


@admin_page(f"{HOME}/edit", WEBHOOKS)
async def edit_webhook(page: AdminPage) -> Response:
    webhook = await _find(page)
    if webhook is None:
        return page.redirect(HOME)
    if webhook.state == "paused":
        page.notice(PAUSED)
    values = {"url": webhook.url, "is_active": str(int(webhook.is_active)), "store_id": webhook.store_id}
    return await _show(page, webhook, values, webhook.event_types)


@admin_page(f"{HOME}/save", WEBHOOKS, post=True, instead=HOME)
async def save_webhook(page: AdminPage) -> Response:
    form, id = page.form, page.number("id")
    stored = await _find(page) if id else None
    if id and stored is None:
        return page.redirect(HOME)
    types = [code for code in form.all("event_types") if code]
    store_id = as_int(form.get("store_id"))
    wanted = Webhook(
        url=form.get("url").strip(),
        event_types=types,
        store_id=store_id or 0 if stored else store_id,
        is_active=form.get("is_active") == "1",
    )
    saved: list[Webhook] = []

    async def save() -> None:
        made = webhooks.update_webhook(page.ctx, id, wanted) if id else webhooks.create_webhook(page.ctx, wanted)
        saved.append(await made)

    if refusals := await page.attempted(save()):
        values = {name: form.get(name) for name in ("url", "is_active", "store_id")}
        return await _show(page, stored, values, types, refusals)
    if not id:
        return _secret(page, saved[0])
    page.success("The webhook has been saved.")
    return page.redirect(HOME)


@admin_page(f"{HOME}/delete", WEBHOOKS, post=True, instead=HOME)
async def delete_webhook(page: AdminPage) -> Response:
    webhook = await _find(page)
    if webhook is None:
        return page.redirect(HOME)
    if question := page.confirmed(_delete_question(webhook), "Delete", back=_edit(page, webhook)):
        return question
    await webhooks.delete_webhook(page.ctx, webhook.webhook_id)
    page.success("The webhook has been deleted.")
    return page.redirect(HOME)


@admin_page(f"{HOME}/rotate", WEBHOOKS, post=True, instead=HOME)
async def rotate(page: AdminPage) -> Response:
    """Shows the new secret once."""
    webhook = await _find(page)
    if webhook is None:
        return page.redirect(HOME)
    if question := page.confirmed(ROTATE_QUESTION, "New Secret", back=_edit(page, webhook)):
        return question
    return _secret(page, await webhooks.rotate_secret(page.ctx, webhook.webhook_id))


@admin_page(f"{HOME}/ping", WEBHOOKS, post=True, instead=HOME)
async def ping(page: AdminPage) -> Response:
    webhook = await _find(page)
    if webhook is None:
        return page.redirect(HOME)
    made = await webhooks.ping(page.ctx, webhook.webhook_id)
    if made.status == "delivered":
        page.success("The ping was taken: HTTP %1 after %2 ms.", made.response_status, made.duration_ms)
    else:
        page.error("The ping was not taken: %1.", made.error or f"HTTP {made.response_status}")
    return page.redirect(f"{HOME}/edit", id=webhook.webhook_id)


ROTATE_QUESTION = "Make a new secret? For 24 hours deliveries are signed with the former one, too."


def _delete_question(webhook: WebhookRow) -> str:
    return f"Are you sure you want to delete the webhook {webhook.url}? Its log of deliveries goes with it."


def _edit(page: AdminPage, webhook: WebhookRow) -> str:
    return page.url(f"{HOME}/edit", id=webhook.webhook_id)


def _secret(page: AdminPage, webhook: Webhook) -> Response:
    return page.render(
        "webhook_secret.html",
        title="Secret of the Webhook",
        webhook=webhook,
        buttons=[Button("Done", href=page.url(HOME), kind="primary")],
    )


async def _find(page: AdminPage) -> WebhookRow | None:
    """None with a message for one that is not there."""
    try:
        return await webhooks.find_webhook(page.ctx, page.number("id") or 0)
    except NoSuchWebhook as error:
        page.refused(error)
        return None


async def _show(
    page: AdminPage,
    webhook: WebhookRow | None,
    values: Mapping[str, Any],
    chosen: Collection[str],
    refusals: Sequence[Refused] = (),
) -> Response:
    pairs: dict[str, Any] = {"id": webhook.webhook_id} if webhook else {}
    buttons = [Button("Back", href=page.url(HOME))]
    submits = [Submit("Save", kind="primary")]
    if webhook:
        log = page.url(DELIVERIES) + f"?f.webhook_id={webhook.webhook_id}"
        buttons += [
            Button("Deliveries", href=log),
            Button("Ping", post=page.url(f"{HOME}/ping", **pairs)),
            Button("New Secret", post=page.url(f"{HOME}/rotate", **pairs), confirm=ROTATE_QUESTION, yes="New Secret"),
        ]
        delete = page.url(f"{HOME}/delete", **pairs)
        submits.append(Submit("Delete", kind="danger", action=delete, confirm=_delete_question(webhook)))
    return await FORM.show(
        page,
        title="Edit Webhook" if webhook else "New Webhook",
        action=page.url(f"{HOME}/save", **pairs),
        values=values,
        refusals=refusals,
        submits=submits,
        buttons=buttons,
        template="webhook.html",
        webhook=webhook,
        states={option.value: option.label for option in STATES},
        tones=TONES,
        event_types=webhooks.EVENT_TYPES,
        chosen=chosen,
        event_errors=[one.rendered() for one in refusals if one.named.get("field_name") == "eventTypes"],
    )
