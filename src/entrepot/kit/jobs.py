"""Work that happens later: a job is enqueued in the caller's transaction and runs if, and only if, that commits.

    @job(retry=Retry(attempts=5, wait_s=60))
    async def send_confirmation(ctx: Context, order_id: int) -> None: ...

    await send_confirmation.defer(ctx, order_id=order.id)

A job runs in a transaction of its own, by the program itself, in the admin store. One that speaks to the network, or
that must keep what it did so far, is declared `stepwise`: it opens its own transactions, one per step. A job may run
twice, when its worker dies at the wrong moment, and must not do harm by it.

Jobs of a kind share a `Queue`, which has places of its own: while they hang, or are many, those of other queues go on.
What waits for somebody else's server therefore never shares a queue with what does not.

The queues are procrastinate's, in our own database; `kit.worker` takes the jobs from them.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import datetime
from functools import cache
from types import ModuleType
from typing import TYPE_CHECKING, Any, Concatenate, Generic, ParamSpec, Protocol

from msgspec import Struct

from entrepot.kit.context import SYSTEM, Actor, Context
from entrepot.kit.errors import Refused

if TYPE_CHECKING:
    from procrastinate import App

P = ParamSpec("P")

LONGEST_WAIT_S = 6 * 3600

QUEUE_NAME = re.compile(r"[a-z][a-z0-9_]{0,39}")
"""PostgreSQL tells of a queue's jobs by a name that begins with 23 letters of procrastinate's and may have 63."""

TAKE_DUE = """
    delete from procrastinate_jobs
    where id = (
        select id
        from procrastinate_jobs
        where status = 'todo'
        and (scheduled_at is null or scheduled_at <= %(now)s)
        order by priority desc, id
        limit 1
        for update skip locked
    )
    returning task_name, args
"""


FORGET_FAILED = """
    delete from procrastinate_jobs as job
    where job.status in ('failed', 'cancelled', 'aborted')
    and not exists (
        select
        from procrastinate_events as event
        where event.job_id = job.id
        and event.at > %(now)s - interval '30 days'
    )
"""


class Retry(Struct, frozen=True):
    """How often a job is tried, and how long it waits after the first failure; each wait is twice the one before."""

    attempts: int = 5
    wait_s: int = 60

    def wait_after(self, failures: int) -> int | None:
        """Seconds until the next try, after so many failed ones (1 or more); None when it was the last."""
        return None if failures >= self.attempts else self.wait_in_any_case(failures)

    def wait_in_any_case(self, failures: int) -> int:
        """The same, for what is not given up however often it failed."""
        return int(min(self.wait_s * 2 ** min(failures - 1, 32), LONGEST_WAIT_S))


USUAL = Retry()
ONCE = Retry(attempts=1)
"""No second try: for what comes round again by itself."""


class Queue(Struct, frozen=True):
    """A kind of jobs that wait for each other. `places` is how many run at once in one process, beside other queues'.

    Jobs that work in the database should have few, for they share its connections with the requests; those that
    mostly wait for others need more.
    """

    name: str
    places: int = 2

    def __post_init__(self) -> None:
        if not QUEUE_NAME.fullmatch(self.name) or self.places < 1:
            raise ValueError("a queue is named by up to 40 of a-z, 0-9 and _, and has a place")


DEFAULT = Queue("default")
"""For what is soon done and waits for nobody: cleaning up."""
FILES = Queue("files")
"""For what writes and removes files, on a disk that may be slow or far away."""


class Work(Protocol):
    """Opens a transaction with its context, as `Services.work` does: committed at the end of the block."""

    def __call__(
        self, actor: Actor = SYSTEM, store: str | int | None = None
    ) -> AbstractAsyncContextManager[Context]: ...


class Job(Generic[P]):
    """A function that can be called now, `await send(ctx, order_id=1)`, or later, `await send.defer(ctx, order_id=1)`.

    Its arguments are ids and other plain values that JSON can hold. They show up in logs, so they are never secrets.
    """

    declared: dict[str, Job[Any]] = {}  # noqa: RUF012
    """All jobs of the modules that were imported, by name."""

    def __init__(
        self, function: Callable[..., Awaitable[None]], *, stepwise: bool, retry: Retry, queue: Queue, at: str | None
    ) -> None:
        self.function = function
        self.module = function.__module__
        self.name = f"{self.module.removeprefix('entrepot.')}.{function.__name__}"
        self.stepwise = stepwise
        self.retry = retry
        self.queue = queue
        self.at = at
        self.__doc__ = function.__doc__
        _, *parameters = inspect.signature(function).parameters.values()
        self._signature = inspect.Signature(parameters)
        if self.name in Job.declared:
            raise ValueError(f"the job {self.name} is declared twice")
        if any(other.queue.name == queue.name and other.queue != queue for other in Job.declared.values()):
            raise ValueError(f"the queue {queue.name} is declared twice, with other places")
        Job.declared[self.name] = self

    async def __call__(self, first: Any, *args: P.args, **kwargs: P.kwargs) -> None:
        await self.function(first, *args, **kwargs)

    async def defer(self, ctx: Context, *args: P.args, **kwargs: P.kwargs) -> None:
        """Enqueue the job in the caller's transaction; a worker has it within moments of the commit."""
        await self._enqueue(ctx, None, *args, **kwargs)

    async def defer_until(self, time: datetime, ctx: Context, *args: P.args, **kwargs: P.kwargs) -> None:
        """As `defer`, but not to be run before this time."""
        await self._enqueue(ctx, time, *args, **kwargs)

    async def run(self, work: Work, arguments: Mapping[str, Any]) -> None:
        """Run it as a worker does."""
        if self.stepwise:
            await self.function(work, **arguments)
            return
        async with work() as ctx:
            await self.function(ctx, **arguments)

    async def _enqueue(self, ctx: Context, time: datetime | None, *args: Any, **kwargs: Any) -> None:
        given = self._signature.bind(*args, **kwargs).arguments
        ctx.db.statements += 1
        await ctx.db.send()
        await (
            _queue()
            .configure_task(self.name, queue=self.queue.name, schedule_at=time, connection=ctx.db.connection)
            .defer_async(**given)
        )


def job(
    *, retry: Retry = USUAL, queue: Queue = DEFAULT, at: str | None = None
) -> Callable[[Callable[Concatenate[Context, P], Awaitable[None]]], Job[P]]:
    """Declare a job. With `at`, a cron expression in the server's time, it also runs by itself, without arguments."""

    def declare(function: Callable[Concatenate[Context, P], Awaitable[None]]) -> Job[P]:
        return Job(function, stepwise=False, retry=retry, queue=queue, at=at)

    return declare


def stepwise(
    *, retry: Retry = USUAL, queue: Queue = DEFAULT, at: str | None = None
) -> Callable[[Callable[Concatenate[Work, P], Awaitable[None]]], Job[P]]:
    """Declare a job that opens its own transactions: `async def deliver(work: Work, mail_id: int)`."""

    def declare(function: Callable[Concatenate[Work, P], Awaitable[None]]) -> Job[P]:
        return Job(function, stepwise=True, retry=retry, queue=queue, at=at)

    return declare


def jobs_of(modules: Iterable[ModuleType]) -> list[Job[Any]]:
    """All jobs that these modules declare."""
    return [
        value
        for module in modules
        for value in vars(module).values()
        if isinstance(value, Job) and value.module == module.__name__
    ]


async def run_due(ctx: Context) -> int:
    """Run what is queued and due, and what that enqueues, inside the caller's transaction; how many jobs there were.

    For tests, and for commands that want to see the end of it. A job that fails raises; nothing is tried again.
    """
    done = 0
    while taken := await ctx.db.one_or_none(tuple, TAKE_DUE, now=ctx.now):
        name, arguments = taken
        if name not in Job.declared:
            raise LookupError(f"no job {name!r}")
        await Job.declared[name].run(_work_inside(ctx), arguments)
        done += 1
    return done


def _work_inside(ctx: Context) -> Work:
    """Transactions that are parts of the caller's."""

    @asynccontextmanager
    async def work(actor: Actor = SYSTEM, store: str | int | None = None) -> AsyncIterator[Context]:
        kept: Refused | None = None
        async with ctx.savepoint():
            try:
                yield await ctx.services.context(ctx.db, actor, store)
            except Refused as refusal:
                if not refusal.keeps_effects:
                    raise
                kept = refusal
        if kept is not None:
            raise kept

    return work


@cache
def _queue() -> App:
    """Where jobs are put. It needs no connection of its own: each job goes over that of its transaction."""
    from procrastinate import App, PsycopgConnector

    return App(connector=PsycopgConnector())


@job(at="37 3 * * *", retry=ONCE)
async def forget_failed_jobs(ctx: Context) -> None:
    """Jobs that have failed for good are kept for 30 days, for whoever looks for the reason."""
    await ctx.db.execute(FORGET_FAILED, now=ctx.now)
