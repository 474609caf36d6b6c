"""Several administrators at once: attributes, options and sets with one name are made once."""

import asyncio

import pytest

from entrepot.app import new_services
from entrepot.catalog.attributes import ATTRIBUTES, options, product_attributes, sets
from entrepot.catalog.attributes.contracts import AttributeOption, AttributeSet, ProductAttribute
from entrepot.catalog.attributes.errors import AttributeCodeTaken, SetNameTaken
from entrepot.kit.db import Database
from entrepot.settings import Settings


@pytest.fixture
async def shop(committed_url, tmp_path):
    database = Database(committed_url, max_size=4)
    await database.open()
    yield new_services(Settings(home=tmp_path, database_url=committed_url), database)
    await database.close()


async def in_own_transaction(shop, do, *args):
    async with shop.work() as ctx:
        return await do(ctx, *args)


async def at_once(*calls):
    """The answers and the refusals, sorted by kind."""
    done = await asyncio.gather(*calls, return_exceptions=True)
    return sorted(type(result).__name__ for result in done)


async def test_two_attributes_of_one_code_are_never_both_made(shop):
    size = ProductAttribute(attribute_code="size", default_frontend_label="Size", frontend_input="select")
    calls = [in_own_transaction(shop, product_attributes.save, size) for _ in range(3)]
    assert await at_once(*calls) == [*[AttributeCodeTaken.__name__] * 2, "ProductAttribute"]


async def test_two_options_of_one_label_are_never_both_added(shop):
    red = AttributeOption(label="Red")
    calls = [in_own_transaction(shop, options.add, "color", red) for _ in range(3)]
    assert await at_once(*calls) == ["bool", "bool", "str"]
    async with shop.work() as ctx:
        assert [one.label(0) for one in ctx.shared(ATTRIBUTES).products["color"].options] == ["Red"]


async def test_two_sets_of_one_name_are_never_both_made(shop):
    calls = [
        in_own_transaction(shop, sets.create_product_set, AttributeSet(attribute_set_name=name), 4)
        for name in ("Clothes", "clothes", "CLOTHES")
    ]
    assert await at_once(*calls) == ["AttributeSet", *[SetNameTaken.__name__] * 2]
    async with shop.work() as ctx:
        assert len(ctx.shared(ATTRIBUTES).sets_of(4)) == 2
