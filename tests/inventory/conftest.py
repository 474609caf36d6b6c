"""Ids of stocks begin anew in every test: a sequence is not rolled back, but its restart is."""

import pytest


@pytest.fixture(autouse=True)
async def stock_ids_from_two(ctx):
    await ctx.db.execute("alter table inventory_stock alter column stock_id restart with 2")
