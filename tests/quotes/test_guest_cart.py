"""A guest's cart, from nothing to what it comes to."""

from __future__ import annotations

import re

from tests.quotes.makers import a_guest_cart, a_product, add, ship


async def test_a_guest_cart_is_known_by_thirty_two_letters_and_digits(rest):
    reply = await rest.post("/rest/default/V1/guest-carts")
    assert reply.status == 200
    assert re.fullmatch(r"[A-Za-z0-9]{32}", reply.body)


async def test_a_line_has_its_price_at_once(ctx, rest):
    await a_product(ctx, "24-WB03", "36", name="Driven Backpack")
    mask = await a_guest_cart(rest)
    reply = await add(rest, f"guest-carts/{mask}", "24-WB03", 2, quote_id=mask)
    cart = (await rest.get(f"/rest/default/V1/guest-carts/{mask}")).body
    assert reply.status == 200, reply.body
    assert reply.body == {
        "item_id": reply.body["item_id"],
        "sku": "24-WB03",
        "qty": 2,
        "name": "Driven Backpack",
        "price": 36,
        "product_type": "simple",
        "quote_id": str(cart["id"]),
    }
    assert list(cart) == [
        "id", "created_at", "updated_at", "is_active", "is_virtual", "items", "items_count", "items_qty", "customer",
        "billing_address", "orig_order_id", "currency", "customer_is_guest", "customer_note_notify",
        "customer_tax_class_id", "store_id", "extension_attributes",
    ]  # fmt: skip
    assert cart["customer"] == {"email": None, "firstname": None, "lastname": None}
    assert cart["currency"] == {
        "global_currency_code": "USD", "base_currency_code": "USD", "store_currency_code": "USD",
        "quote_currency_code": "USD", "store_to_base_rate": 0, "store_to_quote_rate": 0, "base_to_global_rate": 1,
        "base_to_quote_rate": 1,
    }  # fmt: skip
    assert cart["billing_address"] == {
        "id": cart["billing_address"]["id"], "region": None, "region_id": None, "region_code": None,
        "country_id": None, "street": [""], "telephone": None, "postcode": None, "city": None, "firstname": None,
        "lastname": None, "email": None, "same_as_billing": 0, "save_in_address_book": 0,
    }  # fmt: skip


async def test_what_goods_and_shipping_come_to(ctx, rest):
    """Spec 50, 17, without the downloadable product: 20 x 32 + 50 x 36, and 70 pieces at 5."""
    await a_product(ctx, "24-WB01", "32")
    await a_product(ctx, "24-WB03", "36")
    mask = await a_guest_cart(rest, ("24-WB01", 20), ("24-WB03", 50))
    reply = await ship(rest, f"guest-carts/{mask}")
    assert reply.status == 200, reply.body
    totals = reply.body["totals"]
    assert [method["code"] for method in reply.body["payment_methods"]] == ["checkmo"]
    assert (totals["subtotal"], totals["shipping_amount"], totals["grand_total"]) == (2440, 350, 2790)
    assert totals["items_qty"] == 70
    assert [(one["code"], one.get("title"), one["value"]) for one in totals["total_segments"]] == [
        ("subtotal", "Subtotal", 2440),
        ("shipping", "Shipping & Handling (Flat Rate - Fixed)", 350),
        ("tax", "Tax", 0),
        ("grand_total", "Grand Total", 2790),
    ]
    assert (await rest.get(f"/rest/default/V1/guest-carts/{mask}/totals")).body == totals


async def test_the_same_product_again_adds_to_its_line(ctx, rest):
    await a_product(ctx, "24-WB01", "32")
    mask = await a_guest_cart(rest, ("24-WB01", 2), ("24-WB01", 3))
    items = (await rest.get(f"/rest/default/V1/guest-carts/{mask}/items")).body
    assert [(item["sku"], item["qty"], item["quote_id"]) for item in items] == [("24-WB01", 5, mask)]


async def test_more_than_there_is_is_refused_and_the_cart_stays(ctx, rest):
    await a_product(ctx, "24-WB01", "32", qty="3")
    mask = await a_guest_cart(rest, ("24-WB01", 2))
    reply = await add(rest, f"guest-carts/{mask}", "24-WB01", 2)
    assert (reply.status, reply.body) == (400, {"message": "The requested qty is not available"})
    items = (await rest.get(f"/rest/default/V1/guest-carts/{mask}/items")).body
    assert [item["qty"] for item in items] == [2]


async def test_an_unknown_cart_is_no_cart(rest):
    reply = await rest.get("/rest/default/V1/guest-carts/nobody/totals")
    assert (reply.status, reply.body) == (
        404,
        {
            "message": "No such entity with %fieldName = %fieldValue",
            "parameters": {"fieldName": "cartId", "fieldValue": None},
        },
    )
