"""Each process of a shop is killed again and again under orders, alone and with others; no order is lost or doubled."""

from __future__ import annotations

import asyncio
import os
import random
import signal
import time
from collections import defaultdict
from collections.abc import Awaitable, Callable

from torture import processes
from torture.follower import following
from torture.guests import PLENTY, Journal, ordering
from torture.invariants import confirmed, violated
from torture.postgres import backends
from torture.scene import Scene, Stage, listed
from torture.scenes.outages import BACK_S, back_after_postgres
from torture.shop import END_S, NotBack, Shop

GUESTS = 2
PRODUCTS = {**PLENTY, "scarce": 300}
BEFORE_S = (0.8, 1.6)
"""Between these the orders go on before something is killed."""
RESTARTED_S = 30
"""A shop that has to be started again answers in this time, PostgreSQL's recovery and a busy machine included."""
CONFIRMED_S = 150

Strike = Callable[[Shop], Awaitable[float]]
"""Kills, waits until the shop is back, and says how long that took. Raises NotBack."""


async def kill_server(shop: Shop) -> float:
    """One that answers. Where there are several, another one goes on and its own parent replaces it."""
    processes.kill([random.choice(shop.servers())])
    if shop.workers == 1:
        return await shop.until_it_answers(RESTARTED_S)
    took_s = await shop.until_it_answers(BACK_S, restarted=False)
    await _complete(shop)
    return took_s


async def kill_group(shop: Shop) -> float:
    assert shop.server is not None
    os.killpg(shop.server.pid, signal.SIGKILL)
    return await shop.until_it_answers(RESTARTED_S)


async def kill_group_and_postgres(shop: Shop) -> float:
    processes.kill(shop.all_processes())
    return await shop.until_it_answers(RESTARTED_S)


async def kill_worker(shop: Shop) -> float:
    """Whoever runs the jobs; requests are answered all the while."""
    if shop.worker is not None:
        processes.kill([shop.worker.pid])
        return await shop.until_it_answers(BACK_S)
    processes.kill(processes.lock_holders(shop.home / "worker.lock"))
    took_s = await shop.until_it_answers(BACK_S, restarted=False)
    await _complete(shop)
    return took_s


async def kill_backend(shop: Shop) -> float:
    processes.send(signal.SIGKILL, [random.choice(await backends(shop.database_url))])
    return await back_after_postgres(shop)


async def terminate(shop: Shop) -> float:
    took_s = await shop.end()
    if faults := await shop.faults_of_end(took_s, END_S):
        raise NotBack("; ".join(faults))
    shop.start()
    return await shop.until_it_answers(RESTARTED_S)


async def kill_postmaster(shop: Shop) -> float:
    return await _lose_postgres(shop, signal.SIGKILL)


async def quit_postmaster(shop: Shop) -> float:
    """An immediate shutdown, as PostgreSQL's packages send it when a machine is switched off."""
    return await _lose_postgres(shop, signal.SIGQUIT)


KINDS: dict[str, Strike] = {
    "server": kill_server,
    "group": kill_group,
    "everything": kill_group_and_postgres,
    "worker": kill_worker,
    "backend": kill_backend,
    "SIGTERM": terminate,
    "postmaster KILL": kill_postmaster,
    "postmaster QUIT": quit_postmaster,
}


async def _lose_postgres(shop: Shop, number: int) -> float:
    """Whoever supervises the shop must have something to see: it brings PostgreSQL back, or ends with status 1."""
    [first] = shop.postmasters()
    processes.send(number, [first])
    began = time.monotonic()
    await postgres_again(shop, first)
    # The server or the worker may have ended, which is then started again.
    await shop.until_it_answers(RESTARTED_S)
    return time.monotonic() - began


async def postgres_again(shop: Shop, lost: int) -> None:
    """Returns when another PostgreSQL runs and the shop answers, or when the shop has ended with status 1.

    Raises NotBack when neither is so in time.
    """
    assert shop.server is not None
    deadline = time.monotonic() + BACK_S
    while shop.postmasters() in ([], [lost]):
        if shop.server.poll() is not None:
            if shop.server.returncode == 1:
                return
            raise NotBack(f"ended with status {shop.server.returncode}, not 1")
        if time.monotonic() > deadline:
            raise NotBack(f"has neither brought PostgreSQL back nor ended within {BACK_S} s")
        await asyncio.sleep(0.05)
    await shop.until_it_answers(max(0.1, deadline - time.monotonic()), restarted=False)


async def _complete(shop: Shop) -> None:
    """Wait until killed children were replaced. Raises NotBack."""
    deadline = time.monotonic() + RESTARTED_S
    while len(shop.servers()) < shop.workers:
        if time.monotonic() > deadline:
            raise NotBack(f"{len(shop.servers())} of {shop.workers} processes after {RESTARTED_S} s")
        await asyncio.sleep(0.1)


async def one_process(stage: Stage) -> None:
    """With a worker of its own."""
    await _rounds(stage, 60 if stage.nightly else 16, workers=1, jobs_apart=True)


async def two_processes(stage: Stage) -> None:
    await _rounds(stage, 44 if stage.nightly else 10, workers=2, jobs_apart=False)


async def _rounds(stage: Stage, number: int, *, workers: int, jobs_apart: bool) -> None:
    journal = Journal()
    times_s: defaultdict[str, list[float]] = defaultdict(list)
    faults: defaultdict[str, list[str]] = defaultdict(list)
    async with stage.shop(workers=workers, jobs_apart=jobs_apart, products=PRODUCTS) as shop:
        files = _files(shop)
        async with following(shop) as follower, ordering(shop.port, list(PRODUCTS), GUESTS, journal):
            for turn in range(number):
                kind = list(KINDS)[turn % len(KINDS)]
                await asyncio.sleep(random.uniform(*BEFORE_S))
                took_s, wrong = await play_round(shop, kind, journal)
                times_s[kind].append(took_s)
                faults[kind] += [f"round {turn + 1}: {each}" for each in wrong]
        for kind, took in times_s.items():
            stage.figure(f"{kind}: {len(took)} rounds, back after {listed(took)} s", faults[kind])
        orders, wrong = await confirmed(shop, CONFIRMED_S)
        wrong += await violated(shop, journal) + journal.faults() + follower.missed(journal)
        if more := _files(shop) - files:
            wrong.append(f"files that were not there before: {sorted(more)[:5]}")
        took_s = await shop.end()
        wrong += await shop.faults_of_end(took_s, END_S)
    stage.figure(
        f"{number} rounds, {len(journal.acknowledged)} orders acknowledged, {orders} confirmed,"
        f" {dict(journal.answers)}, ended in {took_s:.1f} s",
        wrong,
    )


async def play_round(shop: Shop, kind: str, journal: Journal) -> tuple[float, list[str]]:
    """How long the shop was away, and what is wrong afterwards. A shop that is not back is started anew."""
    began = time.monotonic()
    faults = []
    try:
        took_s = await KINDS[kind](shop)
    except NotBack as error:
        faults.append(str(error))
        shop.kill_all()
        shop.start()
        await shop.until_it_answers()
        took_s = time.monotonic() - began
    if statuses := {status for status in shop.ended if status != 1}:
        faults.append(f"ended unasked with the statuses {statuses}")
    faults += await violated(shop, journal)
    if strays := shop.strays():
        await asyncio.sleep(2)
        faults += [f"left behind: {stray}" for stray in strays if stray in shop.strays()]
    return took_s, faults


def _files(shop: Shop) -> set[str]:
    """What lies in the data folder and beside PostgreSQL's own files. The folder of letters comes with the first."""
    found = {str(path.relative_to(shop.home)) for pattern in ("*", "postgres/*") for path in shop.home.glob(pattern)}
    return found - {"mail"}


SCENES = (
    Scene("kills", one_process, "each kind of process is killed under orders", bound_s=420, nightly_bound_s=2400),
    Scene("kills-of-two", two_processes, "the same where two processes serve", bound_s=300, nightly_bound_s=1800),
)
