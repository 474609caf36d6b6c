from __future__ import annotations

import asyncio

from entrepot.kit.turns import TURN, in_turns


async def test_others_have_their_turn_before_long_work_is_through():
    done: list[str] = []

    async def other() -> None:
        done.append("other")

    waiting = asyncio.ensure_future(other())
    async for number in in_turns(range(2 * TURN)):
        done.append(str(number))

    assert done == [*map(str, range(TURN)), "other", *map(str, range(TURN, 2 * TURN))]
    await waiting
