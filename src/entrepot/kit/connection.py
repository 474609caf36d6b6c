"""A connection to PostgreSQL that is cheap to use (docs/decisions/0028-round-trips.md).

- psycopg asks the event loop to watch the socket for every answer and takes that back behind it: two system calls with
  their bookkeeping. Here the socket stays watched while nothing goes wrong.
- uvloop tells of a socket in error once and never again. So whoever waits a second time within an answer, or for longer
  than a second, has the socket watched anew: a session that is gone is noticed at once. And nobody waits for ever.
- Statements travel together: one round trip for as many of them as there are to send. They go past psycopg's cursors,
  to the library below them, by what psycopg says about types and rows (`statements.py`).
"""

from __future__ import annotations

import asyncio
import select
from collections import OrderedDict
from collections.abc import Sequence
from contextlib import suppress
from time import monotonic
from typing import Any, TypeVar

from psycopg import AsyncConnection
from psycopg.abc import PQGen
from psycopg.errors import Error, OperationalError, error_from_result
from psycopg.pq import ConnStatus, ExecStatus, TransactionStatus
from psycopg.pq.abc import PGresult
from psycopg.waiting import Ready, Wait

from entrepot.kit.statements import Call, Statement

T = TypeVar("T")

INTERVAL_S = 0.1
"""After so long psycopg looks for signals, unless it is told otherwise. The event loop sees them by itself."""

CANCEL_S = 2.0
"""How long a statement that nobody waits for any more has to end, before its session is given up."""

LOOK_S = 1.0
"""After so long a socket that is waited for is watched anew, whatever became of the first watch."""

SILENCE_S = 40.0
"""Nobody waits longer for a word of PostgreSQL, which itself ends a statement sooner (`SESSION` in db.py)."""

GONE = select.POLLHUP | select.POLLERR | select.POLLNVAL | getattr(select, "POLLRDHUP", 0)

STATEMENTS = 200
"""So many statements of a session are kept, those that were used last."""

CLOSE = b"deallocate "


class WatchedConnection(AsyncConnection[Any]):
    """As psycopg's, in one event loop. Whoever gives it up closes it: the event loop holds on to it until then.

    To be opened with `prepare_threshold=None`: a session in which psycopg prepares statements loses ours when it drops
    its own, as it does whenever a transaction is rolled back.
    """

    _loop: asyncio.AbstractEventLoop
    _watched: int | None = None
    """The socket, while the event loop watches it."""
    _answer: asyncio.Future[Ready] | None = None
    """What a call waits for: that something can be read or written."""
    _was_told = False
    """Whether the event loop has told of the socket since it was asked to watch it for this answer."""
    _silent_s = 0.0
    """How long the present wait is, to the second."""
    _timer: asyncio.TimerHandle | None = None
    may_have_arrived = False
    """Whether PostgreSQL may have got the last of the statements that were sent together."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.opened_at = self.used_at = monotonic()
        self._statements: OrderedDict[bytes, Statement] = OrderedDict()
        self._made = 0
        self._to_close: list[bytes] = []
        """Prepared statements that are not kept."""

    def statement(self, text: bytes) -> Statement:
        """With PostgreSQL's own placeholders, `$1`."""
        known = self._statements.get(text)
        if known is None:
            self._made += 1
            known = self._statements[text] = Statement(self, text, b"e%d_" % self._made)
            if len(self._statements) > STATEMENTS:
                _, oldest = self._statements.popitem(last=False)
                self._to_close += oldest.names.values()
        else:
            self._statements.move_to_end(text)
        return known

    async def trip(self, calls: Sequence[Call]) -> None:
        """Send these statements together and take their answers.

        Raises psycopg.Error for the first that fails; those behind it are not done then.
        """
        async with self.lock:
            self._was_told = False
            self.pgconn.enter_pipeline_mode()
            try:
                answers = await self._travel(calls)
            except asyncio.CancelledError:
                for call in calls:
                    call.statement.forget_names()
                await self._turn_back()
                raise
            except BaseException:
                # Whatever is under way, nobody will take it.
                await self.close()
                raise
            self.pgconn.exit_pipeline_mode()
        for call, answer in zip(calls, answers, strict=True):
            if answer.status == ExecStatus.FATAL_ERROR:
                error = error_from_result(answer, self.info.encoding)
                call.statement.forget(error)
                raise error
            call.result = answer

    async def _travel(self, calls: Sequence[Call]) -> list[PGresult]:
        self.may_have_arrived = False
        closed, self._to_close = self._to_close, []
        for name in closed:
            self.pgconn.send_query_params(CLOSE + name, [])
        sent_ahead = [call.statement.send(self.pgconn, call) for call in calls]
        self.pgconn.pipeline_sync()
        await self._flush()
        self.may_have_arrived = True
        for _ in closed:
            await self._answer_of_one()
        answers = [await self._answer_of(call, name) for call, name in zip(calls, sent_ahead, strict=True)]
        while await self._next() is None:
            pass
        return answers

    async def _answer_of(self, call: Call, name: bytes | None) -> PGresult:
        """`name` is that under which its text was sent ahead."""
        if name is None:
            return await self._answer_of_one()
        prepared = await self._answer_of_one()
        answer = await self._answer_of_one()
        if prepared.status == ExecStatus.COMMAND_OK:
            return answer
        call.statement.unlearn(name)
        return prepared

    async def _answer_of_one(self) -> PGresult:
        """What there is between two ends."""
        answer = await self._next()
        while answer is None:
            answer = await self._next()
        await self._next()
        return answer

    async def _flush(self) -> None:
        while self.pgconn.flush():
            if await self._ready(Wait.RW) & Ready.R:
                self.pgconn.consume_input()

    async def _next(self) -> PGresult | None:
        """An answer, or the end of one."""
        while self.pgconn.is_busy():
            await self._ready(Wait.R)
            self.pgconn.consume_input()
        answer = self.pgconn.get_result()
        if answer is None and self.pgconn.status == ConnStatus.BAD:
            raise OperationalError(self.pgconn.get_error_message())
        return answer

    async def _turn_back(self) -> None:
        """Nobody waits any more. The connection is to be used again, so what runs has to end and to be taken.

        A connection that does not get there in time is closed.
        """
        try:
            async with asyncio.timeout(CANCEL_S):
                await self.cancel_safe(timeout=CANCEL_S)
                await self._flush()
                while (answer := await self._next()) is None or answer.status != ExecStatus.PIPELINE_SYNC:
                    pass
            self.pgconn.exit_pipeline_mode()
        except (Error, TimeoutError):
            await self.close()
        except BaseException:
            await self.close()
            raise

    async def wait(  # The parameters are psycopg's.
        self,
        gen: PQGen[T],
        interval: float = INTERVAL_S,
        timeout: float | None = None,  # noqa: ASYNC109
    ) -> T:
        """Do the steps of `gen` as the socket allows. Who has a limit of his own waits as psycopg does."""
        if timeout is not None or interval != INTERVAL_S:
            self._unwatch()
            return await super().wait(gen, interval, timeout)
        try:
            return await self._follow(gen)
        except asyncio.CancelledError:
            if self.pgconn.transaction_status == TransactionStatus.ACTIVE:
                await self._end(gen)
            raise

    async def _end(self, gen: PQGen[T]) -> None:
        """The statement has to end, and its answer to be taken, to use the connection again. Else it is closed."""
        self._unwatch()
        try:
            with suppress(Error):
                await self.cancel_safe(timeout=CANCEL_S)
                await super().wait(gen, INTERVAL_S, CANCEL_S)
        finally:
            if self.pgconn.transaction_status == TransactionStatus.ACTIVE:
                await self.close()

    async def settle(self) -> None:
        """End what whoever had it left open, so that another can have it; it is closed where that does not go."""
        if self.pgconn.transaction_status in (TransactionStatus.INTRANS, TransactionStatus.INERROR):
            with suppress(Error, TimeoutError):
                async with asyncio.timeout(CANCEL_S):
                    await self.rollback()
        if self.pgconn.transaction_status != TransactionStatus.IDLE:
            await self.close()

    def has_ended(self) -> bool:
        """Whether PostgreSQL ended the session meanwhile. Asks nobody as long as the event loop has told of nothing."""
        if self._watched is not None:
            return False
        if self.closed:
            return True
        poll = select.poll()
        poll.register(self.pgconn.socket, GONE)
        return bool(poll.poll(0))

    async def close(self) -> None:
        self._unwatch()
        self._stop_looking()
        await super().close()

    async def _follow(self, gen: PQGen[T]) -> T:
        self._was_told = False
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
        if self._was_told:
            # It is a socket in error, for all we know, of which the event loop does not tell again.
            self._unwatch()
            self._was_told = False
        self._watch()
        answer: asyncio.Future[Ready] = self._loop.create_future()
        self._answer = answer
        self._silent_s = 0.0
        if self._timer is None:
            self._timer = self._loop.call_later(LOOK_S, self._look)
        try:
            return await (self._writable(answer) if wanted & Wait.W else answer)
        except OperationalError:
            # What is under way would be taken for the answer to the next statement.
            await self.close()
            raise

    async def _writable(self, answer: asyncio.Future[Ready]) -> Ready:
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
        self._was_told = True
        if answer is None:
            # Nobody has asked for anything: a message, or the end of the connection, waits to be read by the next call.
            self._unwatch()
        elif not answer.done():
            answer.set_result(ready)

    def _look(self) -> None:
        """Once a second while somebody waits: no wait depends on what the event loop tells, and none is endless."""
        self._timer = None
        answer = self._answer
        if answer is None or answer.done():
            return
        self._silent_s += LOOK_S
        if self._silent_s > SILENCE_S:
            answer.set_exception(OperationalError(f"PostgreSQL has not answered for {SILENCE_S:.0f} s"))
            return
        self._timer = self._loop.call_later(LOOK_S, self._look)
        try:
            self._unwatch()
            self._watch()
        except (Error, OSError) as error:
            answer.set_exception(OperationalError(f"the connection is closed: {error}"))

    def _stop_looking(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
