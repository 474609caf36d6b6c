"""How a worker speaks to the database about its jobs: it says again what was lost, and never waits without limit."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from math import inf
from typing import Any, LiteralString

import psycopg
from procrastinate import PsycopgConnector
from procrastinate.connector import Notify
from procrastinate.exceptions import ConnectorException
from psycopg.rows import DictRow

ANY_QUEUE = "procrastinate_any_queue_v1"
LOOK = json.dumps({"type": "job_inserted", "job_id": None})
"""What the database says of a new job, of none in particular."""

ANSWER_S = 30
"""How long a statement may take, with the wait for a connection."""

TELL_AGAIN_AFTER_S = (0.05, 0.2, 1, 3, 10)
"""How long a worker waits before it tells the database again what the connection lost."""


class PersistentConnector(PsycopgConnector):
    """Says again what a lost connection may have swallowed, and does not trust that it heard all.

    procrastinate tells only once how a job ended. What did arrive and is said again is refused, and changes nothing.
    """

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self._answer_s: float = ANSWER_S
        self._tell_s = inf
        self._ends_at = inf
        self._limits: set[asyncio.Timeout] = set()
        """Of what is said and asked right now."""

    def hurry(self, within_s: float, *, each_s: float = inf) -> None:
        """All is over `within_s`, said or not, and nothing that is said or asked may take longer than `each_s`."""
        now = asyncio.get_running_loop().time()
        self._ends_at = min(self._ends_at, now + within_s)
        self._answer_s, self._tell_s = min(self._answer_s, each_s), min(self._tell_s, each_s)
        for limit in self._limits:
            if not limit.expired():
                at = min(now + each_s, self._ends_at)
                limit.reschedule(min(at, limit.when() or at))

    async def execute_query_async(self, query: LiteralString, **arguments: Any) -> None:
        try:
            async with self._limited(self._tell_s):
                await self._tell(query, arguments)
        except psycopg.OperationalError as error:
            raise ConnectorException from error

    async def _tell(self, query: LiteralString, arguments: dict[str, Any]) -> None:
        for wait_s in TELL_AGAIN_AFTER_S:
            try:
                await super().execute_query_async(query, **arguments)
                return
            except ConnectorException as error:
                if not isinstance(error.__cause__, psycopg.OperationalError):
                    raise
            await asyncio.sleep(wait_s)
        await super().execute_query_async(query, **arguments)

    @asynccontextmanager
    async def _get_cursor(
        self, connection: psycopg.AsyncConnection[Any] | None = None
    ) -> AsyncIterator[psycopg.AsyncCursor[DictRow]]:
        async with self._limited(self._answer_s), super()._get_cursor(connection) as cursor:
            yield cursor

    @asynccontextmanager
    async def _limited(self, seconds: float) -> AsyncIterator[None]:
        at = min(asyncio.get_running_loop().time() + seconds, self._ends_at)
        try:
            async with asyncio.timeout_at(None if at == inf else at) as limit:
                self._limits.add(limit)
                try:
                    yield
                finally:
                    self._limits.discard(limit)
        except TimeoutError as error:
            raise psycopg.OperationalError("the database does not answer in time") from error

    async def _loop_notify(self, on_notification: Notify, *arguments: Any, **named: Any) -> None:
        # Jobs that were committed before it listened, or while its connection was lost, told nobody.
        await on_notification(channel=ANY_QUEUE, payload=LOOK)
        await super()._loop_notify(on_notification, *arguments, **named)
