"""Which job a worker takes next: the queues take turns, each within its own places, and no word of a job is missed.

procrastinate would take the oldest job of all queues, into one number of places. So many jobs of a kind, or few that
hang, would keep those of all others waiting.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Sequence
from typing import Any

import structlog
from procrastinate import App
from procrastinate.connector import BaseConnector
from procrastinate.job_context import JobContext
from procrastinate.jobs import Job as QueuedJob
from procrastinate.jobs import Notification
from procrastinate.manager import JobManager
from procrastinate.worker import Worker

from entrepot.kit.jobs import Queue
from entrepot.kit.queue_connector import PersistentConnector

log = structlog.get_logger("entrepot.jobs")

FAREWELL_S = 20
"""How long a worker that ends by itself, as it lost the database, tries to tell it how its jobs ended."""

CHANNEL = "procrastinate_queue_v1#"
"""Its channels, with a queue's name behind it, are those over which PostgreSQL tells of a queue's new jobs."""


class Turns:
    """The queues that may have a job, in the order in which they are asked, and the places that each has left.

    One that had none is not asked again before there is word of a job in it, or all are looked through.
    """

    def __init__(self, queues: Iterable[Queue]) -> None:
        self._places = {queue.name: queue.places for queue in queues}
        self._next: dict[str, None] = {}
        self._are_asked_together = False

    def look_everywhere(self) -> None:
        """All are asked, in one question until it is known that there is a job: an idle shop is to cost little."""
        self._next |= dict.fromkeys(self._places)
        self._are_asked_together = True

    def look_at(self, queue: str) -> None:
        if queue in self._places:
            self._next.setdefault(queue)

    @property
    def ready(self) -> Sequence[str]:
        """The queues to ask that have a place, in their order."""
        return [name for name in self._next if self._places[name]]

    def ask(self) -> Sequence[str]:
        """The queues of which to take one job now; none when there is nothing to do."""
        asked = self.ready if self._are_asked_together else self.ready[:1]
        self._are_asked_together = False
        for name in asked:
            del self._next[name]
        return asked

    def take(self, queue: str, asked: Iterable[str]) -> None:
        """There was a job in this one of them: it is the last to be asked again."""
        self._places[queue] -= 1
        self._next |= dict.fromkeys(name for name in asked if name != queue)
        self._next.pop(queue, None)
        self._next[queue] = None

    def leave(self, queue: str) -> None:
        """A job of this queue has ended."""
        self._places[queue] += 1


class TurnTakingManager(JobManager):
    """Fetches from the queues whose turn it is, whatever it is asked for."""

    def __init__(self, connector: BaseConnector, turns: Turns) -> None:
        super().__init__(connector)
        self._turns = turns

    async def fetch_job(self, queues: Iterable[str] | None, worker_id: int) -> QueuedJob | None:
        while asked := self._turns.ask():
            job = await super().fetch_job(asked, worker_id)
            if job is not None:
                self._turns.take(job.queue, asked)
                return job
        return None


class AttentiveWorker(Worker):
    """Works for all its queues, with one heart and one ear.

    procrastinate forgets what it is told while it looks for jobs. A job that was committed just after the database had
    looked would wait until the worker looks by itself. What is told here is kept by the turns.
    """

    def __init__(self, app: App, queues: Iterable[Queue], **options: Any) -> None:
        queues = list(queues)
        super().__init__(
            app,
            queues=[queue.name for queue in queues],
            concurrency=sum(queue.places for queue in queues),
            **options,
        )
        self._turns = Turns(queues)
        self._looks_at = 0.0
        app.job_manager = TurnTakingManager(app.connector, self._turns)

    def stop(self) -> None:
        connector = self.app.connector
        if not self._stop_event.is_set() and isinstance(connector, PersistentConnector):
            connector.hurry(FAREWELL_S)
        stop: Callable[[], None] = super().stop
        stop()

    async def _handle_notification(self, *, channel: str, notification: Notification) -> None:
        if channel.startswith(CHANNEL):
            self._turns.look_at(channel.removeprefix(CHANNEL))
        else:
            self._turns.look_everywhere()
        await super()._handle_notification(channel=channel, notification=notification)

    async def _fetch_and_process_jobs(self) -> None:
        look: Callable[[], Awaitable[None]] = super()._fetch_and_process_jobs
        now = asyncio.get_running_loop().time()
        # What waits for its time wakes nobody, and those who are always told of other jobs must see it, too.
        if not self._new_job_event.is_set() or now >= self._looks_at:
            self._turns.look_everywhere()
            self._looks_at = now + self.fetch_job_polling_interval
        self._new_job_event.clear()
        while self._turns.ready and not self._stop_event.is_set():
            await look()

    async def _process_job(self, context: JobContext) -> None:
        process: Callable[[JobContext], Awaitable[None]] = super()._process_job
        try:
            await process(context)
        except Exception as error:
            # It would seem to run for as long as this worker lives. The next one has another name.
            log.warning("how a job ended could not be told", job=context.job.task_name, error=repr(error))
            self.stop()
        finally:
            self._turns.leave(context.job.queue)
            self._new_job_event.set()
