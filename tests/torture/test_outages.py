"""A small part of `make torture`, over one shop: what hung, cut or locked out its callers once does not do so again."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator

import pytest

from torture.guests import Journal, ordering
from torture.invariants import violated
from torture.postgres import Outside, outside
from torture.scene import Stage
from torture.scenes.doors import IDLE, end_under_visitors, faults_of_visits, status_beside_idle
from torture.scenes.kill_rounds import play_round
from torture.scenes.outages import kill_backends, restart_postgres
from torture.shop import Shop

SKUS = {"mug": 1_000_000, "lamp": 1_000_000}
GUESTS = 2


@pytest.fixture(scope="module")
async def database() -> AsyncIterator[Outside]:
    """One that the shop neither starts nor ends."""
    async with outside() as database:
        yield database


@pytest.fixture(scope="module")
async def shop_of_all(database: Outside) -> AsyncIterator[Shop]:
    stage = Stage("tests")
    environment = {"DATABASE_URL": database.url}
    async with stage.shop(jobs_apart=True, environment=environment, products=SKUS) as shop:
        yield shop


@pytest.fixture
async def shop(shop_of_all: Shop) -> Shop:
    """Whatever the last test did to it, it runs."""
    await shop_of_all.until_it_answers()
    return shop_of_all


@pytest.fixture(scope="module")
def submitted() -> set[str]:
    """The carts of all tests, for they share a database."""
    return set()


@pytest.fixture
def journal(submitted: set[str]) -> Journal:
    journal = Journal()
    journal.submitted = submitted
    return journal


async def test_nobody_waits_for_an_answer_when_backends_are_killed(shop):
    faults, answers, _ = await kill_backends(shop, 2)

    assert faults == []
    assert answers["200"] > 0


async def test_the_shop_is_back_at_once_when_postgresql_was_restarted(shop, database, journal):
    async with ordering(shop.port, list(SKUS), GUESTS, journal):
        faults, _ = await restart_postgres(shop, database, 2)

    assert faults == []
    assert journal.faults() == []
    assert await violated(shop, journal) == []


async def until_somebody_ordered(journal: Journal) -> None:
    async with asyncio.timeout(60):
        while not journal.acknowledged:  # noqa: ASYNC110
            await asyncio.sleep(0.05)


@pytest.mark.parametrize("kind", ["server", "worker", "group"])
async def test_no_order_is_lost_or_doubled_when_processes_are_killed(shop, journal, kind):
    async with ordering(shop.port, list(SKUS), GUESTS, journal):
        await until_somebody_ordered(journal)
        _, faults = await play_round(shop, kind, journal)

    assert faults == []
    assert journal.faults() == []
    assert await violated(shop, journal) == []


def test_a_thousand_idle_connections_do_not_lock_out_the_next_visitor(shop):
    assert status_beside_idle(shop.port, IDLE) == 200


async def test_visitors_of_a_shop_that_ends_are_answered_or_refused_and_never_cut(shop):
    seen, took_s = await end_under_visitors(shop)

    assert faults_of_visits(Counter(seen)) == []
    assert await shop.faults_of_end(took_s, 20) == []
