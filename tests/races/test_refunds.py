"""Refunds at once: nothing is given back twice, and nobody waits in a circle (spec 60, 19)."""

from __future__ import annotations

import asyncio
from collections import Counter
from decimal import Decimal

import pytest

from entrepot import access, app, inventory
from entrepot.app import new_services
from entrepot.kit.context import ActorType
from entrepot.kit.db import Database
from entrepot.settings import Settings
from tests.quotes.makers import a_product
from tests.rest_client import RestClient
from tests.sales.creditmemos.makers import HEAD, invoice, refund, ship
from tests.sales.makers import an_order

SKUS = ("a", "b", "c", "d")
ALREADY = HEAD + (
    "A creditmemo can not be created when an order has a status of closed\nThe credit memo's total must be positive."
)


@pytest.fixture
async def shop(committed_url, tmp_path):
    """A shop with eight connections, in which fifty of each of four things are in stock."""
    database = Database(committed_url, max_size=8)
    await database.open()
    services = new_services(Settings(home=tmp_path, database_url=committed_url), database)
    async with services.work() as ctx:
        for sku in SKUS:
            await a_product(ctx, sku, "10", qty="50")
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


async def test_of_ten_full_refunds_one_succeeds(shop, buyer, admin):
    order_id = await an_order(buyer, ("a", 2), ("b", 1))
    await invoice(admin, order_id)
    replies = await asyncio.gather(*(refund(admin, order_id) for _ in range(10)))
    assert Counter(reply.status for reply in replies) == {200: 1, 400: 9}
    assert {reply.body["message"] for reply in replies if reply.status == 400} == {ALREADY}
    order = (await admin.get(f"/rest/V1/orders/{order_id}")).body
    assert (order["total_refunded"], order["total_paid"]) == (45, 45)
    async with shop.work() as ctx:
        assert await ctx.db.value("select count(*) from sales_creditmemo") == 1
        assert await ctx.db.value("select sum(quantity) from inventory_reservation") == 0
        assert await inventory.differences(ctx.db) == []


async def test_refunds_of_a_piece_add_up_to_the_order(shop, buyer, admin):
    order_id = await an_order(buyer, ("a", 5))
    await invoice(admin, order_id)
    item_id = (await admin.get(f"/rest/V1/orders/{order_id}")).body["items"][0]["item_id"]
    piece = {"items": [{"order_item_id": item_id, "qty": 1}], "arguments": {"shipping_amount": 5}}
    replies = await asyncio.gather(*(refund(admin, order_id, **piece) for _ in range(9)))
    assert Counter(reply.status for reply in replies) == {200: 5, 400: 4}
    order = (await admin.get(f"/rest/V1/orders/{order_id}")).body
    assert (order["total_refunded"], order["items"][0]["qty_refunded"], order["state"]) == (75, 5, "closed")
    async with shop.work() as ctx:
        numbers = await ctx.db.values("select increment_id from sales_creditmemo")
        assert len(set(numbers)) == 5


async def test_refunds_and_shipments_of_the_same_goods_do_not_wait_in_a_circle(shop, buyer, admin):
    """Orders of the same things in turned order; half of each has left, and every other comes back."""
    orders = []
    for number in range(12):
        turned = SKUS[number % 4 :] + SKUS[: number % 4]
        order_id = await an_order(buyer, *((sku, 2) for sku in turned))
        await invoice(admin, order_id)
        orders.append((await admin.get(f"/rest/V1/orders/{order_id}")).body)

    async def settle(number, order):
        ids = [item["item_id"] for item in order["items"]]
        await ship(admin, order["entity_id"], *((item_id, 1) for item_id in ids[:2]))
        returned = {"extension_attributes": {"return_to_stock_items": ids[::2] if number % 2 else ids}}
        reply = await refund(admin, order["entity_id"], arguments=returned)
        assert reply.status == 200, reply.body

    await asyncio.gather(*(settle(number, order) for number, order in enumerate(orders)))
    async with shop.work() as ctx:
        left = await ctx.db.values("select sum(quantity) from inventory_reservation group by sku")
        assert set(left) == {Decimal(0)}
        assert await inventory.differences(ctx.db) == []
        # Of 24 pieces of each thing half belonged to orders of which every other line is kept away.
        kept = await ctx.db.value("select sum(50 - quantity) from inventory_source_item")
        assert kept == 6 * 2 * 2
