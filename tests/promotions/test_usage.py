"""How uses are counted with orders, and given back."""

from __future__ import annotations

import pytest

from entrepot import promotions
from entrepot.kit.context import Context
from entrepot.promotions import CouponNotValid
from entrepot.promotions.rules import delete_rule, get_rule, save_rule
from tests.promotions.makers import a_rule_with_coupon, a_saved_rule, rule_data
from tests.quotes.makers import a_customer

COUPON = "select times_used from salesrule_coupon where code = %(code)s"


async def times_used(ctx: Context, rule_id: int) -> int | None:
    return (await get_rule(ctx, rule_id)).times_used


async def test_an_order_without_rules_costs_nothing(ctx: Context):
    before = ctx.db.statements

    await promotions.use(ctx, [], None, 1)
    await promotions.give_back(ctx, [], None, 1)

    assert ctx.db.statements == before


async def test_an_order_counts_its_rules_its_coupon_and_the_customers_uses_in_one_statement(ctx: Context):
    jane = (await a_customer(ctx)).id
    plain, coupon = await a_saved_rule(ctx), await a_rule_with_coupon(ctx, "SAVE10")
    before = ctx.db.statements

    await promotions.use(ctx, [plain, coupon], "save10", jane)

    assert ctx.db.statements == before + 1
    await promotions.use(ctx, [plain], None, None)
    assert (await times_used(ctx, plain), await times_used(ctx, coupon)) == (2, 1)
    assert await ctx.db.value(COUPON, code="SAVE10") == 1
    assert await ctx.db.value("select sum(times_used) from salesrule_customer") == 2
    assert await ctx.db.value("select sum(times_used) from salesrule_coupon_usage") == 1


async def test_a_coupon_that_is_used_up_or_gone_is_refused(ctx: Context):
    rule_id = await a_rule_with_coupon(ctx, "SAVE10", uses_per_coupon=1)
    await promotions.use(ctx, [rule_id], "SAVE10", None)

    for code in ("SAVE10", "GONE"):
        with pytest.raises(CouponNotValid) as refused:
            async with ctx.savepoint():
                await promotions.use(ctx, [rule_id], code, None)

    assert refused.value.status == 400
    assert refused.value.rendered() == "The coupon code isn't valid. Verify the code and try again."
    assert await ctx.db.value(COUPON, code="SAVE10") == 1
    assert await times_used(ctx, rule_id) == 1


@pytest.mark.parametrize("with_coupon", [True, False])
async def test_a_customer_does_not_pass_the_limit_of_a_customer(ctx: Context, with_coupon):
    jane, joe = (await a_customer(ctx)).id, (await a_customer(ctx, "joe@example.com")).id
    code = "SAVE10" if with_coupon else None
    if code:
        rule_id = await a_rule_with_coupon(ctx, code, uses_per_customer=2)
    else:
        rule_id = await a_saved_rule(ctx, uses_per_customer=2)
    for customer_id in (jane, jane, joe):
        await promotions.use(ctx, [rule_id], code, customer_id)

    with pytest.raises(CouponNotValid):
        async with ctx.savepoint():
            await promotions.use(ctx, [rule_id], code, jane)

    assert await times_used(ctx, rule_id) == 3


async def test_a_rule_that_is_gone_meanwhile_is_passed_over(ctx: Context):
    kept, gone = await a_saved_rule(ctx), await a_saved_rule(ctx)
    await delete_rule(ctx, gone)

    await promotions.use(ctx, [kept, gone], None, (await a_customer(ctx)).id)

    assert await times_used(ctx, kept) == 1


async def test_a_cancelled_order_gives_its_uses_back_and_nothing_falls_below_zero(ctx: Context):
    jane = (await a_customer(ctx)).id
    rule_id = await a_rule_with_coupon(ctx, "SAVE10", uses_per_coupon=1, uses_per_customer=1)
    await promotions.use(ctx, [rule_id], "SAVE10", jane)

    for _ in range(2):
        await promotions.give_back(ctx, [rule_id], "save10", jane)

    assert await times_used(ctx, rule_id) == 0
    assert await ctx.db.value(COUPON, code="SAVE10") == 0
    await promotions.use(ctx, [rule_id], "SAVE10", jane)
    assert await times_used(ctx, rule_id) == 1


async def test_uses_can_be_set_and_orders_count_on_from_there(ctx: Context):
    rule_id = await a_saved_rule(ctx, times_used=5)
    await promotions.use(ctx, [rule_id], None, None)
    assert await times_used(ctx, rule_id) == 6

    await save_rule(ctx, rule_data(rule_id=rule_id, times_used=2))
    await promotions.use(ctx, [rule_id], None, None)

    assert await times_used(ctx, rule_id) == 3
