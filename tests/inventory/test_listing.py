"""Which products lists show: the statement that decides it for many says what the rule says of each."""

from __future__ import annotations

import random
from decimal import Decimal

import pytest
from psycopg.sql import SQL

from entrepot import inventory
from entrepot.inventory import Reservation, Shelves
from tests.inventory.makers import PLACED, a_product, a_source, a_stock, configure, put

PRODUCTS = """
    with candidate as (
        select product_id, sku, type_id
        from product
    )
    select p.sku
    from product p
    where p.product_id in ({salable})
"""


async def listed(ctx):
    query, parameters = Shelves().salable(ctx)
    return set(await ctx.db.values(SQL(PRODUCTS).format(salable=SQL(query)), **parameters))


@pytest.fixture
async def shop(ctx):
    return ctx.in_store(ctx.stores.by_code("default"))


async def serve_by(ctx, stock_id):
    await ctx.db.execute(
        "update inventory_stock_sales_channel set stock_id = %(id)s where type = 'website' and code = 'base'",
        id=stock_id,
    )


@pytest.mark.parametrize("seed", range(8))
async def test_the_statement_says_what_the_rule_says(ctx, shop, seed):
    chance = random.Random(seed)
    for code in ("a", "b"):
        await a_source(ctx, code)
    await a_source(ctx, "closed", enabled=False)
    await a_stock(ctx, 2, "a", "closed")
    skus = [f"Sku-{number}" for number in range(40)]
    for sku in skus:
        item = {
            "use_config_min_qty": chance.random() < 0.4,
            "min_qty": Decimal(chance.choice([-3, 0, 2])),
            "use_config_backorders": chance.random() < 0.4,
            "backorders": chance.choice([0, 0, 1, 2]),
            "use_config_manage_stock": chance.random() < 0.6,
            "manage_stock": chance.random() < 0.5,
            "is_in_stock": chance.random() < 0.5,
        }
        await a_product(ctx, sku, chance.choice(["simple", "simple", "simple", "virtual", "configurable"]), **item)
    items = [
        inventory.SourceItem(
            sku=sku.upper() if chance.random() < 0.2 else sku,
            source_code=code,
            quantity=Decimal(chance.choice([-2, 0, 1, 3])),
            status=chance.choice([0, 1, 1]),
        )
        for sku in skus
        for code in ("default", "a", "b", "closed")
        if chance.random() < 0.4 and "configurable" not in sku
    ]
    types = await ctx.db.all(tuple, "select sku, type_id from product")
    composite = {sku for sku, type_id in types if type_id == "configurable"}
    await inventory.save_source_items(ctx, [one for one in items if one.sku.capitalize() not in composite])
    for stock_id in (1, 2):
        claimed = [sku for sku in skus if sku not in composite and chance.random() < 0.4]
        await inventory.append(
            ctx, [Reservation(stock_id, sku, Decimal(chance.choice([-3, -1, 1])), PLACED) for sku in claimed]
        )
    for setting in ({}, {"min_qty": "2"}, {"min_qty": "-1", "backorders": "1"}, {"manage_stock": "0"}):
        for field in ("min_qty", "backorders", "manage_stock"):
            await configure(ctx, field, setting.get(field, {"manage_stock": "1"}.get(field, "0")))
        for stock_id in (1, 2):
            await serve_by(ctx, stock_id)
            rule = await inventory.are_salable(ctx, stock_id, skus)
            assert await listed(shop) == {sku for sku in skus if rule[sku.lower()]}


async def test_a_website_without_a_stock_sells_nothing(ctx, shop):
    await a_product(ctx, "SKU-1", manage_stock=False, use_config_manage_stock=False)
    assert await listed(shop) == {"SKU-1"}

    await ctx.db.execute("delete from inventory_stock_sales_channel")
    await ctx.changed()
    await ctx.changed()

    assert await listed(shop) == set()
    assert (await Shelves().states(shop, ["SKU-1"]))["sku-1"].is_salable is False


async def test_shoppers_are_told_how_many_are_left_when_they_are_few(ctx, shop):
    await a_product(ctx, "SKU-1")
    await put(ctx, "default", "SKU-1", 3)
    assert (await Shelves().states(shop, ["SKU-1"]))["sku-1"].few_left is None

    await configure(ctx, "stock_threshold_qty", "3", group="options")
    assert (await Shelves().states(shop, ["SKU-1"]))["sku-1"].few_left == 3

    await inventory.append(ctx, [Reservation(1, "SKU-1", Decimal(-1), PLACED)])
    assert (await Shelves().states(shop, ["SKU-1"]))["sku-1"].few_left == 2

    await configure(ctx, "backorders", "1")
    assert (await Shelves().states(shop, ["SKU-1"]))["sku-1"].few_left is None
