"""A number of bytes that requests of one kind may hold together, and who gets them next."""

from __future__ import annotations

import asyncio
import math
from collections import deque
from collections.abc import Awaitable, Callable
from typing import TypeVar

T = TypeVar("T")

LINE = 64
"""More do not wait for their turn: a connection that waits holds what has arrived of its body, too."""


class NoRoom(Exception):
    """Others hold all of the share."""


class Share:
    """Whoever comes waits up to `wait_s` for room, in the order of coming.

    Where there is none, whoever has been reading for the longest time is cut off, if that is `fair_s` or more: so
    nobody can keep others out by sending slowly.
    """

    def __init__(self, size: int, *, wait_s: float, fair_s: float = math.inf) -> None:
        self.size = size
        self.wait_s = wait_s
        self.fair_s = fair_s
        self._free = size
        self._line: deque[tuple[int, asyncio.Future[None]]] = deque()
        self._reading: dict[asyncio.Timeout, tuple[int, float]] = {}
        """How much each of them holds and since when, the longest first."""

    async def take(self, size: int) -> None:
        """To be given back. Raises NoRoom."""
        if self._line or size > self._free:
            await self._wait(size)
        else:
            self._free -= size

    def give_back(self, size: int) -> None:
        self._free += size
        self._let_in()

    async def read(self, size: int, patience_s: float, body: Callable[[], Awaitable[T]]) -> T:
        """What `body` gives. Raises TimeoutError when it takes too long, be it for others who wait."""
        async with asyncio.timeout(patience_s) as patience:
            self._reading[patience] = size, asyncio.get_running_loop().time()
            try:
                return await body()
            finally:
                self._reading.pop(patience, None)

    async def _wait(self, size: int) -> None:
        if len(self._line) >= LINE or size > self.size:
            raise NoRoom
        self._cut_off(size)
        turn = asyncio.get_running_loop().create_future()
        self._line.append((size, turn))
        try:
            async with asyncio.timeout(self.wait_s):
                await turn
        except BaseException as error:
            if not turn.cancelled():
                self.give_back(size)
            # Whoever stands behind may need less.
            self._let_in()
            if isinstance(error, TimeoutError):
                raise NoRoom from None
            raise

    def _cut_off(self, size: int) -> None:
        now = asyncio.get_running_loop().time()
        for patience, (held, since) in list(self._reading.items()):
            if size <= 0 or now - since < self.fair_s:
                break
            del self._reading[patience]
            patience.reschedule(now)
            size -= held

    def _let_in(self) -> None:
        while self._line:
            size, turn = self._line[0]
            if not turn.done():
                if size > self._free:
                    return
                self._free -= size
                turn.set_result(None)
            self._line.popleft()
