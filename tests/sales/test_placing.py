"""Carts become orders (spec 50, 9)."""

from __future__ import annotations

from decimal import Decimal

import pytest

from entrepot import inventory
from entrepot.quotes.contracts import Payment
from entrepot.quotes.payment_information import pay_and_order_as_guest
from tests.quotes.makers import a_guest_cart, a_product, configure
from tests.sales.makers import CHECK, a_ready_cart, an_order, pay

NUMBERS = "select increment_id from sales_order order by entity_id"


async def test_a_cart_becomes_an_order_once(ctx, rest):
    await a_product(ctx, "24-WB01", "32")
    mask = await a_ready_cart(rest, ("24-WB01", 2))
    first = await pay(rest, mask)
    second = await pay(rest, mask)
    assert (first.status, first.body.isdigit()) == (200, True)
    assert (second.status, second.body["message"]) == (404, "No such entity with %fieldName = %fieldValue")
    assert await ctx.db.values(NUMBERS) == ["000000001"]
    assert await inventory.get_salable_qty(ctx, "24-WB01", 1) == 98


async def test_the_other_way_to_order_a_cart(ctx, rest):
    await a_product(ctx, "24-WB01", "32")
    mask = await a_ready_cart(rest, ("24-WB01", 2))
    reply = await rest.put(f"/rest/default/V1/guest-carts/{mask}/order", {"paymentMethod": CHECK})
    assert reply.status == 200, reply.body
    assert await ctx.db.values("select entity_id::text from sales_order") == [reply.body]


async def test_who_orders_without_an_address_hears_of_the_country_first(ctx, rest):
    await a_product(ctx, "24-WB01", "32")
    mask = await a_guest_cart(rest, ("24-WB01", 2))
    reply = await rest.put(f"/rest/default/V1/guest-carts/{mask}/order", {"paymentMethod": CHECK})
    assert (reply.status, reply.body["message"]) == (
        400,
        "Some addresses can't be used due to the configurations for specific countries.",
    )
    assert await ctx.db.values(NUMBERS) == []
    assert (await rest.get(f"/rest/default/V1/guest-carts/{mask}/selected-payment-method")).body == []


async def test_what_is_not_there_is_not_sold_and_the_cart_stays(ctx, rest):
    await a_product(ctx, "24-WB01", "32", qty="3")
    mask, other = await a_ready_cart(rest, ("24-WB01", 2)), await a_ready_cart(rest, ("24-WB01", 2))
    assert (await pay(rest, mask)).status == 200
    refused = await pay(rest, other)
    assert (refused.status, refused.body) == (400, {"message": "The requested qty is not available"})
    assert await ctx.db.values(NUMBERS) == ["000000001"]
    assert (await rest.get(f"/rest/default/V1/guest-carts/{other}")).body["is_active"] is True


async def test_an_order_takes_the_same_few_statements_whatever_is_in_it(ctx, rest):
    """The first one in a second also calls for the mail."""
    for sku in ("a", "b", "c", "d"):
        await a_product(ctx, sku, "10")
    counts = []
    for lines in [("a", 1)], [("a", 1)], [("a", 2), ("b", 1), ("c", 3), ("d", 1)]:
        mask = await a_ready_cart(rest, *lines)
        shop = ctx.in_store(ctx.stores.default)
        before = ctx.db.statements
        await pay_and_order_as_guest(shop, mask, "jdoe@example.com", Payment(method="checkmo"))
        counts.append(ctx.db.statements - before)
    assert counts[1] == counts[2] == counts[0] - 1
    assert counts[0] <= 10


async def test_numbers_have_nine_digits_and_the_later_views_id_in_front(ctx, rest):
    draw = "select next_document_number('order', %(store)s)"
    assert await ctx.db.value(draw, store=1) == "000000001"
    assert await ctx.db.value(draw, store=1) == "000000002"
    assert await ctx.db.value(draw, store=0) == "000000001"
    assert await ctx.db.value(draw, store=2) == "2000000001"
    await ctx.db.execute("select setval('sales_order_number_2', 999999999)")
    assert await ctx.db.value(draw, store=2) == "21000000000"


@pytest.mark.parametrize(("reserved", "used"), [("000000077", "000000077"), ("000000001", "000000002")])
async def test_a_reserved_number_is_used_unless_it_is_taken(ctx, rest, reserved, used):
    await a_product(ctx, "24-WB01", "32")
    await an_order(rest, ("24-WB01", 1))
    mask = await a_ready_cart(rest, ("24-WB01", 1))
    await ctx.db.execute(
        "update quote set reserved_order_id = %(number)s where masked_id = %(mask)s", number=reserved, mask=mask
    )
    assert (await pay(rest, mask)).status == 200
    assert await ctx.db.values(NUMBERS) == ["000000001", used]
    assert await ctx.db.value("select reserved_order_id from quote where masked_id = %(mask)s", mask=mask) == used


@pytest.mark.parametrize(
    ("configured", "status"), [("pending", "pending"), ("processing", "pending"), ("nonsense", "pending")]
)
async def test_the_first_status_is_the_configured_one_if_new_orders_may_have_it(ctx, rest, configured, status):
    await configure(ctx, payment__checkmo__order_status=configured)
    await a_product(ctx, "24-WB01", "32")
    await an_order(rest, ("24-WB01", 1))
    assert await ctx.db.all(tuple, "select state, status from sales_order") == [("new", status)]


async def test_what_a_customer_had_to_say_opens_the_history(ctx, rest):
    await a_product(ctx, "24-WB01", "32")
    mask = await a_ready_cart(rest, ("24-WB01", 1))
    await ctx.db.execute(
        "update quote set content = jsonb_set(content, '{purchaser,note}', '\"Leave it at the door\"')"
        " where masked_id = %(mask)s",
        mask=mask,
    )
    assert (await pay(rest, mask)).status == 200
    history = "select comment, status, entity_name, is_customer_notified, is_visible_on_front"
    assert await ctx.db.all(tuple, history + " from sales_order_status_history") == [
        ("Leave it at the door", "pending", "order", 1, 0)
    ]


async def test_amounts_in_both_currencies_are_copied_each(ctx, rest):
    await a_product(ctx, "24-WB01", "32")
    await an_order(rest, ("24-WB01", 3))
    amounts = await ctx.db.one(
        tuple,
        "select grand_total, base_grand_total, subtotal, shipping_amount, base_shipping_amount, weight"
        " from sales_order",
    )
    assert amounts == tuple(map(Decimal, ("111", "111", "96", "15", "15", "3")))
