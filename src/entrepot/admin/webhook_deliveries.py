"""The log of webhooks: what was sent, what came of it, and sending it once more."""

from __future__ import annotations

from typing import Any

from starlette.responses import Response

from entrepot import webhooks
from entrepot.admin.access import admin_page
from entrepot.admin.grid import Column, Found, Grid, MassAction
from entrepot.admin.grid.choose import back_to, chosen_ids
from entrepot.admin.options import Option
from entrepot.admin.page import AdminPage, Button
from entrepot.admin.webhooks import DELIVERIES as HOME
from entrepot.admin.webhooks import HOME as WEBHOOK
from entrepot.admin.webhooks import WEBHOOKS
from entrepot.kit.context import Context
from entrepot.kit.errors import Refused
from entrepot.kit.search_criteria import SearchCriteria, where
from entrepot.webhooks.errors import NoSuchDelivery, NotAnEvent

STATES = (Option("pending", "Pending"), Option("delivered", "Delivered"), Option("failed", "Failed"))
TONES: dict[str, Any] = {"pending": "warn", "delivered": "good", "failed": "bad"}
TYPES = (*(Option(one.code, one.label) for one in webhooks.EVENT_TYPES), Option(webhooks.PING, "Ping"))


async def _webhooks(ctx: Context) -> list[Option]:
    rows, _ = await webhooks.list_webhooks(ctx, SearchCriteria())
    return [Option(str(row.webhook_id), row.url) for row in rows]


async def _rows(ctx: Context, criteria: SearchCriteria) -> Found:
    return Found(*await webhooks.list_all_deliveries(ctx, criteria))


LOG = Grid(
    name="webhook_delivery_grid",
    path=HOME,
    title="Webhook Deliveries",
    rows=_rows,
    columns=(
        Column("delivery_id", "ID", "number"),
        Column("webhook_id", "Webhook", "choice", options=_webhooks),
        Column("type", "Event", "choice", options=TYPES),
        Column("subject", "Subject"),
        Column("status", "Status", "choice", options=STATES, tones=TONES),
        Column("attempts", "Attempts", "number"),
        Column("response_status", "Response", "number"),
        Column("duration_ms", "Milliseconds", "number", hidden=True),
        Column("attempted_at", "Last Attempt", "instant"),
        Column("next_attempt_at", "Next Attempt", "instant"),
        Column("created_at", "Created", "instant", hidden=True),
    ),
    sort="-delivery_id",
    row_id="delivery_id",
    opens=lambda page, row: page.url(f"{HOME}/view", id=row.delivery_id),
    open_label="View",
    actions=(MassAction(f"{HOME}/massRedeliver", "Redeliver", WEBHOOKS),),
    search=("subject",),
    empty="Nothing was sent yet.",
)


@admin_page(HOME, WEBHOOKS)
async def deliveries(page: AdminPage) -> Response:
    return await LOG.show(page, buttons=[Button("Back", href=page.url(WEBHOOK))])


@admin_page(f"{HOME}/view", WEBHOOKS)
async def view(page: AdminPage) -> Response:
    id = page.number("id") or 0
    rows, _ = await webhooks.list_all_deliveries(page.ctx, where("delivery_id", str(id)))
    if not rows:
        page.refused(NoSuchDelivery(str(id)))
        return page.redirect(HOME)
    (row,) = rows
    buttons = [Button("Back", href=page.url(HOME) + f"?f.webhook_id={row.webhook_id}")]
    if row.type != webhooks.PING:
        buttons.append(Button("Redeliver", post=page.url(f"{HOME}/redeliver", id=id), kind="primary"))
    return page.render(
        "webhook_delivery.html",
        title=f"Delivery {id}",
        delivery=row,
        webhook=await webhooks.find_webhook(page.ctx, row.webhook_id),
        types={option.value: option.label for option in TYPES},
        states={option.value: option.label for option in STATES},
        tones=TONES,
        buttons=buttons,
    )


@admin_page(f"{HOME}/redeliver", WEBHOOKS, post=True, instead=HOME)
async def redeliver(page: AdminPage) -> Response:
    try:
        made = await webhooks.redeliver(page.ctx, page.number("id") or 0)
    except Refused as error:
        page.refused(error)
        return page.redirect(HOME)
    page.success("The event will be sent again.")
    return page.redirect(f"{HOME}/view", id=made.delivery_id)


@admin_page(f"{HOME}/massRedeliver", WEBHOOKS, post=True, instead=HOME)
async def redeliver_many(page: AdminPage) -> Response:
    """The oldest first; pings are passed over."""
    sent = 0
    for id in sorted(await chosen_ids(LOG, page)):
        try:
            await webhooks.redeliver(page.ctx, id)
            sent += 1
        except (NoSuchDelivery, NotAnEvent):
            continue
    if sent:
        page.success("%1 event(s) will be sent again.", sent)
    return back_to(LOG, page)
