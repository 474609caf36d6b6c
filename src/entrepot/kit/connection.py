"""A connection to PostgreSQL as cheap to use as psycopg allows: a statement costs half of what it does otherwise.

- psycopg asks the event loop to watch the socket for every answer and takes that back behind it: two system calls with
  their bookkeeping. Here the socket stays watched while nothing goes wrong.
- A cursor learns how to write the parameters and read the rows of a statement the first time. Here it is kept, so that
  the next call with the same statement knows that already.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from contextlib import suppress
from functools import cached_property
from typing import Any, TypeVar

from psycopg import AsyncConnection, AsyncCursor, AsyncRawCursor
from psycopg.abc import PQGen
from psycopg.errors import OperationalError, QueryCanceled
from psycopg.pq import TransactionStatus
from psycopg.waiting import Ready, Wait

T = TypeVar("T")

INTERVAL_S = 0.1
"""After so long psycopg looks for signals, unless it is told otherwise. The event loop sees them by itself."""

CANCEL_S = 5.0
"""How long a statement that nobody waits for any more has to end."""

STATEMENTS = 100
"""So many cursors are kept: as many as psycopg keeps statements prepared in a session."""


class Statement(AsyncRawCursor[tuple[Any, ...]]):
    """The cursor of one constant statement, and of no other."""

    @cached_property
    def columns(self) -> tuple[str, ...]:
        """Their names, which are the same for every answer; to be asked for once there was one."""
        return columns(self)


def columns(cursor: AsyncCursor[Any]) -> tuple[str, ...]:
    """The names of the columns of the answer."""
    return tuple(column.name for column in cursor.description or ())


class WatchedConnection(AsyncConnection[Any]):
    """As psycopg's, in one event loop. Whoever gives it up closes it: the event loop holds on to it until then."""

    _loop: asyncio.AbstractEventLoop
    _watched: int | None = None
    """The socket, while the event loop watches it."""
    _answer: asyncio.Future[Ready] | None = None
    """What a call waits for: that something can be read or written."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._statements: OrderedDict[bytes, Statement] = OrderedDict()

    def statement(self, query: bytes) -> Statement:
        """The cursor that executes this text. Its answer is there until the next call with the same text."""
        known = self._statements.get(query)
        if known is None:
            known = self._statements[query] = Statement(self)
            if len(self._statements) > STATEMENTS:
                self._statements.popitem(last=False)
        else:
            self._statements.move_to_end(query)
        return known

    def forget(self, statement: Statement) -> None:
        """Do not keep this cursor, nor the rows that it holds."""
        self._statements = OrderedDict((text, one) for text, one in self._statements.items() if one is not statement)

    async def wait(  # The parameters are psycopg's.
        self,
        gen: PQGen[T],
        interval: float = INTERVAL_S,
        timeout: float | None = None,  # noqa: ASYNC109
    ) -> T:
        """Do the steps of `gen` as the socket allows. Who does not want to wait for ever does as psycopg does."""
        if timeout is not None or interval != INTERVAL_S:
            self._unwatch()
            return await super().wait(gen, interval, timeout)
        try:
            return await self._follow(gen)
        except asyncio.CancelledError:
            # The connection is to be used again, so the statement has to end, and its answer to be taken.
            if self.pgconn.transaction_status == TransactionStatus.ACTIVE:
                with suppress(OperationalError, QueryCanceled):
                    await self.cancel_safe(timeout=CANCEL_S)
                    await super().wait(gen, interval, CANCEL_S)
            raise

    async def close(self) -> None:
        self._unwatch()
        await super().close()

    async def _follow(self, gen: PQGen[T]) -> T:
        try:
            wanted = next(gen)
            while True:
                wanted = gen.send(await self._ready(wanted))
        except StopIteration as end:
            answer: T = end.value
            return answer
        except BaseException:
            # The socket may be closed already, and its number belong to another soon, which must not be watched for us.
            self._unwatch()
            raise

    async def _ready(self, wanted: Wait) -> Ready:
        self._watch()
        answer: asyncio.Future[Ready] = self._loop.create_future()
        self._answer = answer
        if not wanted & Wait.W:
            return await answer
        socket = self.pgconn.socket
        self._loop.add_writer(socket, self._wake, Ready.W)
        try:
            return await answer
        finally:
            self._loop.remove_writer(socket)

    def _watch(self) -> None:
        if self._watched is None:
            self._loop = asyncio.get_running_loop()
            self._watched = self.pgconn.socket
            self._loop.add_reader(self._watched, self._wake, Ready.R)

    def _unwatch(self) -> None:
        if self._watched is not None:
            self._loop.remove_reader(self._watched)
            self._watched = None

    def _wake(self, ready: Ready) -> None:
        answer, self._answer = self._answer, None
        if answer is None:
            # Nobody has asked for anything: a message, or the end of the connection, waits to be read by the next call.
            self._unwatch()
        elif not answer.done():
            answer.set_result(ready)
