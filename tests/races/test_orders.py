"""Buyers at once: nothing is sold twice, no cart is ordered twice, and nobody waits in a circle."""

from __future__ import annotations

import asyncio
import random
from collections import Counter
from decimal import Decimal

import pytest

from entrepot import app, inventory
from entrepot.app import new_services
from entrepot.kit.db import Database
from entrepot.settings import Settings
from tests.quotes.makers import a_product
from tests.rest_client import RestClient
from tests.sales.makers import a_ready_cart, pay

SOLD_OUT = {"The requested qty is not available", "Some of the products are out of stock."}
NUMBERS = "select increment_id from sales_order order by increment_id"
JOURNAL = "select coalesce(sum(quantity), 0) from inventory_reservation"


@pytest.fixture
async def shop(committed_url, tmp_path):
    """A shop with eight connections, in which fifty lamps, and fifty of each of five other things, are in stock."""
    database = Database(committed_url, max_size=8)
    await database.open()
    services = new_services(Settings(home=tmp_path, database_url=committed_url), database)
    async with services.work() as ctx:
        for sku in ("lamp", *OTHERS):
            await a_product(ctx, sku, "10", qty="50")
    yield services
    await database.close()


OTHERS = ("a", "b", "c", "d", "e")


@pytest.fixture
def buyers(shop) -> RestClient:
    return RestClient(app.rest(shop))


async def carts(buyers, count, lines):
    """So many carts that only have to be paid, each with what `lines` gives for its number."""
    return await asyncio.gather(*(a_ready_cart(buyers, *lines(number)) for number in range(count)))


async def test_two_hundred_buyers_of_fifty_lamps(shop, buyers):
    masks = await carts(buyers, 200, lambda number: [("lamp", 1)])

    replies = await asyncio.gather(*(pay(buyers, mask) for mask in masks))

    assert Counter(reply.status for reply in replies) == {200: 50, 400: 150}
    assert {reply.body["message"] for reply in replies if reply.status == 400} <= SOLD_OUT
    async with shop.work() as ctx:
        numbers = await ctx.db.values(NUMBERS)
        assert len(numbers) == len(set(numbers)) == 50
        assert {reply.body for reply in replies if reply.status == 200} == set(
            await ctx.db.values("select entity_id::text from sales_order")
        )
        assert await ctx.db.value(JOURNAL) == -50
        assert await inventory.get_salable_qty(ctx, "lamp", 1) == 0
        assert await inventory.differences(ctx.db) == []
        assert await ctx.db.value("select count(*) from quote where is_active") == 150
        assert await ctx.db.value("select count(*) from sales_order_item") == 50
        assert await ctx.db.value("select count(*) from sales_order_address") == 100


async def test_a_cart_that_is_submitted_twenty_times_is_one_order(shop, buyers):
    mask = await a_ready_cart(buyers, ("lamp", 3))

    replies = await asyncio.gather(*(pay(buyers, mask) for _ in range(20)))

    assert Counter(reply.status for reply in replies) == {200: 1, 404: 19}
    async with shop.work() as ctx:
        assert await ctx.db.values(NUMBERS) == ["000000001"]
        assert await ctx.db.value(JOURNAL) == -3


async def test_buyers_of_several_things_in_any_order_do_not_wait_for_each_other_forever(shop, buyers):
    chance = random.Random(7)
    baskets = [
        [(sku, chance.randint(1, 3)) for sku in chance.sample(OTHERS, chance.randint(2, len(OTHERS)))]
        for _ in range(60)
    ]
    masks = await carts(buyers, len(baskets), lambda number: baskets[number])

    replies = await asyncio.gather(*(pay(buyers, mask) for mask in masks))

    sold: Counter[str] = Counter()
    for reply, basket in zip(replies, baskets, strict=True):
        assert reply.status == 200 or set(reply.body["message"].split("\n")) <= SOLD_OUT, reply.body
        if reply.status == 200:
            sold.update(dict(basket))
    async with shop.work() as ctx:
        for sku in OTHERS:
            assert sold[sku] <= 50
            assert await inventory.get_salable_qty(ctx, sku, 1) == 50 - sold[sku]
        assert await inventory.differences(ctx.db) == []
        ordered = await ctx.db.all(tuple, "select sku, sum(qty_ordered) from sales_order_item group by sku")
        assert dict(ordered) == {sku: Decimal(qty) for sku, qty in sold.items()}
    for reply, basket in zip(replies, baskets, strict=True):
        # Who was refused could not have been served by what is left now either.
        assert reply.status == 200 or any(sold[sku] + qty > 50 for sku, qty in basket)


async def test_the_first_orders_of_a_view_whose_numbers_have_no_sequence_yet(shop):
    async def number():
        async with shop.work() as ctx:
            return await ctx.db.value("select next_document_number('order', 7)")

    numbers = await asyncio.gather(*(number() for _ in range(16)))
    assert sorted(numbers) == [f"7{n:09}" for n in range(1, 17)]
