"""Many calls that write source items together end as the same calls one after the other."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any

import pytest

from entrepot import inventory
from entrepot.inventory import SourceItem, source_items
from entrepot.kit.context import Context
from entrepot.kit.errors import Refused
from entrepot.kit.rest.in_bulk import Call
from tests.inventory.makers import a_product, a_source, a_stock


def an_item(source_code: str, sku: str, quantity: int = 1, status: int = 1) -> SourceItem:
    return SourceItem(source_code=source_code, sku=sku, quantity=Decimal(quantity), status=status)


class Undo(Exception):
    """Ends a savepoint without keeping it."""


async def run_together(ctx: Context, calls: Sequence[Call]) -> list[Any]:
    outcomes: list[Any] = []
    while len(outcomes) < len(calls):
        some = await source_items.save_source_items_in_bulk(ctx, calls[len(outcomes) :])
        assert some
        outcomes += some
    return outcomes


async def run_alone(ctx: Context, calls: Sequence[Call]) -> list[Any]:
    outcomes: list[Any] = []
    for call in calls:
        try:
            async with ctx.savepoint():
                await source_items.save_source_items(ctx, **call)
                outcomes.append(None)
        except Refused as refusal:
            outcomes.append(refusal)
    return outcomes


async def effects(ctx: Context, run: Callable[..., Any], calls: Sequence[Call]) -> Any:
    """What was answered, and what lies where after a run, which is undone."""
    try:
        async with ctx.savepoint():
            outcomes = [
                (type(one).__name__, one.rendered()) if isinstance(one, Refused) else one
                for one in await run(ctx, calls)
            ]
            items = await ctx.db.all(
                tuple, "select source_code, sku, quantity, status from inventory_source_item order by source_item_id"
            )
            mirrored = await ctx.db.all(
                tuple, "select product_id, qty, is_in_stock, low_stock_date from stock_item order by product_id"
            )
            raise Undo
    except Undo:
        return outcomes, items, mirrored


@pytest.fixture
async def shop(ctx: Context) -> None:
    await a_source(ctx, "a")
    await a_stock(ctx, 2, "a")
    for sku in ("x", "Y", "made"):
        await a_product(ctx, sku, "configurable" if sku == "made" else "simple")


@pytest.mark.parametrize("seed", range(20))
async def test_written_together_as_alone(ctx: Context, shop: None, seed: int):
    chance = random.Random(seed)

    def any_item() -> SourceItem:
        sku = chance.choice(("x", "X", "y", "Z", "made", "v", "w", "u", "t", "s"))
        source = chance.choice(("a", "default", "default", "Default", "b" if chance.randrange(6) == 0 else "a"))
        status = chance.choice((0, 1, 1, 1, 2 if chance.randrange(4) == 0 else 1))
        return an_item(source, sku, chance.randrange(5), status)

    calls = [{"source_items": [any_item() for _ in range(chance.randrange(3))]} for _ in range(12)]

    assert await effects(ctx, run_together, calls) == await effects(ctx, run_alone, calls)


async def test_calls_without_a_common_item_are_written_in_one_go(ctx: Context, shop: None):
    costs = []
    for number in (2, 60):
        before = ctx.db.statements
        calls = [{"source_items": [an_item("default", f"{number} {index}")]} for index in range(number)]
        assert await source_items.save_source_items_in_bulk(ctx, calls) == [None] * number
        costs.append(ctx.db.statements - before)

    assert costs[0] == costs[1]


async def test_it_stops_before_a_call_that_names_an_item_again(ctx: Context, shop: None):
    calls = [{"source_items": [an_item(source, sku)]} for source, sku in (("a", "x"), ("A", "X"), ("a", "Y"))]

    assert await source_items.save_source_items_in_bulk(ctx, calls) == [None]
    assert await ctx.db.values("select sku from inventory_source_item where source_code = 'a'") == ["x"]


async def test_ten_thousand_items_cost_as_many_statements_as_two(ctx: Context):
    costs = []
    for number in (2, 10_000):
        before = ctx.db.statements
        await inventory.save_source_items(ctx, [an_item("default", f"{number} {index}") for index in range(number)])
        costs.append(ctx.db.statements - before)

    assert costs[0] == costs[1]
    assert await ctx.db.value("select count(*) from inventory_source_item") == 10_002
