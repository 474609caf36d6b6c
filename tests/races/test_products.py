"""Products saved by several at once."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from decimal import Decimal

import pytest

from entrepot.app import new_services
from entrepot.catalog import products
from entrepot.catalog.contracts import Product
from entrepot.catalog.products.errors import UrlKeyTaken
from entrepot.kit.context import Services
from entrepot.kit.db import Database
from entrepot.kit.errors import Refused
from entrepot.settings import Settings


@pytest.fixture
async def shop(committed_url: str, home) -> AsyncIterator[Services]:
    database = Database(committed_url, max_size=6)
    await database.open()
    yield new_services(Settings(home=home, database_url=committed_url), database)
    await database.close()


async def save(shop: Services, **fields) -> Product | Refused:
    async with shop.work() as ctx:
        draft = Product(attribute_set_id=4, price=Decimal(1), **fields)
        try:
            saved = await products.save(ctx, draft)
        except Refused as refusal:
            return refusal
        await asyncio.sleep(0.05)
        return saved


async def test_one_sku_created_by_several_at_once_is_one_product_that_the_later_ones_change(shop):
    answers = await asyncio.gather(*(save(shop, sku=sku, name="A") for sku in ("a", "A", "a", "A")))

    ids = {answer.id if isinstance(answer, Product) else str(answer) for answer in answers}
    assert len(ids) == 1
    async with shop.work() as ctx:
        assert await ctx.db.value("select count(*) from product") == 1


async def test_one_address_wanted_by_several_at_once_goes_to_one_of_them(shop):
    answers = await asyncio.gather(*(save(shop, sku=f"sku-{n}", name="Same") for n in range(4)))

    assert sum(isinstance(answer, Product) for answer in answers) == 1
    assert sum(isinstance(answer, UrlKeyTaken) for answer in answers) == 3
    async with shop.work() as ctx:
        assert await ctx.db.value("select count(*) from product") == 1
        assert await ctx.db.value("select count(*) from url_rewrite") == 1


async def test_changes_in_different_views_at_once_are_both_kept(shop):
    await save(shop, sku="a", name="A")

    async def change(store: str, **fields) -> None:
        async with shop.work(store=store) as ctx:
            await products.save(ctx, Product(sku="a", **fields))
            await asyncio.sleep(0.05)

    await asyncio.gather(change("default", name="B"), change("default", visibility=2), change("admin", status=2))

    async with shop.work(store="default") as ctx:
        changed = await products.get(ctx, "a")
        assert (changed.name, changed.visibility, changed.status) == ("B", 2, 2)
        row = "select name, visibility, status from product_index where store_id = 1"
        assert await ctx.db.one(tuple, row) == ("B", 2, 2)
