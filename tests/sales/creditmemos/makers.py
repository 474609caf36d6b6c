"""Orders that money can be given back of, over REST."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from entrepot.kit.context import Context
from tests.rest_client import Reply, RestClient
from tests.sales.makers import an_order_of_mugs

HEAD = "Creditmemo Document Validation Error(s):\n"


async def invoice(admin: RestClient, order_id: int, *lines: tuple[int, float]) -> str:
    """Invoice lines by id and quantity, or all; the invoice's id."""
    items = [{"order_item_id": item_id, "qty": qty} for item_id, qty in lines]
    reply = await admin.post(f"/rest/V1/order/{order_id}/invoice", {"items": items})
    assert reply.status == 200, reply.body
    return str(reply.body)


async def ship(admin: RestClient, order_id: int, *lines: tuple[int, float], source: str | None = None) -> None:
    body: dict[str, Any] = {"items": [{"order_item_id": item_id, "qty": qty} for item_id, qty in lines]}
    if source:
        body["arguments"] = {"extension_attributes": {"source_code": source}}
    reply = await admin.post(f"/rest/V1/order/{order_id}/ship", body)
    assert reply.status == 200, reply.body


async def refund_lines(
    admin: RestClient, order_id: int, *lines: tuple[int, float], returned: list[int] | None = None, **arguments: Any
) -> Reply:
    """Give lines back by id and quantity."""
    if returned is not None:
        arguments["extension_attributes"] = {"return_to_stock_items": returned}
    items = [{"order_item_id": item_id, "qty": qty} for item_id, qty in lines]
    return await refund(admin, order_id, items=items, arguments=arguments)


async def refund(admin: RestClient, order_id: int, **body: Any) -> Reply:
    return await admin.post(f"/rest/V1/order/{order_id}/refund", body)


async def read(admin: RestClient, order_id: int) -> dict[str, Any]:
    found: dict[str, Any] = (await admin.get(f"/rest/V1/orders/{order_id}")).body
    return found


async def paid_mugs(ctx: Context, rest: RestClient, admin: RestClient, qty: int = 2) -> tuple[int, int]:
    """Mugs at 10 and 5 for shipping each, of which a hundred were there; the ids of the order and of its line."""
    order_id = await an_order_of_mugs(ctx, rest, qty)
    await invoice(admin, order_id)
    item_id: int = await ctx.db.value("select item_id from sales_order_item where order_id = %(id)s", id=order_id)
    return order_id, item_id


async def in_source(ctx: Context, sku: str = "mug", source: str = "default") -> Decimal:
    found: Decimal = await ctx.db.value(
        "select quantity from inventory_source_item where sku = %(sku)s and source_code = %(source)s",
        sku=sku,
        source=source,
    )
    return found


async def reserved(ctx: Context, sku: str = "mug") -> Decimal:
    """What the journal of claims adds up to."""
    found: Decimal = await ctx.db.value(
        "select coalesce(sum(quantity), 0) from inventory_reservation where sku = %(sku)s", sku=sku
    )
    return found


NOTHING_LEFT = """
    select sku, sum(quantity)
    from inventory_reservation
    group by sku
    having sum(quantity) <> 0
"""


async def assert_nothing_left(ctx: Context) -> None:
    """Nobody has a claim on anything any more."""
    assert await ctx.db.all(tuple, NOTHING_LEFT) == []


async def two_sources(ctx: Context, admin: RestClient, **quantities: int) -> None:
    """A stock of the base website with the sources `near` and `far`, the nearer one first, and so many mugs in each."""
    for code in ("near", "far"):
        source = {"source_code": code, "name": code, "postcode": "1", "country_id": "US", "enabled": True}
        reply = await admin.post("/rest/V1/inventory/sources", {"source": source})
        assert reply.status == 200, reply.body
    channels = [{"type": "website", "code": "base"}]
    stock = {"name": "Two", "extension_attributes": {"sales_channels": channels}}
    reply = await admin.post("/rest/V1/inventory/stocks", {"stock": stock})
    assert reply.status == 200, reply.body
    links = [
        {"stock_id": int(reply.body), "source_code": code, "priority": number}
        for number, code in enumerate(("near", "far"), start=1)
    ]
    await admin.post("/rest/V1/inventory/stock-source-links", {"links": links})
    items = [
        {"sku": "mug", "source_code": code, "quantity": quantity, "status": 1} for code, quantity in quantities.items()
    ]
    reply = await admin.post("/rest/V1/inventory/source-items", {"sourceItems": items})
    assert reply.status == 200, reply.body
    await ctx.changed()
