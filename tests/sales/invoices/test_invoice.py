"""Orders invoiced over REST (spec 60, 6)."""

from __future__ import annotations

import pytest

from tests.quotes.makers import a_product
from tests.quotes.test_cart_lines import stock_settings
from tests.sales.invoices.makers import (
    INVALID,
    NO_PRODUCTS,
    NOTHING_LEFT,
    invoice_order,
    read_invoice,
    read_order,
)
from tests.sales.makers import an_order, an_order_of_mugs

FIELDS = [
    "base_currency_code",
    "base_discount_amount",
    "base_grand_total",
    "base_discount_tax_compensation_amount",
    "base_shipping_amount",
    "base_shipping_discount_tax_compensation_amnt",
    "base_shipping_incl_tax",
    "base_shipping_tax_amount",
    "base_subtotal",
    "base_subtotal_incl_tax",
    "base_tax_amount",
    "base_to_global_rate",
    "base_to_order_rate",
    "billing_address_id",
    "can_void_flag",
    "created_at",
    "discount_amount",
    "entity_id",
    "global_currency_code",
    "grand_total",
    "discount_tax_compensation_amount",
    "increment_id",
    "order_currency_code",
    "order_id",
    "shipping_address_id",
    "shipping_amount",
    "shipping_discount_tax_compensation_amount",
    "shipping_incl_tax",
    "shipping_tax_amount",
    "state",
    "store_currency_code",
    "store_id",
    "store_to_base_rate",
    "store_to_order_rate",
    "subtotal",
    "subtotal_incl_tax",
    "tax_amount",
    "total_qty",
    "updated_at",
    "items",
    "comments",
]


async def test_everything_is_invoiced_and_paid_when_no_lines_are_named(ctx, rest, admin):
    order_id = await an_order_of_mugs(ctx, rest)

    reply = await invoice_order(admin, order_id)

    assert (reply.status, reply.body) == (200, "1")
    order = await read_order(admin, order_id)
    assert (order["state"], order["status"]) == ("processing", "processing")
    assert (order["total_paid"], order["total_invoiced"], order["total_due"]) == (30, 30, 0)
    assert (order["subtotal_invoiced"], order["shipping_invoiced"]) == (20, 10)
    assert order["items"][0]["qty_invoiced"] == 2
    assert order["items"][0]["row_invoiced"] == 20
    payment = order["payment"]
    assert (payment["amount_paid"], payment["base_amount_paid"]) == (30, 30)
    assert (payment["shipping_captured"], payment["base_shipping_captured"]) == (10, 10)


async def test_a_part_is_invoiced_with_the_shipping_and_a_comment(ctx, rest, admin):
    order_id = await an_order_of_mugs(ctx, rest)
    comment = {"comment": "Thank you", "is_visible_on_front": 1}

    await invoice_order(admin, order_id, (1, 1), notify=True, appendComment=True, comment=comment)

    invoice = await read_invoice(admin, 1)
    assert [name for name in invoice if name != "email_sent"] == FIELDS
    assert (invoice["grand_total"], invoice["subtotal"], invoice["shipping_amount"]) == (20, 10, 10)
    assert (invoice["state"], invoice["increment_id"], invoice["total_qty"]) == (2, "000000001", 1)
    assert invoice["items"] == [
        {
            "base_price": 10,
            "base_price_incl_tax": 10,
            "base_row_total": 10,
            "base_row_total_incl_tax": 10,
            "entity_id": 1,
            "name": "Mug",
            "parent_id": 1,
            "price": 10,
            "price_incl_tax": 10,
            "product_id": invoice["items"][0]["product_id"],
            "row_total": 10,
            "row_total_incl_tax": 10,
            "sku": "mug",
            "order_item_id": 1,
            "qty": 1,
        }
    ]
    (said,) = invoice["comments"]
    assert list(said) == [
        "is_customer_notified",
        "parent_id",
        "comment",
        "is_visible_on_front",
        "created_at",
        "entity_id",
    ]
    assert (said["comment"], said["is_customer_notified"], said["is_visible_on_front"]) == ("Thank you", 1, 1)


async def test_the_second_invoice_has_no_shipping(ctx, rest, admin):
    order_id = await an_order_of_mugs(ctx, rest)
    await invoice_order(admin, order_id, (1, 1))

    reply = await invoice_order(admin, order_id)

    invoice = await read_invoice(admin, reply.body)
    assert (invoice["grand_total"], invoice["shipping_amount"]) == (10, 0)
    assert "shipping_incl_tax" not in invoice
    assert (await read_order(admin, order_id))["total_paid"] == 30


async def test_what_is_not_shipped_leaves_its_source_and_the_order_is_complete(ctx, rest, admin):
    await a_product(ctx, "song", "3", type_id="virtual", qty="10")
    order_id = await an_order(rest, ("song", 2))

    reply = await invoice_order(admin, order_id)

    assert reply.status == 200, reply.body
    assert (await read_order(admin, order_id))["state"] == "complete"
    left = await ctx.db.value("select quantity from inventory_source_item where sku = 'song'")
    claims = await ctx.db.value("select sum(quantity) from inventory_reservation where sku = 'song'")
    assert (left, claims) == (8, 0)
    moved = await ctx.db.one(tuple, "select document, source_code, quantity from sales_source_movement")
    assert moved == ("invoice", "default", -2)


async def test_the_reasons_against_an_invoice_come_in_their_order(ctx, rest, admin):
    order_id = await an_order_of_mugs(ctx, rest)
    await invoice_order(admin, order_id)

    again = await invoice_order(admin, order_id)
    assert (again.status, again.body) == (400, {"message": f"{INVALID}{NO_PRODUCTS}\n{NOTHING_LEFT}"})

    await admin.post(f"/rest/V1/order/{order_id}/ship", {})
    complete = await invoice_order(admin, order_id)
    in_state = "An invoice cannot be created when an order has a status of complete"
    assert (complete.status, complete.body) == (400, {"message": f"{INVALID}{NO_PRODUCTS}\n{in_state}"})


async def test_a_held_order_and_a_cancelled_one_are_not_invoiced(ctx, rest, admin):
    order_id = await an_order_of_mugs(ctx, rest)
    await admin.post(f"/rest/V1/orders/{order_id}/hold")
    in_state = "An invoice cannot be created when an order has a status of"
    held = await invoice_order(admin, order_id)
    assert held.body == {"message": f"{INVALID}{in_state} holded"}

    await admin.post(f"/rest/V1/orders/{order_id}/unhold")
    await admin.post(f"/rest/V1/orders/{order_id}/cancel")
    cancelled = await invoice_order(admin, order_id)
    assert cancelled.body == {"message": f"{INVALID}{NO_PRODUCTS}\n{in_state} canceled"}
    assert await ctx.db.value("select count(*) from sales_invoice") == 0


async def test_lines_of_no_order_are_passed_over_and_too_many_are_refused(ctx, rest, admin):
    order_id = await an_order_of_mugs(ctx, rest)

    unknown = await invoice_order(admin, order_id, (999, 1))
    assert unknown.body == {"message": f"{INVALID}{NO_PRODUCTS}"}
    too_many = await invoice_order(admin, order_id, (1, 3))
    assert (too_many.status, too_many.body) == (
        400,
        {"message": 'We found an invalid quantity to invoice item "%1".', "parameters": ["Mug"]},
    )
    assert (await read_order(admin, order_id))["items"][0]["qty_invoiced"] == 0


async def test_an_order_that_is_not_there_has_no_invoice(admin):
    message = "The entity that was requested doesn't exist. Verify the entity and try again."
    for reply in (await invoice_order(admin, 999), await admin.get("/rest/V1/invoices/999")):
        assert (reply.status, reply.body) == (404, {"message": message})
    assert (await invoice_order(admin, 0)).body == {"message": "An ID is needed. Set the ID and try again."}


@pytest.mark.parametrize(
    ("method", "path", "resource"),
    [
        ("POST", "order/1/invoice", "Magento_Sales::invoice"),
        ("GET", "invoices/1", "Magento_Sales::sales_invoice"),
        ("GET", "invoices", "Magento_Sales::sales_invoice"),
        ("GET", "invoices/1/comments", "Magento_Sales::sales_invoice"),
        ("POST", "invoices/comments", "Magento_Sales::sales_invoice"),
    ],
)
async def test_only_who_may_sees_and_makes_invoices(rest, method, path, resource):
    reply = await (rest.get(f"/rest/V1/{path}") if method == "GET" else rest.post(f"/rest/V1/{path}", {}))

    message = "The consumer isn't authorized to access %resources."
    assert (reply.status, reply.body) == (401, {"message": message, "parameters": {"resources": resource}})


async def test_invoices_are_found_by_their_order(ctx, rest, admin):
    order_id = await an_order_of_mugs(ctx, rest)
    await invoice_order(admin, order_id, (1, 1))
    await invoice_order(admin, order_id)

    one = "searchCriteria[filter_groups][0][filters][0]"
    reply = await admin.get(f"/rest/V1/invoices?{one}[field]=order_id&{one}[value]={order_id}")

    assert reply.body["total_count"] == 2
    assert [invoice["increment_id"] for invoice in reply.body["items"]] == ["000000001", "000000002"]


async def test_a_comment_is_noted(ctx, rest, admin):
    order_id = await an_order_of_mugs(ctx, rest)
    await invoice_order(admin, order_id)
    entity = {"parent_id": 1, "comment": "Paid in cash", "is_customer_notified": 0, "is_visible_on_front": 1}

    added = await admin.post("/rest/V1/invoices/comments", {"entity": entity})

    assert added.body == {**entity, "entity_id": 1}
    listed = await admin.get("/rest/V1/invoices/1/comments")
    assert [one["comment"] for one in listed.body["items"]] == ["Paid in cash"]
    for wrong in ({**entity, "comment": ""}, {**entity, "parent_id": 9}):
        refused = await admin.post("/rest/V1/invoices/comments", {"entity": wrong})
        assert (refused.status, refused.body) == (400, {"message": "Could not save the invoice comment."})


async def test_virtual_goods_that_were_sold_on_order_are_handed_over_all_the_same(ctx, rest, admin):
    await a_product(ctx, "song", "3", type_id="virtual", qty="1")
    await stock_settings(ctx, "song", backorders=1, use_config_backorders=False)
    order_id = await an_order(rest, ("song", 3))

    reply = await invoice_order(admin, order_id)

    assert reply.status == 200, reply.body
    assert await ctx.db.value("select quantity from inventory_source_item where sku = 'song'") == 0
    assert await ctx.db.value("select sum(quantity) from inventory_reservation where sku = 'song'") == 0
