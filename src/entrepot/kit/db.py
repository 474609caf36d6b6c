"""The database, as the rest of the program sees it: rows into Structs, one transaction at a time.

Nobody below the edge commits. The edge is `Database.transaction()`: it commits when its block ends and rolls back when
the block raises. A part that may fail on its own runs in `db.savepoint()`.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import AsyncIterator, Callable, Iterable, Mapping
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from functools import cache, lru_cache, partial
from typing import Any, LiteralString, TypeVar, cast

from msgspec import Struct
from psycopg import AsyncClientCursor, AsyncCursor, Error, OperationalError, sql
from psycopg.rows import tuple_row

from entrepot.kit.arrays import adapters
from entrepot.kit.connection import WatchedConnection
from entrepot.kit.errors import Refused
from entrepot.kit.pool import Pool
from entrepot.kit.statements import Call

T = TypeVar("T")
Query = LiteralString | sql.Composed | sql.SQL
"""A constant statement, or one composed with `psycopg.sql`. Never text made from values."""
Cursor = AsyncCursor[tuple[Any, ...]]
Columns = tuple[str, ...]


class OtherVersion(BaseException):
    """The shared state has another version than the transaction supposed. It did nothing: begin again, and ask first.

    Also raised where the session had ended since it was used last. No Exception, so that nobody below the edge takes it
    for a failure to be dealt with.
    """


class CommitLost(OperationalError):
    """The session ended while it committed: what the transaction did is there, or it is not.

    Whoever repeats the call has to look, or to have an Idempotency-Key.
    """


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
        self._waiting: list[Call] = []
        self._asked: Call | None = None
        """Whether the version is what is supposed, while the transaction has not begun."""

    def suppose(self, version: int) -> None:
        """For the edge: begin with the first statement, which raises OtherVersion if it is another, as does the end."""
        self.version = version
        self._asked = self.connection.statement(IS_VERSION).call([version])
        self._waiting = [self.connection.statement(BEGIN).call(()), self._asked]

    async def all(self, row: type[T], query: Query, /, **parameters: Any) -> list[T]:
        rows, columns = await self._found(query, parameters)
        return _made(row, columns, rows)

    async def one_or_none(self, row: type[T], query: Query, /, **parameters: Any) -> T | None:
        rows, columns = await self._found(query, parameters)
        return _made(row, columns, rows[:1])[0] if rows else None

    async def one(self, row: type[T], query: Query, /, **parameters: Any) -> T:
        """Raises NoRow: use it where a missing row is a bug."""
        found = await self.one_or_none(row, query, **parameters)
        if found is None:
            raise NoRow(query)
        return found

    async def value(self, query: Query, /, **parameters: Any) -> Any:
        """The first column of the first row, or None."""
        rows, _ = await self._found(query, parameters)
        return rows[0][0] if rows else None

    async def values(self, query: Query, /, **parameters: Any) -> list[Any]:
        """The first column of every row."""
        rows, _ = await self._found(query, parameters)
        return [first for first, *_ in rows]

    async def execute(self, query: Query, /, **parameters: Any) -> int:
        """The number of rows that were touched."""
        done = await self._run(query, parameters)
        return done.rowcount

    def along(self, query: LiteralString, /, **parameters: Any) -> Call:
        """Do it together with the next statement, before that, or with the commit: one round trip less.

        For what the caller does not have to know before; what it answers is there after the next statement. A failure
        is raised by what it went along with. Dropped with the transaction when that is rolled back.
        """
        self.statements += 1
        call = self._call(query, parameters)
        self._waiting.append(call)
        return call

    async def answer(self, call: Call) -> Any:
        """The first column of the first row of what goes along, which is done now at the latest."""
        await self.send()
        return call.rows[0][0]

    async def send(self) -> None:
        """Do now what waits to go along."""
        if self._waiting:
            await self._send([])

    async def commit(self) -> None:
        """For the edge: nobody below it commits."""
        if self._asked is not None and len(self._waiting) == len((BEGIN, IS_VERSION)):
            await self.confirm()
            return
        try:
            await self._send([self.connection.statement(COMMIT).call(())], commits=True)
        except OperationalError as error:
            if self._is_unsure():
                raise CommitLost(f"the connection was lost during a commit: {error}") from error
            raise

    async def confirm(self) -> None:
        """For the edge: raises OtherVersion if nothing was sent yet, and what was supposed is wrong."""
        if self._asked is not None:
            self._waiting = [self._asked]
            await self._send([])

    async def rollback(self) -> None:
        """For the edge, too."""
        self._waiting.clear()
        await self.connection.rollback()

    async def execute_many(self, query: Query, rows: Iterable[Mapping[str, Any]], /) -> None:
        """One statement for many sets of parameters, in one round trip. Prefer `unnest` where it reads as well."""
        await self.send()
        self.statements += 1
        async with self.connection.cursor() as cursor:
            await cursor.executemany(query, list(rows))

    @asynccontextmanager
    async def savepoint(self) -> AsyncIterator[None]:
        """A part that may fail: what it did is undone when its block raises, the transaction goes on."""
        await self.send()
        self._savepoints += 1
        try:
            async with self.connection.transaction():
                yield
                await self.send()
        except BaseException:
            self._waiting.clear()
            raise
        finally:
            self._savepoints -= 1

    @asynccontextmanager
    async def released(self) -> AsyncIterator[None]:
        """The block waits for somebody else, such as another service, and the connection can serve others meanwhile.

        The transaction ends before it and another one begins behind it, so what is read there may be newer. That must
        not cut in two what belongs together: after a row was written or locked, and in a savepoint, the transaction
        goes on instead, with the connection held. Other locks (`pg_advisory_xact_lock`) must not be held here.
        """
        await self.send()
        if self.away is None or self._savepoints or await self.value(IS_TOUCHED):
            yield
            return
        async with self.away():
            yield

    async def _found(self, query: Query, parameters: Mapping[str, Any]) -> tuple[list[tuple[Any, ...]], Columns]:
        done = await self._run(query, parameters)
        if isinstance(done, Call):
            rows = done.rows
            return rows, done.columns
        return await done.fetchall(), tuple(column.name for column in done.description or ())

    async def _run(self, query: Query, parameters: Mapping[str, Any]) -> Call | Cursor:
        self.statements += 1
        if isinstance(query, sql.Composable) or _BINARY.search(query):
            # What is composed for one request is planned for its values, which psycopg writes into the text.
            kind = AsyncClientCursor if isinstance(query, sql.Composable) else AsyncCursor
            await self.send()
            return await kind(self.connection, row_factory=tuple_row).execute(query, parameters or None)
        call = self._call(query, parameters)
        await self._send([call])
        return call

    def _call(self, query: LiteralString, parameters: Mapping[str, Any]) -> Call:
        if not parameters:
            return self.connection.statement(query.encode()).call(())
        text, names = _numbered(query)
        return self.connection.statement(text).call([parameters[name] for name in names])

    async def _send(self, calls: list[Call], *, commits: bool = False) -> None:
        waiting, self._waiting = self._waiting, []
        asked, self._asked = self._asked, None
        try:
            await self.connection.trip(waiting + calls)
        except Error as error:
            # A commit whose answer was lost may have happened, so that to begin again could do it twice.
            if asked is not None and asked.result is None and not (commits and self._is_unsure()):
                raise OtherVersion from error
            raise

    def _is_unsure(self) -> bool:
        """Whether what was sent last may have been done though its answer did not come."""
        return self.connection.closed and self.connection.may_have_arrived


def _made(row: type[T], columns: Columns, rows: list[tuple[Any, ...]]) -> list[T]:
    """Each row as what it is to become."""
    if row is tuple:
        return cast(list[T], rows)
    if _takes(cast(type, row), columns):
        return [row(*values) for values in rows]
    return [row(**dict(zip(columns, values, strict=True))) for values in rows]


@cache
def _takes(row: type, columns: Columns) -> bool:
    """Whether its fields are the columns in their order, and need not be named."""
    if not issubclass(row, Struct):
        return False
    fields = inspect.signature(row).parameters
    return tuple(fields) == columns and all(one.kind is one.POSITIONAL_OR_KEYWORD for one in fields.values())


_PLACEHOLDER = re.compile(r"%\((\w+)\)s|%%")
_BINARY = re.compile(r"%\(\w+\)b")


@lru_cache(maxsize=4096)
def _numbered(query: LiteralString) -> tuple[bytes, tuple[str, ...]]:
    """The statement with PostgreSQL's own placeholders, and the names of its parameters in their order."""
    names: dict[str, str] = {}

    def number(found: re.Match[str]) -> str:
        name = found[1]
        return names.setdefault(name, f"${len(names) + 1}") if name else "%"

    return _PLACEHOLDER.sub(number, query).encode(), tuple(names)


IS_TOUCHED = "select pg_current_xact_id_if_assigned() is not null"
"""Whether the transaction wrote or locked a row."""


SESSION = "-c timezone=UTC -c random_page_cost=1.1 -c statement_timeout=30s -c idle_in_transaction_session_timeout=60s"
"""A statement that runs away, or a process that hangs inside a transaction, holds its locks no longer than this."""


BEGIN = b"begin"
VERSION = b"select version from shared_version"
IS_VERSION = b"select 1 / (version = $1)::int from shared_version"
"""Fails if it is not, so that nothing behind it is done."""
COMMIT = b"commit"


class Database:
    """One PostgreSQL, and the connections to it."""

    def __init__(self, url: str, *, max_size: int = 10) -> None:
        self.url = url
        # We begin transactions and prepare statements ourselves.
        options = {"options": SESSION, "autocommit": True, "prepare_threshold": None, "context": adapters}
        self._pool = Pool(url, max_size=max_size, options=options)

    async def open(self) -> None:
        """Raises psycopg.OperationalError if PostgreSQL cannot be reached."""
        await self._pool.open()

    async def close(self) -> None:
        await self._pool.close()

    @asynccontextmanager
    async def transaction(self, supposed: int | None = None) -> AsyncIterator[Db]:
        """One transaction: committed when the block ends, rolled back when it raises.

        The one exception is a refusal that `keeps_effects`: it commits, and is raised on.

        Whoever supposes to know the version of the shared state saves a round trip, and gets OtherVersion, with nothing
        done, if that has changed.
        """
        async with AsyncExitStack() as stack:
            db = await self._begin(stack, supposed)
            db.away = partial(self._away, db, stack)
            try:
                yield db
            except Exception as error:
                if isinstance(error, Refused) and error.keeps_effects:
                    await db.commit()
                else:
                    await db.confirm()
                raise
            await db.commit()

    async def keep(self, db: Db) -> None:
        """Commit what the transaction of `db` did so far, and go on in a new one.

        For what a refusal must not undo, though it is decided before the operation runs: that a nonce was used. Locks
        are lost; so this belongs to the edge, never into an operation.
        """
        await db.commit()
        await db.execute("begin")

    @asynccontextmanager
    async def _away(self, db: Db, stack: AsyncExitStack) -> AsyncIterator[None]:
        await stack.aclose()
        try:
            yield
        finally:
            db.connection = (await self._begin(stack)).connection

    async def _begin(self, stack: AsyncExitStack, supposed: int | None = None) -> Db:
        """A connection of the pool inside a new transaction, given back when the stack ends.

        A session that ended so shortly before that nobody knew of it, as in a restart, costs another attempt.
        """
        for attempt in range(self._pool.max_size + 1):
            connection = await stack.enter_async_context(self._pool.connection())
            if supposed is not None:
                db = Db(connection)
                db.suppose(supposed)
                return db
            try:
                return Db(connection, await _open(connection))
            except OperationalError:
                if not connection.closed or attempt == self._pool.max_size:
                    raise
                await stack.aclose()
        raise AssertionError("unreachable")


async def _open(connection: WatchedConnection) -> int:
    """Begin a transaction; the version of the shared state, read on the way."""
    version = connection.statement(VERSION).call(())
    await connection.trip([connection.statement(BEGIN).call(()), version])
    return int(version.rows[0][0])
