"""Shipments at once: goods leave once, and parts add up (spec 60, 19)."""

from __future__ import annotations

import asyncio
from collections import Counter

import pytest

from entrepot import access, app, inventory
from entrepot.app import new_services
from entrepot.kit.context import ActorType
from entrepot.kit.db import Database
from entrepot.settings import Settings
from tests.quotes.makers import a_product
from tests.rest_client import RestClient
from tests.sales.invoices.makers import invoice_order
from tests.sales.makers import an_order
from tests.sales.shipments.makers import INVALID, NO_PRODUCTS, in_source, read_order, reserved, ship_order

LEFT = "The order does not allow a shipment to be created."
SHIPPED = "select sum(qty) from sales_shipment_item"
NUMBERS = "select increment_id from sales_shipment order by increment_id"


@pytest.fixture
async def shop(committed_url, tmp_path):
    """A shop with eight connections and a hundred lamps."""
    database = Database(committed_url, max_size=8)
    await database.open()
    services = new_services(Settings(home=tmp_path, database_url=committed_url), database)
    async with services.work() as ctx:
        await a_product(ctx, "lamp", "10")
    yield services
    await database.close()


@pytest.fixture
def buyer(shop) -> RestClient:
    return RestClient(app.rest(shop))


@pytest.fixture
async def admin(shop, buyer) -> RestClient:
    async with shop.work() as ctx:
        await access.ensure_first_administrator(ctx, ctx.settings)
        user = await access.find_user_by_name(ctx, "admin")
        token = await access.issue(ctx, ActorType.ADMIN, user.user_id)
    return buyer.as_caller(token)


async def test_an_order_that_is_shipped_twelve_times_is_shipped_once(shop, buyer, admin):
    order_id = await an_order(buyer, ("lamp", 5))

    replies = await asyncio.gather(*(ship_order(admin, order_id) for _ in range(12)))

    assert Counter(reply.status for reply in replies) == {200: 1, 400: 11}
    assert {reply.body["message"] for reply in replies if reply.status == 400} == {f"{INVALID}{LEFT}\n{NO_PRODUCTS}"}
    async with shop.work() as ctx:
        assert await ctx.db.value(SHIPPED) == 5
        assert await in_source(ctx, "lamp") == 95
        assert await reserved(ctx, "lamp") == 0
        assert await inventory.differences(ctx.db) == []


async def test_parts_that_are_shipped_at_once_add_up(shop, buyer, admin):
    order_id = await an_order(buyer, ("lamp", 9))

    replies = await asyncio.gather(*(ship_order(admin, order_id, (1, 2)) for _ in range(8)))

    # Four twos and the one that was left then; the others find nothing.
    assert Counter(reply.status for reply in replies) == {200: 5, 400: 3}
    order = await read_order(admin, order_id)
    assert (order["state"], order["items"][0]["qty_shipped"]) == ("processing", 9)
    async with shop.work() as ctx:
        quantities = await ctx.db.values("select qty::int from sales_shipment_item order by qty")
        assert quantities == [1, 2, 2, 2, 2]
        numbers = await ctx.db.values(NUMBERS)
        assert len(set(numbers)) == 5
        assert await in_source(ctx, "lamp") == 91
        assert await reserved(ctx, "lamp") == 0


async def test_shipments_of_many_orders_from_one_shelf_take_turns(shop, buyer, admin):
    order_ids = [await an_order(buyer, ("lamp", 3)) for _ in range(10)]
    async with shop.work() as ctx:
        await ctx.db.execute("update inventory_source_item set quantity = 20 where sku = 'lamp'")

    replies = await asyncio.gather(*(ship_order(admin, order_id) for order_id in order_ids))

    # Six times three of twenty; the others stay as they were.
    assert Counter(reply.status for reply in replies) == {200: 6, 400: 4}
    async with shop.work() as ctx:
        assert await in_source(ctx, "lamp") == 2
        assert await reserved(ctx, "lamp") == -12
        assert await ctx.db.value("select count(*) from sales_shipment") == 6
        assert await ctx.db.value("select count(*) from sales_order where state = 'new'") == 4


async def test_an_order_that_is_invoiced_while_it_is_shipped_is_complete(shop, buyer, admin):
    order_ids = [await an_order(buyer, ("lamp", 2)) for _ in range(6)]

    replies = await asyncio.gather(
        *(act(admin, order_id) for order_id in order_ids for act in (invoice_order, ship_order)),
    )

    assert [reply.status for reply in replies] == [200] * 12
    for order_id in order_ids:
        order = await read_order(admin, order_id)
        assert (order["state"], order["status"], order["total_due"]) == ("complete", "complete", 0)
        assert [order["items"][0][name] for name in ("qty_invoiced", "qty_shipped")] == [2, 2]
    async with shop.work() as ctx:
        assert await in_source(ctx, "lamp") == 88
        assert await reserved(ctx, "lamp") == 0
        assert await inventory.differences(ctx.db) == []


async def test_an_order_is_either_cancelled_or_shipped(shop, buyer, admin):
    order_id = await an_order(buyer, ("lamp", 2))

    shipped, cancelled = await asyncio.gather(
        ship_order(admin, order_id), admin.post(f"/rest/V1/orders/{order_id}/cancel")
    )

    order = await read_order(admin, order_id)
    async with shop.work() as ctx:
        assert await reserved(ctx, "lamp") == 0
        left = await in_source(ctx, "lamp")
    if shipped.status == 200:
        assert (order["items"][0]["qty_shipped"], left) == (2, 98)
        assert order["items"][0]["qty_canceled"] == 0
    else:
        assert cancelled.body is True
        assert (order["state"], order["items"][0]["qty_shipped"], left) == ("canceled", 0, 100)
