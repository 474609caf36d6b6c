"""What must hold when several calls change carts at the same moment, in several processes."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from decimal import Decimal

import pytest

from entrepot.app import new_services
from entrepot.kit.context import GUEST, Actor, ActorType, Services
from entrepot.kit.db import Database
from entrepot.quotes import addresses, carts, items, shipping, totals_service
from entrepot.quotes.contracts import Address, CartItem, ShippingInformation
from entrepot.quotes.errors import CartNotAnonymous, CustomerHasCart, QtyRefused
from entrepot.settings import Settings
from tests.quotes.makers import NEW_YORK, a_customer, a_product

PROCESSES = 3


@pytest.fixture
async def processes(committed_url: str, tmp_path) -> AsyncIterator[list[Services]]:
    settings = Settings(home=tmp_path, database_url=committed_url)
    databases = [Database(committed_url, max_size=4) for _ in range(PROCESSES)]
    for database in databases:
        await database.open()
    yield [new_services(settings, database) for database in databases]
    for database in databases:
        await database.close()


async def a_cart(services: Services) -> str:
    async with services.work(GUEST, "default") as ctx:
        return await carts.create_guest_cart(ctx)


async def put_in(services: Services, mask: str, sku: str, qty: int) -> None:
    async with services.work(GUEST, "default") as ctx:
        await items.save_guest_item(ctx, CartItem(sku=sku, qty=Decimal(qty)), mask)


async def lines(services: Services, mask: str) -> list[tuple[str | None, Decimal | None]]:
    async with services.work(GUEST, "default") as ctx:
        return sorted((item.sku, item.qty) for item in await items.list_guest_items(ctx, mask))


async def test_everything_that_is_put_in_at_the_same_moment_is_in(processes):
    async with processes[0].work() as ctx:
        for sku in ("a", "b", "c"):
            await a_product(ctx, sku, "10")
    mask = await a_cart(processes[0])

    await asyncio.gather(*(put_in(process, mask, sku, 1) for process in processes for sku in ("a", "b", "c")))

    assert await lines(processes[0], mask) == [("a", 3), ("b", 3), ("c", 3)]
    async with processes[1].work(GUEST, "default") as ctx:
        totals = await totals_service.get_guest_totals(ctx, mask)
        assert (totals.subtotal, totals.items_qty) == (90, 9)


async def test_a_cart_never_has_more_than_there_is(processes):
    async with processes[0].work() as ctx:
        await a_product(ctx, "a", "10", qty="5")
    mask = await a_cart(processes[0])

    outcomes = await asyncio.gather(*(put_in(process, mask, "a", 2) for process in processes), return_exceptions=True)

    assert [type(outcome) for outcome in outcomes if outcome is not None] == [QtyRefused]
    assert await lines(processes[0], mask) == [("a", 4)]


async def test_addresses_and_lines_of_the_same_moment_are_both_kept(processes):
    async with processes[0].work() as ctx:
        await a_product(ctx, "a", "10")
    mask = await a_cart(processes[0])
    await put_in(processes[0], mask, "a", 1)

    async def ship(services: Services) -> None:
        address = Address(**NEW_YORK)
        sent = ShippingInformation(
            shipping_address=address, shipping_carrier_code="flatrate", shipping_method_code="flatrate"
        )
        async with services.work(GUEST, "default") as ctx:
            await shipping.save_information_for_guest(ctx, mask, sent)

    async def bill(services: Services) -> None:
        async with services.work(GUEST, "default") as ctx:
            await addresses.assign_guest_billing_address(ctx, mask, Address(**{**NEW_YORK, "city": "Albany"}))

    await asyncio.gather(ship(processes[0]), bill(processes[1]), put_in(processes[2], mask, "a", 2))

    async with processes[0].work(GUEST, "default") as ctx:
        cart = await carts.get_guest_cart(ctx, mask)
        totals = await totals_service.get_guest_totals(ctx, mask)
    assert cart.billing_address is not None
    assert (cart.billing_address.city, cart.items_qty) == ("Albany", 3)
    # 5 for each of three pieces, whichever call was the last.
    assert (totals.shipping_amount, totals.base_grand_total) == (15, 45)


async def test_a_customer_who_asks_twice_at_once_has_one_cart(processes):
    async with processes[0].work() as ctx:
        customer = await a_customer(ctx)
    assert customer.id is not None
    me = Actor(ActorType.CUSTOMER, customer.id)

    async def create(services: Services) -> int:
        async with services.work(me, "default") as ctx:
            return await carts.create_customer_cart(ctx, customer.id or 0)

    assert len(set(await asyncio.gather(*(create(process) for process in processes * 2)))) == 1
    async with processes[0].work() as ctx:
        assert await ctx.db.value("select count(*) from quote") == 1


async def test_of_two_carts_that_are_given_to_a_customer_at_once_one_is_taken(processes):
    async with processes[0].work() as ctx:
        customer = await a_customer(ctx)
    masks = [await a_cart(process) for process in processes]
    assert customer.id is not None
    me = Actor(ActorType.CUSTOMER, customer.id)

    async def take(services: Services, mask: str) -> bool:
        async with services.work(me, "default") as ctx:
            return await carts.assign_guest_cart(ctx, mask, customer.id or 0, 1)

    outcomes = await asyncio.gather(
        *(take(process, mask) for process, mask in zip(processes, masks, strict=True)), return_exceptions=True
    )

    assert outcomes.count(True) == 1
    assert {type(outcome) for outcome in outcomes} <= {bool, CustomerHasCart, CartNotAnonymous}
    async with processes[0].work() as ctx:
        assert await ctx.db.value("select count(*) from quote where customer_id is not null") == 1
