"""One process of the program: its database, its application, its jobs, from start to end.

As an ASGI application it takes requests between the two messages of the server's lifespan. Of the processes of one
machine that serve, one at a time also runs the jobs: the one that holds the lock on `<home>/worker.lock`. The lock goes
with the process, so another takes over within seconds.
"""

from __future__ import annotations

import asyncio
import contextlib
import fcntl
import gc
import os
import signal
from collections.abc import Awaitable, Callable, MutableMapping
from pathlib import Path
from typing import Any

import structlog
from msgspec import Struct

from entrepot.kit.context import Context, Services
from entrepot.kit.db import Database
from entrepot.kit.jobs import Job
from entrepot.kit.logs import configure_logs
from entrepot.settings import Settings

log = structlog.get_logger("entrepot.process")

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
Asgi = Callable[[Scope, Receive, Send], Awaitable[None]]

NEW_OBJECTS = 10_000
"""So many must have come before Python looks for circles of dead ones; its own 700 suit small programs."""

LOCK_POLL_S = 3
PARENT_POLL_S = 1


class Program(Struct, frozen=True):
    """How a process is put together, for the kit knows no domain.

    Functions of a module, since they are sent to other processes by name.
    """

    services: Callable[[Settings, Database], Services]
    app: Callable[[Services], Asgi]
    """What answers HTTP."""
    jobs: Callable[[], list[Job[Any]]]
    first_start: Callable[[Context], Awaitable[None]]
    """What a new installation needs. Called at every start, before anything is served."""


class ServingProcess:
    """An ASGI application that lives as its server does."""

    def __init__(self, program: Program, settings: Settings, *, with_jobs: bool, parent: int | None) -> None:
        self.program = program
        self.settings = settings
        self.with_jobs = with_jobs
        self.parent = parent
        self.services = new_services(program, settings)
        self.app = program.app(self.services)
        self._stop = asyncio.Event()
        self._beside: list[asyncio.Task[None]] = []

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._live(receive, send)
        else:
            await self.app(scope, receive, send)

    async def _live(self, receive: Receive, send: Send) -> None:
        await receive()
        try:
            await self._begin()
        except Exception as error:
            log.error("the process cannot start", exc_info=error)
            await send({"type": "lifespan.startup.failed", "message": str(error)})
            return
        await send({"type": "lifespan.startup.complete"})
        await receive()
        await self._end()
        await send({"type": "lifespan.shutdown.complete"})

    async def _begin(self) -> None:
        await self.services.database.open()
        if self.parent is not None:
            self._beside.append(asyncio.create_task(_end_with(self.parent)))
        if self.with_jobs:
            lock = self.settings.home / "worker.lock"
            self._beside.append(asyncio.create_task(_run_jobs_holding(lock, self.services, self.program, self._stop)))
        _spare_collector()
        log.info("ready", url=f"http://{self.settings.host}:{self.settings.port}/", process=os.getpid())

    async def _end(self) -> None:
        """Running jobs are finished or given back before the database closes."""
        self._stop.set()
        if self.parent is not None:
            self._beside[0].cancel()
        for task in self._beside:
            with contextlib.suppress(asyncio.CancelledError):
                await task
        await self.services.database.close()


def _spare_collector() -> None:
    """What was imported stays as long as the process: it need not be looked through for dead objects ever again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(NEW_OBJECTS)


def serving_process(program: Program, settings: Settings, with_jobs: bool, parent: int | None) -> ServingProcess:
    """Makes the application inside the process that is to serve; `settings` name the database."""
    configure_logs()
    return ServingProcess(program, settings, with_jobs=with_jobs, parent=parent)


def new_services(program: Program, settings: Settings) -> Services:
    assert settings.database_url is not None
    return program.services(settings, Database(settings.database_url, max_size=settings.database_pool))


async def open_shop(program: Program, settings: Settings) -> None:
    """What comes before the first request, whatever the number of processes.

    Raises what keeps the shop from opening, such as PlugInBroken and SettingsWrong.
    """
    services = new_services(program, settings)
    await services.database.open()
    try:
        async with services.work() as ctx:
            await program.first_start(ctx)
    finally:
        await services.database.close()


async def run_jobs(program: Program, settings: Settings) -> None:
    """A process that only runs jobs, until it is told to end."""
    from entrepot.kit.worker import run_worker

    services = new_services(program, settings)
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    await services.database.open()
    try:
        log.info("working", process=os.getpid())
        await run_worker(services, program.jobs(), stop=stop)
    finally:
        await services.database.close()


async def _run_jobs_holding(path: Path, services: Services, program: Program, stop: asyncio.Event) -> None:
    """Wait for the lock, then run jobs as long as the process lives."""
    path.parent.mkdir(parents=True, exist_ok=True)
    lock = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        while not stop.is_set():
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(stop.wait(), LOCK_POLL_S)
            else:
                # After the first requests were let in: its import is not what they should wait for.
                from entrepot.kit.worker import run_worker

                await run_worker(services, program.jobs(), stop=stop)
    finally:
        os.close(lock)


async def _end_with(parent: int) -> None:
    """A process whose parent was killed would hold on to the port for ever; it ends as if it were told to."""
    while os.getppid() == parent:  # noqa: ASYNC110
        await asyncio.sleep(PARENT_POLL_S)
    log.warning("the parent process is gone", process=os.getpid())
    os.kill(os.getpid(), signal.SIGTERM)
