"""Several administrators at once: what one of them may do depends on what the others have done."""

import asyncio

import pytest

from entrepot import stores
from entrepot.app import new_services
from entrepot.kit.db import Database
from entrepot.settings import Settings
from entrepot.stores.errors import StoreCannotBeDeleted, WebsiteCodeTaken


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


async def test_two_websites_of_one_code_are_never_both_made(shop):
    website = stores.ManagedWebsite(code="eu", name="Europe")
    calls = [in_own_transaction(shop, stores.create_website, website) for _ in range(3)]
    assert await at_once(*calls) == ["ManagedWebsite", *[WebsiteCodeTaken.__name__] * 2]


async def test_the_last_two_views_of_a_group_are_never_both_deleted(shop):
    view = stores.ManagedStore(code="us", name="US", store_group_id=1)
    made = await in_own_transaction(shop, stores.create_view, view)
    calls = [in_own_transaction(shop, stores.delete_view, store_id) for store_id in (1, made.id)]
    assert await at_once(*calls) == [StoreCannotBeDeleted.__name__, "bool"]

    async with shop.work() as ctx:
        assert len(stores.levels(ctx).views_of_group(1)) == 1
        assert ctx.stores.default in stores.levels(ctx).views_of_group(1)
