"""Who gets memory for a body next, and whose is taken away."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from entrepot.kit.shares import LINE, NoRoom, Share

HANG_S = 20


@asynccontextmanager
async def holding(share: Share, size: int) -> AsyncIterator[None]:
    await share.take(size)
    try:
        yield
    finally:
        share.give_back(size)


async def until_all_wait() -> None:
    for _ in range(5):
        await asyncio.sleep(0)


async def test_what_fits_is_had_at_once_and_given_back():
    share = Share(10, wait_s=0)
    for _ in range(3):
        async with holding(share, 6), holding(share, 4):
            with pytest.raises(NoRoom):
                async with holding(share, 1):
                    pass


async def test_more_than_the_whole_is_never_had():
    with pytest.raises(NoRoom):
        async with holding(Share(10, wait_s=HANG_S), 11):
            pass


async def test_those_who_wait_are_let_in_in_the_order_of_coming():
    share, came = Share(10, wait_s=HANG_S), []

    async def come(name: str, size: int) -> None:
        async with holding(share, size):
            came.append(name)

    async with asyncio.TaskGroup() as group, holding(share, 8):
        group.create_task(come("large", 9))
        await until_all_wait()
        # It would fit, but whoever needs much would wait for ever if those who need little went ahead.
        group.create_task(come("small", 2))
        await until_all_wait()
        assert came == []
    assert came == ["large", "small"]


async def test_who_goes_away_while_waiting_makes_room_for_the_next():
    share = Share(10, wait_s=HANG_S)
    async with holding(share, 8):

        async def come(size: int) -> None:
            async with holding(share, size):
                pass

        large, small = asyncio.create_task(come(9)), asyncio.create_task(come(2))
        await until_all_wait()
        large.cancel()
        async with asyncio.timeout(HANG_S):
            await small
    async with holding(share, 10):
        pass


async def test_who_is_let_in_while_going_away_gives_it_back():
    share = Share(10, wait_s=HANG_S)

    async def come() -> None:
        async with holding(share, 10):
            pass

    async with holding(share, 8):
        waiting = asyncio.create_task(come())
        await until_all_wait()
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting
    async with holding(share, 10):
        pass


async def test_the_line_has_an_end():
    share = Share(10, wait_s=HANG_S)

    async def come() -> None:
        async with holding(share, 10):
            pass

    async with asyncio.TaskGroup() as group, holding(share, 10):
        for _ in range(LINE):
            group.create_task(come())
        await until_all_wait()
        with pytest.raises(NoRoom):
            await come()


async def test_whoever_has_been_reading_longest_is_cut_off_for_the_next_and_nobody_else():
    share, outcomes = Share(10, wait_s=HANG_S, fair_s=0), {}
    forever = asyncio.Event()

    async def come(name: str) -> None:
        try:
            async with holding(share, 5):
                await share.read(5, HANG_S, forever.wait)
                outcomes[name] = "read"
        except TimeoutError:
            outcomes[name] = "cut off"

    async with asyncio.TaskGroup() as group:
        for name in ("first", "second", "third"):
            group.create_task(come(name))
            await until_all_wait()
        async with asyncio.timeout(HANG_S):
            while not outcomes:  # noqa: ASYNC110
                await asyncio.sleep(0)
        assert outcomes == {"first": "cut off"}
        forever.set()
    assert outcomes == {"first": "cut off", "second": "read", "third": "read"}


async def test_nobody_is_cut_off_who_has_not_had_a_fair_time():
    share = Share(10, wait_s=0.01, fair_s=HANG_S)
    sent = asyncio.Event()

    async def come() -> bool:
        async with holding(share, 10):
            return await share.read(10, HANG_S, sent.wait)

    first = asyncio.create_task(come())
    await until_all_wait()
    with pytest.raises(NoRoom):
        await come()
    sent.set()
    assert await first


async def test_what_was_read_cannot_be_cut_off_any_more():
    share = Share(10, wait_s=0.01, fair_s=0)
    arrived = asyncio.Event()
    arrived.set()
    async with holding(share, 10):
        assert await share.read(10, HANG_S, arrived.wait)
        with pytest.raises(NoRoom):
            async with holding(share, 1):
                pass
