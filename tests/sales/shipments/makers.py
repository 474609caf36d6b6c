"""Shipments to test with, and what is looked at after them."""

from __future__ import annotations

from typing import Any

from psycopg.sql import SQL, Identifier

from entrepot.kit.context import Context
from tests.quotes.makers import a_product
from tests.rest_client import Reply, RestClient
from tests.sales.makers import an_order

INVALID = "Shipment Document Validation Error(s):\n"
FAILED = "Could not save a shipment, see error log for details"
NO_PRODUCTS = "You can't create a shipment without products."


WB01, WB03, LV06 = "24-WB01", "24-WB03", "240-LV06"
SOURCES = ("baltimore_wh", "austin_wh", "reno_wh", "hq")
QUANTITIES = {
    (WB01, "baltimore_wh"): 35, (WB01, "austin_wh"): 10, (WB01, "reno_wh"): 25,
    (WB03, "baltimore_wh"): 19, (WB03, "austin_wh"): 0, (WB03, "reno_wh"): 42,
    (LV06, "hq"): 9999,
}  # fmt: skip
BAG, PACK = 1, 2
"""The lines of the order."""


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


async def from_baltimore(admin: RestClient, order_id: int) -> Reply:
    """The first of the tutorial's shipments."""
    return await ship_order(
        admin, order_id, (BAG, 20), (PACK, 19), source_code="baltimore_wh",
        comment={"comment": "Shipment from Baltimore", "is_visible_on_front": 0},
    )  # fmt: skip


async def an_order_from_four_sources(ctx: Context, rest: RestClient, admin: RestClient) -> int:
    """Jane's order of 20 bags, 50 packs and one of what is not shipped, from a stock of four sources."""
    for sku, type_id in ((WB01, "simple"), (WB03, "simple"), (LV06, "virtual")):
        await a_product(ctx, sku, "32", type_id=type_id)
        await ctx.db.execute("delete from inventory_source_item where sku = %(sku)s", sku=sku)
    for source_code in SOURCES:
        source = {"source_code": source_code, "name": source_code, "postcode": "1", "country_id": "US", "enabled": True}
        await admin.post("/rest/V1/inventory/sources", {"source": source})
    channel = {"type": "website", "code": "base"}
    stock = {"name": "North America Stock", "extension_attributes": {"sales_channels": [channel]}}
    reply = await admin.post("/rest/V1/inventory/stocks", {"stock": stock})
    assert reply.status == 200, reply.body
    stock_id = int(reply.body)
    links = [
        {"stock_id": stock_id, "source_code": source_code, "priority": number}
        for number, source_code in enumerate(SOURCES, start=1)
    ]
    await admin.post("/rest/V1/inventory/stock-source-links", {"links": links})
    items = [
        {"sku": sku, "source_code": source_code, "quantity": quantity, "status": 1}
        for (sku, source_code), quantity in QUANTITIES.items()
    ]
    reply = await admin.post("/rest/V1/inventory/source-items", {"sourceItems": items})
    assert reply.status == 200, reply.body
    await ctx.changed()
    return await an_order(rest, (WB01, 20), (WB03, 50), (LV06, 1))
