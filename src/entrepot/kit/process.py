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
from collections.abc import Awaitable, Callable, Iterable, MutableMapping
from functools import partial
from pathlib import Path
from time import monotonic
from typing import Any

import psycopg
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

JOBS_END_S = 11.0
"""How long jobs have, from the signal on, to be finished or given back, before they are cut off."""


class CannotRun(Exception):
    """A part of the process cannot do its work, for the reason that the message gives."""


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
        self._told_at: float | None = None
        """When it was told to end."""
        self._beside: list[asyncio.Task[None]] = []
        self._others: set[asyncio.Task[Any]] = set()
        """The server's own tasks, which were there before ours."""
        self._failure: str | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._live(receive, send)
        else:
            await self.app(scope, receive, send)

    async def _live(self, receive: Receive, send: Send) -> None:
        await receive()
        self._others = asyncio.all_tasks()
        try:
            await self._begin()
        except (CannotRun, psycopg.OperationalError) as error:
            await send({"type": "lifespan.startup.failed", "message": str(error)})
            return
        except Exception as error:
            log.error("the process cannot start", exc_info=error)
            await send({"type": "lifespan.startup.failed", "message": str(error)})
            return
        await send({"type": "lifespan.startup.complete"})
        await receive()
        await self._end()
        if self._failure is None:
            await send({"type": "lifespan.shutdown.complete"})
        else:
            await send({"type": "lifespan.shutdown.failed", "message": self._failure})

    async def _begin(self) -> None:
        lock = _open_lock(self.settings.home) if self.with_jobs else None
        await self.services.database.open()
        self._hear_signals()
        if self.parent is not None:
            self._keep("the watch over the parent process", _end_with(self.parent))
        if lock is not None:
            self._keep("the worker", _run_jobs_holding(lock, self.services, self.program, self._stop))
        _spare_collector()

    def _hear_signals(self) -> None:
        """So that jobs end beside the requests, and not behind them. The server's own handlers do the rest."""
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            former = signal.getsignal(number)
            if callable(former):
                signal.signal(number, partial(self._hear, loop, former))

    def _hear(self, loop: asyncio.AbstractEventLoop, former: Callable[..., Any], number: int, frame: Any) -> None:
        if not loop.is_closed():
            loop.call_soon_threadsafe(self._tell)
        former(number, frame)

    def _tell(self) -> None:
        self._told_at = self._told_at or monotonic()
        self._stop.set()

    def _keep(self, part: str, work: Awaitable[None]) -> None:
        task = asyncio.ensure_future(work)
        task.add_done_callback(partial(self._ended, part))
        self._beside.append(task)

    def _ended(self, part: str, task: asyncio.Task[None]) -> None:
        """A process without one of its parts must not look as if nothing were wrong."""
        if self._stop.is_set() or task.cancelled():
            return
        error = task.exception()
        self._failure = f"The process ends, for {part} has died: {error}"
        log.error(self._failure, exc_info=None if isinstance(error, CannotRun) else error)
        os.kill(os.getpid(), signal.SIGTERM)

    async def _end(self) -> None:
        """Running jobs are finished or given back before the database closes."""
        self._tell()
        if self.parent is not None:
            self._beside[0].cancel()
        assert self._told_at is not None
        await _ended_within(self._told_at + JOBS_END_S - monotonic(), self._beside)
        await self.services.database.close()
        await _cut_off(asyncio.all_tasks() - self._others)


class Announcement:
    """Says that a process serves. To be called when it listens; what is said once is not said again."""

    def __init__(self, settings: Settings) -> None:
        self._url = f"http://{settings.host}:{settings.port}/"
        self._was_made = False

    async def __call__(self) -> None:
        if not self._was_made:
            self._was_made = True
            log.info("ready", url=self._url, process=os.getpid())


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


async def open_shop(program: Program, settings: Settings, *, with_jobs: bool) -> None:
    """What comes before the first request, whatever the number of processes.

    Raises what keeps the shop from opening, such as PlugInBroken, SettingsWrong and CannotRun.
    """
    if with_jobs:
        os.close(_open_lock(settings.home))
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
        working = asyncio.create_task(run_worker(services, program.jobs(), stop=stop))
        stopping = asyncio.create_task(stop.wait())
        await asyncio.wait((working, stopping), return_when=asyncio.FIRST_COMPLETED)
        await _ended_within(JOBS_END_S, (working, stopping))
    finally:
        await services.database.close()
        await _cut_off(asyncio.all_tasks() - {asyncio.current_task()})


async def _ended_within(seconds: float, tasks: Iterable[asyncio.Task[Any]]) -> None:
    """Wait for them that long; who is not done then is about to be cut off."""
    running = [task for task in tasks if not task.done()]
    if running and (await asyncio.wait(running, timeout=max(seconds, 0)))[1]:
        log.warning("jobs that did not end in time are cut off")


async def _cut_off(tasks: set[asyncio.Task[Any]]) -> None:
    """Tell them to end until they do. Some take the first word for a failure of what they were at, and go on."""
    for _ in range(10):
        for task in tasks:
            task.cancel()
        if not tasks:
            return
        _, tasks = await asyncio.wait(tasks, timeout=0.2)


def _open_lock(home: Path) -> int:
    """The file whose holder runs the jobs. Raises CannotRun."""
    try:
        home.mkdir(parents=True, exist_ok=True)
        return os.open(home / "worker.lock", os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as error:
        raise CannotRun(
            f"The folder {home.resolve()} cannot be written, which running jobs needs: {error.strerror}. "
            "Make it writable, name another one in ENTREPOT_HOME, or serve with --no-worker."
        ) from error


async def _run_jobs_holding(lock: int, services: Services, program: Program, stop: asyncio.Event) -> None:
    """Wait for the lock, then run jobs as long as the process lives."""
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
