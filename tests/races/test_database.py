"""The pool of connections when PostgreSQL takes connections away, as a restart does."""

import psycopg
import pytest

from entrepot.kit.db import Database
from entrepot.kit.errors import Refused

TERMINATE = """
    select pg_terminate_backend(pid)
    from pg_stat_activity
    where datname = current_database()
    and pid <> pg_backend_pid()
"""
NAME = "select name from website where website_id = 1"
RENAME = "update website set name = %(name)s where website_id = 1"


@pytest.fixture
async def database(committed_url):
    database = Database(committed_url, max_size=3)
    await database.open()
    yield database
    await database.close()


async def test_connections_that_died_while_idle_cost_no_transaction(database, committed_url):
    async with database.transaction() as db:
        assert await db.value(NAME) == "Main Website"
    with psycopg.connect(committed_url, autocommit=True) as other:
        other.execute(TERMINATE)

    async with database.transaction() as db:
        assert await db.value(NAME) == "Main Website"


async def test_a_transaction_commits_when_its_block_ends(database):
    async with database.transaction() as db:
        await db.execute(RENAME, name="Committed")
    async with database.transaction() as db:
        assert await db.value(NAME) == "Committed"


async def test_a_transaction_rolls_back_when_its_block_raises(database):
    with pytest.raises(RuntimeError):
        async with database.transaction() as db:
            await db.execute(RENAME, name="Lost")
            raise RuntimeError
    async with database.transaction() as db:
        assert await db.value(NAME) == "Main Website"


async def test_a_refusal_may_keep_its_effects(database):
    class Counted(Refused):
        message = "Counted."
        keeps_effects = True

    with pytest.raises(Counted):
        async with database.transaction() as db:
            await db.execute(RENAME, name="Counted")
            raise Counted
    async with database.transaction() as db:
        assert await db.value(NAME) == "Counted"


async def test_a_savepoint_undoes_its_part_only(database):
    async with database.transaction() as db:
        await db.execute(RENAME, name="Kept")
        with pytest.raises(RuntimeError):
            async with db.savepoint():
                await db.execute(RENAME, name="Undone")
                raise RuntimeError
    async with database.transaction() as db:
        assert await db.value(NAME) == "Kept"
