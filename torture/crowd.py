"""Many calls: all at the same moment, each on a connection of its own; or one after the other, each looked at."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from contextlib import AsyncExitStack
from typing import Any, NamedTuple, TypeVar

from torture.client import Answer, Connection, Failed
from torture.shop import Shop

PATIENCE_S = 60
"""Sixty orders of one thing are made one after the other; here it is not looked at how long that takes."""
SOON_S = 20
"""For a single call on a machine that is busy with five others."""
PREPARED_BY = 6
"""So many connections are used where not all call at the same moment."""


SHOWN = 6
"""Of what fell."""

T = TypeVar("T")


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


async def one_by_one(
    shop: Shop,
    calls: Iterable[tuple[T, Call]],
    judge: Callable[[T, Answer], str | None],
    token: str | None = None,
    *,
    patience_s: float = SOON_S,
) -> tuple[Counter[int], list[str]]:
    """Some connections make all the calls; the answers by status, and what is wrong with them.

    `judge` says what is wrong with an answer; one that is a failure of the shop's, or that does not come, always is.
    """
    statuses: Counter[int] = Counter()
    faults: list[str] = []
    waiting = iter(calls)

    async def make() -> None:
        async with Connection(shop.port, token, patience_s=patience_s) as connection:
            for what, call in waiting:
                try:
                    answer = await connection.call(*call)
                except Failed as failure:
                    faults.append(f"{what}: {type(failure).__name__}")
                    continue
                statuses[answer.status] += 1
                wrong = str(answer) if answer.status >= 500 else judge(what, answer)
                if wrong is not None:
                    faults.append(f"{what}: {wrong}")

    await asyncio.gather(*(make() for _ in range(PREPARED_BY)))
    return statuses, shown(faults)


def shown(faults: Sequence[str]) -> list[str]:
    """The first of them, and how many there are."""
    return [*faults[:SHOWN], *([f"{len(faults)} in all"] if len(faults) > SHOWN else [])]


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
