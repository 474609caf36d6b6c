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

NUMBERS = "select increment_id from sales_invoice order by increment_id"
NOTHING_TO_PAY = f"{INVALID}{NO_PRODUCTS}\n{NOTHING_LEFT}"


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


async def test_an_order_that_is_invoiced_twelve_times_is_paid_once(shop, buyer, admin):
    order_id = await an_order(buyer, ("lamp", 5))

    replies = await asyncio.gather(*(invoice_order(admin, order_id) for _ in range(12)))

    assert Counter(reply.status for reply in replies) == {200: 1, 400: 11}
    assert {reply.body["message"] for reply in replies if reply.status == 400} == {NOTHING_TO_PAY}
    order = await read_order(admin, order_id)
    assert (order["total_paid"], order["total_due"]) == (order["grand_total"], 0)
    assert (order["payment"]["amount_paid"], order["items"][0]["qty_invoiced"]) == (order["grand_total"], 5)
    async with shop.work() as ctx:
        assert await ctx.db.values(NUMBERS) == ["000000001"]


async def test_parts_that_are_invoiced_at_once_add_up(shop, buyer, admin):
    order_id = await an_order(buyer, ("lamp", 6))

    replies = await asyncio.gather(*(invoice_order(admin, order_id, (1, 1)) for _ in range(10)))

    assert Counter(reply.status for reply in replies) == {200: 6, 400: 4}
    order = await read_order(admin, order_id)
    assert (order["items"][0]["qty_invoiced"], order["items"][0]["row_invoiced"]) == (6, 60)
    assert (order["total_paid"], order["shipping_invoiced"]) == (order["grand_total"], order["shipping_amount"])
    async with shop.work() as ctx:
        assert len(set(await ctx.db.values(NUMBERS))) == 6
        assert await ctx.db.value("select count(*) from sales_invoice where shipping_amount > 0") == 1
        assert await ctx.db.value("select sum(grand_total) from sales_invoice") == order["grand_total"]


async def test_an_order_is_either_cancelled_or_invoiced(shop, buyer, admin):
    order_id = await an_order(buyer, ("lamp", 2))

    invoiced, _ = await asyncio.gather(invoice_order(admin, order_id), admin.post(f"/rest/V1/orders/{order_id}/cancel"))

    order = await read_order(admin, order_id)
    line = order["items"][0]
    if invoiced.status == 200:
        assert (order["state"], line["qty_invoiced"], line["qty_canceled"]) == ("processing", 2, 0)
    else:
        assert (order["state"], line["qty_invoiced"], line["qty_canceled"]) == ("canceled", 0, 2)
    async with shop.work() as ctx:
        assert await inventory.differences(ctx.db) == []
