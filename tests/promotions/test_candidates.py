"""Which rules a cart meets: websites, groups, days, coupons and limits."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from entrepot import promotions
from entrepot.kit.context import Context
from entrepot.promotions import Candidates, candidates
from entrepot.promotions.contracts import CouponGenerationSpec, RuleLabel
from entrepot.promotions.generation import generate
from entrepot.stores import write_value
from tests.promotions.makers import a_rule_with_coupon, a_saved_rule
from tests.quotes.makers import a_customer


async def found(ctx: Context, code: str | None = None, **further: Any) -> Candidates:
    asked = {"website_id": 1, "customer_group_id": 0, "customer_id": None, "store_id": 1} | further
    return await candidates(ctx, coupon_code=code, **asked)


async def ids(ctx: Context, code: str | None = None, **further: Any) -> list[int]:
    return [rule.rule_id for rule in (await found(ctx, code, **further)).rules]


async def test_a_shop_without_rules_asks_nothing(ctx: Context):
    before = ctx.db.statements

    assert not await found(ctx, "ANY", customer_id=1)

    assert ctx.db.statements == before


async def test_rules_come_by_priority_then_by_age_without_a_statement(ctx: Context):
    second, first, third = [await a_saved_rule(ctx, sort_order=order) for order in (5, 1, 5)]
    await a_saved_rule(ctx, is_active=False)
    before = ctx.db.statements

    assert await ids(ctx) == [first, second, third]

    assert ctx.db.statements == before


async def test_a_rule_is_for_its_groups_and_websites(ctx: Context):
    await a_saved_rule(ctx, customer_group_ids=[2])

    assert not await found(ctx)
    assert await found(ctx, customer_group_id=2)
    assert not await found(ctx, customer_group_id=2, website_id=9)


@pytest.mark.parametrize(
    ("start", "end", "applies"),
    [
        ("2026-03-10", None, True),
        ("2026-03-11", None, False),
        (None, "2026-03-10", True),
        (None, "2026-03-09", False),
        ("2026-03-10", "2026-03-10", True),
    ],
)
async def test_both_days_are_included_in_the_time_zone_of_the_store(ctx: Context, start, end, applies):
    await write_value(ctx, "general/locale/timezone", "America/New_York")
    # Still the 10th in New York.
    ctx.now = datetime(2026, 3, 11, 3, 30, tzinfo=UTC)
    await a_saved_rule(ctx, from_date=start, to_date=end)

    assert bool(await found(ctx)) is applies


async def test_a_rule_with_coupon_needs_the_code_and_one_statement(ctx: Context):
    free = await a_saved_rule(ctx)
    rule_id = await a_rule_with_coupon(ctx, "Save10")
    await a_rule_with_coupon(ctx, "OTHER")

    assert await ids(ctx) == [free]
    assert await ids(ctx, "none") == [free]
    before = ctx.db.statements
    assert await ids(ctx, "sAVE10 ") == [free, rule_id]
    assert ctx.db.statements == before + 1


@pytest.mark.parametrize(
    ("coupon_type", "auto", "takes_generated"),
    [("AUTO", False, True), ("SPECIFIC_COUPON", True, True), ("SPECIFIC_COUPON", False, False)],
)
async def test_generated_coupons_are_taken_by_rules_that_generate(ctx: Context, coupon_type, auto, takes_generated):
    rule_id = await a_saved_rule(ctx, coupon_type="AUTO")
    (code,) = await generate(ctx, CouponGenerationSpec(rule_id=rule_id, quantity=1, length=8))
    change = "update salesrule set coupon_type = %(type)s, use_auto_generation = %(auto)s where rule_id = %(id)s"
    await ctx.db.execute(change, type=coupon_type, auto=auto, id=rule_id)
    await ctx.changed()

    assert await ids(ctx, code) == ([rule_id] if takes_generated else [])


async def test_a_coupon_is_taken_until_its_limit_and_its_last_day(ctx: Context):
    rule_id = await a_rule_with_coupon(ctx, "SAVE10", uses_per_coupon=2)
    await ctx.db.execute("update salesrule_coupon set times_used = 1")
    assert await ids(ctx, "SAVE10") == [rule_id]

    await ctx.db.execute("update salesrule_coupon set times_used = 2")
    assert await ids(ctx, "SAVE10") == []

    await write_value(ctx, "general/locale/timezone", "America/New_York")
    await ctx.db.execute("update salesrule_coupon set times_used = 0, expiration_date = '2026-03-10'")
    ctx.now = datetime(2026, 3, 11, 3, tzinfo=UTC)
    assert await ids(ctx, "SAVE10") == [rule_id]
    ctx.now = datetime(2026, 3, 11, 5, tzinfo=UTC)
    assert await ids(ctx, "SAVE10") == []


async def test_a_customer_has_limits_of_a_coupon_and_of_a_rule_and_a_guest_has_none(ctx: Context):
    jane, joe = (await a_customer(ctx)).id, (await a_customer(ctx, "joe@example.com")).id
    limited = await a_saved_rule(ctx, uses_per_customer=1)
    with_coupon = await a_rule_with_coupon(ctx, "SAVE10", uses_per_customer=2)
    both = [limited, with_coupon]
    assert await ids(ctx, "SAVE10", customer_id=jane) == both

    await promotions.use(ctx, both, "SAVE10", jane)

    assert await ids(ctx, "SAVE10", customer_id=jane) == [with_coupon]
    assert await ids(ctx, "SAVE10", customer_id=joe) == both
    assert await ids(ctx, "SAVE10") == both
    await promotions.use(ctx, [with_coupon], "SAVE10", jane)
    assert await ids(ctx, "SAVE10", customer_id=jane) == []


async def test_limits_of_a_customer_cost_one_statement_with_and_without_coupon(ctx: Context):
    jane = (await a_customer(ctx)).id
    for _ in range(3):
        await a_saved_rule(ctx, uses_per_customer=1)
    await a_rule_with_coupon(ctx, "SAVE10", uses_per_customer=1)
    for code in (None, "SAVE10"):
        before = ctx.db.statements
        await found(ctx, code, customer_id=jane)
        assert ctx.db.statements == before + 1


async def test_the_description_names_the_label_of_the_store_then_the_default_then_the_code(ctx: Context):
    own = await a_saved_rule(ctx, store_labels=[RuleLabel(0, "Spring"), RuleLabel(1, "Printemps")])
    default = await a_saved_rule(ctx, store_labels=[RuleLabel(0, "Loyal")])
    silent = await a_saved_rule(ctx)
    coupon = await a_rule_with_coupon(ctx, "SAVE10")
    chosen = await found(ctx, "save10")

    assert chosen.describe([own, default, silent, coupon]) == "Printemps, Loyal, save10"
    assert chosen.describe([default, silent]) == "Loyal"
    assert chosen.describe([silent]) is None
    assert chosen.coupon_took([own, coupon])
    assert not chosen.coupon_took([own, default])


async def test_a_coupon_is_labelled_as_its_rule_is_called_in_the_store(ctx: Context):
    before = ctx.db.statements
    assert await promotions.coupon_label(ctx, "SAVE10", 1) is None
    assert ctx.db.statements == before
    await a_rule_with_coupon(ctx, "SAVE10", store_labels=[RuleLabel(0, "Spring"), RuleLabel(1, "Printemps")])

    assert await promotions.coupon_label(ctx, "save10", 1) == "Printemps"
    assert await promotions.coupon_label(ctx, "save10", 0) == "Spring"
    assert await promotions.coupon_label(ctx, "other", 1) is None
