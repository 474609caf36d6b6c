"""A POST that is repeated with its Idempotency-Key happens once (docs/idempotency.md)."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

import pytest

from entrepot.kit.db import Db
from entrepot.kit.rest.idempotency import forget_idempotency_keys
from tests.quotes.makers import a_customer, a_guest_cart, a_product
from tests.rest_client import RestClient

CARTS = "/rest/default/V1/guest-carts"
KEY = {"idempotency-key": "6f1d6c1e-4d0e-4f0a-9d0c-0e8a3f6b7a11"}
USED = {"message": "The Idempotency-Key was used for another request. Use a new key for a new request."}

CREDENTIALS = {"username": "jdoe@example.com", "password": "Password1"}
TOKEN = "/rest/default/V1/integration/customer/token"


@pytest.fixture
async def jane(ctx, rest: RestClient) -> RestClient:
    await a_customer(ctx)
    return rest.as_caller((await rest.post(TOKEN, CREDENTIALS)).body)


def line(qty: int) -> dict[str, object]:
    return {"cartItem": {"sku": "24-WB01", "qty": qty}}


async def test_the_same_call_with_the_same_key_happens_once_and_is_answered_twice_the_same(ctx, rest):
    await a_product(ctx, "24-WB01", "32.5")
    mask = await a_guest_cart(rest)
    first = await rest.post(f"{CARTS}/{mask}/items", line(2), headers=KEY)
    again = await rest.post(f"{CARTS}/{mask}/items", line(2), headers=KEY)
    assert (first.status, again.status, again.text) == (200, 200, first.text)
    assert [item["qty"] for item in (await rest.get(f"{CARTS}/{mask}/items")).body] == [2]


async def test_without_a_key_each_call_happens(ctx, rest):
    await a_product(ctx, "24-WB01", "32")
    mask = await a_guest_cart(rest)
    for _ in range(2):
        await rest.post(f"{CARTS}/{mask}/items", line(2))
    assert [item["qty"] for item in (await rest.get(f"{CARTS}/{mask}/items")).body] == [4]
    assert await ctx.db.value("select count(*) from idempotency_key") == 0


async def test_another_key_is_another_call(rest):
    first = await rest.post(CARTS, headers=KEY)
    assert (await rest.post(CARTS, headers=KEY)).body == first.body
    assert (await rest.post(CARTS, headers={"idempotency-key": "another"})).body != first.body


async def test_the_key_with_another_body_is_refused_and_does_nothing(ctx, rest):
    await a_product(ctx, "24-WB01", "32")
    mask = await a_guest_cart(rest)
    await rest.post(f"{CARTS}/{mask}/items", line(2), headers=KEY)
    reply = await rest.post(f"{CARTS}/{mask}/items", line(3), headers=KEY)
    assert (reply.status, reply.body) == (422, USED)
    assert [item["qty"] for item in (await rest.get(f"{CARTS}/{mask}/items")).body] == [2]


async def test_the_key_means_nothing_on_another_path_or_for_another_caller(rest, admin, jane):
    first = await rest.post(CARTS, headers=KEY)
    mine = await jane.post("/rest/default/V1/carts/mine", headers=KEY)
    assert isinstance(mine.body, int)
    made = [(await caller.post("/rest/default/V1/carts/", headers=KEY)).status for caller in (admin, jane)]
    assert made == [200, 401]
    assert (await jane.post(CARTS, headers=KEY)).body != first.body


async def test_guests_at_two_addresses_do_not_share_a_key(rest):
    first = await rest.post(CARTS, headers=KEY)
    assert (await rest.post(CARTS, headers=KEY, client="192.0.2.7")).body != first.body


async def test_a_refused_call_may_be_tried_again_with_its_key(ctx, rest):
    mask = await a_guest_cart(rest)
    refused = await rest.post(f"{CARTS}/{mask}/items", line(2), headers=KEY)
    assert refused.status == 404
    assert await ctx.db.value("select count(*) from idempotency_key") == 0
    await a_product(ctx, "24-WB01", "32")
    assert (await rest.post(f"{CARTS}/{mask}/items", line(2), headers=KEY)).status == 200


async def test_an_asynchronous_call_is_scheduled_once(ctx, admin):
    url = "/rest/default/async/V1/products"
    product = {"product": {"sku": "A", "name": "A", "attribute_set_id": 4, "price": 1, "type_id": "simple"}}
    first = await admin.post(url, product, headers=KEY)
    again = await admin.post(url, product, headers=KEY)
    assert (first.status, again.status, again.text) == (202, 202, first.text)


async def test_only_post_takes_a_key(ctx, admin):
    for _ in range(2):
        await admin.get("/rest/default/V1/carts/search?searchCriteria=", headers=KEY)
        await admin.delete("/rest/default/V1/products/unknown", headers=KEY)
    assert await ctx.db.value("select count(*) from idempotency_key") == 0


async def test_tokens_are_never_kept(ctx, rest, jane):
    reply = await rest.post(TOKEN, CREDENTIALS, headers=KEY)
    assert reply.status == 200
    assert await ctx.db.value("select count(*) from idempotency_key") == 0


@pytest.mark.parametrize("key", ["", "  ", "x" * 256, "käse"])
async def test_what_is_no_key_is_refused(rest, key):
    reply = await rest.post(CARTS, headers={"idempotency-key": key})
    assert (reply.status, reply.body) == (
        400,
        {"message": "The Idempotency-Key must be 1 to 255 printable ASCII characters."},
    )


async def test_a_key_is_free_again_after_a_day(ctx, rest, monkeypatch):
    first = await rest.post(CARTS, headers=KEY)
    now = ctx.services.clock()
    monkeypatch.setattr(ctx.services, "clock", lambda: now + timedelta(hours=23, minutes=59))
    assert (await rest.post(CARTS, headers=KEY)).body == first.body
    monkeypatch.setattr(ctx.services, "clock", lambda: now + timedelta(hours=24, minutes=1))
    assert (await rest.post(CARTS, headers=KEY)).body != first.body


async def test_old_keys_are_removed_and_young_ones_stay(ctx, rest):
    await rest.post(CARTS, headers=KEY)
    await rest.post(CARTS, headers={"idempotency-key": "old"})
    await ctx.db.execute("update idempotency_key set created_at = created_at - interval '25 hours' where key = 'old'")
    await forget_idempotency_keys(ctx)
    assert await ctx.db.values("select key from idempotency_key") == [KEY["idempotency-key"]]


async def test_a_new_key_costs_two_statements_a_known_one_saves_the_call_and_none_costs_nothing(
    services, rest, monkeypatch
):
    counted: list[int] = []
    transaction = services.database.transaction

    @asynccontextmanager
    async def counting(supposed: int | None) -> AsyncIterator[Db]:
        async with transaction(supposed) as db:
            yield db
            counted.append(db.statements)

    monkeypatch.setattr(services.database, "transaction", counting)
    for headers in (None, KEY, KEY):
        await rest.post(CARTS, headers=headers)
    without, first, again = counted
    assert (first - without, again - without) == (2, 1)


async def test_the_api_document_tells_of_the_header(admin):
    paths = (await admin.get("/rest/default/schema?services=all")).body["paths"]

    def headers(path: str, method: str) -> list[str]:
        return [one["name"] for one in paths[path][method].get("parameters", ()) if one["in"] == "header"]

    assert headers("/V1/guest-carts", "post") == ["Idempotency-Key"]
    assert headers("/V1/guest-carts/{cartId}", "get") == []
    assert headers("/V1/products/{sku}", "put") == []
    assert headers("/V1/integration/customer/token", "post") == []
