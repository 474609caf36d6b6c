"""Sessions that are lost, under the event loop that the server has, which tells of a socket in error only once."""

import asyncio
from contextlib import asynccontextmanager

import psycopg
import pytest
import uvloop

from entrepot.kit import connection, pool
from entrepot.kit.db import CommitLost, Database, OtherVersion
from tests.kit.frail_server import LAST_WORDS, frail_server

SOON_S = 10
"""No call may take longer, whatever becomes of the database."""


def played(scene):
    """In the server's own event loop, and within the time that a call may take."""

    async def within_time():
        async with asyncio.timeout(SOON_S):
            await scene()

    uvloop.run(within_time())


@asynccontextmanager
async def frail_database(url, max_size=1):
    async with frail_server(url) as server:
        database = Database(server.url, max_size=max_size)
        await database.open()
        yield server, database
        await database.close()


async def answers(database):
    async with database.transaction() as db:
        return await db.value("select %(n)s::int", n=1) == 1


def test_a_session_that_is_killed_before_it_reads_a_statement_fails_it_at_once(committed_url, monkeypatch):
    monkeypatch.setattr(connection, "LOOK_S", 1000)

    async def scene():
        async with frail_database(committed_url) as (server, database):
            with pytest.raises(psycopg.OperationalError):
                async with database.transaction() as db:
                    server.freeze()
                    asking = asyncio.create_task(db.value("select 1"))
                    await asyncio.sleep(0.1)
                    server.reset(LAST_WORDS)
                    await asking

    played(scene)


def test_psycopgs_own_statements_are_failed_at_once_too(committed_url, monkeypatch):
    monkeypatch.setattr(connection, "LOOK_S", 1000)

    async def scene():
        async with frail_database(committed_url) as (server, database):
            with pytest.raises(psycopg.OperationalError):
                async with database.transaction() as db:
                    server.freeze()
                    asking = asyncio.create_task(db.connection.execute("select 1"))
                    await asyncio.sleep(0.1)
                    server.reset(LAST_WORDS)
                    await asking

    played(scene)


def test_a_wait_of_which_the_event_loop_tells_nothing_is_looked_after(committed_url):
    async def scene():
        async with frail_database(committed_url) as (_, database), database.transaction() as db:
            asking = asyncio.create_task(db.value("select pg_sleep(0.3)"))
            await asyncio.sleep(0.1)
            asyncio.get_running_loop().remove_reader(db.connection.pgconn.socket)
            await asking

    played(scene)


def test_nobody_waits_for_ever_for_a_server_that_says_nothing(committed_url, monkeypatch):
    monkeypatch.setattr(connection, "SILENCE_S", 1)

    async def scene():
        async with frail_database(committed_url) as (server, database):
            for ask in (lambda db: db.value("select 1"), lambda db: db.connection.execute("select 1")):
                server.thaw()
                with pytest.raises(psycopg.OperationalError, match="has not answered for 1 s"):
                    async with database.transaction() as db:
                        server.freeze()
                        await ask(db)
                assert db.connection.closed

    played(scene)


def test_a_call_that_is_given_up_does_not_wait_for_a_server_that_says_nothing(committed_url):
    async def scene():
        async with frail_database(committed_url) as (server, database):
            for ask in (lambda db: db.value("select 1"), lambda db: db.connection.execute("select 1")):
                server.thaw()
                with pytest.raises(TimeoutError):
                    async with database.transaction() as db:
                        server.freeze()
                        async with asyncio.timeout(0.1):
                            await ask(db)
                assert db.connection.closed

    played(scene)


def test_sessions_that_were_lost_while_idle_are_replaced_without_a_failure(committed_url):
    async def scene():
        async with frail_database(committed_url, max_size=5) as (server, database):
            async with asyncio.TaskGroup() as group:
                for _ in range(5):
                    group.create_task(answers(database))
            assert len(database._pool._idle) == server.opened > 1
            server.reset()
            await asyncio.sleep(0.1)
            opened = server.opened
            async with database.transaction() as db:
                version = db.version
            async with database.transaction(version) as db:
                assert await db.value("select 1") == 1
            assert (len(database._pool._idle), server.opened) == (1, opened + 1)

    played(scene)


def test_calls_wait_for_a_server_that_is_away_for_a_moment(committed_url):
    async def scene():
        async with frail_database(committed_url, max_size=3) as (server, database):
            server.go()
            asking = [asyncio.create_task(answers(database)) for _ in range(9)]
            await asyncio.sleep(1)
            await server.come()
            assert await asyncio.gather(*asking) == [True] * 9

    played(scene)


def test_calls_fail_at_once_when_the_server_is_away_for_long_and_succeed_as_soon_as_it_is_back(
    committed_url, monkeypatch
):
    monkeypatch.setattr(pool, "PATIENCE_S", 0.5)

    async def scene():
        async with frail_database(committed_url, max_size=3) as (server, database):
            server.go()
            for _ in range(2):
                given = await asyncio.gather(*(answers(database) for _ in range(99)), return_exceptions=True)
                assert all(isinstance(error, psycopg.OperationalError) for error in given), given
            await server.come()
            assert await answers(database)

    played(scene)


def test_calls_fail_in_time_when_nobody_answers_who_connects(committed_url, monkeypatch):
    monkeypatch.setattr(pool, "WAIT_S", 2)

    async def scene():
        async with frail_database(committed_url, max_size=2) as (server, database):
            server.freeze()
            server.reset()
            given = await asyncio.gather(*(answers(database) for _ in range(9)), return_exceptions=True)
            assert all(isinstance(error, psycopg.OperationalError) for error in given), given

    played(scene)


def test_where_no_more_sessions_can_be_had_those_that_there_are_serve_all(committed_url):
    async def scene():
        async with frail_database(committed_url, max_size=3) as (server, database):
            server._server.close()
            server._socket.unlink()
            assert await asyncio.gather(*(answers(database) for _ in range(50))) == [True] * 50
            assert server.opened == 1

    played(scene)


def test_a_commit_whose_answer_is_lost_is_told_from_a_failure(committed_url):
    async def scene():
        async with frail_database(committed_url) as (server, database):
            with pytest.raises(CommitLost):
                async with database.transaction() as db:
                    await db.execute("create table kept (n int)")
                    _lose_next_answer(server)

    played(scene)


def test_a_commit_whose_answer_is_lost_is_not_done_again(committed_url):
    async def scene():
        async with frail_database(committed_url) as (server, database):
            async with database.transaction() as db:
                version = db.version
            with pytest.raises(CommitLost):
                async with database.transaction(version) as db:
                    db.along("create table kept (n int)")
                    _lose_next_answer(server)

    played(scene)


def test_a_session_that_ends_before_its_first_statement_costs_only_another_beginning(committed_url):
    async def scene():
        async with frail_database(committed_url) as (server, database):
            async with database.transaction() as db:
                version = db.version
            with pytest.raises(OtherVersion):
                async with database.transaction(version) as db:
                    server.reset()
                    await db.value("select 1")
            assert await answers(database)

    played(scene)


def _lose_next_answer(server):
    """The statement is taken, and then the session ends."""
    server.freeze()
    asyncio.get_running_loop().call_later(0.1, server.reset)
