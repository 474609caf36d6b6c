"""Deliveries to a real receiver: signed, in order, tried again, held, paused, and sent once more by hand."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest

from entrepot import webhooks
from entrepot.webhooks.contracts import Webhook
from entrepot.webhooks.deliveries import redeliver
from entrepot.webhooks.errors import NoSuchDelivery, NotAnEvent
from entrepot.webhooks.subscriptions import get_webhook
from tests.customers.makers import last_letter, mails
from tests.webhooks.makers import deliver, happen, log_of, stream, subscribe
from tests.webhooks.receiver import answer

DUE = "select scheduled_at from procrastinate_jobs where task_name = 'webhooks.dispatching.deliver_due'"


def fails(_):
    return answer(500, b"down")


async def test_an_event_arrives_signed_and_in_the_words_of_the_stream(ctx, services, receiver):
    webhook = await subscribe(ctx, receiver.url)
    await happen(ctx, 7)

    await deliver(services)

    (one,) = receiver.received
    (logged,) = await log_of(ctx, webhook)
    (event,) = (await stream(ctx)).items
    assert one.target == "/hook"
    assert one.is_signed_by(webhook.secret)
    assert not one.is_signed_by("whsec_other")
    assert one.body == {
        "id": event.id,
        "type": "order.placed",
        "created_at": event.created_at,
        "store_id": 1,
        "data": {"order_id": 7},
    }
    assert one.headers["content-type"] == "application/json"
    assert one.headers["entrepot-event"] == "order.placed"
    assert one.headers["entrepot-event-id"] == str(event.id)
    assert one.headers["entrepot-delivery"] == str(logged.delivery_id)
    assert (logged.status, logged.attempts, logged.response_status, logged.response_body) == ("delivered", 1, 200, "ok")
    assert (logged.event_id, logged.subject, logged.error, logged.next_attempt_at) == (event.id, "order:7", None, None)


async def test_what_was_delivered_is_not_sent_again(ctx, services, receiver):
    await subscribe(ctx, receiver.url)
    await happen(ctx, 1)
    await deliver(services)
    await deliver(services)
    assert receiver.ids == [1]


async def test_only_the_events_that_were_asked_for_arrive(ctx, services, receiver):
    await subscribe(ctx, receiver.url, "order.paid", "stock.low", store_id=1)
    await happen(ctx, 1, type="order.placed")
    await happen(ctx, 2, type="order.paid", store_id=2)
    await happen(ctx, 3, type="order.paid", store_id=1)
    await happen(ctx, 4, type="order.paid", store_id=None)
    await deliver(services)
    assert [one.body["data"]["order_id"] for one in receiver.received] == [3, 4]


async def test_more_events_than_fit_at_once_all_arrive_in_their_order(ctx, services, receiver, monkeypatch):
    monkeypatch.setattr("entrepot.webhooks.dispatching.AT_ONCE", 3)
    await subscribe(ctx, receiver.url, "order.paid")
    await happen(ctx, *range(1, 11))
    await happen(ctx, *range(11, 16), type="order.paid")
    await deliver(services)
    assert receiver.ids == [11, 12, 13, 14, 15]


async def test_an_event_queues_one_job_and_only_where_somebody_wants_it(ctx, clock):
    # Later than any event of other tests in this process.
    clock.forward(days=400)
    ctx.now = clock.now
    await happen(ctx, 1)
    assert await ctx.db.values(DUE) == []
    await subscribe(ctx, "https://hooks.example.com/")
    await happen(ctx, 2, type="order.paid")
    assert await ctx.db.values(DUE) == []
    await happen(ctx, 3)
    await happen(ctx, 4)
    assert await ctx.db.values(DUE) == [clock.now + timedelta(seconds=1.5)]


# ---------------------------------------------------------------- failures


async def test_a_failed_delivery_is_tried_ten_times_ever_more_rarely_and_then_failed(ctx, services, receiver, clock):
    webhook = await subscribe(ctx, receiver.url)
    ok = {2}
    receiver.answers = lambda one: answer(200 if one.body["id"] in ok else 500, b"down")
    await happen(ctx, 1)

    waits = []
    for _ in range(10):
        last = clock.now
        # What else is sent succeeds, so that the webhook itself is well.
        await ctx.db.execute("update webhook set failures = 0, failing_since = null, hold_until = null")
        await deliver(services)
        (logged,) = await log_of(ctx, webhook)
        if logged.status == "failed":
            break
        retry = await ctx.db.value("select next_attempt_at from webhook_delivery")
        waits.append(retry - last)
        clock.now = retry - timedelta(seconds=1)
        await deliver(services)
        clock.now = retry

    seconds = [30, 90, 270, 810, 2430, 7290, 21870, 65610, 86400]
    assert waits == [timedelta(seconds=wait) for wait in seconds]
    assert len(receiver.received) == 10
    assert (logged.status, logged.attempts, logged.response_status) == ("failed", 10, 500)
    assert (logged.next_attempt_at, logged.response_body) == (None, "down")
    assert len({one.raw for one in receiver.received}) == 1
    assert len({one.headers["entrepot-signature"] for one in receiver.received}) == 10
    clock.forward(days=30)
    await deliver(services)
    assert len(receiver.received) == 10


async def test_a_failed_delivery_holds_up_its_subject_only(ctx, services, receiver, clock):
    await subscribe(ctx, receiver.url, "order.placed", "order.paid")
    is_ill = True
    receiver.answers = lambda one: answer(503 if is_ill and one.body["id"] == 1 else 200)
    await happen(ctx, 1, 2)
    await happen(ctx, 1, 3, type="order.paid")

    await deliver(services)
    assert receiver.ids == [1, 2, 4]
    is_ill = False
    clock.forward(seconds=30)
    await deliver(services)
    assert receiver.ids == [1, 2, 4, 1, 3]


async def test_a_webhook_that_fails_is_held_and_catches_up_in_order(ctx, services, receiver, clock):
    webhook = await subscribe(ctx, receiver.url)
    receiver.answers = fails
    await happen(ctx, 1, 2, 3, 4, 5)

    await deliver(services)
    assert receiver.ids == [1, 2, 3]
    await deliver(services)
    clock.forward(seconds=59)
    await deliver(services)
    assert receiver.ids == [1, 2, 3]
    clock.forward(seconds=1)
    await deliver(services)
    assert receiver.ids == [1, 2, 3, 1]
    assert (await get_webhook(ctx, webhook.webhook_id)).failures == 4

    receiver.answers = lambda _: answer(204)
    clock.forward(minutes=2)
    await deliver(services)
    # The first that is due tells that the other side is back: then nothing waits any longer.
    assert sorted(receiver.ids[4:]) == [1, 2, 3, 4, 5]
    assert receiver.ids[5:] == sorted(receiver.ids[5:])
    after = await get_webhook(ctx, webhook.webhook_id)
    assert (after.failures, after.last_error, after.is_paused) == (0, None, False)


async def test_a_webhook_that_fails_for_three_days_is_paused_and_told(ctx, services, receiver, clock):
    webhook = await subscribe(ctx, receiver.url)
    receiver.answers = fails
    await happen(ctx, 1)
    await deliver(services)
    clock.forward(days=2, hours=23)
    await deliver(services)
    assert not (await get_webhook(ctx, webhook.webhook_id)).is_paused
    await ctx.db.execute("delete from mail")
    clock.forward(hours=2)
    await deliver(services)

    paused = await get_webhook(ctx, webhook.webhook_id)
    assert (paused.is_paused, paused.is_active, paused.last_error) == (True, True, "HTTP 500")
    assert await mails(ctx) == [(["owner@example.com"], f"Webhook {webhook.webhook_id} is paused")]
    assert receiver.url in await last_letter(ctx)
    sent = len(receiver.received)
    receiver.answers = lambda _: answer(200)
    clock.forward(days=2)
    await happen(ctx, 2)
    await deliver(services)
    assert len(receiver.received) == sent

    await webhooks.update_webhook(ctx, webhook.webhook_id, Webhook(is_active=True))
    await deliver(services)
    assert receiver.ids[sent:] == [1, 2]
    assert not (await get_webhook(ctx, webhook.webhook_id)).is_paused


async def test_a_webhook_that_is_switched_off_goes_on_where_it_stopped(ctx, services, receiver):
    webhook = await subscribe(ctx, receiver.url)
    await webhooks.update_webhook(ctx, webhook.webhook_id, Webhook(is_active=False))
    await happen(ctx, 1)
    await deliver(services)
    assert receiver.received == []
    await webhooks.update_webhook(ctx, webhook.webhook_id, Webhook(is_active=True))
    await deliver(services)
    assert receiver.ids == [1]


async def test_a_worker_that_died_leaves_the_webhook_to_others(ctx, services, receiver, clock):
    await subscribe(ctx, receiver.url)
    await happen(ctx, 1)
    await ctx.db.execute("update webhook set busy_until = %(until)s", until=clock.now + timedelta(minutes=2))
    await deliver(services)
    assert receiver.received == []
    clock.forward(minutes=2)
    await deliver(services)
    assert receiver.ids == [1]


# ---------------------------------------------------------------- by hand


async def test_a_delivery_can_be_sent_once_more_whatever_came_of_it(ctx, services, admin, receiver):
    webhook = await subscribe(ctx, receiver.url)
    await happen(ctx, 1)
    await deliver(services)
    (first,) = await log_of(ctx, webhook)

    reply = await admin.post(f"/rest/V1/webhooks/deliveries/{first.delivery_id}/redeliver")
    assert (reply.status, reply.body["status"], reply.body["event_id"]) == (200, "pending", 1)
    await deliver(services)

    assert receiver.ids == [1, 1]
    assert receiver.received[0].raw == receiver.received[1].raw
    assert [(one.status, one.attempts) for one in await log_of(ctx, webhook)] == [("delivered", 1)] * 2


@pytest.mark.parametrize("id", [4711, -1, 2**70])
async def test_a_delivery_that_there_is_not_is_not_sent(ctx, id):
    with pytest.raises(NoSuchDelivery):
        await redeliver(ctx, id)


async def test_a_ping_is_sent_at_once_and_answers_what_came_of_it(ctx, admin, receiver):
    webhook = await subscribe(ctx, receiver.url, is_active=False)
    address = f"/rest/V1/webhooks/{webhook.webhook_id}/ping"

    reply = await admin.post(address)
    (one,) = receiver.received
    assert one.is_signed_by(webhook.secret)
    assert (one.body["type"], one.body["id"]) == ("ping", None)
    assert one.body["data"] == {"webhook_id": webhook.webhook_id}
    assert one.headers["entrepot-event"] == "ping" and "entrepot-event-id" not in one.headers
    assert (reply.status, reply.body["status"], reply.body["response_status"]) == (200, "delivered", 200)

    receiver.answers = lambda _: answer(404, b"x" * 5000)
    reply = await admin.post(address)
    assert (reply.body["status"], reply.body["response_status"]) == ("failed", 404)
    assert reply.body["response_body"] == "x" * 1000
    assert (await get_webhook(ctx, webhook.webhook_id)).failures == 0
    assert (await stream(ctx)).items == []
    with pytest.raises(NotAnEvent):
        await redeliver(ctx, reply.body["delivery_id"])


async def test_after_a_rotation_both_secrets_sign_for_a_day(ctx, services, receiver, clock):
    ctx.now = clock.now
    webhook = await subscribe(ctx, receiver.url)
    new = (await webhooks.rotate_secret(ctx, webhook.webhook_id)).secret
    for hours in (0, 25):
        clock.forward(hours=hours)
        await happen(ctx, 1)
        await deliver(services)
    first, second = receiver.received
    assert first.is_signed_by(webhook.secret) and first.is_signed_by(new)
    assert second.is_signed_by(new) and not second.is_signed_by(webhook.secret)


async def test_the_deliveries_of_a_webhook_over_rest(ctx, services, admin, receiver):
    webhook = await subscribe(ctx, receiver.url)
    receiver.answers = lambda one: answer(200 if one.body["id"] == 2 else 500)
    await happen(ctx, 1, 2)
    await deliver(services)
    filter = "searchCriteria[filterGroups][0][filters][0]"
    criteria = f"{filter}[field]=status&{filter}[value]=pending"
    reply = await admin.get(f"/rest/V1/webhooks/{webhook.webhook_id}/deliveries?{criteria}")
    assert (reply.status, reply.body["total_count"]) == (200, 1)
    (one,) = reply.body["items"]
    assert (one["event_id"], one["type"], one["attempts"], one["response_status"]) == (1, "order.placed", 1, 500)
    assert one["next_attempt_at"] > one["attempted_at"]
    assert json.dumps(one).count("secret") == 0
