"""Orders that were made elsewhere are stored as they are (spec 60, 5.8)."""

from __future__ import annotations

import pytest

from tests.quotes.makers import configure
from tests.sales.imports.orders import CHECK, JANE, a_line, an_entity, bring_in

NUMBERS = "select count(*) from sales_order"


async def refused(admin, **fields):
    reply = await admin.post("/rest/V1/orders", {"entity": an_entity(**fields)})
    return reply.status, reply.body


async def test_an_order_is_stored_as_it_is_sent(ctx, admin):
    order = await bring_in(admin)
    assert (order["increment_id"], order["store_id"]) == ("000000001", 1)
    assert order["store_name"] == "Main Website\nMain Website Store\nDefault Store View"
    assert (order["state"], order["status"]) == ("new", "pending")
    assert len(order["protect_code"]) == 32
    assert (order["total_item_count"], order["is_virtual"], order["customer_is_guest"]) == (1, 0, 1)
    assert (order["base_currency_code"], order["order_currency_code"]) == ("USD", "USD")
    assert (order["grand_total"], order["base_grand_total"], order["total_due"]) == (30, 30, 30)
    (item,) = order["items"]
    assert (item["sku"], item["qty_ordered"], item["price"], item["row_total"]) == ("mug", 2, 10, 20)
    assert (item["order_id"], item["store_id"], item["qty_invoiced"]) == (order["entity_id"], 1, 0)
    assert "product_option" not in item
    billing = order["billing_address"]
    assert (billing["email"], billing["address_type"], billing["street"]) == (
        "jane@example.com",
        "billing",
        ["1 Main Street", "Flat 2"],
    )
    assert (billing["entity_id"], billing["region_code"]) == (order["billing_address_id"], "TX")
    shipping = order["extension_attributes"]["shipping_assignments"][0]["shipping"]
    assert (shipping["method"], shipping["address"]["address_type"]) == ("flatrate_flatrate", "shipping")
    assert shipping["address"]["entity_id"] == await ctx.db.value("select shipping_address_id from sales_order")
    assert (order["payment"]["method"], order["payment"]["amount_ordered"]) == ("checkmo", 30)
    assert order["payment"]["additional_information"] == ["Check / Money order"]
    assert (order["payment"]["cc_exp_year"], order["status_histories"]) == ("0", [])


async def test_it_is_the_order_that_is_read_afterwards(admin):
    order = await bring_in(admin)
    assert (await admin.get(f"/rest/V1/orders/{order['entity_id']}")).body == order


@pytest.mark.parametrize("method, path", [("POST", "/V1/orders/"), ("PUT", "/V1/orders/create")])
async def test_all_routes_do_the_same(admin, method, path):
    reply = await admin.call(method, f"/rest{path}", {"entity": an_entity()})
    assert (reply.status, reply.body["increment_id"]) == (200, "000000001")


async def test_nothing_is_reserved_mailed_or_claimed(ctx, admin):
    await bring_in(admin)
    assert await ctx.db.value("select count(*) from inventory_reservation") == 0
    assert await ctx.db.value("select count(*) from mail") == 0
    assert await ctx.db.value("select count(*) from sales_order where send_email = 1") == 0


async def test_the_least_that_is_stored(admin):
    order = await bring_in(admin, items=[{"sku": "mug"}], billing_address=None, payment=None, extension_attributes=None)
    assert "billing_address" not in order
    assert "payment" not in order
    assert order["extension_attributes"]["payment_additional_info"] == []
    assert (order["items"][0]["qty_ordered"], order["items"][0]["row_total"]) == (0, 0)
    assert (await admin.get(f"/rest/V1/orders/{order['entity_id']}")).status == 200


async def test_an_order_keeps_the_number_state_and_time_that_it_comes_with(admin):
    order = await bring_in(
        admin,
        increment_id="OLD-7",
        state="processing",
        status="fraud",
        created_at="2019-05-04 03:02:01",
        customer_dob="1980-02-03",
        ext_order_id="77",
        store_name="Elsewhere",
        protect_code="mine",
    )
    assert (order["increment_id"], order["state"], order["status"]) == ("OLD-7", "processing", "fraud")
    assert (order["created_at"], order["customer_dob"]) == ("2019-05-04 03:02:01", "1980-02-03 00:00:00")
    assert order["ext_order_id"] == "77"
    assert order["store_name"].startswith("Main Website")
    assert order["protect_code"] != "mine"


async def test_a_status_tells_the_state(admin):
    assert (await bring_in(admin, status="complete", is_virtual=1, total_paid=30))["state"] == "complete"
    assert (await bring_in(admin, state="holded"))["status"] == "holded"


async def test_what_is_done_with_is_closed(admin):
    """Nothing is left to ship or to refund: nothing was paid."""
    order = await bring_in(admin, state="complete", is_virtual=1)
    assert (order["state"], order["status"]) == ("closed", "closed")


async def test_a_virtual_order_goes_nowhere(ctx, admin):
    order = await bring_in(admin, is_virtual=1)
    assert "address" not in order["extension_attributes"]["shipping_assignments"][0]["shipping"]
    assert await ctx.db.values("select address_type from sales_order_address") == ["billing"]


async def test_the_store_view_is_that_of_the_address_unless_it_is_told(admin):
    for code in ("default", "all"):
        reply = await admin.post(f"/rest/{code}/V1/orders", {"entity": an_entity()})
        assert reply.body["store_id"] == 1
    assert (await bring_in(admin, store_id=1))["store_id"] == 1
    status, body = await refused(admin, store_id=77)
    assert (status, body["message"]) == (
        404,
        "The store that was requested wasn't found. Verify the store and try again.",
    )


async def test_parts_find_their_lines_by_the_ids_of_the_request(admin):
    order = await bring_in(
        admin,
        items=[
            a_line(item_id=501, sku="shirt-m", product_type="configurable"),
            a_line(item_id=502, sku="shirt-m", parent_item_id=501, price=0, row_total=0),
            a_line(item_id=503, sku="shirt-l", parent_item={"item_id": 501}, price=0),
            a_line(),
        ],
    )
    line, part, nested, other = order["items"]
    assert part["parent_item_id"] == nested["parent_item_id"] == line["item_id"]
    assert part["parent_item"]["sku"] == "shirt-m"
    assert "parent_item_id" not in other
    assert order["total_item_count"] == 3


async def test_what_was_chosen_comes_back(ctx, admin):
    option = {
        "extension_attributes": {
            "custom_options": [{"option_id": "4", "option_value": "7"}],
            "configurable_item_options": [{"option_id": "93", "option_value": 52}],
            "bundle_options": [{"option_id": 2, "option_qty": 3, "option_selections": [5, 6]}],
            "downloadable_option": {"downloadable_links": [8]},
        }
    }
    order = await bring_in(admin, items=[a_line(product_option=option, product_id=12)])
    assert order["items"][0]["product_option"] == option
    assert order["items"][0]["product_id"] == 12
    assert await ctx.db.value("select product_options -> 'info_buyRequest' ->> 'qty' from sales_order_item") == "2"


async def test_what_is_known_of_a_payment_keeps_its_names(admin):
    notes = [{"key": "method_title", "value": "Check / Money order"}, {"key": "payable_to", "value": "Us"}]
    order = await bring_in(admin, extension_attributes={"payment_additional_info": notes})
    assert order["extension_attributes"]["payment_additional_info"] == notes
    assert order["payment"]["additional_information"] == ["Check / Money order", "Us"]


async def test_comments_come_along(admin):
    order = await bring_in(
        admin,
        status_histories=[
            {"comment": "Rang up", "created_at": "2019-05-04 03:02:01", "is_customer_notified": 0, "status": "holded"},
            {"comment": "Came in", "entity_name": "order", "is_visible_on_front": 1},
        ],
    )
    newest, oldest = order["status_histories"]
    assert (newest["comment"], newest["status"], newest["is_visible_on_front"]) == ("Came in", "pending", 1)
    assert (oldest["comment"], oldest["created_at"], oldest["status"]) == ("Rang up", "2019-05-04 03:02:01", "holded")
    assert (oldest["is_customer_notified"], oldest["parent_id"]) == (0, order["entity_id"])


TAX = {"code": "US-TX-Rate 1", "title": "US-TX-Rate 1", "percent": 8.25}


async def test_taxes_are_kept_by_line_and_for_shipping(admin):
    order = await bring_in(
        admin,
        items=[a_line(item_id=9)],
        extension_attributes={
            "applied_taxes": [TAX | {"amount": 2.47, "base_amount": 2.47}],
            "item_applied_taxes": [
                {"type": "product", "item_id": 9, "applied_taxes": [TAX | {"amount": 1.65, "base_amount": 1.65}]},
                {"type": "shipping", "applied_taxes": [TAX | {"amount": 0.82, "base_amount": 0.82}]},
            ],
        },
    )
    extension = order["extension_attributes"]
    assert extension["applied_taxes"] == [TAX | {"amount": 2.47, "base_amount": 2.47}]
    of_line, of_shipping = extension["item_applied_taxes"]
    assert (of_line["type"], of_line["item_id"]) == ("product", order["items"][0]["item_id"])
    assert of_line["applied_taxes"] == [TAX | {"amount": 1.65, "base_amount": 1.65}]
    assert of_shipping["type"] == "shipping"
    assert "item_id" not in of_shipping
    assert extension["converting_from_quote"] is True


async def test_taxes_of_the_whole_order_need_no_lines(admin):
    order = await bring_in(admin, extension_attributes={"applied_taxes": [TAX | {"amount": 2.47, "base_amount": 2.47}]})
    assert order["extension_attributes"]["applied_taxes"] == [TAX | {"amount": 2.47, "base_amount": 2.47}]
    assert order["extension_attributes"]["item_applied_taxes"] == []


async def test_rates_of_a_group_share_its_tax(admin):
    """8 and 2 percent of 50 together: 4 and 1."""
    group = {
        "percent": 10,
        "amount": 5,
        "base_amount": 5,
        "extension_attributes": {
            "rates": [
                {"code": "State", "title": "State", "percent": 8},
                {"code": "City", "title": "City", "percent": 2},
            ]
        },
    }
    order = await bring_in(admin, extension_attributes={"applied_taxes": [group]})
    assert [(tax["code"], tax["amount"]) for tax in order["extension_attributes"]["applied_taxes"]] == [
        ("State", 4),
        ("City", 1),
    ]


@pytest.mark.parametrize(
    "field, name",
    [
        ("customer_email", "customerEmail"),
        ("base_grand_total", "baseGrandTotal"),
        ("grand_total", "grandTotal"),
        ("items", "items"),
    ],
)
async def test_an_order_without_what_it_must_have_is_refused(ctx, admin, field, name):
    assert await refused(admin, **{field: None}) == (
        400,
        {"message": '"%fieldName" is required. Enter and try again.', "parameters": {"fieldName": name}},
    )
    assert await ctx.db.value(NUMBERS) == 0


async def test_lines_need_a_sku_and_payments_a_method(ctx, admin):
    _, body = await refused(admin, items=[{"name": "Mug"}])
    assert body["parameters"] == {"fieldName": "sku"}
    _, body = await refused(admin, payment={"po_number": "4"})
    assert body["parameters"] == {"fieldName": "method"}
    assert await ctx.db.value(NUMBERS) == 0


async def test_what_refers_to_no_line_is_refused(ctx, admin):
    status, body = await refused(admin, items=[a_line(item_id=1, parent_item_id=77)])
    assert (status, body) == (
        400,
        {
            "message": 'Invalid value of "%value" provided for the %fieldName field.',
            "parameters": {"value": 77, "fieldName": "parentItemId"},
        },
    )
    taxes = [{"type": "product", "item_id": 78, "applied_taxes": [TAX | {"amount": 1, "base_amount": 1}]}]
    _, body = await refused(admin, extension_attributes={"item_applied_taxes": taxes})
    assert body["parameters"] == {"value": 78, "fieldName": "itemId"}
    assert await ctx.db.value(NUMBERS) == 0


async def test_a_time_that_is_none_is_refused(admin):
    _, body = await refused(admin, created_at="yesterday")
    assert body["parameters"] == {"value": "yesterday", "fieldName": "createdAt"}


async def test_a_value_that_does_not_fit_is_refused(admin):
    assert await refused(admin, quote_id=2**40) == (400, {"message": "The order couldn't be saved."})
    assert await refused(admin, grand_total=10**20) == (400, {"message": "The order couldn't be saved."})


async def test_a_number_is_given_once(ctx, admin):
    await bring_in(admin, increment_id="OLD-7")
    assert await refused(admin, increment_id="old-7") == (400, {"message": "Unique constraint violation found"})
    assert await ctx.db.value(NUMBERS) == 1


async def test_a_customer_that_there_is_not_is_refused(admin):
    status, body = await refused(admin, customer_id=4711)
    assert (status, body) == (
        404,
        {
            "message": "No such entity with %fieldName = %fieldValue",
            "parameters": {"fieldName": "customerId", "fieldValue": 4711},
        },
    )


async def test_an_address_must_have_what_the_shop_asks_for(ctx, admin):
    bare = {"company": "Acme"}
    assert await refused(admin, billing_address=bare, customer_email="nobody", extension_attributes=None) == (
        400,
        {
            "message": "\n".join(
                (
                    "We can't save the address:",
                    '"Zip code" is required. Enter and try again.',
                    '"Last name" is required. Enter and try again.',
                    '"Street" is required. Enter and try again.',
                    '"City" is required. Enter and try again.',
                    '"Country" is required. Enter and try again.',
                    '"First Name" is required. Enter and try again.',
                    '"Phone Number" is required. Enter and try again.',
                    "Email has a wrong format",
                )
            )
        },
    )
    assert await ctx.db.value(NUMBERS) == 0
    await configure(
        ctx,
        customer__address__telephone_show="opt",
        customer__address__company_show="req",
        customer__address__fax_show="req",
    )
    sent = {name: value for name, value in JANE.items() if name != "telephone"}
    _, body = await refused(admin, billing_address=sent, extension_attributes=None)
    assert body["message"] == (
        "We can't save the address:\n"
        '"Company" is required. Enter and try again.\n'
        '"Fax" is required. Enter and try again.'
    )


async def test_nobody_without_the_right_brings_orders_in(rest):
    for method, path in (("POST", "/rest/V1/orders"), ("PUT", "/rest/V1/orders/create"), ("PUT", "/rest/V1/orders/7")):
        reply = await rest.call(method, path, {"entity": {}})
        assert reply.status == 401
        assert reply.body["parameters"] == {"resources": "Magento_Sales::create"}


async def test_the_order_itself_must_be_there(admin):
    reply = await admin.post("/rest/V1/orders", {})
    assert (reply.status, reply.body["parameters"]) == (400, {"fieldName": "entity"})


async def test_many_lines_take_as_many_statements_as_one(ctx, admin):
    async def statements(count):
        before = ctx.db.statements
        await bring_in(admin, items=[a_line(sku=f"mug-{number}") for number in range(count)], payment=CHECK)
        return ctx.db.statements - before

    await statements(1)
    assert await statements(1) == await statements(40)


async def test_the_least_that_is_stored_can_be_cancelled_held_and_spoken_of(admin):
    order = await bring_in(admin, items=[{"sku": "mug", "qty_ordered": 1}], billing_address=None, payment=None)
    base = f"/rest/V1/orders/{order['entity_id']}"
    for action in ("hold", "unhold", "cancel"):
        assert (await admin.post(f"{base}/{action}")).body is True
    said = await admin.post(f"{base}/comments", {"statusHistory": {"comment": "Hi", "is_customer_notified": 1}})
    assert said.body is True
    assert (await admin.post(f"{base}/emails")).body is True


@pytest.mark.parametrize(("line", "state"), [({}, "new"), ({"qty_invoiced": 1}, "processing")])
async def test_an_order_that_comes_held_is_released_to_where_it_stands(admin, line, state):
    """What it was before it was held is not told: then it is what was done with it."""
    order = await bring_in(admin, state="holded", status="holded", items=[a_line(**line)])
    assert (await admin.post(f"/rest/V1/orders/{order['entity_id']}/unhold")).body is True
    released = (await admin.get(f"/rest/V1/orders/{order['entity_id']}")).body
    assert (released["state"], released["status"]) == (state, "pending" if state == "new" else "processing")
