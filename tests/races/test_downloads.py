"""What must hold when a link that was bought is loaded many times at once."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest

from entrepot.app import new_services
from entrepot.kit.context import Services
from entrepot.kit.db import Database
from entrepot.sales import purchased_links
from entrepot.settings import Settings


@pytest.fixture
async def services(committed_url: str, tmp_path) -> AsyncIterator[Services]:
    database = Database(committed_url, max_size=8)
    await database.open()
    yield new_services(Settings(home=tmp_path, database_url=committed_url), database)
    await database.close()


async def test_it_is_loaded_as_often_as_was_bought_and_no_more(services):
    async with services.work() as ctx:
        order_id = await ctx.db.value(
            "insert into sales_order (increment_id, store_id) values ('1', 1) returning entity_id"
        )
        item_id = await ctx.db.value(
            "insert into sales_order_item (order_id, qty_ordered) values (%(id)s, 1) returning item_id", id=order_id
        )
        await ctx.db.execute(
            """
            insert into sales_purchased_link (
                link_hash, order_id, order_item_id, link_id, link_title, is_shareable, link_type, downloads_bought
            )
            values ('hash', %(order_id)s, %(item_id)s, 1, 'Yoga Adventure', 0, 'url', 3)
            """,
            order_id=order_id,
            item_id=item_id,
        )

    async def load() -> bool:
        async with services.work() as ctx:
            link = await purchased_links.find(ctx, "hash")
            assert link is not None
            return await purchased_links.use(ctx, link)

    loaded = await asyncio.gather(*(load() for _ in range(16)))

    assert sorted(loaded) == [False] * 13 + [True] * 3
    async with services.work() as ctx:
        assert await ctx.db.value("select downloads_used from sales_purchased_link") == 3
