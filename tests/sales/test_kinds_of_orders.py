"""Orders of customers, of nothing to ship, with taxes, with choices, paid in other ways."""

from __future__ import annotations

from decimal import Decimal

import pytest

from entrepot.catalog import CustomOption
from entrepot.sales import forget_view
from entrepot.sales.mail_jobs import send_some
from entrepot.stores import StoreViewDeleted
from tests.quotes.conftest import jane  # noqa: F401 -- a fixture
from tests.quotes.makers import NEW_YORK, a_guest_cart, a_product, add, configure, ship
from tests.sales.makers import a_customers_order, a_ready_cart, an_order, pay
from tests.taxes.makers import a_rate, a_rule


async def read(admin, order_id):
    reply = await admin.get(f"/rest/V1/orders/{order_id}")
    assert reply.status == 200, reply.body
    return reply.body


async def test_a_customers_order_is_the_customers(ctx, jane, admin):  # noqa: F811
    await a_product(ctx, "24-WB01", "32")
    order = await read(admin, await a_customers_order(jane, ("24-WB01", 1)))
    assert order["customer_id"] == await ctx.db.value("select customer_id from quote where customer_id is not null")
    assert (order["customer_is_guest"], order["customer_group_id"]) == (0, 1)
    assert (order["customer_email"], order["customer_firstname"], order["customer_lastname"]) == (
        "jdoe@example.com", "Jane", "Doe",
    )  # fmt: skip


async def test_an_order_of_nothing_to_ship_has_one_address(ctx, rest, admin):
    await a_product(ctx, "gift-card", "25", type_id="virtual")
    mask = await a_guest_cart(rest, ("gift-card", 2))
    reply = await rest.post(
        f"/rest/default/V1/guest-carts/{mask}/payment-information",
        {"email": "jdoe@example.com", "paymentMethod": {"method": "checkmo"}, "billingAddress": NEW_YORK},
    )
    assert reply.status == 200, reply.body
    order = await read(admin, int(reply.body))
    (assignment,) = order["extension_attributes"]["shipping_assignments"]
    assert order["is_virtual"] == 1
    assert list(assignment["shipping"]) == ["total"]
    assert "shipping_description" not in order
    assert (order["shipping_amount"], order["grand_total"], order["weight"]) == (0, 50, 0)
    assert order["billing_address"]["entity_id"] == order["billing_address_id"]
    assert await ctx.db.values("select address_type from sales_order_address") == ["billing"]


async def test_taxes_are_kept_by_rate_and_by_line(ctx, rest, admin):
    """Two lines of 100 and 50 at 8 + 2 percent; shipping is not taxed."""
    state, city = await a_rate(ctx, "US-NY", rate="8"), await a_rate(ctx, "NY-City", rate="2")
    await a_rule(ctx, "State", rates=[state])
    await a_rule(ctx, "City", rates=[city])
    await a_product(ctx, "lamp", "50")
    await a_product(ctx, "cup", "10")
    order = await read(admin, await an_order(rest, ("lamp", 2), ("cup", 5)))
    extension = order["extension_attributes"]
    lamp, cup = (item["item_id"] for item in order["items"])
    assert (order["tax_amount"], order["grand_total"]) == (15, 200)
    assert [(one["code"], one["percent"], one["amount"], one["base_amount"]) for one in extension["applied_taxes"]] == [
        ("US-NY", 8, 12, 12),
        ("NY-City", 2, 3, 3),
    ]
    assert [
        (one["type"], one["item_id"], [(tax["code"], tax["amount"]) for tax in one["applied_taxes"]])
        for one in extension["item_applied_taxes"]
    ] == [
        ("product", lamp, [("US-NY", 8), ("NY-City", 2)]),
        ("product", cup, [("US-NY", 4), ("NY-City", 1)]),
    ]
    assert extension["converting_from_quote"] is True
    assert [(item["tax_amount"], item["tax_percent"]) for item in order["items"]] == [(10, 10), (5, 10)]
    assert [(item["row_total"], item["row_total_incl_tax"]) for item in order["items"]] == [(100, 110), (50, 55)]
    taxes = "select code, amount, base_real_amount, process from sales_order_tax order by tax_id"
    assert await ctx.db.all(tuple, taxes) == [("US-NY", 15, 12, 0), ("NY-City", 15, 3, 0)]


async def test_taxed_shipping_has_an_entry_without_a_line(ctx, rest, admin):
    await configure(ctx, tax__classes__shipping_tax_class="2")
    await a_rule(ctx, rates=[await a_rate(ctx, "US-NY", rate="10")])
    await a_product(ctx, "lamp", "50")
    order = await read(admin, await an_order(rest, ("lamp", 2)))
    extension = order["extension_attributes"]
    assert (order["shipping_amount"], order["shipping_tax_amount"], order["shipping_incl_tax"]) == (10, 1, 11)
    assert extension["item_applied_taxes"][1] == {
        "type": "shipping",
        "applied_taxes": [{"code": "US-NY", "title": "US-NY", "percent": 10, "amount": 1, "base_amount": 1}],
    }
    assert [tax["amount"] for tax in extension["applied_taxes"]] == [11]


@pytest.mark.parametrize(
    ("method", "settings", "notes"),
    [
        ("banktransfer", {}, {"method_title": "Bank Transfer Payment", "instructions": ""}),
        (
            "cashondelivery",
            {"instructions": " Have it ready. "},
            {"method_title": "Cash On Delivery", "instructions": "Have it ready."},
        ),
        (
            "checkmo",
            {"payable_to": "Lumen Ltd", "mailing_address": "1 High St"},
            {"method_title": "Check / Money order", "payable_to": "Lumen Ltd", "mailing_address": "1 High St"},
        ),
    ],
)
async def test_a_payment_keeps_what_the_customer_was_told(ctx, rest, admin, method, settings, notes):
    await configure(
        ctx, **{f"payment__{method}__{name}": value for name, value in ({"active": "1"} | settings).items()}
    )
    await a_product(ctx, "lamp", "50")
    reply = await pay(rest, await a_ready_cart(rest, ("lamp", 1)), method=method)
    assert reply.status == 200, reply.body
    order = await read(admin, int(reply.body))
    assert order["payment"]["additional_information"] == list(notes.values())
    assert order["extension_attributes"]["payment_additional_info"] == [
        {"key": key, "value": value} for key, value in notes.items()
    ]


async def test_a_purchase_order_keeps_its_number(ctx, rest, admin):
    await configure(ctx, payment__purchaseorder__active="1")
    await a_product(ctx, "lamp", "50")
    reply = await pay(rest, await a_ready_cart(rest, ("lamp", 1)), method="purchaseorder", po_number="PO-17")
    assert reply.status == 200, reply.body
    payment = (await read(admin, int(reply.body)))["payment"]
    assert (payment["method"], payment["po_number"]) == ("purchaseorder", "PO-17")


async def test_a_region_that_is_none_of_the_countrys_is_its_own_code(ctx, rest, admin):
    await a_product(ctx, "lamp", "50")
    order_id = await an_order(rest, ("lamp", 1), region="Kent", region_id=0, region_code="", country_id="GB")
    address = (await read(admin, order_id))["billing_address"]
    assert (address["region"], address["region_code"], "region_id" in address) == ("Kent", "Kent", False)


async def test_an_order_without_a_payment_is_read_without_it(ctx, rest, admin):
    await a_product(ctx, "lamp", "50")
    order_id = await an_order(rest, ("lamp", 1))
    await ctx.db.execute("delete from sales_order_payment")
    order = await read(admin, order_id)
    assert "payment" not in order
    assert order["extension_attributes"]["payment_additional_info"] == []


async def test_an_order_stays_when_its_store_view_goes(ctx, rest, admin):
    await a_product(ctx, "lamp", "50")
    order_id = await an_order(rest, ("lamp", 1))
    await forget_view(ctx, StoreViewDeleted(1, 1, "default"))
    order = await read(admin, order_id)
    assert "store_id" not in order
    assert order["store_name"] == "Main Website\nMain Website Store\nDefault Store View"


async def test_cards_go_with_the_order_and_with_its_lines(ctx, rest, admin):
    await configure(ctx, sales__gift_options__allow_order="1", sales__gift_options__allow_items="1")
    await a_product(ctx, "lamp", "50")
    await a_product(ctx, "cup", "10")
    mask = await a_ready_cart(rest, ("lamp", 1), ("cup", 1))
    cart = f"/rest/default/V1/guest-carts/{mask}"
    lamp = (await rest.get(f"{cart}/items")).body[0]["item_id"]
    card = {"sender": "Romeo", "recipient": "Mercutio", "message": "Good luck"}
    for path in ("gift-message", f"gift-message/{lamp}"):
        assert (await rest.post(f"{cart}/{path}", {"giftMessage": card})).body is True
    order = await read(admin, int((await pay(rest, mask)).body))
    of_order = order["extension_attributes"]["gift_message"]
    of_lamp = order["items"][0]["extension_attributes"]["gift_message"]
    assert [of_order[name] for name in card] == list(card.values())
    assert [of_lamp[name] for name in card] == list(card.values())
    assert of_order["gift_message_id"] != of_lamp["gift_message_id"]
    assert "extension_attributes" not in order["items"][1]
    line = (await admin.get(f"/rest/V1/orders/items/{order['items'][0]['item_id']}")).body
    assert line["extension_attributes"] == {"gift_message": of_lamp}
    # Where the store of the request offers cards no more, orders do not tell of them.
    await configure(ctx, sales__gift_options__allow_items="0")
    order = await read(admin, order["entity_id"])
    assert order["extension_attributes"]["gift_message"] == of_order
    assert "extension_attributes" not in order["items"][0]
    await configure(ctx, sales__gift_options__allow_order="0")
    await ctx.db.execute("update sales_order_item set gift_message_available = '1'")
    order = await read(admin, order["entity_id"])
    assert "gift_message" not in order["extension_attributes"]
    assert order["items"][0]["extension_attributes"] == {"gift_message": of_lamp}


async def test_answers_to_custom_options_are_kept_in_words(ctx, rest, admin):
    engraving = CustomOption(title="Engraving", type="field", is_require=True, price=Decimal(5), price_type="fixed")
    await a_product(ctx, "lamp", "50", options=[engraving])
    option_id = await ctx.db.value("select max(option_id) from product_option")
    mask = await a_guest_cart(rest)
    answer = {"option_id": str(option_id), "option_value": "To Jane"}
    reply = await add(
        rest,
        f"guest-carts/{mask}",
        "lamp",
        1,
        product_option={"extension_attributes": {"custom_options": [answer]}},
    )
    assert reply.status == 200, reply.body
    await ship(rest, f"guest-carts/{mask}")
    order_id = int((await pay(rest, mask)).body)
    (item,) = (await read(admin, order_id))["items"]
    assert item["price"] == 55
    assert item["product_option"] == {"extension_attributes": {"custom_options": [answer]}}
    options = "select product_options #>> '{options,0,label}', product_options #>> '{options,0,print_value}'"
    assert await ctx.db.one(tuple, options + " from sales_order_item") == ("Engraving", "To Jane")
    await send_some(ctx, 10)
    assert "Engraving: To Jane" in bytes(await ctx.db.value("select letter from mail")).decode()


async def test_the_way_that_a_request_has_come_is_noted(ctx, rest, admin):
    await a_product(ctx, "lamp", "50")
    reply = await rest.post(
        f"/rest/default/V1/guest-carts/{await a_ready_cart(rest, ('lamp', 1))}/payment-information",
        {"email": "jdoe@example.com", "paymentMethod": {"method": "checkmo"}},
        headers={"X-Forwarded-For": "203.0.113.9, 10.0.0.1"},
    )
    order = await read(admin, int(reply.body))
    assert (order["remote_ip"], order["x_forwarded_for"]) == ("127.0.0.1", "203.0.113.9, 10.0.0.1")
