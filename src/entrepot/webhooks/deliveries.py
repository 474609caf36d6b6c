"""The log of a webhook: what was sent and what came of it, and sending by hand."""

from __future__ import annotations

from entrepot.kit.context import Context
from entrepot.kit.rest.operation import operation
from entrepot.kit.search_criteria import SearchCriteria, where
from entrepot.kit.search_sql import results, search
from entrepot.webhooks import posting, wire
from entrepot.webhooks.contracts import Delivery, DeliverySearchResults
from entrepot.webhooks.errors import NoSuchDelivery, NotAnEvent
from entrepot.webhooks.queries import deliveries as queries
from entrepot.webhooks.queries.deliveries import DeliveryRow
from entrepot.webhooks.recording import ring
from entrepot.webhooks.sending import signed_post, way_to
from entrepot.webhooks.subscriptions import MANAGE, find
from entrepot.webhooks.types import PING

SERVICE = "Entrepot.Webhooks.Api.DeliveryManagement"
LARGEST_ID = 2**63 - 1


@operation("GET /V1/webhooks/{webhook_id}/deliveries", access=MANAGE, service=f"{SERVICE}.getList")
async def search_deliveries(ctx: Context, webhook_id: int, search_criteria: SearchCriteria) -> DeliverySearchResults:
    """The latest first unless the criteria say otherwise. Raises NoSuchWebhook."""
    rows, total = await list_deliveries(ctx, webhook_id, search_criteria)
    page = results([wire.delivery(row) for row in rows], search_criteria, total)
    return DeliverySearchResults(items=page.items, search_criteria=page.search_criteria, total_count=page.total_count)


async def list_deliveries(ctx: Context, webhook_id: int, criteria: SearchCriteria) -> tuple[list[DeliveryRow], int]:
    """A page of them, and how many there are. Raises NoSuchWebhook."""
    await find(ctx, webhook_id)
    return await search(ctx.db, queries.DELIVERIES, criteria, webhook_id=webhook_id)


async def list_all_deliveries(ctx: Context, criteria: SearchCriteria) -> tuple[list[DeliveryRow], int]:
    """As `list_deliveries`, of all webhooks."""
    return await search(ctx.db, queries.ALL_DELIVERIES, criteria)


@operation("POST /V1/webhooks/deliveries/{delivery_id}/redeliver", access=MANAGE, service=f"{SERVICE}.redeliver")
async def redeliver(ctx: Context, delivery_id: int) -> Delivery:
    """Send the event of a delivery once more, whatever came of it: as a new delivery, behind those that wait.

    Raises NoSuchDelivery, NotAnEvent.
    """
    known = delivery_id if 0 <= delivery_id <= LARGEST_ID else 0
    webhook_id = await ctx.db.value(queries.WEBHOOK_OF, delivery_id=known)
    if webhook_id is None:
        raise NoSuchDelivery(str(delivery_id))
    made = await ctx.db.value(queries.AGAIN, delivery_id=delivery_id, now=ctx.now)
    if made is None:
        raise NotAnEvent
    await ring(ctx)
    return await _delivery(ctx, webhook_id, made)


@operation("POST /V1/webhooks/{webhook_id}/ping", access=MANAGE, service=f"{SERVICE}.ping")
async def ping(ctx: Context, webhook_id: int) -> Delivery:
    """Send a message of the type `ping` now, even to a webhook that is paused, and wait for what comes of it.

    It is tried once, and stands in the log. Raises NoSuchWebhook.
    """
    webhook = await find(ctx, webhook_id)
    way = await way_to(ctx, webhook_id, webhook.url)
    post = signed_post(way, wire.ping(webhook_id, ctx.now), ctx.now)
    async with ctx.db.released():
        answer = await posting.send(post)
    # It may have been deleted meanwhile.
    await find(ctx, webhook_id)
    made = await ctx.db.value(
        queries.INSERT_PING,
        webhook_id=webhook_id,
        type=PING,
        subject=f"webhook:{webhook_id}",
        status="delivered" if answer.is_taken else "failed",
        duration_ms=answer.duration_ms,
        response_status=answer.status,
        response_body=answer.body,
        error=answer.error,
        now=ctx.now,
    )
    return await _delivery(ctx, webhook_id, made)


async def _delivery(ctx: Context, webhook_id: int, delivery_id: int) -> Delivery:
    rows, _ = await search(ctx.db, queries.DELIVERIES, where("delivery_id", str(delivery_id)), webhook_id=webhook_id)
    return wire.delivery(rows[0])
