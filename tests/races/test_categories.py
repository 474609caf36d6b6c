"""Several people at one tree of categories: it stays one tree, with one place and one address for each."""

import asyncio

import pytest

from entrepot import stores
from entrepot.app import new_services
from entrepot.catalog import categories
from entrepot.catalog.categories import Category, CategoryProductLink
from entrepot.catalog.categories.errors import CategoryCannotBeDeleted, CategoryNotSaved, MovedBelowItself
from entrepot.catalog.contracts import AttributeValue
from entrepot.kit.db import Database
from entrepot.kit.errors import InvalidFieldValue
from entrepot.settings import Settings
from tests.catalog.products.makers import a_product


@pytest.fixture
async def shop(committed_url, tmp_path):
    database = Database(committed_url, max_size=8)
    await database.open()
    yield new_services(Settings(home=tmp_path, database_url=committed_url), database)
    await database.close()


async def in_own_transaction(shop, do, *args):
    async with shop.work() as ctx:
        return await do(ctx, *args)


async def at_once(*calls):
    return await asyncio.gather(*calls, return_exceptions=True)


def kinds(results):
    return sorted(type(one).__name__ for one in results)


def a_draft(name, parent_id=2, **more):
    return Category(name=name, parent_id=parent_id, is_active=True, **more)


async def made(shop, name, parent_id=2):
    return (await in_own_transaction(shop, categories.save, a_draft(name, parent_id))).id


async def rows(shop, query, **parameters):
    async with shop.work() as ctx:
        return await ctx.db.all(tuple, query, **parameters)


CHILDREN = "select position from category where parent_id = %(id)s order by position"
COUNT = "select children_count from category where category_id = %(id)s"


async def test_categories_made_at_once_have_places_of_their_own(shop):
    calls = [in_own_transaction(shop, categories.save, a_draft(f"C{number}")) for number in range(6)]
    assert kinds(await at_once(*calls)) == ["Category"] * 6
    assert await rows(shop, CHILDREN, id=2) == [(1,), (2,), (3,), (4,), (5,), (6,)]
    assert await rows(shop, COUNT, id=2) == [(6,)]


async def test_of_two_categories_with_one_address_only_one_is_made(shop):
    calls = [in_own_transaction(shop, categories.save, a_draft("Kids")) for _ in range(3)]
    assert kinds(await at_once(*calls)) == ["Category", *[CategoryNotSaved.__name__] * 2]
    assert await rows(shop, COUNT, id=1) == [(2,)]


async def test_categories_moved_at_once_below_one_parent_have_places_of_their_own(shop):
    parent = await made(shop, "Parent")
    moved = [await made(shop, f"C{number}") for number in range(4)]
    late = in_own_transaction(shop, categories.save, a_draft("Late", parent))
    await at_once(*(in_own_transaction(shop, categories.move, id, parent, 0) for id in moved), late)

    assert await rows(shop, CHILDREN, id=parent) == [(1,), (2,), (3,), (4,), (5,)]
    assert await rows(shop, COUNT, id=parent) == [(5,)]
    assert await rows(shop, CHILDREN, id=2) == [(1,)]
    paths = await rows(shop, "select path from category where parent_id = %(id)s", id=parent)
    assert {path.rpartition("/")[0] for (path,) in paths} == {f"1/2/{parent}"}


async def test_two_categories_are_never_moved_below_each_other(shop):
    a, b = await made(shop, "A"), await made(shop, "B")
    results = await at_once(
        in_own_transaction(shop, categories.move, a, b), in_own_transaction(shop, categories.move, b, a)
    )
    assert kinds(results) == [MovedBelowItself.__name__, "bool"]
    assert await rows(shop, COUNT, id=2) == [(2,)]


async def test_a_category_made_below_one_that_is_renamed_has_the_new_path(shop):
    parent = await made(shop, "Parent")
    key = Category(id=parent, custom_attributes=[AttributeValue("url_key", "renamed")])
    await at_once(
        in_own_transaction(shop, categories.save, key),
        *(in_own_transaction(shop, categories.save, a_draft(f"C{number}", parent)) for number in range(3)),
    )
    found = await rows(shop, "select request_path from url_rewrite order by request_path")
    assert found == [("renamed.html",), ("renamed/c0.html",), ("renamed/c1.html",), ("renamed/c2.html",)]


async def test_a_product_put_into_a_category_that_is_renamed_has_the_new_address(shop):
    parent = await made(shop, "Parent")
    await in_own_transaction(shop, a_product, "joust")
    link = CategoryProductLink(sku="joust", category_id=str(parent))
    key = Category(id=parent, custom_attributes=[AttributeValue("url_key", "renamed")])
    for _ in range(3):
        results = await at_once(
            in_own_transaction(shop, categories.save_product, link), in_own_transaction(shop, categories.save, key)
        )
        assert kinds(results) == ["Category", "bool"]
        found = await rows(shop, "select request_path from url_rewrite where entity_type = 'product' order by 1")
        assert found == [("joust.html",), (f"{key.custom_attribute('url_key')}/joust.html",)]
        await in_own_transaction(shop, categories.delete_product, parent, "joust")
        key = Category(id=parent, custom_attributes=[AttributeValue("url_key", key.custom_attribute("url_key") + "x")])


async def test_a_category_is_never_both_deleted_and_made_the_root_of_a_store(shop):
    root = (await in_own_transaction(shop, categories.save, a_draft("Second", 1))).id
    group = stores.ManagedGroup(website_id=1, name="Second", code="second", root_category_id=root)
    results = await at_once(
        in_own_transaction(shop, stores.create_group, group), in_own_transaction(shop, categories.delete, root)
    )
    assert kinds(results) in (
        [CategoryCannotBeDeleted.__name__, "ManagedGroup"],
        [InvalidFieldValue.__name__, "bool"],
    )
