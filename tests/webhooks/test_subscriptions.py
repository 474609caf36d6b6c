"""Webhooks over REST: made, changed, listed, deleted, and their secrets."""

from __future__ import annotations

import pytest

from entrepot import stores
from entrepot.kit.search_criteria import SearchCriteria
from entrepot.stores import write_value
from entrepot.webhooks.subscriptions import list_webhooks
from tests.customers.makers import as_clerk, may_not, required
from tests.webhooks.makers import happen, subscribe

WEBHOOKS = "/rest/V1/webhooks"
NO_URL = "The URL must be an http or https address without a user name and a fragment. Enter and try again."
NOT_THERE = "Webhooks can't be sent to %1. Allow private addresses in the configuration, or choose another address."
MINE = "https://hooks.example.com/orders?shop=1"


async def count(ctx):
    return await ctx.db.value("select count(*) from webhook")


async def make(admin, **fields):
    return await admin.post(WEBHOOKS, {"webhook": {"url": MINE, "event_types": ["order.placed"], **fields}})


async def test_a_webhook_is_made_with_a_secret_that_is_shown_once(ctx, admin):
    reply = await make(admin, event_types=["order.paid", "order.placed", "order.paid"])

    assert reply.status == 200
    secret = reply.body.pop("secret")
    assert secret.startswith("whsec_") and len(secret) == 49
    now = reply.body["created_at"]
    assert reply.body == {
        "webhook_id": reply.body["webhook_id"],
        "url": MINE,
        "event_types": ["order.placed", "order.paid"],
        "store_id": None,
        "is_active": True,
        "is_paused": False,
        "failures": 0,
        "last_error": None,
        "created_at": now,
        "updated_at": now,
    }
    assert (await admin.get(f"{WEBHOOKS}/{reply.body['webhook_id']}")).body == reply.body
    stored = await ctx.db.value("select secret from webhook")
    assert secret not in stored and stores.decrypt(ctx.settings.home, stored) == secret


async def test_webhooks_are_found_by_criteria(admin):
    await make(admin)
    other = (await make(admin, url="https://other.example.com/", is_active=False)).body["webhook_id"]
    filter = "searchCriteria[filterGroups][0][filters][0]"
    reply = await admin.get(f"{WEBHOOKS}/search?{filter}[field]=is_active&{filter}[value]=0")
    assert (reply.status, reply.body["total_count"]) == (200, 1)
    assert [one["webhook_id"] for one in reply.body["items"]] == [other]
    assert "secret" not in reply.body["items"][0]


async def test_a_change_leaves_what_it_does_not_name(admin):
    made = (await make(admin, store_id=1)).body
    address = f"{WEBHOOKS}/{made['webhook_id']}"
    reply = await admin.put(address, {"webhook": {"event_types": ["stock.low"]}})
    assert reply.status == 200
    assert (reply.body["url"], reply.body["event_types"], reply.body["store_id"]) == (MINE, ["stock.low"], 1)
    assert reply.body["is_active"] is True
    reply = await admin.put(address, {"webhook": {"store_id": 0, "is_active": False}})
    assert (reply.body["store_id"], reply.body["is_active"]) == (None, False)


async def test_a_deleted_webhook_is_gone(ctx, admin):
    made = (await make(admin)).body["webhook_id"]
    assert (await admin.delete(f"{WEBHOOKS}/{made}")).body is True
    reply = await admin.delete(f"{WEBHOOKS}/{made}")
    assert reply.status == 404
    assert reply.body == {"message": 'The webhook with the "%1" ID doesn\'t exist.', "parameters": [str(made)]}
    assert await count(ctx) == 0


@pytest.mark.parametrize("method", ["get", "put", "delete", "secret", "ping", "deliveries"])
@pytest.mark.parametrize("id", [4711, 2**40])
async def test_what_there_is_not_is_not_found(admin, method, id):
    address = f"{WEBHOOKS}/{id}"
    calls = {
        "get": lambda: admin.get(address),
        "put": lambda: admin.put(address, {"webhook": {"is_active": True}}),
        "delete": lambda: admin.delete(address),
        "secret": lambda: admin.post(f"{address}/secret"),
        "ping": lambda: admin.post(f"{address}/ping"),
        "deliveries": lambda: admin.get(f"{address}/deliveries?searchCriteria[pageSize]=5"),
    }
    assert (await calls[method]()).status == 404


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"url": "ftp://hooks.example.com/"}, NO_URL),
        ({"url": "https://ada:secret@hooks.example.com/"}, NO_URL),
        ({"url": "https://hooks.example.com/a b"}, NO_URL),
        ({"url": "https://hooks.example.com/\r\nX: y"}, NO_URL),
        ({"url": "http://127.0.0.1/"}, NOT_THERE),
        ({"url": "http://localhost:8080/"}, NOT_THERE),
        ({"url": "http://[::ffff:10.0.0.1]/"}, NOT_THERE),
        ({"event_types": ["order.placed", "ping"]}, 'The event type "%1" is unknown. Verify and try again.'),
        ({"store_id": 0}, 'The store view with the "%1" ID doesn\'t exist.'),
        ({"store_id": 99}, 'The store view with the "%1" ID doesn\'t exist.'),
    ],
)
async def test_what_cannot_work_is_refused(ctx, admin, fields, message):
    reply = await make(admin, **fields)
    assert (reply.status, reply.body["message"]) == (400, message)
    assert await count(ctx) == 0


async def test_missing_fields_are_told_together(ctx, admin):
    reply = await admin.post(WEBHOOKS, {"webhook": {"event_types": []}})
    assert (reply.status, reply.body) == (400, required("url", "eventTypes"))


async def test_metadata_addresses_are_refused_even_where_private_ones_are_allowed(ctx, admin):
    await write_value(ctx, "webhooks/delivery/allow_private", "1")
    assert (await make(admin, url="http://10.0.0.1/")).status == 200
    reply = await make(admin, url="http://169.254.169.254/latest/meta-data/")
    assert (reply.status, reply.body["parameters"]) == (400, ["169.254.169.254"])


async def test_a_rotated_secret_is_shown_once_and_the_former_one_is_kept_for_a_day(ctx, admin):
    made = (await make(admin)).body
    reply = await admin.post(f"{WEBHOOKS}/{made['webhook_id']}/secret")
    assert reply.status == 200
    assert reply.body["secret"] != made["secret"]
    former, hours = await ctx.db.one(
        tuple, "select former_secret, extract(epoch from former_secret_until - updated_at)::int / 3600 from webhook"
    )
    assert (stores.decrypt(ctx.settings.home, former), hours) == (made["secret"], 24)


async def test_a_new_webhook_begins_with_what_happens_from_now_on(ctx):
    await happen(ctx, 1, 2)
    webhook = await subscribe(ctx, MINE)
    rows, _ = await list_webhooks(ctx, SearchCriteria())
    assert [(row.webhook_id, row.position) for row in rows] == [(webhook.webhook_id, 2)]


async def test_a_webhook_goes_with_its_store_view(ctx):
    await subscribe(ctx, MINE)
    await subscribe(ctx, MINE, store_id=1)
    await ctx.db.execute("delete from store where store_id = 1")
    assert await count(ctx) == 1


@pytest.mark.parametrize("call", ["search", "make", "redeliver"])
async def test_only_those_who_may_manage_webhooks_do(ctx, rest, call):
    clerk = await as_clerk(ctx, rest, "Entrepot_Webhooks::events")
    for who in (rest, clerk):
        calls = {
            "search": lambda who=who: who.get(f"{WEBHOOKS}/search?searchCriteria[pageSize]=1"),
            "make": lambda who=who: make(who),
            "redeliver": lambda who=who: who.post(f"{WEBHOOKS}/deliveries/1/redeliver"),
        }
        reply = await calls[call]()
        assert (reply.status, reply.body) == (401, may_not("Entrepot_Webhooks::webhooks"))
    assert await count(ctx) == 0
