"""A program outside that follows the shop's stream of events by cursor, through all that is done to the shop."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from torture.client import Connection, Failed
from torture.guests import Journal
from torture.shop import Shop

POLL_S = 0.3
PAGE = 1000


class Follower:
    """Gives events their places as every reader does, and sees whether one comes late, twice or never."""

    def __init__(self, shop: Shop, token: str) -> None:
        self._connection = Connection(shop.port, token)
        self.cursor = 0
        self.told: Counter[int] = Counter()
        """How often it was told of each order."""
        self.faults: list[str] = []

    async def read(self) -> bool:
        """Read what is new; whether there may be more. Raises Failed."""
        answer = await self._connection.call("GET", f"/rest/all/V1/events?after={self.cursor}&limit={PAGE}")
        if answer.status != 200:
            return True
        page = answer.body
        places = [event["id"] for event in page["items"]]
        if places != list(range(self.cursor + 1, self.cursor + 1 + len(places))):
            self.faults.append(f"behind {self.cursor} came the events {places[:10]}")
        self.told.update(event["data"]["order_id"] for event in page["items"] if event["type"] == "order.placed")
        self.cursor = page["next"]
        return bool(page["has_more"])

    async def read_to_the_end(self) -> None:
        async with asyncio.timeout(30):
            while await self.read():
                pass
        self._connection.close()

    def missed(self, journal: Journal) -> list[str]:
        """What is wrong with what it was told."""
        faults = list(self.faults)
        if untold := set(journal.acknowledged.values()) - self.told.keys():
            faults.append(f"{len(untold)} orders are not in the stream, such as {sorted(untold)[:3]}")
        if twice := [order for order, times in self.told.items() if times > 1]:
            faults.append(f"{len(twice)} orders are in the stream more than once, such as {twice[:3]}")
        return faults


@asynccontextmanager
async def following(shop: Shop) -> AsyncIterator[Follower]:
    """Reads again and again as long as the block, and once more to the end after it."""
    follower = Follower(shop, await shop.token())
    leaving = asyncio.Event()

    async def follow() -> None:
        while not leaving.is_set():
            # Without an answer it asks again from where it was.
            with suppress(Failed):
                await follower.read()
            await asyncio.sleep(POLL_S)

    task = asyncio.create_task(follow())
    try:
        yield follower
    finally:
        leaving.set()
        await task
    await follower.read_to_the_end()
