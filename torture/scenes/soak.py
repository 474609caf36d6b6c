"""A quarter of an hour of everything at once: what the shop holds at the half it still holds at the end."""

from __future__ import annotations

import asyncio
import random
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from msgspec import Struct

from torture import processes
from torture.client import Connection, Failed
from torture.crowd import PATIENCE_S
from torture.guests import PLENTY, Journal, ordering
from torture.invariants import connect, violated
from torture.log import traces
from torture.scene import Scene, Stage
from torture.shop import Shop

LASTING_S = 14 * 60
SETTLED_S = 30
"""After this all code has run once, and all connections are open."""
GUESTS = 4
MAY_GROW = 1.1
MEMORY_MIB = 10
DESCRIPTORS = 10
"""More than at first: browsers come and go."""
CONNECTIONS = 20
DEAD_ROWS = 200_000
LOG_KIB = 64

STATE = """
    select
        (select count(*) from pg_stat_activity where datname = current_database() and backend_type = 'client backend'),
        (select coalesce(sum(n_dead_tup), 0)::bigint from pg_stat_user_tables)
"""
PATHS = (
    "/",
    "/plenty-0.html",
    "/catalogsearch/result/?q=plenty",
    "/checkout/cart/",
    "/customer/account/login/",
    "/rest/default/V1/directory/countries",
    "/rest/all/V1/products?searchCriteria[pageSize]=20",
    "/rest/all/V1/orders?searchCriteria[pageSize]=20&searchCriteria[sortOrders][0][field]=entity_id",
    "/rest/all/V1/inventory/source-items?searchCriteria[pageSize]=20",
    "/rest/all/V1/customers/search?searchCriteria[pageSize]=20",
)


class State(Struct, frozen=True):
    memory_mib: int
    descriptors: int
    connections: int
    dead_rows: int

    def __str__(self) -> str:
        return (
            f"{self.memory_mib} MiB, {self.descriptors} descriptors, {self.connections} connections,"
            f" {self.dead_rows} dead rows"
        )


async def soak(stage: Stage) -> None:
    await soaked(stage, LASTING_S)


async def soaked(stage: Stage, lasting_s: float) -> None:
    journal, others = Journal(), Counter[str]()
    async with stage.shop(products=PLENTY) as shop:
        async with (
            ordering(shop.port, list(PLENTY), GUESTS, journal, patience_s=PATIENCE_S),
            calling(shop, others),
        ):
            await asyncio.sleep(min(SETTLED_S, lasting_s / 3))
            first = await state_of(shop)
            await asyncio.sleep(lasting_s / 2)
            half = await state_of(shop)
            await asyncio.sleep(lasting_s / 2)
            last = await state_of(shop)
        faults = grown(first, half, last) + journal.faults() + await violated(shop, journal) + traces(shop)
        log_kib = shop.log.stat().st_size // 1024
        if log_kib > LOG_KIB:
            faults.append(f"the log has {log_kib} KiB")
        odd = {what: times for what, times in others.items() if not what.startswith(("2", "3", "4"))}
        if odd:
            faults.append(f"other calls: {odd}")
    stage.figure(f"at first {first}; at half {half}")
    stage.figure(
        f"at the end {last}; {len(journal.acknowledged)} orders, {others.total()} other calls, log {log_kib} KiB",
        faults,
    )


def grown(first: State, half: State, last: State) -> list[str]:
    """What has not stayed as it was."""
    faults = []
    if last.memory_mib > half.memory_mib * MAY_GROW + MEMORY_MIB:
        faults.append(f"memory grows: {half.memory_mib} MiB at half, {last.memory_mib} at the end")
    if last.descriptors > first.descriptors + DESCRIPTORS:
        faults.append(f"descriptors grow: {first.descriptors}, then {last.descriptors}")
    if last.connections > CONNECTIONS:
        faults.append(f"{last.connections} connections to PostgreSQL")
    if last.dead_rows > DEAD_ROWS:
        faults.append(f"{last.dead_rows} dead rows")
    return faults


async def state_of(shop: Shop) -> State:
    async with await connect(shop.database_url) as connection:
        [[connections, dead_rows]] = await (await connection.execute(STATE)).fetchall()
    servers = shop.servers()
    return State(processes.memory_mib(servers), processes.descriptors(servers), connections - 1, dead_rows)


@asynccontextmanager
async def calling(shop: Shop, seen: Counter[str]) -> AsyncIterator[None]:
    """Pages and lists are read, and something is done later, as long as the block."""
    leaving = asyncio.Event()
    token = await shop.token()

    async def read() -> None:
        while not leaving.is_set():
            async with Connection(shop.port, token, patience_s=PATIENCE_S) as visitor:
                for path in random.sample(PATHS, len(PATHS)):
                    await _note(seen, visitor, "GET", path)
                    await asyncio.sleep(0.2)

    async def write() -> None:
        number = 0
        async with Connection(shop.port, token, patience_s=PATIENCE_S) as admin:
            while not leaving.is_set():
                number += 1
                bodies = [{"product": {"sku": f"plenty-{n}", "name": f"plenty-{n} {number}"}} for n in range(6)]
                await _note(seen, admin, "POST", "/rest/all/async/bulk/V1/products", bodies)
                await asyncio.sleep(5)

    tasks = [asyncio.create_task(work()) for work in (read, read, write)]
    try:
        yield
    finally:
        leaving.set()
        await asyncio.gather(*tasks)


async def _note(seen: Counter[str], caller: Connection, method: str, path: str, body: object = None) -> None:
    try:
        seen[str((await caller.call(method, path, body)).status)] += 1
    except Failed as failure:
        seen[type(failure).__name__] += 1


SCENES = (Scene("soak", soak, "a quarter of an hour of everything", bound_s=LASTING_S + 180, nightly_only=True),)
