"""A real PostgreSQL for every test: a template database per schema, a clone per worker, a rollback per test."""

from __future__ import annotations

import hashlib
import os
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import psycopg
import pytest
from psycopg import sql
from psycopg.conninfo import make_conninfo
from psycopg.pq import TransactionStatus

from entrepot import access, app, migrations
from entrepot.app import new_services
from entrepot.catalog.products import types
from entrepot.kit.context import ActorType, Context, Services
from entrepot.kit.db import Database, Db
from entrepot.kit.errors import Refused
from entrepot.settings import Settings
from tests.rest_client import RestClient

ROOT = Path(__file__).parent.parent


class RollbackDatabase(Database):
    """A database whose transactions are savepoints of one that is never committed."""

    current: Db | None = None

    @asynccontextmanager
    async def transaction(self, supposed: int | None = None) -> AsyncIterator[Db]:
        assert self.current is not None, "ask for the `ctx`, `db` or `client` fixture"
        kept: Refused | None = None
        await self.current.send()
        db = Db(self.current.connection)
        async with self.current.connection.transaction():
            try:
                yield db
            except Refused as refusal:
                if not refusal.keeps_effects:
                    raise
                kept = refusal
            finally:
                # So that a test can hold a whole page or call to its statements.
                self.current.statements += db.statements
            await db.send()
        if kept is not None:
            raise kept

    async def keep(self, db: Db) -> None:
        """Nothing is ever committed here; tests of what must be kept take `committed_url`."""


@pytest.fixture(scope="session")
def server_url() -> Iterator[str]:
    """A server that may create databases: ENTREPOT_TEST_DATABASE_URL, or one of the wheel's in var/test."""
    if url := os.environ.get("ENTREPOT_TEST_DATABASE_URL"):
        yield url
        return
    from entrepot.kit import postgres

    server = postgres.start(ROOT / "var" / "test", durable=False)
    yield server.url
    server.release()


@pytest.fixture(scope="session")
def template(server_url: str) -> str:
    """The name of a database that has the schema of these files."""
    files = sorted([*migrations.VERSIONS.glob("*.sql"), *migrations.VERSIONS.glob("*.py"), *ROOT.glob("src/**/*.csv")])
    digest = hashlib.sha256(b"".join(path.read_bytes() for path in files)).hexdigest()[:12]
    name = f"entrepot_template_{digest}"
    with psycopg.connect(server_url, autocommit=True) as connection:
        connection.execute("select pg_advisory_lock(hashtext('entrepot test template'))")
        if not connection.execute("select 1 from pg_database where datname = %s", (name,)).fetchone():
            making = f"{name}_making"
            connection.execute(sql.SQL("drop database if exists {}").format(sql.Identifier(making)))
            connection.execute(sql.SQL("create database {}").format(sql.Identifier(making)))
            migrations.upgrade(make_conninfo(server_url, dbname=making))
            connection.execute(sql.SQL("alter database {} rename to {}").format(*map(sql.Identifier, (making, name))))
        connection.execute("select pg_advisory_unlock(hashtext('entrepot test template'))")
    return name


@pytest.fixture(scope="session")
def database_url(server_url: str, template: str) -> Iterator[str]:
    """A database of this worker's own. Tests that commit must clean up, or take `committed_url`."""
    with _clone(server_url, template, f"entrepot_test_{os.getpid()}") as url:
        yield url


@pytest.fixture
def committed_url(server_url: str, template: str) -> Iterator[str]:
    """A fresh database for one test that commits: races, whole servers."""
    with _clone(server_url, template, f"entrepot_committed_{os.getpid()}") as url:
        yield url


@pytest.fixture(scope="module")
def committed_url_of_module(server_url: str, template: str) -> Iterator[str]:
    """The same for all tests of a module, which keep out of each other's way: a server takes long to start."""
    with _clone(server_url, template, f"entrepot_module_{os.getpid()}") as url:
        yield url


class _clone:
    def __init__(self, server_url: str, template: str, name: str) -> None:
        self.server_url, self.template, self.name = server_url, template, name

    def __enter__(self) -> str:
        with psycopg.connect(self.server_url, autocommit=True) as connection:
            connection.execute(sql.SQL("drop database if exists {} with (force)").format(sql.Identifier(self.name)))
            connection.execute(
                sql.SQL("create database {} template {} strategy wal_log").format(
                    sql.Identifier(self.name), sql.Identifier(self.template)
                )
            )
        return make_conninfo(self.server_url, dbname=self.name)

    def __exit__(self, *_: object) -> None:
        with psycopg.connect(self.server_url, autocommit=True) as connection:
            connection.execute(sql.SQL("drop database if exists {} with (force)").format(sql.Identifier(self.name)))


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("home")


@pytest.fixture(scope="session")
async def services(database_url: str, home: Path) -> AsyncIterator[Services]:
    """The process of the tests, over the database that is rolled back after each."""
    database = RollbackDatabase(database_url, max_size=2)
    await database.open()
    # The rules of these types are there, and tested; what sells them comes from elsewhere.
    types.sell(types.BUNDLE, types.CONFIGURABLE, types.GROUPED)
    yield new_services(Settings(home=home, database_url=database_url), database)
    await database.close()


@pytest.fixture
async def db(services: Services) -> AsyncIterator[Db]:
    """A transaction that is rolled back at the end of the test."""
    database = services.database
    assert isinstance(database, RollbackDatabase)
    async with Database.transaction(database) as db:
        database.current = db
        try:
            yield db
        finally:
            database.current = None
            ended_early = db.connection.info.transaction_status is TransactionStatus.IDLE
            await db.rollback()
        assert not ended_early, "the test ended its transaction, so that what came after was committed"


@pytest.fixture
async def ctx(services: Services, db: Db) -> Context:
    """A context of the program itself, in the admin store."""
    return await services.context(db)


@pytest.fixture
def rest(services: Services, db: Db) -> RestClient:
    """A guest at the whole REST interface; `rest.as_caller(token)` is somebody."""
    return RestClient(app.rest(services))


@pytest.fixture
async def admin(ctx: Context, rest: RestClient) -> RestClient:
    """An administrator with full access."""
    await access.ensure_first_administrator(ctx, ctx.settings)
    user = await access.find_user_by_name(ctx, "admin")
    assert user is not None
    return rest.as_caller(await access.issue(ctx, ActorType.ADMIN, user.user_id))
