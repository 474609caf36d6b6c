"""An order says what the shop calls the rule of its coupon, for reports and searches (spec 60, 5.1)."""

from __future__ import annotations

from tests.promotions.makers import a_rule_with_coupon, a_saved_rule
from tests.quotes.makers import a_product
from tests.sales.makers import a_ready_cart, pay

NAMED = "searchCriteria[filter_groups][0][filters][0][field]=coupon_rule_name"


async def place(ctx, rest, coupon=None):
    await a_product(ctx, "mug", "10")
    mask = await a_ready_cart(rest, ("mug", 1))
    if coupon:
        assert (await rest.put(f"/rest/default/V1/guest-carts/{mask}/coupons/{coupon}")).body is True
    return int((await pay(rest, mask)).body)


async def test_the_rule_of_the_coupon_is_named(ctx, rest, admin):
    await a_saved_rule(ctx, name="For everybody")
    await a_rule_with_coupon(ctx, "TENOFF", name="Spring")
    order_id = await place(ctx, rest, "TENOFF")
    assert await ctx.db.value("select coupon_rule_name from sales_order") == "Spring"
    found = (
        await admin.get(f"/rest/V1/orders?{NAMED}&searchCriteria[filter_groups][0][filters][0][value]=Spring")
    ).body
    assert [order["entity_id"] for order in found["items"]] == [order_id]


async def test_an_order_without_a_coupon_names_no_rule(ctx, rest):
    await a_saved_rule(ctx, name="For everybody")
    await place(ctx, rest)
    assert await ctx.db.value("select coupon_rule_name from sales_order") is None
