"""Lines of carts: what is refused, in which order, with which words; and what is kept then (spec 50, 6)."""

from __future__ import annotations

from decimal import Decimal

import pytest
from msgspec import structs

from entrepot import inventory
from entrepot.catalog import CustomOption, CustomOptionValue
from entrepot.catalog.contracts import Product
from entrepot.catalog.products.service import save as save_product
from entrepot.inventory import SourceItem
from tests.quotes.makers import NEW_YORK, a_guest_cart, a_product, add, ship

NOT_AVAILABLE = "Product that you are trying to add is not available."
REQUIRED = "The product's required option(s) weren't entered. Make sure the options are entered and try again."


async def stock_settings(ctx, sku: str, **values: object) -> None:
    item = await inventory.get_stock_item(ctx, sku)
    await inventory.update_stock_item(ctx, sku, structs.replace(item, **values))


async def items_of(rest, cart: str) -> list[tuple[str, float]]:
    return [(item["sku"], item["qty"]) for item in (await rest.get(f"/rest/default/V1/{cart}/items")).body]


async def refusal(call) -> tuple[int, str]:
    reply = await call
    return reply.status, reply.body["message"] if reply.status != 200 else reply.body


@pytest.mark.parametrize("qty", [0, -1, None])
async def test_a_quantity_is_more_than_nothing(ctx, rest, qty):
    """Before anything about the product is looked at."""
    mask = await a_guest_cart(rest)
    reply = await add(rest, f"guest-carts/{mask}", "unknown", qty)
    assert (reply.status, reply.body) == (
        400,
        {
            "message": 'Invalid value of "%value" provided for the %fieldName field.',
            "parameters": {"fieldName": "qty", "value": qty},
        },
    )


async def test_the_cart_is_looked_for_before_the_quantity(rest):
    reply = await add(rest, "guest-carts/nobody", "unknown", 0)
    assert (reply.status, reply.body["parameters"]) == (404, {"fieldName": "cartId", "fieldValue": None})


async def test_another_cart_in_the_body_is_no_cart(ctx, rest, admin):
    await a_product(ctx, "a", "10")
    mask, other = await a_guest_cart(rest), await a_guest_cart(rest)
    reply = await add(rest, f"guest-carts/{mask}", "a", 1, quote_id=other)
    assert (reply.status, reply.body["parameters"]) == (404, {"fieldName": "cartId", "fieldValue": None})
    cart_id = (await admin.post("/rest/default/V1/carts/")).body
    assert (await add(admin, f"carts/{cart_id}", "a", 1, quote_id=str(int(cart_id) + 1))).status == 404
    assert await items_of(rest, f"guest-carts/{mask}") == await items_of(rest, f"guest-carts/{other}") == []


async def test_a_number_works_as_a_name_of_the_cart_too(ctx, admin):
    await a_product(ctx, "a", "10")
    cart_id = (await admin.post("/rest/default/V1/carts/")).body
    assert (await add(admin, f"carts/{cart_id}", "a", 1, quote_id=int(cart_id))).status == 200


async def test_an_unknown_product_is_not_found(ctx, rest):
    mask = await a_guest_cart(rest)
    assert await refusal(add(rest, f"guest-carts/{mask}", "unknown", 1)) == (
        404,
        "The product that was requested doesn't exist. Verify the product and try again.",
    )


async def test_what_is_not_sold_is_not_available(ctx, rest):
    mask = await a_guest_cart(rest)
    cart = f"guest-carts/{mask}"
    await a_product(ctx, "sold-out", "10", qty="0")
    await a_product(ctx, "disabled", "10")
    await save_product(ctx, Product(sku="disabled", status=2))
    await a_product(ctx, "elsewhere", "10")
    await ctx.db.execute(
        "delete from product_website where product_id = (select product_id from product where sku = 'elsewhere')"
    )
    for sku in ("sold-out", "disabled", "elsewhere"):
        assert await refusal(add(rest, cart, sku, 1)) == (400, NOT_AVAILABLE)
    assert await items_of(rest, cart) == []


async def test_sold_out_comes_before_missing_options(ctx, rest):
    await a_product(ctx, "cup", "10", qty="0", options=[a_text(required=True)])
    mask = await a_guest_cart(rest)
    assert await refusal(add(rest, f"guest-carts/{mask}", "cup", 1)) == (400, NOT_AVAILABLE)


async def test_each_missing_option_is_said(ctx, rest):
    await a_product(ctx, "cup", "10", options=[a_text(required=True), a_text("Note", required=True)])
    mask = await a_guest_cart(rest)
    assert await refusal(add(rest, f"guest-carts/{mask}", "cup", 1)) == (400, f"{REQUIRED}\n{REQUIRED}")


def a_text(title: str = "Name", *, required: bool, price: str = "0") -> CustomOption:
    return CustomOption(
        title=title, type="field", is_require=required, price=Decimal(price), price_type="fixed", max_characters=10
    )


@pytest.mark.parametrize(
    ("settings", "qty", "message"),
    [
        ({"min_sale_qty": Decimal(3), "use_config_min_sale_qty": False}, 2, "The fewest you may purchase is 3"),
        (
            {"max_sale_qty": Decimal(5), "use_config_max_sale_qty": False},
            6,
            "The requested qty exceeds the maximum qty allowed in shopping cart",
        ),
        (
            {
                "enable_qty_increments": True, "use_config_enable_qty_inc": False,
                "qty_increments": Decimal(6), "use_config_qty_increments": False,
            },
            7,
            "You can buy this product only in quantities of 6 at a time.",
        ),
        ({}, 1.5, "You cannot use decimal quantity for this product."),
        ({}, 101, "The requested qty is not available"),
        ({"min_qty": Decimal(10), "use_config_min_qty": False}, 91, "The requested qty is not available"),
    ],
)  # fmt: skip
async def test_the_stock_and_the_shop_say_how_much(ctx, rest, settings, qty, message):
    await a_product(ctx, "a", "10")
    if settings:
        await stock_settings(ctx, "a", **settings)
    mask = await a_guest_cart(rest)
    assert await refusal(add(rest, f"guest-carts/{mask}", "a", qty)) == (400, message)
    assert await items_of(rest, f"guest-carts/{mask}") == []


async def test_the_whole_cart_counts_of_a_product_in_two_lines(ctx, rest):
    """Ten are there, six and five are asked for, of which neither is too much alone."""
    saved = await a_product(ctx, "cup", "10", qty="10", options=[a_text(required=False)])
    cart = f"guest-carts/{await a_guest_cart(rest, ('cup', 6))}"
    option = {"option_id": str(saved.options[0].option_id), "option_value": "Jane"}
    with_name = {"extension_attributes": {"custom_options": [option]}}
    assert await refusal(add(rest, cart, "cup", 5, product_option=with_name)) == (
        400, "The requested qty is not available",
    )  # fmt: skip
    assert (await add(rest, cart, "cup", 4, product_option=with_name)).status == 200
    assert await items_of(rest, cart) == [("cup", 6), ("cup", 4)]


async def test_what_ran_out_cannot_be_changed_but_taken_out(ctx, rest):
    await a_product(ctx, "a", "10", qty="5")
    cart = f"guest-carts/{await a_guest_cart(rest, ('a', 2))}"
    item_id = (await rest.get(f"/rest/default/V1/{cart}/items")).body[0]["item_id"]
    await inventory.save_source_items(ctx, [SourceItem(sku="a", source_code="default", quantity=Decimal(0), status=1)])
    changed = rest.put(f"/rest/default/V1/{cart}/items/{item_id}", {"cartItem": {"qty": 1}})
    assert await refusal(changed) == (400, "This product is out of stock.")
    assert await items_of(rest, cart) == [("a", 2)]
    assert (await rest.delete(f"/rest/default/V1/{cart}/items/{item_id}")).body is True


async def test_a_cart_with_what_ran_out_cannot_be_ordered(ctx, rest):
    await a_product(ctx, "a", "10", qty="5")
    await a_product(ctx, "b", "10", qty="5")
    cart = f"guest-carts/{await a_guest_cart(rest, ('a', 2), ('b', 4))}"
    await ship(rest, cart)
    await inventory.save_source_items(
        ctx,
        [
            SourceItem(sku=sku, source_code="default", quantity=Decimal(qty), status=1)
            for sku, qty in (("a", "0"), ("b", "3"))
        ],
    )
    placed = rest.put(f"/rest/default/V1/{cart}/order", {"paymentMethod": {"method": "checkmo"}})
    assert await refusal(placed) == (
        400,
        "Some of the products are out of stock.\nThe requested qty is not available",
    )


async def test_a_line_is_named_by_cart_and_number_where_it_is_not(ctx, rest):
    await a_product(ctx, "a", "10")
    mask, other = await a_guest_cart(rest, ("a", 1)), await a_guest_cart(rest, ("a", 1))
    cart_id = (await rest.get(f"/rest/default/V1/guest-carts/{mask}")).body["id"]
    foreign = (await rest.get(f"/rest/default/V1/guest-carts/{other}/items")).body[0]["item_id"]
    expected = {"message": "The %1 Cart doesn't contain the %2 item.", "parameters": [cart_id, foreign]}
    base = f"/rest/default/V1/guest-carts/{mask}/items"
    for call in (
        rest.put(f"{base}/{foreign}", {"cartItem": {"qty": 2}}),
        rest.post(base, {"cartItem": {"item_id": foreign, "qty": 2}}),
        rest.delete(f"{base}/{foreign}"),
    ):
        reply = await call
        assert (reply.status, reply.body) == (404, expected)


async def test_a_line_that_becomes_like_another_adds_to_it(ctx, rest):
    saved = await a_product(ctx, "cup", "10", options=[a_text(required=False)])
    cart = f"guest-carts/{await a_guest_cart(rest, ('cup', 2))}"

    def named(name: str) -> dict[str, object]:
        option = {"option_id": str(saved.options[0].option_id), "option_value": name}
        return {"product_option": {"extension_attributes": {"custom_options": [option]}}}

    jane = (await add(rest, cart, "cup", 3, **named("Jane"))).body["item_id"]
    john = (await add(rest, cart, "cup", 1, **named("John"))).body["item_id"]
    reply = await rest.put(f"/rest/default/V1/{cart}/items/{john}", {"cartItem": {"qty": 4, **named("Jane")}})
    assert (reply.body["item_id"], reply.body["qty"]) == (jane, 7)
    assert await items_of(rest, cart) == [("cup", 2), ("cup", 7)]


async def test_the_last_line_takes_addresses_way_to_ship_and_coupon_along(ctx, rest):
    await a_product(ctx, "a", "10")
    mask = await a_guest_cart(rest, ("a", 1))
    base = f"/rest/default/V1/guest-carts/{mask}"
    await ship(rest, f"guest-carts/{mask}")
    item_id = (await rest.get(f"{base}/items")).body[0]["item_id"]
    assert (await rest.delete(f"{base}/items/{item_id}")).body is True
    cart = (await rest.get(base)).body
    assert (cart["items"], cart["items_count"], cart["is_virtual"]) == ([], 0, False)
    assert cart["billing_address"]["country_id"] is None
    assert cart["extension_attributes"] == {"shipping_assignments": []}
    totals = (await rest.get(f"{base}/totals")).body
    assert (totals["base_grand_total"], totals["shipping_amount"], totals["subtotal"]) == (0, 0, 0)


async def test_shipping_follows_what_is_in_the_cart(ctx, rest):
    """Flat rate, 5 a piece: for what was added, changed, taken out, and what is no longer sold."""
    await a_product(ctx, "a", "10")
    await a_product(ctx, "b", "20")
    mask = await a_guest_cart(rest, ("a", 1))
    base = f"/rest/default/V1/guest-carts/{mask}"
    await ship(rest, f"guest-carts/{mask}")

    async def shipping() -> tuple[float, float]:
        totals = (await rest.get(f"{base}/totals")).body
        return totals["shipping_amount"], totals["base_grand_total"]

    assert await shipping() == (5, 15)
    await add(rest, f"guest-carts/{mask}", "b", 2)
    assert await shipping() == (15, 65)
    first = (await rest.get(f"{base}/items")).body[0]["item_id"]
    await rest.put(f"{base}/items/{first}", {"cartItem": {"qty": 3}})
    assert await shipping() == (25, 95)
    await save_product(ctx, Product(sku="b", status=2))
    assert await shipping() == (15, 45)
    await rest.delete(f"{base}/items/{first}")
    assert await shipping() == (0, 0)


async def test_a_customer_does_not_write_into_a_cart_that_is_nobodys(ctx, rest, jane):
    await a_product(ctx, "a", "10")
    mask = await a_guest_cart(rest, ("a", 1))
    base = f"/rest/default/V1/guest-carts/{mask}"
    assert (await jane.get(base)).status == 200
    for call in (
        add(jane, f"guest-carts/{mask}", "a", 1),
        jane.post(f"{base}/billing-address", {"address": NEW_YORK}),
        jane.put(f"{base}/coupons/none"),
    ):
        assert await refusal(call) == (400, "Invalid state change requested")
    assert await items_of(rest, f"guest-carts/{mask}") == [("a", 1)]
    assert (await rest.get(base)).body["billing_address"]["city"] is None


async def test_what_is_chosen_is_described_and_escaped(ctx, rest):
    values = [CustomOptionValue(title="Tom & Jerry's", price=Decimal("1"), price_type="fixed")]
    option = CustomOption(title="Print", type="drop_down", is_require=True, values=values)
    saved = await a_product(ctx, "cup", "10", options=[option])
    chosen = saved.options[0]
    cart = f"guest-carts/{await a_guest_cart(rest)}"
    sent = {"option_id": str(chosen.option_id), "option_value": str(chosen.values[0].option_type_id)}
    reply = await add(rest, cart, "cup", 1, product_option={"extension_attributes": {"custom_options": [sent]}})
    assert reply.body["product_option"] == {"extension_attributes": {"custom_options": [sent]}}
    totals = (await rest.get(f"/rest/default/V1/{cart}/totals")).body
    assert totals["items"][0]["options"] == '[{"value":"Tom &amp; Jerry&#039;s","label":"Print"}]'


async def test_the_same_choices_are_one_line_however_they_are_sent(ctx, rest):
    values = [CustomOptionValue(title=title, price=Decimal("1"), price_type="fixed") for title in ("A", "B")]
    option = CustomOption(title="Extras", type="multiple", is_require=True, values=values)
    saved = await a_product(ctx, "cup", "10", options=[option])
    chosen = saved.options[0]
    first, second = (value.option_type_id for value in chosen.values)
    cart = f"guest-carts/{await a_guest_cart(rest)}"
    for answer in (f"{first},{second}", f"{second}, {first}"):
        sent = {"option_id": str(chosen.option_id), "option_value": answer}
        reply = await add(rest, cart, "cup", 2, product_option={"extension_attributes": {"custom_options": [sent]}})
    assert (reply.body["qty"], reply.body["price"]) == (4, 12)
    assert len(await items_of(rest, cart)) == 1


async def test_a_product_may_be_hidden_and_sold(ctx, rest):
    await a_product(ctx, "hidden", "10")
    await save_product(ctx, Product(sku="hidden", visibility=1))
    assert (await add(rest, f"guest-carts/{await a_guest_cart(rest)}", "HIDDEN", 1)).status == 200
