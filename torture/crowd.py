"""Many who call at the same moment, each on a connection of his own, and what none of them may be answered."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import AsyncExitStack
from typing import Any, NamedTuple

from torture.client import Answer, Connection, Failed
from torture.shop import Shop

PATIENCE_S = 60
"""Sixty orders of one thing are made one after the other; here it is not looked at how long that takes."""
PREPARED_BY = 6
"""So many of a crowd get ready at a time."""


class Call(NamedTuple):
    method: str
    path: str
    body: Any = None
    headers: Mapping[str, str] | None = None


class Outcome(NamedTuple):
    """What a crowd was answered, in the order of its calls."""

    by_call: Sequence[Answer | Failed]

    @property
    def answers(self) -> list[Answer]:
        return [answer for answer in self.by_call if isinstance(answer, Answer)]

    @property
    def statuses(self) -> Counter[int]:
        return Counter(answer.status for answer in self.answers)

    @property
    def good(self) -> list[Answer]:
        return [answer for answer in self.answers if 200 <= answer.status < 300]

    def faults(self, *expected: int) -> list[str]:
        """What is wrong when only these statuses may be answered."""
        odd = [answer for answer in self.answers if answer.status not in expected]
        lost = Counter(type(failed).__name__ for failed in self.by_call if isinstance(failed, Failed))
        return [
            *([f"{len(odd)} answers such as {odd[0]}"] if odd else []),
            *([f"calls without an answer: {dict(lost)}"] if lost else []),
        ]


async def at_once(shop: Shop, calls: Sequence[Call], token: str | None = None) -> Outcome:
    """All are connected before the first calls."""
    async with AsyncExitStack() as stack:
        crowd = [await stack.enter_async_context(Connection(shop.port, token, patience_s=PATIENCE_S)) for _ in calls]
        await asyncio.gather(*(connection.open() for connection in crowd))
        return Outcome(await asyncio.gather(*map(_sent, crowd, calls)))


async def _sent(connection: Connection, call: Call) -> Answer | Failed:
    try:
        return await connection.call(*call)
    except Failed as failure:
        return failure


async def prepared(shop: Shop, number: int, prepare: Callable[[Connection], Awaitable[str]]) -> list[str]:
    """What each of a crowd has when it is ready."""
    ready: list[str] = []
    waiting = iter(range(number))

    async def get_ready() -> None:
        async with Connection(shop.port, patience_s=PATIENCE_S) as guest:
            for _ in waiting:
                ready.append(await prepare(guest))

    await asyncio.gather(*(get_ready() for _ in range(PREPARED_BY)))
    return ready
