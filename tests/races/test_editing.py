"""Administrators who edit orders at once, beside buyers: an order is replaced once, and nobody waits in a circle."""

from __future__ import annotations

import asyncio
import random
from collections import Counter
from decimal import Decimal

import pytest

from entrepot import app, inventory
from entrepot.app import new_services
from entrepot.kit.db import Database
from entrepot.quotes import adding, save
from entrepot.quotes.buying import Request
from entrepot.sales import editing, filling
from entrepot.sales.orders import get_order
from entrepot.settings import Settings
from tests.quotes.makers import a_product
from tests.rest_client import RestClient
from tests.sales.makers import a_ready_cart, an_order, pay

OTHERS = ("a", "b", "c", "d", "e")
JOURNAL = "select coalesce(sum(quantity), 0) from inventory_reservation where sku = %(sku)s"
STATES = "select increment_id, state from sales_order order by entity_id"


@pytest.fixture
async def shop(committed_url, tmp_path):
    """A shop with eight connections, five lamps, and a thousand of each of five other things."""
    database = Database(committed_url, max_size=8)
    await database.open()
    services = new_services(Settings(home=tmp_path, database_url=committed_url), database)
    async with services.work() as ctx:
        await a_product(ctx, "lamp", "10", qty="5")
        for sku in OTHERS:
            await a_product(ctx, sku, "10", qty="1000")
    yield services
    await database.close()


@pytest.fixture
def buyers(shop) -> RestClient:
    return RestClient(app.rest(shop))


async def begun(shop, order_id, lines=None):
    """A cart that takes the place of an order, with other lines if some are given; its id."""
    async with shop.work() as ctx:
        filled = await filling.fill(ctx, await get_order(ctx, order_id), None, replaces=True)
        if lines is not None:
            cart = await editing.open_draft(ctx, filled.cart_id)
            cart.content.items.clear()
            for sku, qty in lines:
                await adding.add(ctx, cart, sku, Request(Decimal(qty)), {})
            await save(ctx, cart)
        return filled.cart_id


async def replaced(shop, cart_id):
    async with shop.work() as ctx:
        return await editing.replace_order(ctx, await editing.open_draft(ctx, cart_id))


async def at_once(*calls):
    return await asyncio.gather(*calls, return_exceptions=True)


async def test_an_order_that_many_edit_is_replaced_once(shop, buyers):
    order_id = await an_order(buyers, ("lamp", 5))
    drafts = [await begun(shop, order_id) for _ in range(6)]

    results = await at_once(*(replaced(shop, cart_id) for cart_id in drafts))

    assert Counter(type(one).__name__ for one in results) == {"PlacedOrder": 1, "CannotEdit": 5}
    async with shop.work() as ctx:
        assert await ctx.db.all(tuple, STATES) == [("000000001", "canceled"), ("000000001-1", "new")]
        assert await ctx.db.value(JOURNAL, sku="lamp") == -5
        assert await inventory.differences(ctx.db) == []


async def test_nobody_buys_the_last_pieces_of_an_order_that_is_edited(shop, buyers):
    order_id = await an_order(buyers, ("lamp", 4))
    masks = [await a_ready_cart(buyers, ("lamp", 1)) for _ in range(10)]
    cart_id = await begun(shop, order_id)

    result, *replies = await at_once(replaced(shop, cart_id), *(pay(buyers, mask) for mask in masks))

    assert result.increment_id == "000000001-1"
    assert Counter(reply.status for reply in replies) == {200: 1, 400: 9}
    async with shop.work() as ctx:
        assert await ctx.db.value(JOURNAL, sku="lamp") == -5


async def test_orders_that_get_other_goods_do_not_wait_for_each_other_forever(shop, buyers):
    chance = random.Random(7)

    def basket():
        return [(sku, chance.randint(1, 3)) for sku in chance.sample(OTHERS, chance.randint(2, len(OTHERS)))]

    orders = [await an_order(buyers, *basket()) for _ in range(24)]
    baskets = [basket() for _ in orders]
    drafts = [await begun(shop, order_id, lines) for order_id, lines in zip(orders, baskets, strict=True)]

    results = await at_once(*(replaced(shop, cart_id) for cart_id in drafts))

    assert Counter(type(one).__name__ for one in results) == {"PlacedOrder": 24}
    wanted: Counter[str] = Counter()
    for lines in baskets:
        wanted.update(dict(lines))
    async with shop.work() as ctx:
        for sku in OTHERS:
            assert await ctx.db.value(JOURNAL, sku=sku) == -wanted[sku]
        assert await inventory.differences(ctx.db) == []
