from __future__ import annotations

import sys
from datetime import timedelta

import pytest

from entrepot.kit.context import SYSTEM, Context
from entrepot.kit.errors import Refused
from entrepot.kit.jobs import Queue, Retry, Work, job, jobs_of, run_due, stepwise

ran: list[tuple[object, ...]] = []


class TooLate(Refused):
    message = "Too late"


@job()
async def note(ctx: Context, number: int, word: str = "none") -> None:
    """Write down that it ran."""
    ran.append((number, word, ctx.store.id, ctx.actor))


@job()
async def note_twice(ctx: Context, number: int) -> None:
    await note.defer(ctx, number)
    await note.defer(ctx, number=number, word="second")


@job(retry=Retry(attempts=3, wait_s=10), queue=Queue("mail", places=4))
async def fail_after_writing(ctx: Context) -> None:
    await ctx.db.execute("insert into note (number) values (1)")
    raise TooLate


@stepwise()
async def write_in_steps(work: Work) -> None:
    async with work() as ctx:
        await ctx.db.execute("insert into note (number) values (1)")
    with pytest.raises(TooLate):
        async with work() as ctx:
            await ctx.db.execute("insert into note (number) values (2)")
            raise TooLate
    async with work() as ctx:
        await ctx.db.execute("insert into note (number) values (3)")


@pytest.fixture(autouse=True)
def _nothing_ran():
    ran.clear()


async def queued(ctx: Context) -> list[tuple[str, dict[str, object]]]:
    return await ctx.db.all(tuple, "select task_name, args from procrastinate_jobs order by id")


async def test_a_job_waits_in_the_queue_with_its_arguments_by_name(ctx: Context):
    await note.defer(ctx, 7, word="seven")
    assert ran == []
    assert await queued(ctx) == [(note.name, {"number": 7, "word": "seven"})]


async def test_deferring_costs_one_statement(ctx: Context):
    before = ctx.db.statements
    await note.defer(ctx, 7)
    assert ctx.db.statements - before == 1


async def test_arguments_that_the_function_does_not_take_are_refused_at_once(ctx: Context):
    with pytest.raises(TypeError):
        await note.defer(ctx, 7, colour="red")  # type: ignore[call-arg]
    assert await queued(ctx) == []


async def test_a_job_of_a_transaction_that_is_rolled_back_was_never_queued(ctx: Context):
    with pytest.raises(TooLate):
        async with ctx.savepoint():
            await note.defer(ctx, 7)
            raise TooLate
    assert await queued(ctx) == []


async def test_due_jobs_run_in_order_with_those_that_they_enqueue(ctx: Context):
    await note_twice.defer(ctx, 1)
    await note.defer(ctx, 2)
    assert await run_due(ctx) == 4
    assert ran == [(2, "none", 0, SYSTEM), (1, "none", 0, SYSTEM), (1, "second", 0, SYSTEM)]
    assert await queued(ctx) == []


async def test_a_job_for_later_is_not_run_before_its_time(ctx: Context):
    await note.defer_until(ctx.now + timedelta(minutes=1), ctx, 1)
    await note.defer_until(ctx.now, ctx, 2)
    assert await run_due(ctx) == 1
    assert ran == [(2, "none", 0, SYSTEM)]
    assert await queued(ctx) == [(note.name, {"number": 1})]


async def test_a_job_that_fails_leaves_no_effects(ctx: Context):
    await ctx.db.execute("create table note (number integer)")
    await fail_after_writing.defer(ctx)
    with pytest.raises(TooLate):
        await run_due(ctx)
    assert await ctx.db.values("select number from note") == []


async def test_each_step_of_a_stepwise_job_stands_on_its_own(ctx: Context):
    await ctx.db.execute("create table note (number integer)")
    await write_in_steps.defer(ctx)
    assert await run_due(ctx) == 1
    assert await ctx.db.values("select number from note order by number") == [1, 3]


async def test_a_job_is_still_a_function(ctx: Context):
    await note(ctx, 5, word="now")
    assert ran == [(5, "now", 0, SYSTEM)]


def test_waits_double_until_the_tries_are_used_up():
    retry = Retry(attempts=4, wait_s=60)
    assert [retry.wait_after(failures) for failures in (1, 2, 3, 4)] == [60, 120, 240, None]
    assert Retry(attempts=99, wait_s=60).wait_after(50) == 6 * 3600


def test_a_name_is_declared_once():
    async def note(ctx: Context) -> None:
        pass

    with pytest.raises(ValueError, match="declared twice"):
        job()(note)


def test_a_queue_has_its_places_from_one_declaration():
    async def hurry(ctx: Context) -> None:
        pass

    with pytest.raises(ValueError, match="the queue mail is declared twice, with other places"):
        job(queue=Queue("mail", places=9))(hurry)


def test_waits_go_on_where_nothing_is_given_up():
    retry = Retry(attempts=2, wait_s=60)
    assert [retry.wait_in_any_case(failures) for failures in (1, 2, 3, 99999)] == [60, 120, 240, 6 * 3600]


def test_jobs_are_found_in_the_modules_that_declare_them():
    found = jobs_of([sys.modules[__name__]])
    assert found == [note, note_twice, fail_after_writing, write_in_steps]
