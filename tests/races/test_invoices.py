"""Invoices at once: an order is paid once, and parts add up (spec 60, 19)."""

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
from tests.sales.invoices.makers import INVALID, NO_PRODUCTS, NOTHING_LEFT, invoice_order, read_order
from tests.sales.makers import an_order


@pytest.fixture
async def shop(committed_url, tmp_path):
    """A shop with eight connections, a hundred lamps, and a hundred songs that are not shipped."""
    database = Database(committed_url, max_size=8)
    await database.open()
    services = new_services(Settings(home=tmp_path, database_url=committed_url), database)
    async with services.work() as ctx:
        await a_product(ctx, "lamp", "10")
        await a_product(ctx, "song", "3", type_id="virtual")
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


async def test_an_order_that_is_invoiced_twelve_times_is_paid_once(shop, buyer, admin):
    order_id = await an_order(buyer, ("lamp", 5))

    replies = await asyncio.gather(*(invoice_order(admin, order_id) for _ in range(12)))

    assert Counter(reply.status for reply in replies) == {200: 1, 400: 11}
    refusals = {reply.body["message"] for reply in replies if reply.status == 400}
    assert refusals == {f"{INVALID}{NO_PRODUCTS}\n{NOTHING_LEFT}"}
    order = await read_order(admin, order_id)
    # Five lamps at 10, and 5 for shipping each.
    assert (order["total_paid"], order["payment"]["amount_paid"]) == (75, 75)


async def test_parts_that_are_invoiced_at_once_add_up(shop, buyer, admin):
    order_id = await an_order(buyer, ("lamp", 9))

    replies = await asyncio.gather(*(invoice_order(admin, order_id, (1, 2)) for _ in range(8)))

    # Four twos; one is left, and two of it are too many.
    assert Counter(reply.status for reply in replies) == {200: 4, 400: 4}
    order = await read_order(admin, order_id)
    assert (order["items"][0]["qty_invoiced"], order["total_paid"]) == (8, 8 * 10 + 45)
    async with shop.work() as ctx:
        invoices = await ctx.db.all(tuple, "select increment_id, shipping_amount from sales_invoice")
    assert len({number for number, _ in invoices}) == 4
    assert sorted(shipping for _, shipping in invoices) == [0, 0, 0, 45]


async def test_what_is_not_shipped_leaves_once_however_often_it_is_asked_for(shop, buyer, admin):
    orders = [await an_order(buyer, ("song", 2)) for _ in range(4)]

    replies = await asyncio.gather(*(invoice_order(admin, order_id) for order_id in orders for _ in range(3)))

    assert Counter(reply.status for reply in replies) == {200: 4, 400: 8}
    async with shop.work() as ctx:
        assert await ctx.db.value("select quantity from inventory_source_item where sku = 'song'") == 92
        assert await ctx.db.value("select sum(quantity) from inventory_reservation where sku = 'song'") == 0
        assert await inventory.differences(ctx.db) == []


async def test_of_an_invoice_and_a_cancellation_one_wins_entirely(shop, buyer, admin):
    for _ in range(4):
        order_id = await an_order(buyer, ("lamp", 2))

        paid, cancelled = await asyncio.gather(
            invoice_order(admin, order_id), admin.post(f"/rest/V1/orders/{order_id}/cancel")
        )

        order = await read_order(admin, order_id)
        if paid.status == 200:
            assert (cancelled.body, order["state"], order["total_paid"]) == (False, "processing", 30)
        else:
            assert (cancelled.body, order["state"]) == (True, "canceled")
            assert "total_paid" not in order
    async with shop.work() as ctx:
        assert await inventory.differences(ctx.db) == []
