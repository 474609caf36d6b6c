"""Jobs with real commits: what a worker does when it is told, stopped, and killed."""

from __future__ import annotations

import asyncio
import contextlib
import json
import sys
from collections.abc import AsyncIterator, Iterable, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import psycopg
import pytest
from procrastinate import App
from procrastinate.exceptions import ConnectorException
from procrastinate.jobs import JobInserted
from procrastinate.testing import InMemoryConnector
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict

from entrepot.asynchronous.jobs import execute_bulk
from entrepot.kit.context import Services
from entrepot.kit.db import Database
from entrepot.kit.jobs import DEFAULT, Job, Queue
from entrepot.kit.queue_connector import PersistentConnector
from entrepot.kit.queueing import CHANNEL, AttentiveWorker
from entrepot.kit.worker import USUAL, give_back_stalled, run_worker
from tests.races import worker_process
from tests.races.worker_process import (
    HANGING,
    JOBS,
    PACE,
    RELEASED,
    fail,
    fail_for_the_database,
    hang,
    note,
    note_and_wait,
    note_each_second,
    note_elsewhere,
    services_of,
)

ROOT = Path(__file__).parent.parent.parent
SOON_S = 60
INSERTED = JobInserted(type="job_inserted", job_id=1)


@pytest.fixture
async def services(committed_url: str) -> AsyncIterator[Services]:
    database = Database(committed_url, max_size=4)
    await database.open()
    async with database.transaction() as db:
        await db.execute("create table note (id serial, word text, at timestamptz default clock_timestamp())")
        await db.execute("create sequence tries")
    RELEASED.clear()
    yield services_of(database)[0]
    await database.close()


@asynccontextmanager
async def working(services: Services, jobs: Sequence[Job[Any]] = JOBS) -> AsyncIterator[None]:
    stop = asyncio.Event()
    worker = asyncio.create_task(run_worker(services, jobs, stop=stop, pace=PACE))
    try:
        yield
    finally:
        stop.set()
        await worker


@asynccontextmanager
async def process_of_its_own(url: str) -> AsyncIterator[None]:
    """A worker in a process that is killed at the end of the block."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-c",
        f"import asyncio; from {worker_process.__name__} import main; asyncio.run(main({url!r}))",
        cwd=ROOT,
    )
    try:
        yield
    finally:
        process.kill()
        await process.wait()


@asynccontextmanager
async def gate_closed(url: str) -> AsyncIterator[psycopg.AsyncConnection]:
    async with await psycopg.AsyncConnection.connect(url, autocommit=True) as connection:
        await connection.execute("select pg_advisory_lock(1)")
        yield connection


async def words(services: Services) -> list[str]:
    async with services.database.transaction() as db:
        return await db.values("select word from note order by id")


async def until(services: Services, expected: list[str]) -> None:
    """Wait until the notes are these, in this order."""
    async with asyncio.timeout(SOON_S):
        while (found := await words(services)) != expected:
            assert found == expected[: len(found)]
            await asyncio.sleep(0.02)


async def until_left(services: Services, expected: list[str]) -> None:
    """Wait until the queue holds jobs of these statuses and no others. A stopped worker has little patience."""
    async with asyncio.timeout(SOON_S):
        while await statuses(services) != expected:  # noqa: ASYNC110
            await asyncio.sleep(0.02)


async def statuses(services: Services) -> list[str]:
    async with services.database.transaction() as db:
        return await db.values("select status::text from procrastinate_jobs order by id")


async def test_a_worker_is_woken_by_the_commit_and_forgets_the_job_when_it_is_done(services: Services):
    async with services.work() as ctx:
        await note.defer(ctx, "before it started")
    async with working(services):
        await until(services, ["before it started"])
        with pytest.raises(RuntimeError, match="undone"):
            async with services.work() as ctx:
                await note.defer(ctx, "never")
                raise RuntimeError("undone")
        async with services.work() as ctx:
            await note.defer(ctx, "while it ran")
            assert await words(services) == ["before it started"]
        await until(services, ["before it started", "while it ran"])
        await until_left(services, [])


async def test_a_job_that_fails_is_tried_again_and_leaves_no_effects(services: Services):
    async with services.work() as ctx:
        await fail.defer(ctx, "lost")
    # Retries wake nobody: a second worker looks for what the first put back, unless that one happened to look again.
    for expected in (1, 2):
        async with working(services):
            await settled(services, expected)
    assert await statuses(services) == ["failed"]
    assert await tries(services) == 2
    assert await words(services) == []


async def settled(services: Services, at_least: int) -> None:
    async with asyncio.timeout(SOON_S):
        while True:
            if await tries(services) >= at_least and "doing" not in await statuses(services):
                return
            await asyncio.sleep(0.02)


async def tries(services: Services) -> int:
    async with services.database.transaction() as db:
        return int(await db.value("select case when is_called then last_value else 0 end from tries"))


async def test_a_worker_that_stops_gives_back_what_it_cannot_finish(services: Services, committed_url: str):
    async with services.work() as ctx:
        await note_and_wait.defer(ctx, "long")
    async with gate_closed(committed_url), working(services):
        await until(services, ["long begun"])
    assert await words(services) == ["long begun"]
    assert await statuses(services) == ["todo"]
    async with working(services):
        await until(services, ["long begun", "long begun", "long done"])
        await until_left(services, [])


async def test_the_jobs_of_a_killed_worker_are_picked_up_by_another(services: Services, committed_url: str):
    async with gate_closed(committed_url), process_of_its_own(committed_url):
        async with services.work() as ctx:
            await note_and_wait.defer(ctx, "orphan")
        await until(services, ["orphan begun"])
    assert await statuses(services) == ["doing"]
    async with working(services):
        await until(services, ["orphan begun", "orphan begun", "orphan done"])
        await until_left(services, [])


async def test_a_bulk_goes_on_where_the_killed_worker_was_and_nothing_runs_twice(
    services: Services, committed_url: str
):
    words_of_bulk = [*map(str, range(20)), "gate", *map(str, range(20, 40))]
    services, scheduler = services_of(services.database)
    (add,) = services.operations.values()
    async with gate_closed(committed_url), process_of_its_own(committed_url):
        async with services.work() as ctx:
            await scheduler.accept(ctx, add, [{"word": word} for word in words_of_bulk])
        await until(services, words_of_bulk[:20])
        async with services.database.transaction() as db:
            done = await db.values("select status from bulk_operation order by id")
        assert done == [1] * 20 + [4] * 21
    async with working(services):
        await until(services, words_of_bulk)
        await until_left(services, [])
    async with services.database.transaction() as db:
        assert await db.values("select distinct status from bulk_operation") == [1]
    assert await words(services) == words_of_bulk


async def test_two_workers_at_one_bulk_run_nothing_twice_and_keep_the_order(services: Services):
    words_of_bulk = [str(number) for number in range(60)]
    services, scheduler = services_of(services.database)
    (add,) = services.operations.values()
    async with services.work() as ctx:
        answer = await scheduler.accept(ctx, add, [{"word": word} for word in words_of_bulk])
        await execute_bulk.defer(ctx, bulk_uuid=answer["bulk_uuid"])
    async with working(services), working(services):
        await until(services, words_of_bulk)
    assert await words(services) == words_of_bulk


async def test_a_job_of_another_version_waits_for_a_worker_that_has_it(services: Services):
    async with services.work() as ctx:
        await note.defer(ctx, "news")
    async with working(services, [fail]):
        await put_back(services, after_attempts=1)
    async with services.database.transaction() as db:
        await db.execute("update procrastinate_jobs set scheduled_at = null")
    async with working(services):
        await until(services, ["news"])


async def test_a_periodic_job_runs_by_itself_once_for_each_time_however_many_workers_there_are(services: Services):
    async with working(services, [note_each_second]), working(services, [note_each_second]):
        async with asyncio.timeout(SOON_S):
            while len(await words(services)) < 3:  # noqa: ASYNC110
                await asyncio.sleep(0.1)
    async with services.database.transaction() as db:
        at = await db.values("select extract(epoch from at)::bigint from note where word = 'tick' order by id")
    # Two in one second would mean that both workers had their own.
    assert len(at) <= at[-1] - at[0] + 2


async def test_a_worker_outlives_the_loss_of_all_its_connections(services: Services, committed_url: str):
    async with services.work() as ctx:
        await note_and_wait.defer(ctx, "cut")
    async with working(services):
        async with gate_closed(committed_url) as us:
            await until(services, ["cut begun"])
            await us.execute(
                """
                select pg_terminate_backend(pid)
                from pg_stat_activity
                where datname = current_database()
                and pid <> pg_backend_pid()
                """
            )
        await put_back(services, after_attempts=1)
        async with services.work() as ctx:
            await note.defer(ctx, "after")
        await until(services, ["cut begun", "after"])
        # It waits for its next try.
        await until_left(services, ["todo"])


async def test_what_is_said_over_a_lost_connection_is_said_again(committed_url: str):
    connector = PersistentConnector(conninfo=committed_url, min_size=2, max_size=2)
    await connector.open_async()
    async with await psycopg.AsyncConnection.connect(committed_url, autocommit=True) as us:
        await us.execute(
            """
            select pg_terminate_backend(pid, 10000)
            from pg_stat_activity
            where datname = current_database()
            and pid <> pg_backend_pid()
            """
        )
        await us.execute("create table said (word text)")
        await connector.execute_query_async("insert into said values (%(word)s)", word="done")
        assert await (await us.execute("select word from said")).fetchall() == [("done",)]
    await connector.close_async()


async def test_a_worker_looks_when_it_begins_to_listen_and_when_it_listens_again(committed_url: str):
    connector = PersistentConnector(conninfo=committed_url, min_size=1, max_size=1)
    await connector.open_async()
    told: asyncio.Queue[str] = asyncio.Queue()

    async def hear(*, channel: str, payload: str) -> None:
        told.put_nowait(json.loads(payload)["type"])

    listening = asyncio.create_task(connector.listen_notify(hear, ["procrastinate_any_queue_v1"]))
    async with asyncio.timeout(SOON_S), await psycopg.AsyncConnection.connect(committed_url, autocommit=True) as us:
        assert await told.get() == "job_inserted"
        await us.execute(
            """
            select pg_terminate_backend(pid, 10000)
            from pg_stat_activity
            where datname = current_database()
            and query ilike 'listen%'
            """
        )
        assert await told.get() == "job_inserted"
    listening.cancel()
    await asyncio.wait([listening])
    await connector.close_async()


async def test_a_worker_that_is_told_while_it_looks_looks_again():
    asked: list[list[str]] = []

    class Talkative(InMemoryConnector):
        async def fetch_job_one(self, queues: Iterable[str] | None, worker_id: int) -> dict[str, Any]:
            asked.append(list(queues or ()))
            if len(asked) == 1:
                await worker._handle_notification(channel=f"{CHANNEL}other", notification=INSERTED)
            return await super().fetch_job_one(asked[-1], worker_id)

    app = App(connector=Talkative())
    worker = AttentiveWorker(app, [DEFAULT, Queue("other")], wait=False, install_signal_handlers=False)
    async with app.open_async(), asyncio.timeout(SOON_S):
        await worker.run()
    assert asked == [["default", "other"], ["other"]]


async def test_a_worker_that_cannot_tell_how_a_job_ended_ends_itself():
    class Deaf(InMemoryConnector):
        async def execute_query_async(self, query: str, **arguments: Any) -> None:
            if "procrastinate_finish_job" in query:
                raise ConnectorException
            await super().execute_query_async(query, **arguments)

    app = App(connector=Deaf())

    @app.task(name="done", queue=DEFAULT.name)
    async def done() -> None:
        pass

    worker = AttentiveWorker(app, [DEFAULT], install_signal_handlers=False)
    async with app.open_async(), asyncio.timeout(SOON_S):
        await done.defer_async()
        await worker.run()


async def test_jobs_that_hang_keep_no_other_kind_waiting(services: Services):
    async with services.work() as ctx:
        for number in range(12):
            await hang.defer(ctx, f"hung {number}")
    async with working(services):
        async with services.work() as ctx:
            await note_elsewhere.defer(ctx, "other")
        await until(services, ["other"])
        async with services.database.transaction() as db:
            doing = await db.values("select queue_name from procrastinate_jobs where status = 'doing'")
        assert doing.count(HANGING.name) == HANGING.places
        RELEASED.set()
        await until_left(services, [])
    assert len(await words(services)) == 13


async def test_many_jobs_of_a_kind_do_not_keep_one_of_another_waiting(services: Services):
    async with services.work() as ctx:
        for number in range(200):
            await note.defer(ctx, str(number))
        await note_elsewhere.defer(ctx, "other")
    async with working(services):
        await until_left(services, [])
    # Those that were fetched before it may be done before it: one of its own turn, and those that ran beside.
    assert (await words(services)).index("other") < 10


async def test_a_job_of_a_queue_that_no_job_here_has_waits_for_a_worker_that_knows_it(services: Services):
    async with services.work() as ctx:
        await note_elsewhere.defer(ctx, "news")
        await note.defer(ctx, "own")
    async with working(services, [note]):
        await until(services, ["own"])
        await until_left(services, ["todo"])
    async with working(services):
        await until(services, ["own", "news"])


async def test_a_job_is_never_given_up_because_of_the_database(services: Services):
    async with services.work() as ctx:
        await fail_for_the_database.defer(ctx)
    async with working(services):
        await put_back(services, after_attempts=1)
    async with services.database.transaction() as db:
        wait_s = await db.value("select extract(epoch from scheduled_at - now()) from procrastinate_jobs")
    assert 0 < wait_s <= 60


async def test_periodic_jobs_of_dead_workers_are_given_back_though_the_next_one_waits(services: Services):
    async with services.database.transaction() as db:
        for status in ("doing", "doing", "todo"):
            await db.execute(
                """
                insert into procrastinate_jobs (queue_name, task_name, queueing_lock, status)
                values ('default', 'tick', 'tick', %(status)s::procrastinate_job_status)
                """,
                status=status,
            )
    assert await give_back_stalled(services, 30) == ["tick", "tick"]
    assert await statuses(services) == ["todo"] * 3


async def test_a_worker_without_a_database_ends_in_time(services: Services, server_url: str, committed_url: str):
    name = conninfo_to_dict(committed_url)["dbname"]
    async with services.work() as ctx:
        await hang.defer(ctx, "hung")
        await note.defer(ctx, "begun")
    stop = asyncio.Event()
    worker = asyncio.create_task(run_worker(services, JOBS, stop=stop))
    await until(services, ["begun"])
    await until_left(services, ["doing"])
    async with await psycopg.AsyncConnection.connect(server_url, autocommit=True) as us:
        await us.execute(sql.SQL("alter database {} allow_connections false").format(sql.Identifier(str(name))))
        await us.execute("select pg_terminate_backend(pid, 10000) from pg_stat_activity where datname = %s", [name])
    stop.set()
    async with asyncio.timeout(USUAL.stops_within_s + 2):
        await worker


async def put_back(services: Services, after_attempts: int) -> None:
    """Wait until the one job waits for another try. The pool learns of a lost connection when it is used."""
    async with asyncio.timeout(SOON_S):
        while True:
            with contextlib.suppress(psycopg.OperationalError):
                async with services.database.transaction() as db:
                    job = await db.one(tuple, "select status::text, attempts from procrastinate_jobs")
                if job == ("todo", after_attempts):
                    return
            await asyncio.sleep(0.05)
