"""Customers, shippers and stock keepers at once: never more is promised than there is, and nobody waits forever."""

from __future__ import annotations

import asyncio
import random
from collections import Counter
from decimal import Decimal

import pytest

from entrepot import inventory
from entrepot.app import new_services
from entrepot.inventory import Deduction, Reservation, ReservationRequest, SalesEvent
from entrepot.inventory.errors import NotEnoughInSource
from entrepot.inventory.transfers import transfer
from entrepot.kit.db import Database
from entrepot.settings import Settings
from tests.inventory.makers import PLACED, a_product, a_source, a_stock, item, put

SHIPPED = SalesEvent("shipment_created", "order", "1")
CANCELED = SalesEvent("order_canceled", "order", "1")
SKUS = ("A", "B", "C", "D", "E")


@pytest.fixture
async def shop(committed_url, tmp_path):
    """Stock 2 of the sources a and b, in which every sku lies 25 times: 15 at a, 10 at b. Eight connections."""
    database = Database(committed_url, max_size=8)
    await database.open()
    services = new_services(Settings(home=tmp_path, database_url=committed_url), database)
    async with services.work() as ctx:
        await a_source(ctx, "a")
        await a_source(ctx, "b")
        await a_stock(ctx, 2, "a", "b")
        for sku in SKUS:
            await a_product(ctx, sku)
            await put(ctx, "a", sku, 15)
            await put(ctx, "b", sku, 10)
    yield services
    await database.close()


async def order(shop, lines):
    """True when it was accepted."""
    requests = [ReservationRequest(sku, Decimal(qty)) for sku, qty in lines]
    try:
        async with shop.work() as ctx:
            await inventory.reserve(ctx, 2, requests, PLACED)
    except inventory.OutOfStock:
        return False
    return True


async def test_customers_who_want_the_same_things_in_any_order_never_get_more_than_there_is(shop):
    chance = random.Random(1)
    baskets = [
        [(sku, chance.randint(1, 2)) for sku in chance.sample(SKUS, chance.randint(1, len(SKUS)))] for _ in range(64)
    ]
    accepted = await asyncio.gather(*(order(shop, basket) for basket in baskets))

    sold = Counter[str]()
    for basket, got in zip(baskets, accepted, strict=True):
        if got:
            sold.update(dict(basket))
    async with shop.work() as ctx:
        for sku in SKUS:
            assert sold[sku] <= 25
            assert await inventory.get_salable_qty(ctx, sku, 2) == 25 - sold[sku]
        assert await inventory.differences(ctx.db) == []
    for basket, got in zip(baskets, accepted, strict=True):
        # Who was refused could not have been served by what is left now either.
        assert got or any(sold[sku] + qty > 25 for sku, qty in basket)


async def test_the_last_pieces_go_to_exactly_as_many_customers(shop):
    accepted = await asyncio.gather(*(order(shop, [("A", 1)]) for _ in range(40)))
    assert Counter(accepted) == {True: 25, False: 15}
    async with shop.work() as ctx:
        assert await inventory.get_salable_qty(ctx, "A", 2) == 0


async def test_a_floor_for_backorders_is_not_broken_through(shop):
    from entrepot.catalog.contracts import StockItem

    floor = StockItem(use_config_backorders=False, backorders=1, use_config_min_qty=False, min_qty=Decimal(-5))
    async with shop.work() as ctx:
        await inventory.update_stock_item(ctx, "A", floor)
    accepted = await asyncio.gather(*(order(shop, [("A", 1)]) for _ in range(40)))
    assert Counter(accepted) == {True: 30, False: 10}


async def test_shippers_never_take_more_than_lies_there_and_lose_nothing(shop):
    async def ship(number):
        lines = [Deduction("a", sku, Decimal(1)) for sku in ("A", "B")]
        try:
            async with shop.work() as ctx:
                await inventory.deduct_all(ctx, lines if number % 2 else lines[::-1], stock_id=2, event=SHIPPED)
        except NotEnoughInSource:
            return False
        return True

    shipped = await asyncio.gather(*(ship(number) for number in range(24)))
    assert Counter(shipped) == {True: 15, False: 9}
    async with shop.work() as ctx:
        assert [await item(ctx, "a", sku) for sku in ("A", "B")] == [(0, 1), (0, 1)]
        assert await inventory.get_salable_qty(ctx, "A", 2) == 25
        assert await inventory.differences(ctx.db) == []


async def test_an_edit_of_a_source_beside_shipments_comes_before_or_after_each_of_them(shop):
    async def ship():
        async with shop.work() as ctx:
            await inventory.deduct(ctx, "a", {"A": Decimal(1)}, stock_id=2, event=SHIPPED)

    async def edit():
        async with shop.work() as ctx:
            await put(ctx, "a", "A", 100)

    await asyncio.gather(*(ship() for _ in range(5)), edit(), *(ship() for _ in range(5)))
    async with shop.work() as ctx:
        quantity, _ = await item(ctx, "a", "A")
        assert 90 <= quantity <= 100
        journal = await ctx.db.values("select quantity from inventory_reservation")
        assert journal == [1] * 10


async def test_everything_at_once_ends_and_adds_up(shop):
    chance = random.Random(7)

    def some():
        return chance.sample(SKUS, 3)

    async def within(do):
        async with shop.work() as ctx:
            await do(ctx)

    async def give_back(ctx):
        await inventory.give_back(ctx, [Deduction(code, sku, Decimal(1)) for sku in some() for code in "ab"])

    async def move(ctx):
        origin, destination = chance.sample("ab", 2)
        await transfer(ctx, some(), origin, destination, False)

    async def cancel(ctx):
        await inventory.append(ctx, [Reservation(2, sku, Decimal(1), CANCELED) for sku in some()])

    async def clean(ctx):
        await inventory.clean_up(ctx)

    def one():
        if chance.random() < 0.4:
            return order(shop, [(sku, 1) for sku in some()])
        return within(chance.choice((give_back, move, cancel, clean)))

    outcomes = await asyncio.gather(*(one() for _ in range(80)), return_exceptions=True)
    assert [outcome for outcome in outcomes if isinstance(outcome, BaseException)] == []
    async with shop.work() as ctx:
        assert await inventory.differences(ctx.db) == []
