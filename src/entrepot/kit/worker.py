"""Takes jobs from the queue and runs them, beside the requests of a server or in a process of its own.

A worker sleeps until PostgreSQL tells it of a new job, and looks by itself every few seconds for those whose time came.
Asked to stop it finishes what it runs, or gives it back after some patience. When it is killed, its heart stops, and
some other worker gives its jobs back: so a job whose worker dies runs again from its start.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections.abc import Awaitable, Callable, Iterable, Mapping
from typing import Any, LiteralString

import psycopg
import structlog
from msgspec import Struct
from procrastinate import App, PsycopgConnector
from procrastinate.connector import Notify
from procrastinate.exceptions import ConnectorException
from procrastinate.jobs import Job as QueuedJob
from procrastinate.jobs import Notification
from procrastinate.retry import BaseRetryStrategy, RetryDecision
from procrastinate.tasks import Task
from procrastinate.worker import Worker

from entrepot.kit.context import Services
from entrepot.kit.errors import Refused
from entrepot.kit.jobs import Job, Retry

log = structlog.get_logger("entrepot.jobs")

CONCURRENCY = 4
"""Jobs at once in one process. They share its connections with the requests."""

LIVES = 20
"""So often a job is given back in all. One that kills its worker each time must end some day."""

GIVE_BACK = """
    with given_back as (
        update procrastinate_jobs as job
        set status = case when job.attempts < %(lives)s then 'todo' else 'failed' end::procrastinate_job_status,
            attempts = job.attempts + 1,
            abort_requested = false,
            scheduled_at = null,
            worker_id = null
        where job.status = 'doing'
        and not exists (
            select
            from procrastinate_workers as worker
            where worker.id = job.worker_id
            and worker.last_heartbeat > now() - make_interval(secs => %(stalled_after_s)s)
        )
        returning job.id, job.task_name, job.queue_name, job.status
    )
    select task_name,
           pg_notify(
               'procrastinate_any_queue_v1',
               json_build_object('type', 'job_inserted', 'job_id', id)::text
           )
    from given_back
"""


ANY_QUEUE = "procrastinate_any_queue_v1"
LOOK = json.dumps({"type": "job_inserted", "job_id": None})
"""What the database says of a new job, of none in particular."""

TELL_AGAIN_AFTER_S = (0.05, 0.2, 1, 3, 10)
"""How long a worker waits before it tells the database again what the connection lost."""


class Pace(Struct, frozen=True):
    """How a worker keeps time, in seconds. `stalled_after_s` must be several heartbeats."""

    heartbeat_s: float = 10
    stalled_after_s: float = 30
    poll_s: float = 5
    patience_s: float = 10
    """How long it waits for running jobs when it is asked to stop."""
    rest_s: float = 5
    """How long it waits before it begins anew when the database went away."""


USUAL = Pace()


async def run_worker(services: Services, jobs: Iterable[Job[Any]], *, stop: asyncio.Event, pace: Pace = USUAL) -> None:
    """Run these jobs until `stop` is set. Does not give up when the database goes away: it waits for it."""
    jobs = list(jobs)
    while not stop.is_set():
        try:
            await _until_stopped(_work(services, jobs, pace), stop)
            if not stop.is_set():
                log.warning("the job worker ended and begins anew")
        except Exception as error:
            log.warning("the job worker failed and begins anew", error=str(error))
        if not stop.is_set():
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(stop.wait(), pace.rest_s)


async def _until_stopped(work: Awaitable[None], stop: asyncio.Event) -> None:
    """Run until it ends or is to stop; then it is cancelled, which procrastinate takes as a request to finish."""
    working = asyncio.ensure_future(work)
    stopping = asyncio.ensure_future(stop.wait())
    try:
        await asyncio.wait((working, stopping), return_when=asyncio.FIRST_COMPLETED)
    finally:
        stopping.cancel()
        working.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await working


async def _work(services: Services, jobs: list[Job[Any]], pace: Pace) -> None:
    # Connections of its own: when the requests hold all of the pool's, its heart must not stop.
    connector = PersistentConnector(conninfo=services.database.url, min_size=1, max_size=2)
    app = App(connector=connector)
    for each in jobs:
        _add(app, each, services)
    app.tasks = _Tasks(app.tasks, app.task(name="unknown job", retry=_Strategy(UNKNOWN))(_unknown))
    async with app.open_async():
        giving_back = asyncio.create_task(_give_back_stalled(services, pace))
        worker = AttentiveWorker(
            app,
            concurrency=CONCURRENCY,
            delete_jobs="successful",
            install_signal_handlers=False,
            fetch_job_polling_interval=pace.poll_s,
            update_heartbeat_interval=pace.heartbeat_s,
            stalled_worker_timeout=pace.stalled_after_s,
            shutdown_graceful_timeout=pace.patience_s,
        )
        run: Callable[[], Awaitable[None]] = worker.run
        try:
            await run()
        finally:
            giving_back.cancel()


class AttentiveWorker(Worker):
    """Misses no word of a job.

    procrastinate forgets what it is told while it looks for jobs. A job that was committed just after the database had
    looked would wait until the worker looks by itself.
    """

    def __init__(self, app: App, **options: Any) -> None:
        super().__init__(app, **options)
        self._times_told = 0

    async def _handle_notification(self, *, channel: str, notification: Notification) -> None:
        self._times_told += 1
        await super()._handle_notification(channel=channel, notification=notification)

    async def _fetch_and_process_jobs(self) -> None:
        look: Callable[[], Awaitable[None]] = super()._fetch_and_process_jobs
        known = -1
        while known != self._times_told:
            known = self._times_told
            await look()


class PersistentConnector(PsycopgConnector):
    """Says again what a lost connection may have swallowed, and does not trust that it heard all.

    procrastinate tells only once how a job ended. Were that lost, the job would seem to run for as long as its worker
    lives, and nobody would give it back. What did arrive and is said again is refused, and changes nothing.
    """

    async def _loop_notify(self, on_notification: Notify, *arguments: Any, **named: Any) -> None:
        # Jobs that were committed before it listened, or while its connection was lost, told nobody.
        await on_notification(channel=ANY_QUEUE, payload=LOOK)
        await super()._loop_notify(on_notification, *arguments, **named)

    async def execute_query_async(self, query: LiteralString, **arguments: Any) -> None:
        for wait_s in TELL_AGAIN_AFTER_S:
            try:
                await super().execute_query_async(query, **arguments)
                return
            except ConnectorException as error:
                if not isinstance(error.__cause__, psycopg.OperationalError):
                    raise
            await asyncio.sleep(wait_s)
        await super().execute_query_async(query, **arguments)


def _add(app: App, each: Job[Any], services: Services) -> None:
    async def run(timestamp: int = 0, **arguments: Any) -> None:
        # `timestamp` is when a periodic job was meant to run; it is the scheduler's own business.
        await each.run(services.work, arguments)

    task: Task[..., Any, ...] = app.task(name=each.name, queue=each.queue, retry=_Strategy(each.retry))(run)
    if each.at is not None:
        # One that still waits is enough, however long nobody worked.
        app.periodic(cron=each.at, queueing_lock=each.name)(task)


UNKNOWN = Retry(attempts=20, wait_s=30)


async def _unknown(**_: Any) -> None:
    """A job that only another version of the program has, as happens while many machines are upgraded one by one."""
    raise LookupError("this version of the program has no such job")


class _Tasks(dict[str, Task[..., Any, ...]]):
    """procrastinate gives up for good on a job that it does not know. It has to wait for a worker that does."""

    def __init__(self, known: Mapping[str, Task[..., Any, ...]], unknown: Task[..., Any, ...]) -> None:
        super().__init__(known)
        self._unknown = unknown

    def get(self, name: str, default: Any = None) -> Task[..., Any, ...]:
        return super().get(name, self._unknown)


class _Strategy(BaseRetryStrategy):
    """A job's `Retry` in procrastinate's terms."""

    def __init__(self, retry: Retry) -> None:
        self.retry = retry

    def get_retry_decision(self, *, exception: BaseException, job: QueuedJob) -> RetryDecision | None:
        if isinstance(exception, asyncio.CancelledError):
            # It ran when the worker was stopped: the next one has it at once.
            return RetryDecision()
        if isinstance(exception, Refused):
            # What is refused today will be refused tomorrow.
            return None
        wait_s = self.retry.wait_after(job.attempts + 1)
        return None if wait_s is None else RetryDecision(retry_in={"seconds": wait_s})


async def _give_back_stalled(services: Services, pace: Pace) -> None:
    while True:
        try:
            for name in await give_back_stalled(services, pace.stalled_after_s):
                log.warning("a job is given back, its worker is gone", job=name)
        except Exception as error:
            log.warning("cannot look for jobs whose worker is gone", error=str(error))
        await asyncio.sleep(pace.heartbeat_s)


async def give_back_stalled(services: Services, stalled_after_s: float) -> list[str]:
    """Queue again what runs in workers whose heart has stopped; the names of these jobs."""
    async with services.work() as ctx:
        return await ctx.db.values(GIVE_BACK, stalled_after_s=stalled_after_s, lives=LIVES)
