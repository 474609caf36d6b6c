"""The connection that stays watched by the event loop (kit/connection.py), where something goes wrong."""

import asyncio

import psycopg
import pytest
from msgspec import Struct

from entrepot.kit.connection import STATEMENTS
from entrepot.kit.db import MOST_KEPT_ROWS, Database

NUMBERS = "select n from generate_series(1, %(last)s::int) as n"


@pytest.fixture
async def database(committed_url):
    database = Database(committed_url, max_size=1)
    await database.open()
    yield database
    await database.close()


async def end_session(url, pid):
    async with await psycopg.AsyncConnection.connect(url, autocommit=True) as other:
        await other.execute("select pg_terminate_backend(%s, 5000)", [pid])


async def test_a_connection_that_ended_while_nobody_used_it_is_replaced(database, committed_url):
    async with database.transaction() as db:
        pid = await db.value("select pg_backend_pid()")
    await end_session(committed_url, pid)
    await asyncio.sleep(0.05)
    assert db.connection._watched is None, "the event loop would be told of the end again and again"
    async with database.transaction() as db:
        assert await db.value("select pg_backend_pid()") != pid


async def test_a_connection_that_ends_during_a_statement_fails_it_and_is_replaced(database, committed_url):
    async def sleep():
        async with database.transaction() as db:
            pids.set_result(await db.value("select pg_backend_pid()"))
            await db.value("select pg_sleep(%(seconds)s)", seconds=30)

    pids = asyncio.get_running_loop().create_future()
    asleep = asyncio.create_task(sleep())
    await end_session(committed_url, await pids)
    with pytest.raises(psycopg.OperationalError):
        await asleep
    async with database.transaction() as db:
        assert await db.value("select 1") == 1


async def test_a_statement_that_nobody_waits_for_any_more_is_ended_and_the_connection_goes_on(database):
    async with database.transaction() as db:
        pid = await db.value("select pg_backend_pid()")
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.2), database.transaction() as db:
            await db.value("select pg_sleep(%(seconds)s)", seconds=30)
    async with asyncio.timeout(5), database.transaction() as db:
        assert await db.value("select pg_backend_pid()") == pid
        assert await db.values(NUMBERS, last=3) == [1, 2, 3]


async def test_a_message_that_comes_between_calls_does_not_disturb_them(database, committed_url):
    async with database.transaction() as db:
        await db.execute("listen noise")
    async with await psycopg.AsyncConnection.connect(committed_url, autocommit=True) as other:
        await other.execute("notify noise")
    await asyncio.sleep(0.05)
    async with database.transaction() as db:
        assert await db.values(NUMBERS, last=3) == [1, 2, 3]


async def test_a_statement_larger_than_the_socket_takes_at_once_arrives(database):
    text = "x" * 20_000_000
    async with database.transaction() as db:
        assert await db.value("select length(%(text)s)", text=text) == len(text)


async def test_a_statement_gives_the_same_rows_whatever_they_become(database):
    class Number(Struct):
        n: int

    async with database.transaction() as db:
        assert await db.all(Number, NUMBERS, last=2) == [Number(1), Number(2)]
        assert await db.all(dict, NUMBERS, last=2) == [{"n": 1}, {"n": 2}]
        assert await db.all(tuple, NUMBERS, last=2) == [(1,), (2,)]
        assert await db.values(NUMBERS, last=0) == []
        assert await db.one_or_none(Number, NUMBERS, last=0) is None


async def test_a_statement_that_failed_can_be_made_again(database):
    divided = "select 6 / %(by)s::int"
    async with database.transaction() as db:
        with pytest.raises(psycopg.errors.DivisionByZero):
            async with db.savepoint():
                await db.value(divided, by=0)
        assert await db.value(divided, by=2) == 3


async def test_cursors_of_many_rows_and_of_many_statements_are_not_kept(database):
    async with database.transaction() as db:
        few, many = f"{NUMBERS} -- few", f"{NUMBERS} -- many"
        await db.values(few, last=MOST_KEPT_ROWS)
        await db.values(many, last=MOST_KEPT_ROWS + 1)
        kept = list(db.connection._statements)
        assert any(text.endswith(b"few") for text in kept)
        assert not any(text.endswith(b"many") for text in kept)
        for number in range(STATEMENTS + 1):
            await db.value(f"select %(x)s::int + {number}", x=1)
        assert len(db.connection._statements) == STATEMENTS
