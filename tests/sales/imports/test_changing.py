"""Orders changed as a whole: of what is here only what is sent (spec 60, 5.8 and 18)."""

from __future__ import annotations

import pytest

from tests.quotes.makers import a_product
from tests.sales.imports.orders import a_line, bring_in, change
from tests.sales.makers import an_order_of_mugs

COUNTS = """
    select
        (select count(*) from sales_order_item),
        (select count(*) from sales_order_address),
        (select count(*) from sales_order_payment),
        (select count(*) from sales_order_status_history),
        (select max(tax_item_id) from sales_order_tax_item)
"""
NO_SUCH = "The entity that was requested doesn't exist. Verify the entity and try again."


async def read(admin, order_id):
    return (await admin.get(f"/rest/V1/orders/{order_id}")).body


async def refused(admin, order_id, **fields):
    reply = await admin.post("/rest/V1/orders", {"entity": {"entity_id": order_id, **fields}})
    return reply.status, reply.body["message"]


def without_times(order):
    """All but when it was changed last."""
    lines = [{name: value for name, value in item.items() if name != "updated_at"} for item in order["items"]]
    extension = {name: value for name, value in order["extension_attributes"].items() if name != "shipping_assignments"}
    return {name: value for name, value in order.items() if name != "updated_at"} | {
        "items": lines,
        "extension_attributes": extension,
    }


async def test_a_status_changes_and_nothing_else(ctx, rest, admin):
    order_id = await an_order_of_mugs(ctx, rest)
    before = await read(admin, order_id)
    after = await change(admin, order_id, status="processing")
    assert without_times(after) == without_times(before) | {"status": "processing"}
    assert after == await read(admin, order_id)


async def test_an_order_sent_back_as_it_was_read_is_what_it_was(ctx, admin):
    """Its line has a discount, which totals of lines are shown without: 20 - 2, and with tax 20 + 1.5 - 2."""
    tax = {"code": "TX", "title": "TX", "percent": 8.25, "amount": 1.5, "base_amount": 1.5}
    option = {"extension_attributes": {"custom_options": [{"option_id": "4", "option_value": "7"}]}}
    order = await bring_in(
        admin,
        increment_id="OLD-7",
        items=[
            a_line(
                item_id=1, discount_amount=2, base_discount_amount=2, tax_amount=1.5, base_tax_amount=1.5,
                product_option=option,
            )
        ],
        status_histories=[{"comment": "Packed"}],
        extension_attributes={
            "item_applied_taxes": [{"type": "product", "item_id": 1, "applied_taxes": [tax]}],
            "payment_additional_info": [{"key": "method_title", "value": "Check"}],
        },
    )  # fmt: skip
    assert (order["items"][0]["row_total"], order["items"][0]["row_total_incl_tax"]) == (18, 19.5)
    rows = await ctx.db.one(tuple, COUNTS)
    for _ in range(2):
        reply = await admin.post("/rest/V1/orders", {"entity": await read(admin, order["entity_id"])})
        assert without_times(reply.body) == without_times(order)
    assert await ctx.db.one(tuple, COUNTS) == rows


async def test_a_line_keeps_what_is_not_sent_of_it(admin):
    order = await bring_in(admin, items=[a_line(weight=3, base_cost=4), a_line(sku="cup")])
    item_id = order["items"][0]["item_id"]
    after = await change(
        admin, order["entity_id"], items=[{"item_id": item_id, "qty_ordered": 1, "ext_order_item_id": "E1"}]
    )
    first, second = after["items"]
    assert (first["qty_ordered"], first["ext_order_item_id"]) == (1, "E1")
    assert (first["sku"], first["price"], first["weight"], first["base_cost"]) == ("mug", 10, 3, 4)
    assert second == order["items"][1]


async def test_a_line_without_an_id_is_new(admin):
    order = await bring_in(admin)
    line_id = order["items"][0]["item_id"]
    after = await change(admin, order["entity_id"], items=[{"sku": "handle", "parent_item_id": line_id}])
    assert [item["sku"] for item in after["items"]] == ["mug", "handle"]
    assert after["items"][1]["parent_item_id"] == line_id


async def test_other_choices_leave_what_else_is_known_of_them(ctx, rest, admin):
    order_id = await an_order_of_mugs(ctx, rest)
    item_id = (await read(admin, order_id))["items"][0]["item_id"]
    await ctx.db.execute('update sales_order_item set product_options = \'{"simple_sku": "mug-1"}\'')
    option = {"extension_attributes": {"configurable_item_options": [{"option_id": "93", "option_value": 52}]}}
    after = await change(admin, order_id, items=[{"item_id": item_id, "product_option": option}])
    assert after["items"][0]["product_option"] == option
    assert await ctx.db.value("select product_options ->> 'simple_sku' from sales_order_item") == "mug-1"


async def test_addresses_payment_and_method_change_where_they_are(ctx, admin):
    order = await bring_in(admin)
    shipping = {"address": {"city": "Dallas"}, "method": "tablerate_bestway"}
    after = await change(
        admin,
        order["entity_id"],
        billing_address={"telephone": "1"},
        payment={"last_trans_id": "T1"},
        extension_attributes={"shipping_assignments": [{"shipping": shipping}]},
    )
    assert after["billing_address"] == order["billing_address"] | {"telephone": "1"}
    assert after["payment"] == order["payment"] | {"last_trans_id": "T1"}
    assigned = after["extension_attributes"]["shipping_assignments"][0]["shipping"]
    assert (assigned["method"], assigned["address"]["city"], assigned["address"]["lastname"]) == (
        "tablerate_bestway",
        "Dallas",
        "Doe",
    )


async def test_comments_with_an_id_change_and_others_are_added(admin):
    order = await bring_in(admin, status_histories=[{"comment": "Packed", "is_customer_notified": 0}])
    entry_id = order["status_histories"][0]["entity_id"]
    after = await change(
        admin, order["entity_id"], status_histories=[{"entity_id": entry_id, "comment": "Sent"}, {"comment": "Left"}]
    )
    left, sent = after["status_histories"]
    assert (sent["entity_id"], sent["comment"], sent["is_customer_notified"]) == (entry_id, "Sent", 0)
    assert (left["comment"], left["status"]) == ("Left", "pending")


async def test_other_taxes_take_the_place_of_those_that_there_were(ctx, admin):
    tax = {"code": "TX", "title": "TX", "percent": 8, "amount": 2, "base_amount": 2}
    order = await bring_in(admin, extension_attributes={"applied_taxes": [tax]})
    other = tax | {"amount": 3, "base_amount": 3}
    after = await change(admin, order["entity_id"], extension_attributes={"applied_taxes": [other]})
    assert after["extension_attributes"]["applied_taxes"] == [other]
    assert await ctx.db.value("select count(*) from sales_order_tax") == 1


async def test_the_code_that_opens_an_order_never_changes(admin):
    order = await bring_in(admin)
    after = await change(admin, order["entity_id"], protect_code="mine", billing_address_id=1)
    assert after["protect_code"] == order["protect_code"]
    assert after["billing_address_id"] == order["billing_address_id"]


async def test_an_order_with_which_nothing_is_left_to_do_becomes_complete(admin):
    order = await bring_in(admin, total_paid=30, base_total_paid=30)
    line = {"item_id": order["items"][0]["item_id"], "qty_invoiced": 2, "qty_shipped": 2}
    after = await change(admin, order["entity_id"], state="processing", status="processing", items=[line])
    assert (after["state"], after["status"]) == ("complete", "complete")


async def test_what_is_not_the_orders_is_refused(ctx, rest, admin):
    order = await bring_in(admin)
    other = await bring_in(admin)
    item_id = other["items"][0]["item_id"]
    assert await refused(admin, 4711, status="processing") == (404, NO_SUCH)
    assert await refused(admin, order["entity_id"], status="x", items=[{"item_id": item_id, "name": "Cup"}]) == (
        404,
        NO_SUCH,
    )
    assert await refused(admin, order["entity_id"], status_histories=[{"entity_id": 4711, "comment": "x"}]) == (
        404,
        NO_SUCH,
    )
    assert without_times(await read(admin, order["entity_id"])) == without_times(order)
    assert without_times(await read(admin, other["entity_id"])) == without_times(other)


@pytest.mark.parametrize("address", [{"lastname": "Roe"}, {"email": "nobody"}])
async def test_the_email_of_addresses_is_the_orders(admin, address):
    order = await bring_in(admin)
    after = await change(admin, order["entity_id"], billing_address=address)
    assert after["billing_address"]["email"] == "jane@example.com"


async def test_a_number_that_another_order_has_is_refused(admin):
    await bring_in(admin, increment_id="A")
    order = await bring_in(admin, increment_id="B")
    assert await refused(admin, order["entity_id"], increment_id="A") == (400, "Unique constraint violation found")


async def test_a_placed_order_can_be_given_what_was_placed_elsewhere(ctx, rest, admin):
    """An integration marks what it has fetched."""
    await a_product(ctx, "cup", "5")
    order_id = await an_order_of_mugs(ctx, rest)
    after = await change(admin, order_id, ext_order_id="ERP-1", increment_id="000000001")
    assert (after["ext_order_id"], after["increment_id"]) == ("ERP-1", "000000001")
    assert after["state"] == "new"


@pytest.mark.parametrize(("refunded", "shipped", "left"), [(1, 0, 2), (1, 1, 1), (1, 3, 0), (2, 1, 0), (3, 0, 0)])
async def test_what_was_given_back_elsewhere_is_not_shipped(ctx, admin, refunded, shipped, left):
    """Of three that are paid. What was not shipped is given back first: so many are left to ship of them."""
    await a_product(ctx, "mug", "10")
    done = {"qty_invoiced": 3, "qty_refunded": refunded, "qty_shipped": shipped}
    paid = {"state": "processing", "total_paid": 30, "base_total_paid": 30}
    at_once = await bring_in(admin, items=[a_line(qty_ordered=3, **done)], **paid)
    in_two = await bring_in(admin, items=[a_line(qty_ordered=3)], **paid)
    await change(admin, in_two["entity_id"], items=[{"item_id": in_two["items"][0]["item_id"], **done}])
    for order in (at_once, in_two):
        reply = await admin.post(f"/rest/V1/order/{order['entity_id']}/ship", {})
        assert reply.status == (200 if left else 400)
        (item,) = (await read(admin, order["entity_id"]))["items"]
        assert item["qty_shipped"] == shipped + left
