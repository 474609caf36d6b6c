"""Taking turns: long work without waiting lets the other requests of the process have theirs."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterable
from typing import TypeVar

T = TypeVar("T")

TURN = 50
"""Elements at a time, each of which should take no more than a fraction of a millisecond."""


async def in_turns(elements: Iterable[T]) -> AsyncIterator[T]:
    """`async for each in in_turns(all)`: the same elements, with a break for others after every few."""
    for place, element in enumerate(elements, start=1):
        yield element
        if place % TURN == 0:
            await asyncio.sleep(0)
