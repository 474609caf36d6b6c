"""Who is let in: while the shop ends, while a thousand idle browsers are there, while large bodies are held back."""

from __future__ import annotations

import asyncio
import resource
import socket
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import ExitStack, asynccontextmanager

from torture import processes
from torture.client import Connection, Failed, Refused
from torture.scene import Scene, Stage
from torture.shop import END_S, Shop

VISITORS = 6
IDLE = 1050
"""More than one process lets in."""
BODIES = 60
BODY_BYTES = 10 * 1024 * 1024 - 100
"""Just below what a body may have."""
MAY_GROW_MIB = 200
"""All bodies together, and what it takes to read them."""
MAY_STAY_MIB = 100
WAIT_S = 10


async def graceful(stage: Stage) -> None:
    for workers in (1, 2):
        async with stage.shop(workers=workers) as shop:
            await asyncio.sleep(2)
            seen, took_s = await end_under_visitors(shop)
            faults = faults_of_visits(seen) + await shop.faults_of_end(took_s, END_S)
        stage.figure(f"{workers} process(es), {dict(seen)}, ended in {took_s:.1f} s", faults)


async def end_under_visitors(shop: Shop) -> tuple[Counter[str], float]:
    """Tell the shop to end while visitors come without a pause, each on a connection of his own.

    How often they saw what, and the seconds it took to end.
    """
    seen: Counter[str] = Counter()
    async with _visited(shop, seen):
        await asyncio.sleep(1)
        took_s = await shop.end()
    return seen, took_s


def faults_of_visits(seen: Counter[str]) -> list[str]:
    """A visitor is answered or refused at the door, never let in and then cut."""
    faults = [f"{times} visitors saw {what}" for what, times in seen.items() if what not in ("200", "Refused")]
    return faults if seen["200"] else [*faults, "nobody was answered at all"]


@asynccontextmanager
async def _visited(shop: Shop, seen: Counter[str]) -> AsyncIterator[None]:
    leaving = asyncio.Event()

    async def visitor() -> None:
        while not leaving.is_set():
            async with Connection(shop.port, patience_s=END_S) as connection:
                try:
                    seen[str((await connection.call("POST", "/rest/default/V1/guest-carts")).status)] += 1
                except Refused:
                    seen["Refused"] += 1
                    await asyncio.sleep(0.02)
                except Failed as failure:
                    seen[type(failure).__name__] += 1

    visitors = [asyncio.create_task(visitor()) for _ in range(VISITORS)]
    try:
        yield
    finally:
        leaving.set()
        await asyncio.gather(*visitors)


async def idle(stage: Stage) -> None:
    async with stage.shop() as shop:
        status = await asyncio.to_thread(status_beside_idle, shop.port, IDLE)
        took_s = await shop.end()
        faults = await shop.faults_of_end(took_s, END_S)
    stage.figure(
        f"{IDLE} idle connections, the next visitor gets {status}, ended in {took_s:.1f} s",
        [*faults, *([] if status == 200 else [f"the next visitor gets {status}"])],
    )


def status_beside_idle(port: int, number: int) -> int:
    """What a visitor gets while so many others have asked for one thing each, and keep their connections.

    The first of those that is not answered counts as the visitor.
    """
    _allow_files(number + 100)
    with ExitStack() as held:
        for _ in range(number):
            connection = held.enter_context(socket.create_connection(("127.0.0.1", port), timeout=WAIT_S))
            status = _status(connection, b"GET /static/none HTTP/1.1\r\nHost: shop.test\r\n\r\n")
            if status != 404:
                return status
        visitor = held.enter_context(socket.create_connection(("127.0.0.1", port), timeout=WAIT_S))
        path = b"POST /rest/default/V1/guest-carts HTTP/1.1\r\n"
        return _status(visitor, path + b"Host: shop.test\r\nContent-Length: 0\r\n\r\n")


def _status(connection: socket.socket, request: bytes) -> int:
    """0 when the connection ends without an answer."""
    try:
        connection.sendall(request)
        return int((connection.recv(65536) + b" 0 ").split(b" ", 2)[1] or 0)
    except OSError:
        return 0


def _allow_files(number: int) -> None:
    """For this process; the shop was started with what is usual here."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft < number:
        resource.setrlimit(resource.RLIMIT_NOFILE, (min(number, hard), hard))


async def bodies(stage: Stage) -> None:
    async with stage.shop() as shop:
        await shop.asynchronous_call(20)
        before = processes.memory_mib(shop.servers())
        async with held_bodies(shop.port) as became:
            during = processes.memory_mib(shop.servers())
            async with Connection(shop.port) as visitor:
                cart = await visitor.call("POST", "/rest/default/V1/guest-carts")
        await asyncio.sleep(2)
        after = processes.memory_mib(shop.servers())
    faults = []
    if during - before > MAY_GROW_MIB:
        faults.append(f"grew by {during - before} MiB, more than {MAY_GROW_MIB}")
    if after - before > MAY_STAY_MIB:
        faults.append(f"{after - before} MiB stay, more than {MAY_STAY_MIB}")
    if cart.status != 200:
        faults.append(f"a visitor gets {cart.status} meanwhile")
    stage.figure(
        f"{BODIES} bodies of 10 MB without their last byte: {dict(became)},"
        f" {before} to {during} MiB, {after} after they went",
        faults,
    )


@asynccontextmanager
async def held_bodies(port: int) -> AsyncIterator[Counter[str]]:
    """Anonymous clients that send all but the last byte and wait; what became of them."""
    head = f"POST /rest/default/V1/customers HTTP/1.1\r\nHost: shop.test\r\nContent-Length: {BODY_BYTES}\r\n"
    request = head.encode() + b"Content-Type: application/json\r\n\r\n" + b" " * (BODY_BYTES - 1)
    loop = asyncio.get_running_loop()

    async def send(client: socket.socket) -> str:
        try:
            async with asyncio.timeout(WAIT_S):
                await loop.sock_connect(client, ("127.0.0.1", port))
                # Not through a stream, which would keep a copy of its own of what the server does not take yet.
                await loop.sock_sendall(client, memoryview(request))
        except TimeoutError:
            return "not taken whole"
        except OSError:
            return "refused"
        return "taken"

    with ExitStack() as held:
        clients = [held.enter_context(socket.socket()) for _ in range(BODIES)]
        for client in clients:
            client.setblocking(False)
        yield Counter(await asyncio.gather(*map(send, clients)))


SCENES = (
    Scene("graceful", graceful, "the shop is told to end while visitors come", bound_s=150),
    Scene("idle", idle, f"{IDLE} browsers keep their connections open", bound_s=90),
    Scene("bodies", bodies, f"{BODIES} large bodies are held back", bound_s=150),
)
