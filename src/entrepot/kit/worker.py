"""Takes jobs from the queue and runs them, beside the requests of a server or in a process of its own.

A worker sleeps until PostgreSQL tells it of a new job, and looks by itself every few seconds for those whose time came.
Asked to stop it finishes what it runs, or gives it back after some patience. When it is killed, or there is no database
to give back to, its heart stops, and some other worker gives its jobs back: so such a job runs again from its start.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Awaitable, Callable, Iterable, Mapping
from typing import Any

import structlog
from msgspec import Struct
from procrastinate import App
from procrastinate.jobs import Job as QueuedJob
from procrastinate.retry import BaseRetryStrategy, RetryDecision
from procrastinate.tasks import Task

from entrepot.kit.context import Services
from entrepot.kit.errors import Refused
from entrepot.kit.jobs import DEFAULT, Job, Queue, Retry
from entrepot.kit.outages import outage_behind
from entrepot.kit.pool import reachable
from entrepot.kit.queue_connector import PersistentConnector
from entrepot.kit.queueing import AttentiveWorker

log = structlog.get_logger("entrepot.jobs")

LIVES = 20
"""So often a job is given back in all. One that kills its worker each time must end some day."""

# A periodic job loses the lock that keeps a second one from waiting: one may wait already.
GIVE_BACK = """
    with given_back as (
        update procrastinate_jobs as job
        set status = case when job.attempts < %(lives)s then 'todo' else 'failed' end::procrastinate_job_status,
            attempts = job.attempts + 1,
            abort_requested = false,
            queueing_lock = null,
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
               'procrastinate_queue_v1#' || queue_name,
               json_build_object('type', 'job_inserted', 'job_id', id)::text
           )
    from given_back
"""


class Pace(Struct, frozen=True):
    """How a worker keeps time, in seconds. `stalled_after_s` must be several heartbeats."""

    heartbeat_s: float = 10
    stalled_after_s: float = 30
    poll_s: float = 5
    patience_s: float = 7
    """How long it waits for running jobs when it is asked to stop."""
    last_words_s: float = 2
    """How long it then tries to tell the database how they ended."""
    rest_s: float = 5
    """How long it waits before it begins anew when the database went away."""

    @property
    def stops_within_s(self) -> float:
        """However the database is. What is still not over then is left alone."""
        return self.patience_s + self.last_words_s + 1


USUAL = Pace()


async def run_worker(services: Services, jobs: Iterable[Job[Any]], *, stop: asyncio.Event, pace: Pace = USUAL) -> None:
    """Run these jobs until `stop` is set. Does not give up when the database goes away: it waits for it."""
    jobs = list(jobs)
    while not stop.is_set():
        try:
            await _until_stopped(_work(services, jobs, pace, stop), stop, pace.stops_within_s)
            if not stop.is_set():
                log.warning("the job worker ended and begins anew")
        except Exception as error:
            log.warning("the job worker failed and begins anew", error=str(error))
        if not stop.is_set():
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(stop.wait(), pace.rest_s)


async def _until_stopped(work: Awaitable[None], stop: asyncio.Event, stops_within_s: float) -> None:
    """Run until it ends or is to stop; then it is cancelled, which procrastinate takes as a request to finish."""
    working = asyncio.ensure_future(work)
    stopping = asyncio.ensure_future(stop.wait())
    try:
        await asyncio.wait((working, stopping), return_when=asyncio.FIRST_COMPLETED)
    finally:
        stopping.cancel()
        working.cancel()
        await asyncio.wait((working,), timeout=stops_within_s)
    if not working.done():
        log.warning("the job worker does not end in time and is left behind")
        working.cancel()
    elif not working.cancelled():
        working.result()


async def _work(services: Services, jobs: list[Job[Any]], pace: Pace, stop: asyncio.Event) -> None:
    url = services.database.url
    # Connections of its own: when the requests hold all of the pool's, its heart must not stop.
    connector = PersistentConnector(conninfo=url, kwargs=reachable(url), min_size=1, max_size=2)
    app = App(connector=connector)
    for each in jobs:
        _add(app, each, services)
    app.tasks = _Tasks(app.tasks, app.task(name="unknown job", retry=_Strategy(UNKNOWN, False))(_unknown))
    worker = AttentiveWorker(
        app,
        queues_of(jobs),
        delete_jobs="successful",
        install_signal_handlers=False,
        fetch_job_polling_interval=pace.poll_s,
        update_heartbeat_interval=pace.heartbeat_s,
        stalled_worker_timeout=pace.stalled_after_s,
        shutdown_graceful_timeout=pace.patience_s,
    )
    run: Callable[[], Awaitable[None]] = worker.run
    async with app.open_async():
        beside = [
            asyncio.create_task(_give_back_stalled(services, pace)),
            asyncio.create_task(_hurry_when_stopped(connector, stop, pace)),
        ]
        try:
            await run()
        finally:
            for task in beside:
                task.cancel()


async def _hurry_when_stopped(connector: PersistentConnector, stop: asyncio.Event, pace: Pace) -> None:
    await stop.wait()
    connector.hurry(pace.patience_s + pace.last_words_s, each_s=pace.last_words_s)


def queues_of(jobs: Iterable[Job[Any]]) -> list[Queue]:
    """Each once. The usual one is among them even if no job has it: those of other versions wait there."""
    return list(dict.fromkeys((DEFAULT, *(each.queue for each in jobs))))


def _add(app: App, each: Job[Any], services: Services) -> None:
    async def run(timestamp: int = 0, **arguments: Any) -> None:
        # `timestamp` is when a periodic job was meant to run; it is the scheduler's own business.
        await each.run(services.work, arguments)

    task: Task[..., Any, ...] = app.task(
        name=each.name, queue=each.queue.name, retry=_Strategy(each.retry, each.at is not None)
    )(run)
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

    def __init__(self, retry: Retry, comes_round: bool) -> None:
        self.retry = retry
        self.comes_round = comes_round

    def get_retry_decision(self, *, exception: BaseException, job: QueuedJob) -> RetryDecision | None:
        if isinstance(exception, asyncio.CancelledError):
            # It ran when the worker was stopped: the next one has it at once.
            return RetryDecision()
        if isinstance(exception, Refused):
            # What is refused today will be refused tomorrow.
            return None
        failures = job.attempts + 1
        wait_s = self.retry.wait_after(failures)
        if wait_s is None and outage_behind(exception) and not self.comes_round:
            # However long the database was away or busy, that is no reason never to do it.
            wait_s = self.retry.wait_in_any_case(failures)
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
