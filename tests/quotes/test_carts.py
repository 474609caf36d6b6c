"""Carts of customers and of administrators: made, read, searched, assigned (spec 50, 5)."""

from __future__ import annotations

from decimal import Decimal

import pytest

from entrepot.kit.context import GUEST
from entrepot.quotes.contracts import CartItem
from entrepot.quotes.items import save_guest_item
from tests.quotes.makers import NEW_YORK, a_customer, a_guest_cart, a_product, add, configure

NO_CART = {"message": "Current customer does not have an active cart."}


def no_such(field: str, value: object) -> dict[str, object]:
    return {
        "message": "No such entity with %fieldName = %fieldValue",
        "parameters": {"fieldName": field, "fieldValue": value},
    }


async def test_a_customer_has_one_cart_however_often_one_is_asked_for(jane):
    first = await jane.post("/rest/default/V1/carts/mine")
    again = await jane.post("/rest/default/V1/carts/mine")
    assert isinstance(first.body, int)
    assert again.body == first.body


async def test_the_cart_of_a_customer_has_the_accounts_name(jane):
    await jane.post("/rest/default/V1/carts/mine")
    cart = (await jane.get("/rest/default/V1/carts/mine")).body
    assert (cart["customer"]["email"], cart["customer"]["firstname"]) == ("jdoe@example.com", "Jane")
    assert cart["customer_is_guest"] is False
    assert cart["billing_address"]["email"] == "jdoe@example.com"
    assert cart["billing_address"]["customer_id"] == cart["customer"]["id"]
    assert cart["extension_attributes"] == {"shipping_assignments": []}


async def test_without_a_cart_its_routes_say_so(jane):
    me = (await jane.get("/rest/V1/customers/me")).body["id"]
    assert await answer(jane.get("/rest/default/V1/carts/mine")) == (404, no_such("customerId", me))
    assert await answer(jane.get("/rest/default/V1/carts/mine/items")) == (404, NO_CART)
    assert await answer(jane.get("/rest/default/V1/carts/mine/totals")) == (404, NO_CART)
    assert await answer(add(jane, "carts/mine", "24-WB01", 1)) == (404, NO_CART)


async def answer(call) -> tuple[int, object]:
    reply = await call
    return reply.status, reply.body


async def test_an_administrator_makes_and_reads_any_cart(ctx, admin):
    await a_product(ctx, "24-WB01", "32")
    cart_id = (await admin.post("/rest/default/V1/carts/")).body
    assert isinstance(cart_id, str)
    reply = await add(admin, f"carts/{cart_id}", "24-WB01", 2, quote_id=cart_id)
    assert reply.body["quote_id"] == cart_id
    cart = (await admin.get(f"/rest/default/V1/carts/{cart_id}")).body
    assert (cart["id"], cart["items_count"], cart["items_qty"]) == (int(cart_id), 1, 2)
    unknown = int(cart_id) + 1000
    assert await answer(admin.get(f"/rest/default/V1/carts/{unknown}")) == (404, no_such("cartId", unknown))


async def test_who_may_not_manage_carts_is_told_so(rest, jane):
    refusal = {
        "message": "The consumer isn't authorized to access %resources.",
        "parameters": {"resources": "Magento_Cart::manage"},
    }
    for caller in (rest, jane):
        assert await answer(caller.get("/rest/default/V1/carts/1")) == (401, refusal)
        assert await answer(caller.post("/rest/default/V1/carts/")) == (401, refusal)
        assert await answer(caller.get("/rest/default/V1/carts/search?searchCriteria")) == (401, refusal)
    reply = await rest.get("/rest/default/V1/carts/mine")
    assert (reply.status, reply.body["parameters"]) == (401, {"resources": "self"})


async def test_a_customer_does_not_see_the_cart_of_another(ctx, rest, jane):
    await a_customer(ctx, "john@example.com")
    token = await rest.post(
        "/rest/default/V1/integration/customer/token", {"username": "john@example.com", "password": "Password1"}
    )
    mask = await a_guest_cart(rest)
    cart_id = (await rest.get(f"/rest/default/V1/guest-carts/{mask}")).body["id"]
    me = (await jane.get("/rest/V1/customers/me")).body["id"]
    await ctx.db.execute("update quote set customer_id = %(me)s where entity_id = %(id)s", me=me, id=cart_id)

    reply = await rest.as_caller(token.body).get(f"/rest/default/V1/guest-carts/{mask}/totals")

    assert (reply.status, reply.body) == (404, no_such("cartId", cart_id))


async def test_a_guest_cannot_write_into_the_cart_of_a_customer(ctx, rest, jane):
    await a_product(ctx, "24-WB01", "32")
    mask = await a_guest_cart(rest)
    me = (await jane.get("/rest/V1/customers/me")).body["id"]
    await ctx.db.execute("update quote set customer_id = %(me)s where masked_id = %(mask)s", me=me, mask=mask)

    reply = await add(rest, f"guest-carts/{mask}", "24-WB01", 1)

    assert (reply.status, reply.body) == (400, {"message": "Invalid state change requested"})


@pytest.mark.parametrize(
    ("criteria", "found"),
    [("customer_email&{}[value]=jdoe@example.com", 1), ("items_count&{}[value]=2", 1), ("is_active&{}[value]=1", 2)],
)
async def test_carts_are_searched_by_their_columns(ctx, rest, jane, admin, criteria, found):
    await a_product(ctx, "24-WB01", "32")
    await a_product(ctx, "24-WB03", "36")
    await a_guest_cart(rest, ("24-WB01", 1), ("24-WB03", 1))
    await jane.post("/rest/default/V1/carts/mine")
    name = "searchCriteria[filterGroups][0][filters][0]"
    reply = await admin.get(f"/rest/all/V1/carts/search?{name}[field]={criteria.format(name)}")
    assert reply.status == 200, reply.body
    assert reply.body["total_count"] == found == len(reply.body["items"])


async def test_carts_are_sorted_by_what_all_of_them_have_alike(ctx, rest, admin):
    await a_guest_cart(rest)
    await a_guest_cart(rest)

    reply = await admin.get("/rest/all/V1/carts/search?searchCriteria[sortOrders][0][field]=is_multi_shipping")

    assert reply.status == 200, reply.body
    ids = [cart["id"] for cart in reply.body["items"]]
    assert (len(ids), ids) == (2, sorted(ids))


async def test_a_search_by_an_unknown_field_is_refused(admin):
    name = "searchCriteria[filterGroups][0][filters][0]"
    reply = await admin.get(f"/rest/all/V1/carts/search?{name}[field]=nonsense&{name}[value]=1")
    assert reply.status == 400


async def test_a_guest_who_signs_in_takes_the_cart_along(ctx, rest, jane):
    await a_product(ctx, "24-WB01", "32")
    mask = await a_guest_cart(rest, ("24-WB01", 2))
    me = (await jane.get("/rest/V1/customers/me")).body["id"]

    reply = await jane.put(f"/rest/default/V1/guest-carts/{mask}", {"customerId": me, "storeId": 1})

    assert (reply.status, reply.body) == (200, True)
    assert (await rest.get(f"/rest/default/V1/guest-carts/{mask}")).status == 404
    items = (await jane.get("/rest/default/V1/carts/mine/items")).body
    assert [(item["sku"], item["qty"]) for item in items] == [("24-WB01", 2)]


async def test_assigning_is_refused_in_the_order_of_the_checks(ctx, rest, jane, admin):
    me = (await jane.get("/rest/V1/customers/me")).body["id"]
    mask = await a_guest_cart(rest)
    other = (await admin.post("/rest/default/V1/carts/")).body

    async def refusal(call) -> tuple[int, str]:
        reply = await call
        return reply.status, reply.body["message"]

    assert await refusal(jane.put(f"/rest/default/V1/guest-carts/{mask}", {"customerId": me + 1, "storeId": 1})) == (
        400,
        "You don't have the correct permissions to assign the customer to the cart.",
    )
    assert await answer(admin.put("/rest/default/V1/carts/999999", {"customerId": me, "storeId": 1})) == (
        404,
        no_such("cartId", 999999),
    )
    assert await answer(admin.put(f"/rest/default/V1/carts/{other}", {"customerId": me + 1, "storeId": 99})) == (
        404,
        no_such("customerId", me + 1),
    )
    assert await refusal(admin.put(f"/rest/default/V1/carts/{other}", {"customerId": me, "storeId": 99})) == (
        400,
        "The customer can't be assigned to the cart. The cart belongs to a different store.",
    )
    mine = (await jane.post("/rest/default/V1/carts/mine")).body
    assert await refusal(admin.put(f"/rest/default/V1/carts/{mine}", {"customerId": me, "storeId": 1})) == (
        400,
        "The customer can't be assigned to the cart because the cart isn't anonymous.",
    )
    assert await refusal(admin.put(f"/rest/default/V1/carts/{other}", {"customerId": me, "storeId": 1})) == (
        400,
        "The customer can't be assigned to the cart because the customer already has an active cart.",
    )


async def test_a_customer_saves_a_note_with_the_cart(jane):
    await jane.post("/rest/default/V1/carts/mine")
    me = (await jane.get("/rest/V1/customers/me")).body

    reply = await jane.put("/rest/default/V1/carts/mine", {"quote": {"customer": me, "customer_note": "Ring twice"}})

    assert (reply.status, reply.body) == (200, [])
    assert (await jane.get("/rest/default/V1/carts/mine")).body["customer_note"] == "Ring twice"
    refused = await jane.put("/rest/default/V1/carts/mine", {"quote": {"customer_note": "No"}})
    assert (refused.status, refused.body) == (400, {"message": "Invalid state change requested"})


async def test_what_is_no_longer_sold_is_gone_and_a_new_price_holds_at_once(ctx, rest):
    await a_product(ctx, "24-WB01", "32")
    await a_product(ctx, "24-WB03", "36")
    mask = await a_guest_cart(rest, ("24-WB01", 1), ("24-WB03", 1))
    await a_product(ctx, "24-WB01", "30")
    await ctx.db.execute("update product set attributes = attributes || '{\"status\": \"2\"}' where sku = '24-WB03'")
    totals = (await rest.get(f"/rest/default/V1/guest-carts/{mask}/totals")).body
    assert [(item["name"], item["price"]) for item in totals["items"]] == [("Product 24-WB01", 30)]
    assert totals["subtotal"] == 30


async def test_a_billing_address_is_kept_and_used_for_shipping_if_asked(ctx, rest):
    await a_product(ctx, "24-WB01", "32")
    mask = await a_guest_cart(rest, ("24-WB01", 1))
    base = f"/rest/default/V1/guest-carts/{mask}"

    reply = await rest.post(f"{base}/billing-address", {"address": NEW_YORK, "useForShipping": True})

    assert reply.body.isdigit()
    shown = (await rest.get(f"{base}/billing-address")).body
    assert (shown["id"], shown["region"], shown["region_id"], shown["region_code"], shown["street"]) == (
        int(reply.body), "New York", 43, "NY", ["123 Oak Ave"],
    )  # fmt: skip
    (method,) = (await rest.get(f"{base}/shipping-methods")).body
    assert (method["carrier_code"], method["method_code"], method["amount"]) == ("flatrate", "flatrate", 5)
    wrong = await rest.post(f"{base}/billing-address", {"address": {**NEW_YORK, "email": "nonsense"}})
    assert (wrong.status, wrong.body) == (
        400,
        {"message": "The address failed to save. Verify the address and try again."},
    )


async def test_shipping_is_estimated_without_being_kept(ctx, rest):
    await a_product(ctx, "24-WB01", "32")
    mask = await a_guest_cart(rest, ("24-WB01", 3))
    base = f"/rest/default/V1/guest-carts/{mask}"
    reply = await rest.post(f"{base}/estimate-shipping-methods", {"address": {"country_id": "US"}})
    assert reply.body == [
        {
            "carrier_code": "flatrate",
            "method_code": "flatrate",
            "carrier_title": "Flat Rate",
            "method_title": "Fixed",
            "amount": 15,
            "base_amount": 15,
            "available": True,
            "error_message": "",
            "price_excl_tax": 15,
            "price_incl_tax": 15,
        }
    ]
    assert (await rest.get(f"{base}/shipping-methods")).body == {
        "message": "The shipping address is missing. Set the address and try again."
    }
    assert (await rest.post(f"{base}/estimate-shipping-methods", {"address": {}})).body == []


async def test_shipping_information_is_refused_in_the_order_of_the_checks(ctx, rest):
    await a_product(ctx, "24-WB01", "32")
    empty, mask = await a_guest_cart(rest), await a_guest_cart(rest, ("24-WB01", 1))

    async def refusal(cart: str, **information: object) -> tuple[int, str]:
        sent = {"shipping_carrier_code": "flatrate", "shipping_method_code": "flatrate", **information}
        reply = await rest.post(
            f"/rest/default/V1/guest-carts/{cart}/shipping-information", {"addressInformation": sent}
        )
        return reply.status, reply.body["message"]

    assert await refusal(empty, shipping_address=NEW_YORK) == (
        400,
        "The shipping method can't be set for an empty cart. Add an item to cart and try again.",
    )
    assert await refusal(mask, shipping_address={"firstname": "Jane"}) == (
        400,
        "The shipping address is missing. Set the address and try again.",
    )
    assert await refusal(mask, shipping_address={**NEW_YORK, "country_id": "XX"}) == (
        400,
        "The shipping information was unable to be saved. Verify the input data and try again.",
    )
    assert await refusal(mask, shipping_address=NEW_YORK, shipping_method_code="pigeon") == (
        404,
        "Carrier with such method not found: %1, %2",
    )


async def test_a_virtual_cart_is_not_shipped(ctx, rest):
    await a_product(ctx, "240-V", "22", type_id="virtual")
    mask = await a_guest_cart(rest, ("240-V", 1))
    base = f"/rest/default/V1/guest-carts/{mask}"
    cart = (await rest.get(base)).body
    assert (cart["is_virtual"], cart["extension_attributes"]) == (True, {"shipping_assignments": []})
    assert (await rest.get(f"{base}/shipping-methods")).body == []
    totals = (await rest.get(f"{base}/totals")).body
    assert [(one["code"], one["value"]) for one in totals["total_segments"]] == [
        ("subtotal", 22), ("shipping", 0), ("tax", 0), ("grand_total", 22),
    ]  # fmt: skip


async def test_payment_is_refused_in_the_order_of_the_checks(ctx, rest):
    await a_product(ctx, "24-WB01", "32")
    mask = await a_guest_cart(rest, ("24-WB01", 1))
    base = f"/rest/default/V1/guest-carts/{mask}"

    async def pay(**method: object) -> tuple[int, object]:
        reply = await rest.put(f"{base}/selected-payment-method", {"method": method})
        return reply.status, reply.body["message"] if reply.status != 200 else reply.body

    assert await pay(method="checkmo") == (400, "The shipping address is missing. Set the address and try again.")
    await rest.post(f"{base}/billing-address", {"address": NEW_YORK, "useForShipping": True})
    for unusable in ("nonsense", "banktransfer", "free"):
        assert await pay(method=unusable) == (400, "The requested Payment Method is not available.")
    await configure(ctx, payment__checkmo__allowspecific="1", payment__checkmo__specificcountry="DE,FR")
    assert await pay(method="checkmo") == (
        400,
        "You can't use the payment type you selected to make payments to the billing country.",
    )
    await configure(ctx, payment__purchaseorder__active="1")
    assert await pay(method="purchaseorder") == (400, "Purchase order number is a required field.")
    status, payment_id = await pay(method="purchaseorder", po_number="PO-7")
    assert status == 200
    assert isinstance(payment_id, str)
    chosen = (await rest.get(f"{base}/selected-payment-method")).body
    assert chosen == {"po_number": "PO-7", "method": "purchaseorder"}


async def test_an_empty_cart_comes_to_nothing(rest):
    mask = await a_guest_cart(rest)
    base = f"/rest/default/V1/guest-carts/{mask}"
    totals = (await rest.get(f"{base}/totals")).body
    assert (totals["grand_total"], totals["items"], totals["items_qty"]) == (0, [], 0)
    reply = await rest.post(f"{base}/totals-information", {"addressInformation": {"address": {"country_id": "US"}}})
    assert (reply.status, reply.body) == (400, {"message": "Totals calculation is not applicable to empty cart"})


async def test_the_number_of_statements_does_not_grow_with_the_lines(ctx, rest):
    for number in range(12):
        await a_product(ctx, f"P-{number}", "10")
    small = await a_guest_cart(rest, ("P-0", 1))
    large = await a_guest_cart(rest, *((f"P-{number}", 1) for number in range(11)))

    async def statements(mask: str) -> int:
        before = ctx.db.statements
        await save_guest_item(guest, CartItem(sku="P-11", qty=Decimal(1)), mask)
        return ctx.db.statements - before

    guest = ctx.in_store(ctx.stores.default, GUEST)
    assert await statements(small) == await statements(large) == 6
