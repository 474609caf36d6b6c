"""Money given back, over REST (spec 60, 8.2, 8.3 and 20.1)."""

from __future__ import annotations

import pytest

from entrepot.sales import OrderRefunded
from tests.quotes.makers import a_product
from tests.sales.creditmemos.makers import (
    HEAD,
    in_source,
    invoice,
    paid_mugs,
    read,
    refund,
    refund_lines,
    reserved,
    ship,
)
from tests.sales.makers import an_order, an_order_of_mugs


async def test_everything_is_given_back(ctx, rest, admin):
    order_id, _ = await paid_mugs(ctx, rest, admin)
    reply = await refund(admin, order_id)
    assert (reply.status, reply.body) == (200, "1")
    order = await read(admin, order_id)
    assert (order["state"], order["status"]) == ("closed", "closed")
    assert [order[f"{name}_refunded"] for name in ("total", "total_offline", "subtotal", "shipping")] == [
        30,
        30,
        20,
        10,
    ]
    assert "total_online_refunded" not in order
    names = ("adjustment_positive", "adjustment_negative", "base_adjustment_positive", "base_adjustment_negative")
    assert [order[name] for name in names] == [0, 0, 0, 0]
    assert (order["customer_note_notify"], order["items"][0]["qty_refunded"]) == (0, 2)
    payment = order["payment"]
    assert [payment[f"{name}_refunded"] for name in ("amount", "base_amount", "shipping", "base_shipping")] == [
        30, 30, 10, 10,
    ]  # fmt: skip
    assert "base_amount_refunded_online" not in payment
    (entry,) = order["status_histories"]
    assert entry | {"created_at": "", "entity_id": 0} == {
        "comment": "We refunded $30.00 offline.",
        "created_at": "",
        "entity_id": 0,
        "entity_name": "creditmemo",
        "is_customer_notified": 0,
        "is_visible_on_front": 0,
        "parent_id": order_id,
        "status": "closed",
    }


async def test_a_memo_is_read_as_clients_know_it(ctx, rest, admin):
    order_id, item_id = await paid_mugs(ctx, rest, admin)
    await refund(
        admin,
        order_id,
        items=[{"order_item_id": item_id, "qty": 1}],
        arguments={"shipping_amount": 5, "adjustment_positive": 2, "adjustment_negative": 1},
    )
    memo = (await admin.get("/rest/V1/creditmemo/1")).body
    order = await read(admin, order_id)
    assert list(memo.items()) == [
        ("adjustment", 1),
        ("adjustment_negative", 1),
        ("adjustment_positive", 2),
        ("base_adjustment", 1),
        ("base_adjustment_negative", 1),
        ("base_adjustment_positive", 2),
        ("base_currency_code", "USD"),
        ("base_discount_amount", 0),
        ("base_grand_total", 16),
        ("base_discount_tax_compensation_amount", 0),
        ("base_shipping_amount", 5),
        ("base_shipping_incl_tax", 5),
        ("base_shipping_tax_amount", 0),
        ("base_subtotal", 10),
        ("base_subtotal_incl_tax", 10),
        ("base_tax_amount", 0),
        ("base_to_global_rate", 1),
        ("base_to_order_rate", 1),
        ("billing_address_id", order["billing_address_id"]),
        ("created_at", memo["created_at"]),
        ("discount_amount", 0),
        ("entity_id", 1),
        ("global_currency_code", "USD"),
        ("grand_total", 16),
        ("discount_tax_compensation_amount", 0),
        ("increment_id", "000000001"),
        ("order_currency_code", "USD"),
        ("order_id", order_id),
        ("shipping_address_id", memo["shipping_address_id"]),
        ("shipping_amount", 5),
        ("shipping_incl_tax", 5),
        ("shipping_tax_amount", 0),
        ("state", 2),
        ("store_currency_code", "USD"),
        ("store_id", 1),
        ("store_to_base_rate", 0),
        ("store_to_order_rate", 0),
        ("subtotal", 10),
        ("subtotal_incl_tax", 10),
        ("tax_amount", 0),
        ("updated_at", memo["updated_at"]),
        ("items", memo["items"]),
        ("comments", []),
    ]
    (line,) = memo["items"]
    assert list(line.items()) == [
        ("base_cost", None),
        ("base_price", 10),
        ("base_price_incl_tax", 10),
        ("base_row_total", 10),
        ("base_row_total_incl_tax", 10),
        ("entity_id", line["entity_id"]),
        ("name", "Mug"),
        ("order_item_id", item_id),
        ("parent_id", 1),
        ("price", 10),
        ("price_incl_tax", 10),
        ("product_id", line["product_id"]),
        ("qty", 1),
        ("row_total", 10),
        ("row_total_incl_tax", 10),
        ("sku", "mug"),
    ]


async def test_what_is_not_paid_cannot_be_given_back(ctx, rest, admin):
    order_id = await an_order_of_mugs(ctx, rest)
    reply = await refund(admin, order_id)
    assert (reply.status, reply.body) == (
        400,
        {
            "message": HEAD
            + "The order does not allow a creditmemo to be created.\nThe most money available to refund is 0."
        },
    )
    assert await reserved(ctx) == -2
    assert await in_source(ctx) == 100
    assert await ctx.db.value("select count(*) from sales_creditmemo") == 0


async def test_the_life_of_the_example_order(ctx, rest, admin):
    """Spec 60, 20.1: two at 10 and 10 for shipping, of a hundred."""
    order_id, item_id = await paid_mugs(ctx, rest, admin)
    await ship(admin, order_id, (item_id, 1))
    assert (await in_source(ctx), await reserved(ctx)) == (99, -1)

    reply = await refund_lines(
        admin, order_id, (item_id, 1), shipping_amount=5, adjustment_positive=2, adjustment_negative=1
    )
    assert reply.body == "1"
    order = await read(admin, order_id)
    names = ("total_refunded", "subtotal_refunded", "shipping_refunded", "adjustment_positive", "adjustment_negative")
    assert [order[name] for name in names] == [16, 10, 5, 2, 1]
    assert (order["total_offline_refunded"], order["items"][0]["qty_refunded"]) == (16, 1)
    assert (order["state"], order["status"]) == ("complete", "complete")
    assert (await in_source(ctx), await reserved(ctx)) == (98, 0)

    refused = await refund(admin, order_id)
    assert (refused.status, refused.body) == (400, {"message": HEAD + "The most money available to refund is 14."})

    assert (await refund(admin, order_id, arguments={"adjustment_negative": 1})).body == "2"
    order = await read(admin, order_id)
    assert (order["total_refunded"], order["state"]) == (30, "closed")
    # The one that is given back was shipped, and does not come back.
    assert (await in_source(ctx), await reserved(ctx)) == (98, 0)
    assert [entry["comment"] for entry in order["status_histories"]] == [
        "We refunded $14.00 offline.",
        "We refunded $16.00 offline.",
    ]


async def test_the_worked_example_of_the_totals(ctx, rest, admin):
    """Spec 60, 8.4 without its taxes and discounts: three at 9.99 and 15 for shipping."""
    await a_product(ctx, "cup", "9.99")
    order_id = await an_order(rest, ("cup", 3))
    await invoice(admin, order_id)
    item_id = (await read(admin, order_id))["items"][0]["item_id"]
    await refund_lines(admin, order_id, (item_id, 1), shipping_amount=5)
    assert (await read(admin, order_id))["total_refunded"] == 14.99
    await refund(admin, order_id)
    order = await read(admin, order_id)
    assert (order["total_refunded"], order["total_paid"], order["state"]) == (44.97, 44.97, "closed")


async def refused(admin, order_id, *lines, **arguments):
    reply = await refund_lines(admin, order_id, *lines, **arguments)
    assert reply.status == 400, reply.body
    assert reply.body["message"].startswith(HEAD)
    return reply.body["message"].removeprefix(HEAD).split("\n")


async def test_what_is_closed_or_held_cannot_be_given_back(ctx, rest, admin):
    order_id, _ = await paid_mugs(ctx, rest, admin)
    await admin.post(f"/rest/V1/orders/{order_id}/hold")
    assert await refused(admin, order_id) == ["A creditmemo can not be created when an order has a status of holded"]
    await admin.post(f"/rest/V1/orders/{order_id}/unhold")
    await refund(admin, order_id)
    assert await refused(admin, order_id) == [
        "A creditmemo can not be created when an order has a status of closed",
        "The credit memo's total must be positive.",
    ]
    assert await ctx.db.value("select count(*) from sales_creditmemo") == 1


async def test_a_memo_of_nothing_is_refused(ctx, rest, admin):
    order_id, item_id = await paid_mugs(ctx, rest, admin)
    assert await refused(admin, order_id, (item_id, 0), shipping_amount=0) == [
        "The credit memo's total must be positive."
    ]


async def test_lines_that_are_none_of_the_order_are_refused(ctx, rest, admin):
    order_id, item_id = await paid_mugs(ctx, rest, admin)
    assert await refused(admin, order_id, (item_id + 1, 1), shipping_amount=0) == [
        "The credit memo's total must be positive.",
        "The creditmemo contains product item that is not part of the original order.",
    ]
    # The shipping of it would have been given back.
    assert await refused(admin, order_id, (item_id + 1, 1)) == [
        "The creditmemo contains product item that is not part of the original order."
    ]


async def test_money_alone_is_no_memo_once_the_shipping_is_given_back(ctx, rest, admin):
    order_id, item_id = await paid_mugs(ctx, rest, admin)
    await refund_lines(admin, order_id, (item_id, 0), shipping_amount=10)
    assert await refused(admin, order_id, (item_id, 0), adjustment_positive=1) == [
        "You can't create a creditmemo without products."
    ]


async def test_what_goes_back_to_the_stock_must_be_of_the_order_and_of_the_memo(ctx, rest, admin):
    order_id, item_id = await paid_mugs(ctx, rest, admin)
    assert await refused(admin, order_id, returned=[item_id, 4711, 4712]) == [
        "The return to stock argument contains product item that is not part of the original order."
    ]
    # The line is of the order, but nothing of it is given back.
    assert await refused(admin, order_id, (item_id, 0), returned=[item_id], shipping_amount=5) == [
        'The "mug" product is not part of the current creditmemo.'
    ]


async def test_a_line_of_another_order_does_not_go_back_to_the_stock(ctx, rest, admin):
    order_id, _ = await paid_mugs(ctx, rest, admin)
    await a_product(ctx, "plate", "10")
    other = await read(admin, await an_order(rest, ("mug", 1), ("plate", 1)))
    mug_elsewhere, plate = (line["item_id"] for line in other["items"])
    assert await refused(admin, order_id, returned=[mug_elsewhere]) == [
        'The "mug" product is not part of the current creditmemo.'
    ]
    assert await refused(admin, order_id, returned=[plate]) == [
        "The return to stock argument contains product item that is not part of the original order."
    ]


async def test_more_pieces_or_shipping_than_are_left_are_refused_before_everything_else(ctx, rest, admin):
    order_id, item_id = await paid_mugs(ctx, rest, admin)
    reply = await refund_lines(admin, order_id, (item_id, 3), shipping_amount=11)
    assert (reply.status, reply.body) == (
        400,
        {"message": 'We found an invalid quantity to refund item "%1".', "parameters": ["Mug"]},
    )
    reply = await refund_lines(admin, order_id, (item_id, 2), shipping_amount=10.01)
    assert (reply.status, reply.body) == (
        400,
        {"message": "Maximum shipping amount allowed to refund is: %1", "parameters": ["$10.00"]},
    )
    assert "total_refunded" not in await read(admin, order_id)


async def test_an_order_that_is_not_there_is_not_refunded(admin):
    reply = await refund(admin, 4711)
    assert (reply.status, reply.body["message"]) == (
        404,
        "The entity that was requested doesn't exist. Verify the entity and try again.",
    )
    assert (await refund(admin, 0)).body["message"] == "An ID is needed. Set the ID and try again."
    assert (await admin.post("/rest/V1/invoice/4711/refund")).status == 404


async def test_a_status_of_the_orders_own_stays(ctx, rest, admin):
    order_id, item_id = await paid_mugs(ctx, rest, admin)
    await ctx.db.execute("update sales_order set status = 'fraud'")
    await refund_lines(admin, order_id, (item_id, 1))
    order = await read(admin, order_id)
    assert (order["state"], order["status"]) == ("processing", "fraud")
    await refund_lines(admin, order_id, (item_id, 1))
    order = await read(admin, order_id)
    assert (order["state"], order["status"]) == ("closed", "closed")


async def test_what_is_paid_is_given_back_while_the_rest_waits(ctx, rest, admin):
    order_id = await an_order_of_mugs(ctx, rest, 2)
    item_id = (await read(admin, order_id))["items"][0]["item_id"]
    await invoice(admin, order_id, (item_id, 1))
    await refund(admin, order_id)
    order = await read(admin, order_id)
    assert (order["total_refunded"], order["total_paid"], order["state"]) == (20, 20, "processing")


async def test_the_customer_is_told_with_the_comment(ctx, rest, admin):
    order_id, item_id = await paid_mugs(ctx, rest, admin)
    await refund(
        admin,
        order_id,
        items=[{"order_item_id": item_id, "qty": 1}],
        notify=True,
        appendComment=True,
        comment={"comment": "Sorry for that", "is_visible_on_front": 1},
        arguments={"adjustment_negative": 1},
    )
    memo = (await admin.get("/rest/V1/creditmemo/1")).body
    (comment,) = memo["comments"]
    assert list(comment) == [
        "comment", "created_at", "entity_id", "is_customer_notified", "is_visible_on_front", "parent_id",
    ]  # fmt: skip
    assert (comment["comment"], comment["is_customer_notified"], comment["parent_id"]) == ("Sorry for that", 1, 1)
    assert memo["email_sent"] == 1
    order = await read(admin, order_id)
    assert order["customer_note_notify"] == order["status_histories"][0]["is_customer_notified"] == 1
    letter = bytes(await ctx.db.value("select letter from mail")).decode().replace("\r\n", "\n")
    assert "Subject: Credit memo for your Main Website Store order" in letter
    assert "Sorry for that" in letter
    assert "Adjustment Fee" in letter


async def test_a_comment_that_is_not_mailed_is_kept(ctx, rest, admin):
    order_id, _ = await paid_mugs(ctx, rest, admin)
    await refund(admin, order_id, appendComment=True, comment={"comment": "Broken", "is_visible_on_front": 0})
    memo = (await admin.get("/rest/V1/creditmemo/1")).body
    assert [(one["comment"], one["is_customer_notified"]) for one in memo["comments"]] == [("Broken", 0)]
    assert "email_sent" not in memo
    assert await ctx.db.value("select count(*) from mail") == 0


async def test_other_programs_are_told(ctx, rest, admin):
    order_id, _ = await paid_mugs(ctx, rest, admin)
    told = []

    async def listen(ctx, event):
        told.append(event)

    events = ctx.services.events
    events.listen(OrderRefunded, listen)
    try:
        await refund(admin, order_id)
    finally:
        events._listeners[OrderRefunded].remove(listen)
    assert told == [OrderRefunded(order_id, "000000001", 1, 1)]


@pytest.mark.parametrize(
    ("method", "path", "resource"),
    [
        ("POST", "order/1/refund", "creditmemo"),
        ("POST", "invoice/1/refund", "sales_invoice"),
        ("GET", "creditmemo/1", "sales_creditmemo"),
        ("GET", "creditmemos?searchCriteria", "sales_creditmemo"),
        ("POST", "creditmemo", "sales_creditmemo"),
        ("POST", "creditmemo/refund", "sales_creditmemo"),
        ("PUT", "creditmemo/1", "sales_creditmemo"),
        ("POST", "creditmemo/1/emails", "sales_creditmemo"),
        ("GET", "creditmemo/1/comments", "sales_creditmemo"),
        ("POST", "creditmemo/1/comments", "sales_creditmemo"),
    ],
)
async def test_only_who_may_gives_money_back(rest, method, path, resource):
    reply = await rest.call(method, f"/rest/V1/{path}")
    assert reply.status == 401
    assert reply.body["parameters"] == {"resources": f"Magento_Sales::{resource}"}
