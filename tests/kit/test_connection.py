"""The connection that stays watched by the event loop (kit/connection.py), where something goes wrong."""

import asyncio

import psycopg
import pytest
from msgspec import Struct

from entrepot.kit import pool
from entrepot.kit.connection import STATEMENTS
from entrepot.kit.db import Database, OtherVersion

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


async def test_the_statements_that_were_used_last_are_kept(database):
    async with database.transaction() as db:
        for number in range(STATEMENTS + 1):
            for _ in range(2):
                assert await db.value(f"select %(x)s::int + {number}", x=1) == number + 1
        kept = list(db.connection._statements)
        assert len(kept) == STATEMENTS
        assert b"select $1::int + 0" not in kept
        prepared = await db.values("select statement from pg_prepared_statements")
    assert f"select $1::int + {STATEMENTS}" in prepared
    assert "select $1::int + 0" not in prepared


async def test_a_statement_is_prepared_for_each_combination_of_types(database):
    text = "select %(x)s"
    async with database.transaction() as db:
        for x in (1, 2, 3, 100_000, 200_000, None, "a"):
            assert await db.value(text, x=x) == x
        assert (
            await db.value("select count(*) from pg_prepared_statements where statement = %(text)s", text="select $1")
            == 3
        )


async def test_what_goes_along_is_done_before_what_it_goes_with(database):
    async with database.transaction() as db:
        await db.execute("create temporary table done (n int) on commit drop")
        first = db.along("insert into done values (%(n)s)", n=1)
        second = db.along("insert into done select n + 1 from done")
        with pytest.raises(RuntimeError):
            first.rowcount  # noqa: B018
        assert await db.values("select n from done order by n") == [1, 2]
        assert (first.rowcount, second.rowcount) == (1, 1)


async def test_what_goes_along_is_done_with_the_commit(database):
    async with database.transaction() as db:
        await db.execute("create table if not exists kept (n int)")
        db.along("insert into kept values (%(n)s)", n=1)
    async with database.transaction() as db:
        assert await db.values("select n from kept") == [1]
        await db.execute("drop table kept")


async def test_what_goes_along_is_dropped_with_its_transaction(database):
    async with database.transaction() as db:
        await db.execute("create table kept (n int)")
    with pytest.raises(ZeroDivisionError):
        async with database.transaction() as db:
            db.along("insert into kept values (%(n)s)", n=1)
            raise ZeroDivisionError
    async with database.transaction() as db:
        assert await db.values("select n from kept") == []
        await db.execute("drop table kept")


async def test_what_goes_along_and_fails_fails_what_it_went_with(database):
    divided = "select 6 / %(by)s::int"
    with pytest.raises(psycopg.errors.DivisionByZero):
        async with database.transaction() as db:
            db.along(divided, by=0)
            await db.value("select 1")
    with pytest.raises(psycopg.errors.DivisionByZero):
        async with database.transaction() as db:
            db.along(divided, by=0)
    for _ in range(3):
        with pytest.raises(psycopg.errors.DivisionByZero):
            async with database.transaction() as db:
                failed = db.along(divided, by=0)
                behind = db.along("select %(n)s::int as new", n=1)
                await db.send()
        with pytest.raises(RuntimeError):
            behind.rowcount  # noqa: B018
        assert failed.result is None
    async with database.transaction() as db:
        assert await db.value("select %(n)s::int as new", n=1) == 1
        assert await db.value(divided, by=3) == 2


async def test_what_goes_along_in_a_savepoint_is_of_the_savepoint(database):
    async with database.transaction() as db:
        await db.execute("create temporary table done (n int) on commit drop")
        db.along("insert into done values (1)")
        with pytest.raises(ZeroDivisionError):
            async with db.savepoint():
                db.along("insert into done values (2)")
                raise ZeroDivisionError
        async with db.savepoint():
            db.along("insert into done values (3)")
        with pytest.raises(psycopg.errors.DivisionByZero):
            async with db.savepoint():
                db.along("select 1 / (n - n) from done")
        assert await db.values("select n from done order by n") == [1, 3]


async def test_statements_that_nobody_waits_for_any_more_are_ended_together(database):
    async with database.transaction() as db:
        pid = await db.value("select pg_backend_pid()")
    for _ in range(3):
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.1), database.transaction() as db:
                db.along("select pg_sleep(%(seconds)s)", seconds=30)
                await db.value("select %(text)s || 'x'", text="x" * 1_000_000)
    async with asyncio.timeout(5), database.transaction() as db:
        assert await db.value("select pg_backend_pid()") == pid


async def test_a_statement_is_made_again_after_its_table_changed(database):
    text = "select * from changing where n > %(n)s"
    async with database.transaction() as db:
        await db.execute("create table changing as select 1 as n")
    for _ in range(3):
        async with database.transaction() as db:
            assert await db.all(dict, text, n=0) == [{"n": 1}]
    async with database.transaction() as db:
        await db.execute("alter table changing add column m int")
    with pytest.raises(psycopg.errors.FeatureNotSupported):
        async with database.transaction() as db:
            await db.all(dict, text, n=0)
    async with database.transaction() as db:
        assert await db.all(dict, text, n=0) == [{"n": 1, "m": None}]
        await db.execute("drop table changing")


async def test_a_transaction_may_begin_with_its_first_statement(database):
    async with database.transaction() as db:
        version = db.version
    async with database.transaction(version) as db:
        assert db.connection.info.transaction_status == psycopg.pq.TransactionStatus.IDLE
        assert await db.value("select 1") == 1
        assert db.connection.info.transaction_status == psycopg.pq.TransactionStatus.INTRANS


async def test_a_statement_of_who_supposed_another_version_has_no_effect(database):
    async with database.transaction() as db:
        await db.execute("create table kept (n int)")
    with pytest.raises(OtherVersion):
        async with database.transaction(-1) as db:
            await db.execute("insert into kept values (1)")
            raise AssertionError("unreachable")
    with pytest.raises(OtherVersion):
        async with database.transaction(-1) as db:
            await db.value("select n from there_is_no_such_table")
    with pytest.raises(OtherVersion):
        async with database.transaction(-1) as db:
            db.along("insert into kept values (1)")
    async with database.transaction() as db:
        assert await db.values("select n from kept") == []
        await db.execute("drop table kept")


async def test_what_was_supposed_is_looked_at_without_a_statement_too(database):
    with pytest.raises(OtherVersion):
        async with database.transaction(-1):
            pass
    with pytest.raises(OtherVersion):
        async with database.transaction(-1):
            raise ZeroDivisionError
    async with database.transaction() as db:
        version = db.version
    async with database.transaction(version):
        pass
    with pytest.raises(ZeroDivisionError):
        async with database.transaction(version):
            raise ZeroDivisionError


async def test_who_supposes_a_version_begins_again_where_the_session_has_ended(database, committed_url):
    async with database.transaction() as db:
        version, pid = db.version, await db.value("select pg_backend_pid()")
    with pytest.raises(OtherVersion):
        async with database.transaction(version) as db:
            await end_session(committed_url, pid)
            await db.value("select 1")
    async with database.transaction() as db:
        assert await db.value("select 1") == 1


async def test_who_waits_too_long_for_a_connection_is_told(database, monkeypatch):
    monkeypatch.setattr(pool, "WAIT_S", 0.1)
    async with database.transaction():
        with pytest.raises(pool.NoConnection):
            async with database.transaction():
                raise AssertionError("unreachable")
    async with database.transaction() as db:
        assert await db.value("select 1") == 1


async def test_those_who_wait_for_a_connection_come_in_their_order(database):
    done = []

    async def work(number):
        async with database.transaction() as db:
            await db.value("select pg_sleep(0.01)")
            done.append(number)

    await asyncio.gather(*(work(number) for number in range(10)))
    assert done == list(range(10))
