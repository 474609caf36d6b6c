"""Calls with one Idempotency-Key that come at the same moment."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest

from entrepot import app
from entrepot.app import new_services
from entrepot.kit.context import Services
from entrepot.kit.db import Database
from entrepot.settings import Settings
from tests.quotes.makers import a_guest_cart, a_product
from tests.rest_client import RestClient

PROCESSES = 3
KEY = {"idempotency-key": "0d7f3f0c-6b1e-4c83-8f0c-6d0f5c0b9a11"}


@pytest.fixture
async def processes(committed_url: str, tmp_path) -> AsyncIterator[list[Services]]:
    """Several processes over one database that commits."""
    settings = Settings(home=tmp_path, database_url=committed_url)
    databases = [Database(committed_url, max_size=6) for _ in range(PROCESSES)]
    for database in databases:
        await database.open()
    yield [new_services(settings, database) for database in databases]
    for database in databases:
        await database.close()


def clients(processes: list[Services]) -> list[RestClient]:
    return [RestClient(app.rest(services)) for services in processes]


async def test_of_many_equal_calls_at_once_one_happens_and_all_get_its_answer(processes):
    async with processes[0].work() as ctx:
        await a_product(ctx, "24-WB01", "32")
    rests = clients(processes)
    mask = await a_guest_cart(rests[0])
    url = f"/rest/default/V1/guest-carts/{mask}/items"
    body = {"cartItem": {"sku": "24-WB01", "qty": 2}}

    replies = await asyncio.gather(*(rest.post(url, body, headers=KEY) for rest in rests * 4))

    assert {(reply.status, reply.text) for reply in replies} == {(200, replies[0].text)}
    assert [item["qty"] for item in (await rests[0].get(url)).body] == [2]
    async with processes[0].work() as ctx:
        assert await ctx.db.values("select status from idempotency_key") == [200]


async def test_who_waited_for_a_call_that_was_refused_executes_its_own(processes):
    """The first call holds its key until it is refused. The second then finds the key free."""
    rests = clients(processes)
    mask = await a_guest_cart(rests[0])
    url = f"/rest/default/V1/guest-carts/{mask}/items"
    body = {"cartItem": {"sku": "24-WB01", "qty": 2}}

    replies = await asyncio.gather(*(rest.post(url, body, headers=KEY) for rest in rests * 2))
    assert {reply.status for reply in replies} == {404}

    async with processes[0].work() as ctx:
        assert await ctx.db.value("select count(*) from idempotency_key") == 0
        await a_product(ctx, "24-WB01", "32")
    assert (await rests[1].post(url, body, headers=KEY)).status == 200


async def test_of_two_bodies_at_once_under_one_key_one_is_refused(processes):
    async with processes[0].work() as ctx:
        await a_product(ctx, "24-WB01", "32")
    rests = clients(processes)
    mask = await a_guest_cart(rests[0])
    url = f"/rest/default/V1/guest-carts/{mask}/items"

    replies = await asyncio.gather(
        *(
            rest.post(url, {"cartItem": {"sku": "24-WB01", "qty": qty}}, headers=KEY)
            for qty, rest in enumerate(rests[:2], start=1)
        )
    )

    assert sorted(reply.status for reply in replies) == [200, 422]
    done = next(reply for reply in replies if reply.status == 200)
    assert [item["qty"] for item in (await rests[0].get(url)).body] == [done.body["qty"]]
