"""Money given back, over REST (spec 60, 8.2, 8.3 and 20.1)."""

from __future__ import annotations

from tests.sales.creditmemos.makers import HEAD, in_source, paid_mugs, read, refund, reserved
from tests.sales.makers import an_order_of_mugs


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
    assert "adjustment_positive" not in order
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
