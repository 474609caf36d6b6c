"""The connections of one process to PostgreSQL: as many at once as are allowed, and made when they are needed.

Whoever needs one when PostgreSQL is away tries until it has been away for a few seconds, so that a restart costs nobody
more than a moment. After that calls fail at once, and the first that comes when PostgreSQL is back has a connection at
once: there are no growing pauses, and nothing in the background that could die or fall behind.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress
from time import monotonic
from typing import Any

from psycopg import OperationalError
from psycopg.conninfo import conninfo_to_dict

from entrepot.kit.connection import WatchedConnection

PATIENCE_S = 4.0
"""So long after PostgreSQL went away it is waited for."""

WAIT_S = 8.0
"""Nobody waits longer for a connection, whatever the reason."""

PAUSE_S = 0.2
"""Between two attempts to connect. Meanwhile somebody may give a connection back."""

IDLE_S = 600.0
"""A connection that was not needed for so long is closed."""

AGE_S = 3600.0
"""And one that is so old: a session of PostgreSQL keeps what it learnt of every table."""

REACHABLE: Mapping[str, Any] = {
    "connect_timeout": 3,
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 8000,
}
"""In seconds, the last in milliseconds: how soon a machine that has vanished without a word counts as gone."""


def reachable(url: str) -> dict[str, Any]:
    """REACHABLE, without what the URL says itself."""
    given = conninfo_to_dict(url)
    return {name: value for name, value in REACHABLE.items() if name not in given}


class NoConnection(OperationalError):
    """None became free in time."""


class Pool:
    """Connections to one PostgreSQL. Whoever waits for one comes in the order of asking."""

    def __init__(self, url: str, *, max_size: int, options: Mapping[str, Any]) -> None:
        self.url = url
        self.max_size = max_size
        self._options = {**reachable(url), **options}
        self._turns = asyncio.Semaphore(max_size)
        self._idle: list[WatchedConnection] = []
        """Those that were used last come last, and are used first."""
        self._waiting: deque[asyncio.Future[WatchedConnection]] = deque()
        """Those who have their turn, but no connection, because none could be made."""
        self._lent = 0
        self._away_since: float | None = None
        self._is_closed = False

    async def open(self) -> None:
        """Raises OperationalError if PostgreSQL cannot be reached."""
        async with self.connection():
            pass

    async def close(self) -> None:
        """Connections that are in use are closed when they are given back."""
        self._is_closed = True
        while self._idle:
            await self._idle.pop().close()

    @asynccontextmanager
    async def connection(self) -> AsyncIterator[WatchedConnection]:
        """One that nobody else has meanwhile. A transaction that the block leaves open is rolled back.

        Raises NoConnection, or why none can be made, as OperationalError.
        """
        until = monotonic() + WAIT_S
        await self._turn(until)
        try:
            connection = await self._taken(until)
            try:
                yield connection
            finally:
                await self._give_back(connection)
        finally:
            self._turns.release()

    async def _turn(self, until: float) -> None:
        if not self._turns.locked():
            await self._turns.acquire()
            return
        try:
            async with asyncio.timeout(until - monotonic()):
                await self._turns.acquire()
        except TimeoutError as error:
            raise NoConnection("all connections were in use for too long") from error

    async def _taken(self, until: float) -> WatchedConnection:
        if self._is_closed:
            raise NoConnection("the connections are closed")
        while self._idle:
            connection = self._idle.pop()
            if not connection.has_ended():
                self._lent += 1
                return connection
            await connection.close()
        connection = await self._made(until)
        self._lent += 1
        return connection

    async def _made(self, until: float) -> WatchedConnection:
        """A new one, or one that was given back while none could be made."""
        while True:
            try:
                return await self._connected(until)
            except OperationalError:
                now = monotonic()
                self._away_since = self._away_since or now
                # As long as others have connections, it is the number of them that is short, and one will come back.
                if now > until or (self._lent == 0 and now > self._away_since + PATIENCE_S):
                    raise
                if (returned := await self._returned()) is not None:
                    return returned

    async def _connected(self, until: float) -> WatchedConnection:
        try:
            async with asyncio.timeout(max(until - monotonic(), PAUSE_S)):
                connection = await WatchedConnection.connect(self.url, **self._options)
        except TimeoutError as error:
            raise NoConnection("PostgreSQL does not answer") from error
        self._away_since = None
        return connection

    async def _returned(self) -> WatchedConnection | None:
        """One that is given back within the pause."""
        waiter: asyncio.Future[WatchedConnection] = asyncio.get_running_loop().create_future()
        self._waiting.append(waiter)
        try:
            await asyncio.wait((waiter,), timeout=PAUSE_S)
        except asyncio.CancelledError:
            if waiter.done():
                self._pass_on(waiter.result())
            raise
        finally:
            with suppress(ValueError):
                self._waiting.remove(waiter)
        return waiter.result() if waiter.done() else None

    async def _give_back(self, connection: WatchedConnection) -> None:
        try:
            await connection.settle()
        except BaseException:
            await connection.close()
            raise
        finally:
            self._lent -= 1
            now = monotonic()
            if not connection.closed and (self._is_closed or now > connection.opened_at + AGE_S):
                await connection.close()
            if not connection.closed:
                connection.used_at = now
                self._pass_on(connection)
            while self._idle and now > self._idle[0].used_at + IDLE_S:
                await self._idle.pop(0).close()

    def _pass_on(self, connection: WatchedConnection) -> None:
        if self._waiting:
            self._waiting.popleft().set_result(connection)
        else:
            self._idle.append(connection)
