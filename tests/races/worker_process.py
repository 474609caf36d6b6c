"""A worker with jobs that leave marks: in the test's process, or by `main` in one that the test kills."""

from __future__ import annotations

import asyncio
import sys
from typing import Any

from entrepot.app import new_services
from entrepot.asynchronous import BulkScheduler
from entrepot.asynchronous.jobs import execute_bulk
from entrepot.kit.context import Context, Services
from entrepot.kit.db import Database
from entrepot.kit.jobs import Job, Queue, Retry, Work, job, stepwise
from entrepot.kit.rest.operation import ANONYMOUS, operation, operations_of
from entrepot.kit.worker import Pace, run_worker
from entrepot.settings import Settings

PACE = Pace(heartbeat_s=0.2, stalled_after_s=3, poll_s=60, patience_s=0.5, rest_s=0.1)
"""Looks by itself so seldom that what happens soon happened because it was told."""

NOTE = "insert into note (word) values (%(word)s)"
GATE = "select pg_advisory_lock_shared(1), pg_advisory_unlock_shared(1)"
"""Waits while a test holds the lock number 1."""


@job()
async def note(ctx: Context, word: str) -> None:
    await ctx.db.execute(NOTE, word=word)


@stepwise()
async def note_and_wait(work: Work, word: str) -> None:
    """Leaves a mark at its start and one at its end; between them it waits for the gate."""
    async with work() as ctx:
        await ctx.db.execute(NOTE, word=f"{word} begun")
    async with work() as ctx:
        await ctx.db.execute(NOTE, word=f"{word} done")
        await ctx.db.execute(GATE)


@job(retry=Retry(attempts=2, wait_s=0))
async def fail(ctx: Context, word: str) -> None:
    """Its mark is rolled back; a sequence counts the tries."""
    await ctx.db.execute(NOTE, word=word)
    await ctx.db.execute("select nextval('tries')")
    raise RuntimeError("on purpose")


@job(at="* * * * * */1")
async def note_each_second(ctx: Context) -> None:
    await ctx.db.execute(NOTE, word="tick")


RELEASED = asyncio.Event()
"""What hangs waits for it; tests in the same process begin with one that is not set."""
HANGING = Queue("hanging")


@stepwise(queue=HANGING)
async def hang(work: Work, word: str) -> None:
    """Waits as for a server that does not answer: without a connection of ours."""
    await RELEASED.wait()
    async with work() as ctx:
        await ctx.db.execute(NOTE, word=word)


@job(queue=Queue("other"))
async def note_elsewhere(ctx: Context, word: str) -> None:
    """The same in a queue of its own."""
    await ctx.db.execute(NOTE, word=word)


@stepwise(retry=Retry(attempts=1, wait_s=60))
async def fail_for_the_database(work: Work) -> None:
    """Its last attempt meets a time limit."""
    async with work() as ctx:
        await ctx.db.execute("set local statement_timeout = 1")
        await ctx.db.execute("select pg_sleep(60)")


@operation("POST /V1/notes", access=ANONYMOUS, service="Magento.Test.Api.Notes.add")
async def add(ctx: Context, word: str) -> bool:
    """The one with the word `gate` waits for the gate."""
    await ctx.db.execute(NOTE, word=word)
    if word == "gate":
        await ctx.db.execute(GATE)
    return True


JOBS: list[Job[Any]] = [note, note_and_wait, fail, execute_bulk, hang, note_elsewhere, fail_for_the_database]


def services_of(database: Database) -> tuple[Services, BulkScheduler]:
    services = new_services(Settings(database_url=database.url), database)
    services.operations = {operation.route: operation for operation in operations_of([sys.modules[__name__]])}
    return services, BulkScheduler()


async def main(url: str) -> None:
    database = Database(url, max_size=4)
    await database.open()
    services, _ = services_of(database)
    await run_worker(services, JOBS, stop=asyncio.Event(), pace=PACE)
