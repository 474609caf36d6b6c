"""Orders that want the same coupon at once: no limit is passed, and nobody waits for a rule without one."""

from __future__ import annotations

import asyncio
from collections import Counter

import pytest

from entrepot import promotions
from entrepot.app import new_services, rest
from entrepot.kit.db import Database
from entrepot.promotions import CouponNotValid
from entrepot.promotions.rules import get_rule
from entrepot.settings import Settings
from tests.promotions.makers import a_rule_with_coupon, a_saved_rule
from tests.quotes.makers import a_customer, a_product
from tests.rest_client import RestClient
from tests.sales.makers import a_ready_cart, pay

PATIENCE_S = 120


@pytest.fixture
async def shop(committed_url, tmp_path):
    """Ten connections."""
    database = Database(committed_url, max_size=10)
    await database.open()
    yield new_services(Settings(home=tmp_path, database_url=committed_url), database)
    await database.close()


async def order(shop, rule_ids, code, customer_id=None):
    """True when the uses were counted."""
    try:
        async with shop.work() as ctx:
            await promotions.use(ctx, rule_ids, code, customer_id)
            # An order has more to do before it is there.
            await asyncio.sleep(0.001)
    except CouponNotValid:
        return False
    return True


async def test_a_coupon_of_fifty_uses_gives_two_hundred_customers_exactly_fifty(shop):
    async with shop.work() as ctx:
        rule_id = await a_rule_with_coupon(ctx, "SAVE10", uses_per_coupon=50)

    async with asyncio.timeout(PATIENCE_S):
        placed = await asyncio.gather(*(order(shop, [rule_id], "SAVE10") for _ in range(200)))

    assert sum(placed) == 50
    async with shop.work() as ctx:
        assert await ctx.db.value("select times_used from salesrule_coupon") == 50
        assert (await get_rule(ctx, rule_id)).times_used == 50


@pytest.mark.parametrize("code", ["SAVE10", None])
async def test_a_customer_in_many_windows_stays_within_the_limit_of_a_customer(shop, code):
    async with shop.work() as ctx:
        jane, joe = (await a_customer(ctx)).id, (await a_customer(ctx, "joe@example.com")).id
        making = a_rule_with_coupon(ctx, code, uses_per_customer=3) if code else a_saved_rule(ctx, uses_per_customer=3)
        rule_id = await making

    async with asyncio.timeout(PATIENCE_S):
        placed = await asyncio.gather(*(order(shop, [rule_id], code, who) for _ in range(25) for who in (jane, joe)))

    assert (sum(placed[::2]), sum(placed[1::2])) == (3, 3)
    async with shop.work() as ctx:
        assert (await get_rule(ctx, rule_id)).times_used == 6


async def test_orders_and_cancellations_at_once_come_out_even(shop):
    async with shop.work() as ctx:
        rules = [await a_saved_rule(ctx), await a_rule_with_coupon(ctx, "SAVE10", uses_per_coupon=1000)]
    for _ in range(30):
        await order(shop, rules, "SAVE10")

    async def cancel():
        async with shop.work() as ctx:
            await promotions.give_back(ctx, rules, "SAVE10", None)

    async with asyncio.timeout(PATIENCE_S):
        await asyncio.gather(
            *(order(shop, rules[:: 1 - 2 * (n % 2)], "SAVE10") for n in range(40)), *(cancel() for _ in range(30))
        )

    async with shop.work() as ctx:
        assert await ctx.db.value("select times_used from salesrule_coupon") == 40
        assert [(await get_rule(ctx, rule_id)).times_used for rule_id in rules] == [40, 40]


async def test_an_order_does_not_wait_for_another_that_uses_the_same_rule_without_coupon(shop):
    async with shop.work() as ctx:
        rule_id = await a_saved_rule(ctx)

    async with asyncio.timeout(PATIENCE_S), shop.work() as first, shop.work() as second:
        slots = [await one.db.value("select mod(pg_backend_pid(), 16)") for one in (first, second)]
        await promotions.use(first, [rule_id], None, None)
        if slots[0] != slots[1]:
            await promotions.use(second, [rule_id], None, None)

    async with shop.work() as ctx:
        assert (await get_rule(ctx, rule_id)).times_used == (2 if slots[0] != slots[1] else 1)


GUESTS, USES = 40, 5
USED_UP = "The coupon code isn't valid. Verify the code and try again."


async def test_forty_guests_and_five_uses_make_five_cheaper_orders_and_nobody_pays_more_than_was_shown(shop):
    async with shop.work() as ctx:
        await a_product(ctx, "mug", "10", qty="1000")
        await a_rule_with_coupon(ctx, "SAVE10", uses_per_coupon=USES)
    client = RestClient(rest(shop))
    masks = await asyncio.gather(*(a_ready_cart(client, ("mug", 1)) for _ in range(GUESTS)))
    for mask in masks:
        assert (await client.put(f"/rest/default/V1/guest-carts/{mask}/coupons/SAVE10")).status == 200

    async with asyncio.timeout(PATIENCE_S):
        answers = await asyncio.gather(*(pay(client, mask) for mask in masks))

    assert Counter(answer.status for answer in answers) == {200: USES, 400: GUESTS - USES}
    assert {answer.body["message"] for answer in answers if answer.status == 400} == {USED_UP}
    async with shop.work() as ctx:
        assert await ctx.db.values("select grand_total from sales_order") == [14] * USES
        assert await ctx.db.value("select times_used from salesrule_coupon") == USES
        assert await ctx.db.value("select sum(times_used) from salesrule_use") == USES
        assert await ctx.db.value("select count(*) from quote where content ? 'coupon_code' and is_active") == 0

    # Who has been told pays what is shown now.
    refused = [mask for mask, answer in zip(masks, answers, strict=True) if answer.status == 400]
    async with asyncio.timeout(PATIENCE_S):
        answers = await asyncio.gather(*(pay(client, mask) for mask in refused))
    assert {answer.status for answer in answers} == {200}
    async with shop.work() as ctx:
        prices = Counter(await ctx.db.values("select grand_total from sales_order"))
        assert prices == {14: USES, 15: GUESTS - USES}
        assert await ctx.db.value("select times_used from salesrule_coupon") == USES
