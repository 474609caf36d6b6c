"""Credit memos that are sent whole, found, mailed and spoken of (spec 60, 8.7 and 8.8)."""

from __future__ import annotations

from tests.quotes.makers import configure
from tests.sales.creditmemos.makers import assert_nothing_left, in_source, paid_mugs, read, refund, reserved


def a_memo(order_id, item_id, qty=1, **fields):
    money = {name: 10 for name in ("subtotal", "base_subtotal", "grand_total", "base_grand_total")}
    line = {"order_item_id": item_id, "qty": qty, "row_total": 10, "base_row_total": 10}
    return {"order_id": order_id, "items": [line], **money, **fields}


async def register(admin, memo, **body):
    return await admin.post("/rest/V1/creditmemo/refund", {"creditmemo": memo, **body})


async def test_a_memo_that_is_sent_is_registered_as_it_is(ctx, rest, admin):
    order_id, item_id = await paid_mugs(ctx, rest, admin)
    reply = await register(admin, a_memo(order_id, item_id), offlineRequested=True)
    assert reply.status == 200, reply.body
    memo = reply.body
    assert (memo["state"], memo["increment_id"], memo["grand_total"], memo["order_currency_code"]) == (
        2, "000000001", 10, "USD",
    )  # fmt: skip
    (line,) = memo["items"]
    assert (line["sku"], line["qty"], line["row_total"], line["order_item_id"]) == ("mug", 1, 10, item_id)
    order = await read(admin, order_id)
    assert (order["total_refunded"], order["total_offline_refunded"]) == (10, 10)
    assert (order["items"][0]["qty_refunded"], order["items"][0]["amount_refunded"]) == (1, 10)
    assert order["status_histories"][0]["comment"] == "We refunded $10.00 offline."
    assert order["state"] == "processing"
    # Nothing is returned: one of the two left the stock for good.
    assert (await in_source(ctx), await reserved(ctx)) == (99, -1)


async def test_what_is_not_said_to_be_given_back_elsewhere_counts_as_online(ctx, rest, admin):
    order_id, item_id = await paid_mugs(ctx, rest, admin)
    invoice_id = await ctx.db.value("select entity_id from sales_invoice")
    await register(admin, a_memo(order_id, item_id, invoice_id=invoice_id))
    order = await read(admin, order_id)
    assert order["total_online_refunded"] == 10
    assert "total_offline_refunded" not in order
    paid = (await admin.get(f"/rest/V1/invoices/{invoice_id}")).body
    assert (paid["base_total_refunded"], paid["is_used_for_refund"]) == (10, 1)


async def test_an_order_is_closed_when_everything_is_registered(ctx, rest, admin):
    order_id, item_id = await paid_mugs(ctx, rest, admin)
    memo = a_memo(order_id, item_id, qty=2, grand_total=30, base_grand_total=30)
    await register(admin, memo, offlineRequested=True)
    assert (await read(admin, order_id))["state"] == "closed"
    await assert_nothing_left(ctx)


async def test_more_than_was_paid_is_refused(ctx, rest, admin):
    order_id, item_id = await paid_mugs(ctx, rest, admin)
    reply = await register(admin, a_memo(order_id, item_id, grand_total=31, base_grand_total=31))
    assert (reply.status, reply.body) == (
        400,
        {"message": "The most money available to refund is %1.", "parameters": ["$30.00"]},
    )
    assert "total_refunded" not in await read(admin, order_id)


async def test_a_memo_is_registered_once(ctx, rest, admin):
    order_id, item_id = await paid_mugs(ctx, rest, admin)
    stored = (await admin.post("/rest/V1/creditmemo", {"entity": a_memo(order_id, item_id, state=1)})).body
    assert (stored["state"], stored["increment_id"]) == (1, "000000001")
    assert "total_refunded" not in await read(admin, order_id)
    assert (await in_source(ctx), await reserved(ctx)) == (100, -2)
    memo = {"entity_id": stored["entity_id"], "order_id": order_id, "items": []}
    reply = await register(admin, memo, offlineRequested=True)
    assert (reply.status, reply.body["state"], reply.body["grand_total"]) == (200, 2, 10)
    assert (await read(admin, order_id))["total_refunded"] == 10
    again = await register(admin, memo)
    assert (again.status, again.body["message"]) == (400, "We cannot register an existing credit memo.")
    assert await ctx.db.value("select count(*) from sales_creditmemo") == 1


async def test_lines_of_others_and_too_many_pieces_are_refused(ctx, rest, admin):
    order_id, item_id = await paid_mugs(ctx, rest, admin)
    reply = await register(admin, a_memo(order_id, item_id + 1))
    assert reply.body["message"] == "The creditmemo contains product item that is not part of the original order."
    reply = await register(admin, a_memo(order_id, item_id, qty=3))
    assert reply.body["message"] == 'We found an invalid quantity to refund item "%1".'
    assert (await register(admin, a_memo(4711, item_id))).status == 404
    assert (await register(admin, a_memo(order_id, item_id, invoice_id=4711))).status == 404
    reply = await admin.post("/rest/V1/creditmemo/refund")
    assert reply.body["parameters"] == {"fieldName": "creditmemo"}


async def test_a_memo_of_no_order_is_not_stored(admin):
    reply = await admin.post("/rest/V1/creditmemo", {"entity": a_memo(4711, 1)})
    assert (reply.status, reply.body) == (400, {"message": "The credit memo couldn't be saved."})


async def test_a_stored_memo_gets_what_is_sent_again(ctx, rest, admin):
    order_id, _ = await paid_mugs(ctx, rest, admin)
    await refund(admin, order_id)
    comment = {"comment": "Sent to the bank", "is_customer_notified": 0, "is_visible_on_front": 0}
    entity = {"entity_id": 1, "creditmemo_status": 5, "items": [], "comments": [comment]}
    reply = await admin.post("/rest/V1/creditmemo", {"entity": entity | {"order_id": order_id}})
    assert reply.status == 200, reply.body
    assert (reply.body["creditmemo_status"], reply.body["grand_total"]) == (5, 30)
    assert [one["comment"] for one in reply.body["comments"]] == ["Sent to the bank"]
    assert len(reply.body["items"]) == 1
    assert await ctx.db.value("select count(*) from sales_creditmemo") == 1


async def test_no_memo_is_cancelled(admin):
    reply = await admin.put("/rest/V1/creditmemo/1", {})
    assert (reply.status, reply.body) == (400, {"message": "You can not cancel Credit Memo"})


async def test_memos_are_found_by_what_they_say(ctx, rest, admin):
    first, item_id = await paid_mugs(ctx, rest, admin)
    await refund(admin, first, items=[{"order_item_id": item_id, "qty": 1}], arguments={"shipping_amount": 0})
    await refund(admin, first)
    query = (
        "searchCriteria[filterGroups][0][filters][0][field]=grand_total"
        "&searchCriteria[filterGroups][0][filters][0][value]=15"
        "&searchCriteria[filterGroups][0][filters][0][conditionType]=gt"
    )
    page = (await admin.get(f"/rest/V1/creditmemos?{query}")).body
    assert list(page) == ["items", "search_criteria", "total_count"]
    assert [(memo["entity_id"], memo["grand_total"], len(memo["items"])) for memo in page["items"]] == [(2, 20, 1)]
    everything = (await admin.get("/rest/V1/creditmemos?searchCriteria")).body
    assert [memo["entity_id"] for memo in everything["items"]] == [1, 2]


async def test_a_memo_that_there_is_not_is_not_found(admin):
    assert (await admin.get("/rest/V1/creditmemo/4711")).status == 404
    assert (await admin.get("/rest/V1/creditmemo/0")).body["message"] == "An ID is needed. Set the ID and try again."
    assert (await admin.post("/rest/V1/creditmemo/4711/emails")).status == 404


async def test_a_comment_is_noted_and_mailed(ctx, rest, admin):
    order_id, _ = await paid_mugs(ctx, rest, admin)
    await refund(admin, order_id)
    entity = {"parent_id": 1, "comment": "On its way", "is_customer_notified": 1, "is_visible_on_front": 1}
    reply = await admin.post("/rest/V1/creditmemo/1/comments", {"entity": entity})
    assert reply.status == 200, reply.body
    assert {name: reply.body[name] for name in entity} == entity
    listed = (await admin.get("/rest/V1/creditmemo/1/comments")).body
    assert [one["comment"] for one in listed["items"]] == ["On its way"]
    letter = bytes(await ctx.db.value("select letter from mail")).decode()
    assert "Subject: Update to your Main Website Store credit memo" in letter


async def test_a_comment_of_nothing_or_of_no_memo_is_refused(ctx, rest, admin):
    order_id, _ = await paid_mugs(ctx, rest, admin)
    await refund(admin, order_id)
    for entity in ({"parent_id": 1, "comment": ""}, {"parent_id": 4711, "comment": "Hello"}, {"comment": "Hello"}):
        reply = await admin.post("/rest/V1/creditmemo/1/comments", {"entity": entity})
        assert (reply.status, reply.body) == (400, {"message": "Could not save the creditmemo comment."})
    assert await ctx.db.value("select count(*) from sales_creditmemo_comment") == 0


async def test_a_memo_is_mailed_again(ctx, rest, admin):
    order_id, _ = await paid_mugs(ctx, rest, admin)
    await refund(admin, order_id)
    assert (await admin.post("/rest/V1/creditmemo/1/emails")).body is True
    memo = (await admin.get("/rest/V1/creditmemo/1")).body
    assert memo["email_sent"] == 1
    assert (await read(admin, order_id))["status_histories"][0]["is_customer_notified"] == 1
    await configure(ctx, sales_email__creditmemo__enabled="0")
    assert (await admin.post("/rest/V1/creditmemo/1/emails")).body is False
    assert await ctx.db.value("select count(*) from mail") == 1
