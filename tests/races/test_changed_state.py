"""A process supposes that nobody changed what is shared (kit/attempts.py). Nobody may ever see that it was wrong."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from entrepot.app import new_services
from entrepot.app import rest as rest_app
from entrepot.kit.attempts import in_transaction
from entrepot.kit.context import Services
from entrepot.kit.db import Database, Db
from entrepot.settings import Settings
from entrepot.stores.configure import write_value
from tests.catalog.products.makers import a_view
from tests.rest_client import RestClient


@pytest.fixture
async def processes(committed_url: str, tmp_path: Path) -> AsyncIterator[list[Services]]:
    settings = Settings(home=tmp_path, database_url=committed_url)
    databases = [Database(committed_url, max_size=2) for _ in range(2)]
    for database in databases:
        await database.open()
    yield [new_services(settings, database) for database in databases]
    for database in databases:
        await database.close()


async def test_the_next_call_anywhere_sees_a_store_view_that_was_made(processes: list[Services]) -> None:
    here, there = processes
    client = RestClient(rest_app(there))
    assert (await client.get("/rest/fr/V1/directory/currency")).status == 400
    async with here.work() as ctx:
        await a_view(ctx, "fr")
    assert (await client.get("/rest/fr/V1/directory/currency")).status == 200


async def test_the_next_call_anywhere_sees_a_setting_that_was_written(processes: list[Services]) -> None:
    here, there = processes
    client = RestClient(rest_app(there))
    for code in ("EUR", "GBP", "EUR"):
        async with here.work() as ctx:
            await write_value(ctx, "currency/options/allow", f"USD,{code}")
        found = (await client.get("/rest/V1/directory/currency")).body["available_currency_codes"]
        assert sorted(found) == sorted({"USD", code})


async def test_work_is_begun_again_with_what_is_true_and_done_once(processes: list[Services]) -> None:
    here, there = processes
    seen = []

    async def work(db: Db) -> int:
        seen.append((await there.context(db)).config("general/store_information/name"))
        return await db.execute("insert into note values (%(n)s)", n=len(seen))

    async with here.work() as ctx:
        await ctx.db.execute("create table note (n int)")
    async with there.work():
        pass
    async with here.work() as ctx:
        await write_value(ctx, "general/store_information/name", "New")
    assert await in_transaction(there, work) == 1
    assert seen == [None, "New"]
    async with here.work() as ctx:
        assert await ctx.db.values("select n from note") == [2]
