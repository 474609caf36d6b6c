"""System > Extensions > Webhooks, and the log of deliveries."""

from __future__ import annotations

import re

import pytest

from entrepot import webhooks
from entrepot.kit.search_criteria import SearchCriteria
from tests.admin.browser import AdminBrowser, an_administrator
from tests.webhooks.makers import allow_private, deliver, happen, log_of, subscribe
from tests.webhooks.receiver import a_receiver, answer

HOME, LOG = "/admin/adminhtml/webhook", "/admin/adminhtml/webhook_delivery"
NEW = {
    "url": "https://hooks.example.com/",
    "is_active": "1",
    "store_id": "1",
    "event_types": ["order.placed", "stock.low"],
}


@pytest.fixture
async def receiver():
    async with a_receiver() as receiver:
        yield receiver


async def stored(ctx):
    rows, _ = await webhooks.list_webhooks(ctx, SearchCriteria())
    return rows


def secret_on(browser):
    return re.search(r"<code[^>]*>(whsec_[\w-]+)</code>", browser.page.text)


async def test_a_webhook_is_made_changed_and_deleted_and_its_secret_shown_once(browser, ctx):
    await browser.get(f"{HOME}/new/")
    await browser.post(f"{HOME}/save/", NEW)
    first = secret_on(browser)
    assert first
    (row,) = await stored(ctx)
    assert (row.url, row.event_types, row.store_id) == (NEW["url"], NEW["event_types"], 1)

    pairs = f"id/{row.webhook_id}/"
    await browser.get(f"{HOME}/edit/{pairs}")
    assert "whsec_" not in browser.page.text
    assert browser.page.text.count('name="event_types"') == 9
    assert len(re.findall(r'name="event_types" value="[\w.]+" checked', browser.page.text)) == 2
    await browser.post(f"{HOME}/save/{pairs}", {**NEW, "store_id": "", "event_types": "order.paid", "is_active": "0"})
    assert browser.messages == ["success: The webhook has been saved."]
    (row,) = await stored(ctx)
    assert (row.event_types, row.store_id, row.is_active) == (["order.paid"], None, False)

    await browser.post(f"{HOME}/rotate/{pairs}")
    assert not secret_on(browser)
    await browser.post(f"{HOME}/rotate/{pairs}", {"confirmed": "1"})
    second = secret_on(browser)
    assert second and second[1] != first[1]

    await browser.post(f"{HOME}/delete/{pairs}")
    assert len(await stored(ctx)) == 1
    await browser.post(f"{HOME}/delete/{pairs}", {"confirmed": "1"})
    assert browser.messages == ["success: The webhook has been deleted."]
    assert await stored(ctx) == []


async def test_what_cannot_work_is_said_at_the_fields(browser, ctx):
    await browser.get(f"{HOME}/new/")
    reply = await browser.post(f"{HOME}/save/", {**NEW, "url": "http://127.0.0.1/", "event_types": ""})
    assert reply.status_code == 422
    assert "can't be sent to 127.0.0.1" in (browser.error_at("url") or "")
    assert browser.error_at("event_types") == '"eventTypes" is required. Enter and try again.'
    assert await stored(ctx) == []


async def test_a_ping_says_what_came_of_it(browser, ctx, receiver):
    webhook = await subscribe(ctx, receiver.url)
    await browser.get(f"{HOME}/edit/id/{webhook.webhook_id}/")
    await browser.post(f"{HOME}/ping/id/{webhook.webhook_id}/")
    assert re.fullmatch(r"success: The ping was taken: HTTP 200 after \d+ ms\.", browser.messages[0])
    receiver.answers = lambda _: answer(410)
    await browser.post(f"{HOME}/ping/id/{webhook.webhook_id}/")
    assert browser.messages == ["error: The ping was not taken: HTTP 410."]
    assert len(receiver.received) == 2


async def test_deliveries_are_listed_viewed_and_sent_again(browser, ctx, services, receiver):
    webhook = await subscribe(ctx, receiver.url)
    receiver.answers = lambda _: answer(500, b"<b>down</b>")
    await happen(ctx, 7, 8)
    await deliver(services)

    await browser.get(f"{LOG}/?f.webhook_id={webhook.webhook_id}")
    assert browser.heading == "Webhook Deliveries"
    assert [row[2:8] for row in browser.rows] == [
        [receiver.url, "Order placed", subject, "Pending", "1", "500"] for subject in ("order:8", "order:7")
    ]
    first, second = await log_of(ctx, webhook)
    await browser.get(f"{LOG}/view/id/{first.delivery_id}/")
    assert "&lt;b&gt;down&lt;/b&gt;" in browser.page.text
    await browser.post(f"{LOG}/redeliver/id/{first.delivery_id}/")
    assert browser.messages == ["success: The event will be sent again."]
    await browser.post(f"{LOG}/massRedeliver/", {"selected": [str(first.delivery_id), str(second.delivery_id)]})
    assert browser.messages == ["success: 2 event(s) will be sent again."]
    assert [one.subject for one in await log_of(ctx, webhook)] == [
        "order:7",
        "order:8",
        "order:7",
        "order:7",
        "order:8",
    ]


async def test_a_paused_webhook_says_so_and_goes_on_when_it_is_saved(browser, ctx, receiver):
    webhook = await subscribe(ctx, receiver.url)
    await ctx.db.execute("update webhook set paused_at = now(), failures = 9, last_error = 'HTTP 500'")
    await browser.get(f"{HOME}/")
    assert "Paused" in browser.text
    await browser.get(f"{HOME}/edit/id/{webhook.webhook_id}/")
    assert browser.messages[0].startswith("notice: Nothing sent to this address was taken for three days")
    await browser.post(f"{HOME}/save/id/{webhook.webhook_id}/", {**NEW, "url": receiver.url})
    assert [row.state for row in await stored(ctx)] == ["active"]


@pytest.mark.parametrize("address", [f"{HOME}/edit/id/99/", f"{LOG}/view/id/99/"])
async def test_what_there_is_not_is_said_not_to_exist(browser, address):
    await browser.get(address)
    assert browser.messages[0].endswith('with the "99" ID doesn\'t exist.')


async def test_only_those_who_may_see_the_pages(services, ctx):
    await allow_private(ctx)
    await an_administrator(ctx, "bob", ["Magento_Integration::integrations"])
    browser = AdminBrowser(services)
    await browser.enter("bob")
    for address in (f"{HOME}/", f"{HOME}/new/", f"{LOG}/"):
        assert (await browser.get(address)).status_code == 403
    assert 'href="/admin/adminhtml/webhook' not in browser.page.text
