"""The shop's own PostgreSQL is killed, frozen, crowded, or has no room: the shop says so, and is back."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

from torture import processes
from torture.client import Connection, Failed
from torture.guests import PLENTY, Journal, ordering
from torture.invariants import connect, violated
from torture.scene import Scene, Stage
from torture.scenes.kill_rounds import RESTARTED_S, postgres_again
from torture.scenes.outages import BACK_S
from torture.shop import END_S, NotBack, Shop

FROZEN_S = 20
STATEMENT_S = 40
"""A statement is given up by PostgreSQL after 30 s; who waits for one is answered in this time."""
PAGE_S = 3
"""What needs no database is answered in this time whatever that does."""
FULL_S = 12
ROOM = "260m"


async def postmaster(stage: Stage) -> None:
    """Killed as the kernel's memory keeper does; then killed and the shop told to end, before it can do anything."""
    journal = Journal()
    async with stage.shop(products=PLENTY) as shop:
        async with ordering(shop.port, list(PLENTY), 2, journal):
            await asyncio.sleep(1)
            faults = await _killed_once(shop)
            took_s = await shop.until_it_answers(RESTARTED_S)
        faults += journal.faults() + await violated(shop, journal)
        ended = f", and ended with {shop.ended}" if shop.ended else ""
        stage.figure(f"killed, answers {took_s:.1f} s later{ended}; {len(journal.acknowledged)} orders", faults)

        processes.send(signal.SIGKILL, shop.postmasters())
        took_s = await shop.end()
        faults = await shop.faults_of_end(took_s, END_S)
        shop.start()
        await shop.until_it_answers(RESTARTED_S)
        faults += await violated(shop, journal)
        stage.figure(f"killed, SIGTERM at once ended the shop in {took_s:.1f} s", faults)


async def _killed_once(shop: Shop) -> list[str]:
    [first] = shop.postmasters()
    processes.send(signal.SIGKILL, [first])
    try:
        await postgres_again(shop, first)
    except NotBack as error:
        shop.kill_all()
        return [str(error)]
    return []


async def slow(stage: Stage) -> None:
    """PostgreSQL stands still for a while, as on a disk that hangs."""
    journal = Journal()
    async with stage.shop(products=PLENTY) as shop:
        async with ordering(shop.port, list(PLENTY), 8, journal, patience_s=STATEMENT_S):
            await asyncio.sleep(2)
            with frozen(shop):
                faults = await _answered_without_database(shop)
                await asyncio.sleep(FROZEN_S)
            took_s, late = await _back(shop)
            await asyncio.sleep(2)
        faults += late + journal.faults() + await violated(shop, journal)
        ended_s = await shop.end()
        faults += await shop.faults_of_end(ended_s, END_S)
    stage.figure(
        f"PostgreSQL stood for {FROZEN_S} s, back {took_s:.1f} s later, {len(journal.acknowledged)} orders,"
        f" {dict(journal.answers)}, ended in {ended_s:.1f} s",
        faults,
    )


@contextmanager
def frozen(shop: Shop) -> Iterator[None]:
    stopped = shop.postgres_processes()
    processes.send(signal.SIGSTOP, stopped)
    try:
        yield
    finally:
        processes.send(signal.SIGCONT, stopped)


async def _answered_without_database(shop: Shop) -> list[str]:
    try:
        async with Connection(shop.port, patience_s=PAGE_S) as visitor:
            await visitor.call("GET", "/static/none")
    except Failed as failure:
        return [f"a file, which needs no database: {failure!r} within {PAGE_S} s"]
    return []


async def _back(shop: Shop) -> tuple[float, list[str]]:
    """Seconds until the shop answers again by itself, and what is wrong with that. One that does not is restarted."""
    try:
        return await shop.until_it_answers(BACK_S, restarted=False), []
    except NotBack as error:
        faults = [str(error)]
    try:
        return BACK_S + await shop.until_it_answers(RESTARTED_S, restarted=False), faults
    except NotBack:
        shop.kill_all()
        return BACK_S + RESTARTED_S + await shop.until_it_answers(), faults


async def crowded(stage: Stage) -> None:
    """Other programs hold all the connections that PostgreSQL has; the shop keeps at least one, and goes on."""
    journal = Journal()
    others: list[psycopg.AsyncConnection] = []
    async with stage.shop(products=PLENTY) as shop:
        try:
            while len(others) < 200:
                others.append(await connect(shop.database_url))
        except psycopg.OperationalError:
            pass
        async with ordering(shop.port, list(PLENTY), 16, journal):
            await asyncio.sleep(15)
            meanwhile = len(journal.acknowledged)
            for other in others:
                await other.close()
            await asyncio.sleep(3)
        faults = journal.faults() + await violated(shop, journal)
        if not meanwhile:
            faults.append("not one order while others hold the connections")
    stage.figure(f"{len(others)} connections taken, {meanwhile} orders meanwhile", faults)


async def disk(stage: Stage) -> None:
    """The data folder has no room for a while."""
    with room(ROOM) as home:
        if home is None:
            stage.figure("left out, for no file system can be mounted here")
            return
        journal = Journal()
        async with stage.shop(home=home, products=PLENTY) as shop:
            async with ordering(shop.port, list(PLENTY), 4, journal):
                await asyncio.sleep(2)
                await asyncio.to_thread(_fill, home / "filler")
                await asyncio.sleep(FULL_S)
                (home / "filler").unlink()
                took_s, faults = await _back(shop)
                await asyncio.sleep(2)
            faults += journal.faults() + await violated(shop, journal)
            ended_s = await shop.end()
            faults += await shop.faults_of_end(ended_s, END_S)
    stage.figure(
        f"full for {FULL_S} s, back {took_s:.1f} s later, {len(journal.acknowledged)} orders,"
        f" {dict(journal.answers)}, ended in {ended_s:.1f} s",
        faults,
    )


@contextmanager
def room(size: str) -> Iterator[Path | None]:
    """A folder that is a small file system of its own; None where none can be mounted."""
    with tempfile.TemporaryDirectory(prefix="entrepot-torture-") as name:
        mount = ["mount", "-t", "tmpfs", "-o", f"size={size},mode=755", "tmpfs", name]
        if os.geteuid() != 0 or subprocess.run(mount, capture_output=True).returncode:
            yield None
            return
        try:
            yield Path(name)
        finally:
            subprocess.run(["umount", "-l", name], capture_output=True)


def _fill(path: Path) -> None:
    with path.open("wb", buffering=0) as file:
        deadline = time.monotonic() + 60
        try:
            while time.monotonic() < deadline:
                file.write(bytes(1 << 16))
        except OSError:
            return


SCENES = (
    Scene("postmaster", postmaster, "PostgreSQL's first process is killed, then SIGTERM", bound_s=200),
    Scene("slow", slow, "PostgreSQL stands still for 20 s", bound_s=200),
    Scene("disk", disk, "the data folder is full for 12 s (root only)", bound_s=200),
    Scene("crowded", crowded, "all of PostgreSQL's connections are taken", bound_s=200, nightly_only=True),
)
