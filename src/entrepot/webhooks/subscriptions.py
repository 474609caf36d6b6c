"""Webhooks: addresses that are told of events."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from msgspec import structs

from entrepot import stores
from entrepot.kit.context import Context
from entrepot.kit.errors import Refused, RequiredField, raise_any
from entrepot.kit.rest.operation import MayUse, operation
from entrepot.kit.search_criteria import SearchCriteria, where
from entrepot.kit.search_sql import results, search
from entrepot.webhooks import settings, wire
from entrepot.webhooks.addresses import is_allowed_host, web_address
from entrepot.webhooks.contracts import Webhook, WebhookSearchResults
from entrepot.webhooks.errors import InvalidUrl, NoSuchWebhook, UnknownEventType, UnknownStore, UrlNotAllowed
from entrepot.webhooks.queries import subscriptions as queries
from entrepot.webhooks.queries.subscriptions import WebhookRow
from entrepot.webhooks.recording import ring
from entrepot.webhooks.signing import new_secret
from entrepot.webhooks.stream import end_of_stream
from entrepot.webhooks.types import CODES

MANAGE = MayUse("Entrepot_Webhooks::webhooks")
REPOSITORY = "Entrepot.Webhooks.Api.WebhookRepository"

LARGEST_ID = 2**31 - 1
FORMER_SECRET_FOR = timedelta(hours=24)
"""How long deliveries are signed with the former secret, too, so that the other side can change over in peace."""


@operation("GET /V1/webhooks/search", access=MANAGE, service=f"{REPOSITORY}.getList")
async def search_webhooks(ctx: Context, search_criteria: SearchCriteria) -> WebhookSearchResults:
    """By id unless the criteria say otherwise."""
    rows, total = await list_webhooks(ctx, search_criteria)
    page = results([wire.webhook(row) for row in rows], search_criteria, total)
    return WebhookSearchResults(items=page.items, search_criteria=page.search_criteria, total_count=page.total_count)


async def list_webhooks(ctx: Context, criteria: SearchCriteria) -> tuple[list[WebhookRow], int]:
    """A page of them, and how many there are."""
    return await search(ctx.db, queries.WEBHOOKS, criteria)


@operation("GET /V1/webhooks/{webhook_id}", access=MANAGE, service=f"{REPOSITORY}.getById")
async def get_webhook(ctx: Context, webhook_id: int) -> Webhook:
    """Raises NoSuchWebhook."""
    return wire.webhook(await find(ctx, webhook_id))


async def find(ctx: Context, webhook_id: int) -> WebhookRow:
    """Raises NoSuchWebhook."""
    rows, _ = await search(ctx.db, queries.WEBHOOKS, where("webhook_id", str(webhook_id)))
    if not rows:
        raise NoSuchWebhook(str(webhook_id))
    return rows[0]


@operation("POST /V1/webhooks", access=MANAGE, service=f"{REPOSITORY}.save")
async def create_webhook(ctx: Context, webhook: Webhook) -> Webhook:
    """Subscribe an address to events from now on; it is active unless said otherwise.

    The answer is the only one that has the secret. Raises RequiredField, InvalidUrl, UrlNotAllowed, UnknownEventType
    and UnknownStore, gathered.
    """
    raise_any(_problems(ctx, webhook))
    secret = new_secret()
    webhook_id = await ctx.db.value(
        queries.INSERT,
        url=webhook.url,
        secret=stores.encrypt(ctx.settings.home, secret),
        event_types=_types(webhook),
        store_id=webhook.store_id,
        is_active=webhook.is_active is not False,
        position=await end_of_stream(ctx),
        now=ctx.now,
    )
    await ctx.changed()
    return structs.replace(await get_webhook(ctx, webhook_id), secret=secret)


@operation("PUT /V1/webhooks/{webhook_id}", access=MANAGE, service=f"{REPOSITORY}.update")
async def update_webhook(ctx: Context, webhook_id: int, webhook: Webhook) -> Webhook:
    """Change what is given and leave the rest; a `store_id` of 0 stands for all store views.

    With `is_active` true a paused webhook goes on where it stopped. Raises as `create_webhook`, and NoSuchWebhook.
    """
    stored = await find(ctx, webhook_id)
    resumes = webhook.is_active is True and (stored.paused_at is not None or stored.failures > 0)
    changed = Webhook(
        url=stored.url if webhook.url is None else webhook.url,
        event_types=stored.event_types if webhook.event_types is None else webhook.event_types,
        store_id=stored.store_id if webhook.store_id is None else webhook.store_id or None,
        is_active=stored.is_active if webhook.is_active is None else webhook.is_active,
    )
    raise_any(_problems(ctx, changed))
    await ctx.db.execute(
        queries.UPDATE,
        webhook_id=webhook_id,
        url=changed.url,
        event_types=_types(changed),
        store_id=changed.store_id,
        is_active=changed.is_active,
        resumes=resumes,
        now=ctx.now,
    )
    await ctx.changed()
    if changed.is_active:
        await ring(ctx)
    return await get_webhook(ctx, webhook_id)


@operation("DELETE /V1/webhooks/{webhook_id}", access=MANAGE, service=f"{REPOSITORY}.deleteById")
async def delete_webhook(ctx: Context, webhook_id: int) -> bool:
    """With its deliveries. Raises NoSuchWebhook."""
    if webhook_id > LARGEST_ID or not await ctx.db.execute(queries.DELETE, webhook_id=webhook_id):
        raise NoSuchWebhook(str(webhook_id))
    await ctx.changed()
    return True


@operation("POST /V1/webhooks/{webhook_id}/secret", access=MANAGE, service="Entrepot.Webhooks.Api.Secret.rotate")
async def rotate_secret(ctx: Context, webhook_id: int) -> Webhook:
    """Replace the secret; the answer is the only one that has the new one.

    For a day deliveries carry a signature by each of the two. Raises NoSuchWebhook.
    """
    row = await find(ctx, webhook_id)
    secret = new_secret()
    await ctx.db.execute(
        queries.ROTATE,
        webhook_id=row.webhook_id,
        secret=stores.encrypt(ctx.settings.home, secret),
        former_until=ctx.now + FORMER_SECRET_FOR,
        now=ctx.now,
    )
    return structs.replace(await get_webhook(ctx, webhook_id), secret=secret)


def _types(webhook: Webhook) -> list[str]:
    """Each once, in the order in which they are listed."""
    return [code for code in CODES if code in (webhook.event_types or ())]


def _problems(ctx: Context, webhook: Webhook) -> Iterator[Refused]:
    if not webhook.url:
        yield RequiredField(field_name="url")
    elif (parts := web_address(webhook.url)) is None:
        yield InvalidUrl()
    elif not is_allowed_host(parts.hostname or "", private=settings.allows_private(ctx)):
        yield UrlNotAllowed(parts.hostname)
    if not webhook.event_types:
        yield RequiredField(field_name="eventTypes")
    yield from (UnknownEventType(code) for code in dict.fromkeys(webhook.event_types or ()) if code not in CODES)
    if webhook.store_id is not None:
        view = ctx.stores.by_id(webhook.store_id)
        if view is None or view.is_admin:
            yield UnknownStore(str(webhook.store_id))
