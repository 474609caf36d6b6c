"""Shipments to test with, and what is looked at after them."""

from __future__ import annotations

from typing import Any

from psycopg.sql import SQL, Identifier

from entrepot.kit.context import Context
from tests.rest_client import Reply, RestClient

INVALID = "Shipment Document Validation Error(s):\n"
FAILED = "Could not save a shipment, see error log for details"
NO_PRODUCTS = "You can't create a shipment without products."


async def ship_order(admin: RestClient, order_id: int, *lines: tuple[int, float], **body: Any) -> Reply:
    """Ship quantities by line, or all that is left; `source_code` goes where clients write it."""
    if source_code := body.pop("source_code", None):
        body["arguments"] = {"extension_attributes": {"source_code": source_code}}
    if lines:
        body["items"] = [{"order_item_id": item_id, "qty": qty} for item_id, qty in lines]
    return await admin.post(f"/rest/V1/order/{order_id}/ship", body)


async def read_shipment(admin: RestClient, shipment_id: int | str) -> Any:
    reply = await admin.get(f"/rest/V1/shipment/{shipment_id}")
    assert reply.status == 200, reply.body
    return reply.body


async def read_order(admin: RestClient, order_id: int) -> Any:
    return (await admin.get(f"/rest/V1/orders/{order_id}")).body


async def in_source(ctx: Context, sku: str, source_code: str = "default") -> Any:
    return await ctx.db.value(
        "select quantity from inventory_source_item where sku = %(sku)s and source_code = %(source_code)s",
        sku=sku,
        source_code=source_code,
    )


async def reserved(ctx: Context, sku: str) -> Any:
    return await ctx.db.value(
        "select coalesce(sum(quantity), 0) from inventory_reservation where sku = %(sku)s", sku=sku
    )


async def assert_nothing_left(ctx: Context) -> None:
    """No shipment, nothing of one, and no goods gone."""
    for table in ("shipment", "shipment_item", "shipment_track", "shipment_comment", "source_movement"):
        assert await ctx.db.value(SQL("select count(*) from {}").format(Identifier(f"sales_{table}"))) == 0
    assert await ctx.db.value("select coalesce(sum(qty_shipped), 0) from sales_order_item") == 0
    events = "select count(*) from inventory_reservation where metadata::json ->> 'event_type' = 'shipment_created'"
    assert await ctx.db.value(events) == 0
