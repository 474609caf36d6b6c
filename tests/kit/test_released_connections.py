"""Waiting for others without holding a connection (kit/db.py): here there is only one, so two callers would meet."""

import asyncio

import pytest

from entrepot.kit.db import Database
from entrepot.kit.errors import Refused

OWN_ID = "select pg_current_xact_id()::text"


@pytest.fixture
async def database(committed_url):
    database = Database(committed_url, max_size=1)
    await database.open()
    async with database.transaction() as db:
        await db.execute("create table seen (what text)")
    yield database
    await database.close()


async def note(database, what):
    async with asyncio.timeout(60), database.transaction() as db:
        await db.execute("insert into seen values (%(what)s)", what=what)


async def noted(database):
    async with asyncio.timeout(60), database.transaction() as db:
        return await db.values("select what from seen order by what")


async def test_while_one_waits_another_has_the_connection(database):
    async with database.transaction() as db:
        assert await db.values("select what from seen") == []
        async with db.released():
            await note(database, "by another")
        assert await db.values("select what from seen") == ["by another"]
        await db.execute("insert into seen values ('by the first')")
    assert await noted(database) == ["by another", "by the first"]


async def test_what_comes_behind_the_wait_is_one_transaction(database):
    with pytest.raises(Refused):
        async with database.transaction() as db:
            async with db.released():
                pass
            await db.execute("insert into seen values ('never')")
            raise Refused
    assert await noted(database) == []


async def test_a_wait_that_fails_leaves_a_transaction_to_go_on_in(database):
    async with database.transaction() as db:
        with pytest.raises(ZeroDivisionError):
            async with db.released():
                raise ZeroDivisionError
        await db.execute("insert into seen values ('still')")
    assert await noted(database) == ["still"]


async def test_what_was_written_is_not_committed_by_halves(database):
    with pytest.raises(Refused):
        async with database.transaction() as db:
            await db.execute("insert into seen values ('never')")
            before = await db.value(OWN_ID)
            async with db.released():
                pass
            assert await db.value(OWN_ID) == before
            raise Refused
    assert await noted(database) == []


async def test_locked_rows_stay_locked(database):
    await note(database, "a row")
    async with database.transaction() as db:
        await db.values("select what from seen for update")
        before = await db.value(OWN_ID)
        async with db.released():
            pass
        assert await db.value(OWN_ID) == before


async def test_a_savepoint_keeps_its_transaction(database):
    async with database.transaction() as db:
        connection = db.connection
        async with db.savepoint():
            async with db.released():
                assert not connection.closed
                assert await db.value("select 1") == 1
            await db.execute("insert into seen values ('inside')")
    assert await noted(database) == ["inside"]
