"""Bulks that run at the same time, over the same products, with real commits."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from entrepot import inventory
from entrepot.app import new_services
from entrepot.asynchronous import BulkScheduler
from entrepot.asynchronous.execution import execute
from entrepot.kit.context import Services
from entrepot.kit.db import Database
from entrepot.settings import Settings

NUMBERS = range(1, 301)
"""More than a chunk."""


@pytest.fixture
async def services(committed_url: str, tmp_path: Path) -> AsyncIterator[Services]:
    database = Database(committed_url, max_size=6)
    await database.open()
    yield new_services(Settings(home=tmp_path, database_url=committed_url), database)
    await database.close()


def product(number: int, name: str, **more: Any) -> dict[str, Any]:
    stock = {"stock_item": {"qty": number, "is_in_stock": True}}
    fields = {"sku": f"s{number:03}", "name": f"{name} {number}", "attribute_set_id": 4, "price": 1}
    return {"product": {**fields, "extension_attributes": stock, **more}}


def item(number: int, quantity: int) -> dict[str, Any]:
    return {"sourceItems": [{"source_code": "default", "sku": f"s{number:03}", "quantity": quantity, "status": 1}]}


async def run_beside_each_other(services: Services, *bulks: tuple[str, Sequence[dict[str, Any]]]) -> list[int]:
    """Accept all, then execute them at once; how many operations ended in states other than complete, by bulk."""
    uuids = []
    for route, elements in bulks:
        async with services.work() as ctx:
            accepted = await BulkScheduler().accept(ctx, services.operations[route], elements)
            uuids.append(accepted["bulk_uuid"])
    await asyncio.gather(*(execute(services.work, uuid) for uuid in uuids))
    async with services.work() as ctx:
        return [
            await ctx.db.value(
                "select count(*) from bulk_operation where bulk_uuid = %(uuid)s and status <> 1", uuid=uuid
            )
            for uuid in uuids
        ]


async def test_two_imports_of_the_same_products_in_opposite_order(services: Services):
    """Each product is made once, and is in the end what one of them said, with all that goes with it."""
    up = [product(number, "Up") for number in NUMBERS]
    down = [product(number, "Down") for number in reversed(NUMBERS)]

    assert await run_beside_each_other(services, ("POST /V1/products", up), ("POST /V1/products", down)) == [0, 0]

    async with services.work() as ctx:
        assert await ctx.db.value("select count(*) from product") == len(NUMBERS)
        names = await ctx.db.values("select attributes ->> 'name' from product order by sku")
        assert [name.split()[1] for name in names] == [str(number) for number in NUMBERS]
        indexed = await ctx.db.values("select name from product_index where store_id = 1 order by sku")
        assert indexed == names
        quantities = await ctx.db.values("select quantity from inventory_source_item order by sku")
        assert quantities == [Decimal(number) for number in NUMBERS]
        assert await inventory.differences(ctx.db) == []


async def test_products_and_their_quantities_at_once(services: Services):
    """Whichever comes last counts, and the stock items of the products say what lies in the default source."""
    products = [product(number, "Bag") for number in NUMBERS]
    quantities = [item(number, 1000 + number) for number in reversed(NUMBERS)]

    failed = await run_beside_each_other(
        services, ("POST /V1/products", products), ("POST /V1/inventory/source-items", quantities)
    )

    assert failed == [0, 0]
    async with services.work() as ctx:
        rows: list[tuple[Decimal, Decimal]] = await ctx.db.all(
            tuple,
            """
            select s.qty, i.quantity
            from stock_item s
            join product p using (product_id)
            join inventory_source_item i on i.sku_key = lower(p.sku)
            order by p.sku
            """,
        )
        assert [mirrored for mirrored, _ in rows] == [lying for _, lying in rows]
        assert [int(lying) % 1000 for _, lying in rows] == list(NUMBERS)
