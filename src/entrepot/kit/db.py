"""The database, as the rest of the program sees it: rows into Structs, one transaction at a time.

Nobody below the edge commits. The edge is `Database.transaction()`: it commits when its block ends and rolls back when
the block raises. A part that may fail on its own runs in `db.savepoint()`.
"""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Callable, Iterable, Mapping
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from functools import lru_cache, partial
from typing import Any, LiteralString, TypeVar, cast

from psycopg import AsyncClientCursor, AsyncCursor, OperationalError, sql
from psycopg.rows import tuple_row
from psycopg_pool import AsyncConnectionPool

from entrepot.kit.connection import Statement, WatchedConnection, columns
from entrepot.kit.errors import Refused

T = TypeVar("T")
Query = LiteralString | sql.Composed | sql.SQL
"""A constant statement, or one composed with `psycopg.sql`. Never text made from values."""
Cursor = AsyncCursor[tuple[Any, ...]]

MOST_KEPT_ROWS = 100
"""The cursor of a statement holds on to the rows of its last answer; one that had more is not kept."""


class NoRow(LookupError):
    """A query that must give a row gave none."""


class Db:
    """One connection inside its transaction.

    `row` is the type that a row becomes: a Struct or dataclass whose fields are the columns' names, `dict` or `tuple`.
    """

    def __init__(self, connection: WatchedConnection, version: int | None = None) -> None:
        self.connection = connection
        self.version = version
        """That of the shared state, when it was read as the transaction began."""
        self.statements = 0
        """How many statements ran; tests hold operations to their budget by it."""
        self.away: Callable[[], AbstractAsyncContextManager[None]] | None = None
        """Gives the connection back to the pool for a while; None where nobody may."""
        self._savepoints = 0

    async def all(self, row: type[T], query: Query, /, **parameters: Any) -> list[T]:
        cursor = await self._run(query, parameters)
        return _made(row, cursor, await self._fetched(cursor))

    async def one_or_none(self, row: type[T], query: Query, /, **parameters: Any) -> T | None:
        cursor = await self._run(query, parameters)
        found = await cursor.fetchone()
        return _made(row, cursor, [found])[0] if found is not None else None

    async def one(self, row: type[T], query: Query, /, **parameters: Any) -> T:
        """Raises NoRow: use it where a missing row is a bug."""
        found = await self.one_or_none(row, query, **parameters)
        if found is None:
            raise NoRow(query)
        return found

    async def value(self, query: Query, /, **parameters: Any) -> Any:
        """The first column of the first row, or None."""
        found = await (await self._run(query, parameters)).fetchone()
        return found[0] if found is not None else None

    async def values(self, query: Query, /, **parameters: Any) -> list[Any]:
        """The first column of every row."""
        cursor = await self._run(query, parameters)
        return [first for first, *_ in await self._fetched(cursor)]

    async def execute(self, query: Query, /, **parameters: Any) -> int:
        """The number of rows that were touched."""
        return (await self._run(query, parameters)).rowcount

    async def execute_many(self, query: Query, rows: Iterable[Mapping[str, Any]], /) -> None:
        """One statement for many sets of parameters, in one round trip. Prefer `unnest` where it reads as well."""
        self.statements += 1
        async with self.connection.cursor() as cursor:
            await cursor.executemany(query, list(rows))

    @asynccontextmanager
    async def savepoint(self) -> AsyncIterator[None]:
        """A part that may fail: what it did is undone when its block raises, the transaction goes on."""
        self._savepoints += 1
        try:
            async with self.connection.transaction():
                yield
        finally:
            self._savepoints -= 1

    @asynccontextmanager
    async def released(self) -> AsyncIterator[None]:
        """The block waits for somebody else, such as another service, and the connection can serve others meanwhile.

        The transaction ends before it and another one begins behind it, so what is read there may be newer. That must
        not cut in two what belongs together: after a row was written or locked, and in a savepoint, the transaction
        goes on instead, with the connection held. Other locks (`pg_advisory_xact_lock`) must not be held here.
        """
        if self.away is None or self._savepoints or await self.value(IS_TOUCHED):
            yield
            return
        async with self.away():
            yield

    @asynccontextmanager
    async def pipeline(self) -> AsyncIterator[None]:
        """Statements in the block share round trips."""
        async with self.connection.pipeline():
            yield

    async def _run(self, query: Query, parameters: Mapping[str, Any]) -> Cursor:
        self.statements += 1
        ready = _numbered(query) if parameters and isinstance(query, str) else None
        if ready is None:
            # What is composed for one request is planned for its values, which psycopg writes into the text.
            kind = AsyncClientCursor if isinstance(query, sql.Composable) else AsyncCursor
            return await kind(self.connection, row_factory=tuple_row).execute(query, parameters or None)
        numbered, names = ready
        return await self.connection.statement(numbered).execute(numbered, [parameters[name] for name in names])

    async def _fetched(self, cursor: Cursor) -> list[tuple[Any, ...]]:
        rows = await cursor.fetchall()
        if len(rows) > MOST_KEPT_ROWS and isinstance(cursor, Statement):
            self.connection.forget(cursor)
        return rows


def _made(row: type[T], cursor: Cursor, rows: list[tuple[Any, ...]]) -> list[T]:
    """Each row as what it is to become."""
    if row is tuple:
        return cast(list[T], rows)
    names = cursor.columns if isinstance(cursor, Statement) else columns(cursor)
    return [row(**dict(zip(names, values, strict=True))) for values in rows]


_PLACEHOLDER = re.compile(r"%\((\w+)\)s|%%")
_BINARY = re.compile(r"%\(\w+\)b")


@lru_cache(maxsize=4096)
def _numbered(query: LiteralString) -> tuple[bytes, tuple[str, ...]] | None:
    """The statement with PostgreSQL's own placeholders, and the names of its parameters in their order.

    psycopg reads a statement of more than 4 kB anew each time it runs, which costs more than to run it. None for a
    statement that wants a parameter in binary, `%(x)b`, which PostgreSQL's placeholders cannot say.
    """
    if _BINARY.search(query):
        return None
    names: dict[str, str] = {}

    def number(found: re.Match[str]) -> str:
        name = found[1]
        return names.setdefault(name, f"${len(names) + 1}") if name else "%"

    return _PLACEHOLDER.sub(number, query).encode(), tuple(names)


IS_TOUCHED = "select pg_current_xact_id_if_assigned() is not null"
"""Whether the transaction wrote or locked a row."""


SESSION = "-c timezone=UTC -c random_page_cost=1.1 -c statement_timeout=30s -c idle_in_transaction_session_timeout=60s"
"""A statement that runs away, or a process that hangs inside a transaction, holds its locks no longer than this."""


OPENING = b"begin; select version from shared_version"
"""One round trip: the transaction begins and the shared state's version is known."""


class Database:
    """The pool of connections to one PostgreSQL."""

    def __init__(self, url: str, *, min_size: int = 1, max_size: int = 10) -> None:
        self.url = url
        self._pool: AsyncConnectionPool[WatchedConnection] = AsyncConnectionPool(
            url,
            connection_class=WatchedConnection,
            min_size=min_size,
            max_size=max_size,
            open=False,
            # Transactions are begun by us, see OPENING.
            kwargs={"options": SESSION, "autocommit": True},
        )

    async def open(self) -> None:
        await self._pool.open(wait=True)

    async def close(self) -> None:
        await self._pool.close()

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[Db]:
        """One transaction: committed when the block ends, rolled back when it raises.

        The one exception is a refusal that `keeps_effects`: it commits, and is raised on.
        """
        async with AsyncExitStack() as stack:
            db = Db(*await self._begin(stack))
            db.away = partial(self._away, db, stack)
            try:
                yield db
            except Refused as refusal:
                if refusal.keeps_effects:
                    await db.connection.commit()
                raise

    async def keep(self, db: Db) -> None:
        """Commit what the transaction of `db` did so far, and go on in a new one.

        For what a refusal must not undo, though it is decided before the operation runs: that a nonce was used. Locks
        are lost; so this belongs to the edge, never into an operation.
        """
        await db.connection.commit()
        await db.connection.execute("begin")

    @asynccontextmanager
    async def _away(self, db: Db, stack: AsyncExitStack) -> AsyncIterator[None]:
        await stack.aclose()
        try:
            yield
        finally:
            db.connection, _ = await self._begin(stack)

    async def _begin(self, stack: AsyncExitStack) -> tuple[WatchedConnection, int]:
        """A connection of the pool inside a new transaction, given back when the stack ends.

        Connections that died since they were used last, because PostgreSQL was restarted, are dropped on the way.
        """
        for attempt in range(self._pool.max_size + 1):
            connection = await stack.enter_async_context(self._pool.connection())
            try:
                return connection, await _open(connection)
            except OperationalError:
                if not connection.broken or attempt == self._pool.max_size:
                    raise
                await stack.aclose()
        raise AssertionError("unreachable")


async def _open(connection: WatchedConnection) -> int:
    # Two statements in one text cannot be prepared.
    cursor = await connection.statement(OPENING).execute(OPENING, prepare=False)
    cursor.nextset()
    row = await cursor.fetchone()
    return int(row[0]) if row else 0
