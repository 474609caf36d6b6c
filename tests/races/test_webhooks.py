"""Events that are written, read and sent at once: no reader misses one, and no worker sends what another one sends."""

from __future__ import annotations

import asyncio
import random

import pytest

from entrepot.app import new_services
from entrepot.kit.db import Database
from entrepot.settings import Settings
from entrepot.stores import write_value
from tests.webhooks.makers import deliver, happen, log_of, stream, subscribe
from tests.webhooks.receiver import a_receiver, answer

WRITERS, EACH = 8, 25


@pytest.fixture
async def shop(committed_url, tmp_path):
    database = Database(committed_url, max_size=14)
    await database.open()
    yield new_services(Settings(home=tmp_path, database_url=committed_url), database)
    await database.close()


async def ids_after(shop, cursor):
    async with shop.work() as ctx:
        page = await stream(ctx, cursor)
        return [event.data["order_id"] for event in page.items], page.next


async def test_an_event_that_is_committed_late_comes_behind_what_was_read_before(shop):
    async with shop.work() as early:
        await happen(early, 1)
        async with shop.work() as late:
            await happen(late, 2)
        first, cursor = await ids_after(shop, 0)
    second, _ = await ids_after(shop, cursor)

    assert (first, second) == ([2], [1])


async def test_a_transaction_that_is_rolled_back_leaves_no_gap(shop):
    async with shop.work() as kept:
        await happen(kept, 1)
        with pytest.raises(RuntimeError):
            async with shop.work() as undone:
                await happen(undone, 2)
                raise RuntimeError
    async with shop.work() as ctx:
        await happen(ctx, 3)
    async with shop.work() as ctx:
        page = await stream(ctx)
    assert [(event.id, event.data["order_id"]) for event in page.items] == [(1, 1), (2, 3)]


async def write(shop, writer):
    """Transactions of one writer one after the other, each of some events and some time."""
    chance = random.Random(writer)
    number = 0
    while number < EACH:
        count = min(chance.randint(1, 3), EACH - number)
        async with shop.work() as ctx:
            await happen(ctx, *(writer * 1000 + number + n for n in range(count)))
            for _ in range(chance.randint(0, 6)):
                await ctx.db.value("select pg_sleep(0.001)")
        number += count


async def read_all(shop, seed):
    """Everything, in pages of chance sizes, until as much came as is written."""
    chance = random.Random(seed)
    seen: list[tuple[int | None, int]] = []
    cursor = 0
    while len(seen) < WRITERS * EACH:
        async with shop.work() as ctx:
            page = await stream(ctx, cursor, limit=chance.choice((1, 7, 100)))
        seen += [(event.id, event.data["order_id"]) for event in page.items]
        cursor = page.next
    return seen


async def test_readers_miss_nothing_while_writers_commit_in_any_order(shop):
    async with asyncio.timeout(120):
        *readers, _ = await asyncio.gather(
            *(read_all(shop, seed) for seed in range(3)),
            asyncio.gather(*(write(shop, writer) for writer in range(WRITERS))),
        )

    assert readers[0] == readers[1] == readers[2]
    assert [position for position, _ in readers[0]] == list(range(1, WRITERS * EACH + 1))
    told = [order_id for _, order_id in readers[0]]
    for writer in range(WRITERS):
        of_writer = [order_id for order_id in told if order_id // 1000 == writer]
        assert of_writer == [writer * 1000 + number for number in range(EACH)]


async def test_workers_at_once_send_each_event_once_and_in_order(shop):
    async with a_receiver() as one, a_receiver() as other:
        async with shop.work() as ctx:
            webhooks = [await subscribe(ctx, receiver.url) for receiver in (one, other)]
        async with shop.work() as ctx:
            await happen(ctx, *range(1, 31))

        await asyncio.gather(*(deliver(shop) for _ in range(4)))

        async with shop.work() as ctx:
            for receiver, webhook in zip((one, other), webhooks, strict=True):
                assert receiver.ids == list(range(1, 31))
                assert {entry.status for entry in await log_of(ctx, webhook)} == {"delivered"}


async def test_a_receiver_that_is_slow_does_not_hold_up_another(shop):
    async with a_receiver() as slow, a_receiver() as quick:
        async with shop.work() as ctx:
            for receiver in (slow, quick):
                await subscribe(ctx, receiver.url)
            await write_value(ctx, "webhooks/delivery/timeout", "1")
        async with shop.work() as ctx:
            await happen(ctx, 1, 2, 3)
        # The first one waits, in vain.
        slow.answers = lambda one: None if one.body["id"] == 1 else answer(200)
        all_came = asyncio.Event()
        quick.answers = lambda one: all_came.set() if one.body["id"] == 3 else answer(200)
        async with asyncio.timeout(120):
            delivering = asyncio.create_task(deliver(shop))
            await all_came.wait()
            before = list(slow.ids)
            await delivering
    assert (quick.ids, before, slow.ids) == ([1, 2, 3], [1], [1, 2, 3])


async def test_events_of_rolled_back_transactions_are_never_sent(shop):
    async with a_receiver() as receiver:
        async with shop.work() as ctx:
            await subscribe(ctx, receiver.url)
        with pytest.raises(RuntimeError):
            async with shop.work() as ctx:
                await happen(ctx, 1)
                raise RuntimeError
        await deliver(shop)
        assert receiver.received == []
