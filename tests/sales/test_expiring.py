"""Orders whose payment does not come are cancelled after a while (spec 60, 13)."""

from __future__ import annotations

import pytest

from entrepot.sales.expiring import cancel_expired_orders
from tests.quotes.makers import a_product, configure
from tests.sales.makers import an_order, an_order_of_mugs

AGE = """
    update sales_order
    set state = 'pending_payment',
        status = %(status)s,
        updated_at = %(now)s - %(minutes)s * interval '1 minute'
    where entity_id = %(order_id)s
"""
STATE = "select state || ' ' || status from sales_order where entity_id = %(order_id)s"
RESERVED = "select coalesce(sum(quantity), 0) from inventory_reservation where sku = 'mug'"


async def age(ctx, order_id, minutes, status="pending_payment"):
    await ctx.db.execute(AGE, order_id=order_id, now=ctx.now, minutes=minutes, status=status)


async def run(ctx):
    await cancel_expired_orders.run(ctx.services.work, {})


async def state(ctx, order_id):
    return await ctx.db.value(STATE, order_id=order_id)


async def test_an_order_that_is_not_paid_in_eight_hours_is_cancelled(ctx, rest, admin):
    order_id = await an_order_of_mugs(ctx, rest)
    await age(ctx, order_id, 481)
    await run(ctx)
    order = (await admin.get(f"/rest/V1/orders/{order_id}")).body
    assert (order["state"], order["status"]) == ("canceled", "canceled")
    assert (order["total_canceled"], order["items"][0]["qty_canceled"]) == (30, 2)
    assert await ctx.db.value(RESERVED) == 0


@pytest.mark.parametrize(
    "minutes, status",
    [
        pytest.param(470, "pending_payment", id="it is not that old"),
        pytest.param(481, "pending", id="it does not wait for its payment"),
    ],
)
async def test_other_orders_stay(ctx, rest, minutes, status):
    order_id = await an_order_of_mugs(ctx, rest)
    await age(ctx, order_id, minutes, status)
    await run(ctx)
    assert await state(ctx, order_id) == f"pending_payment {status}"
    assert await ctx.db.value(RESERVED) == -2


async def test_a_shop_says_how_long_its_orders_wait(ctx, rest):
    order_id = await an_order_of_mugs(ctx, rest)
    await age(ctx, order_id, 481)
    for never in ("0", "", "never"):
        await configure(ctx, sales__orders__delete_pending_after=never)
        await run(ctx)
        assert await state(ctx, order_id) == "pending_payment pending_payment"
    await configure(ctx, sales__orders__delete_pending_after="600")
    await run(ctx)
    assert await state(ctx, order_id) == "pending_payment pending_payment"
    await configure(ctx, sales__orders__delete_pending_after="480")
    await run(ctx)
    assert await state(ctx, order_id) == "canceled canceled"


async def test_an_order_that_cannot_be_cancelled_holds_no_other_up(ctx, rest):
    """All of the first is invoiced, so that nothing of it can be cancelled."""
    first = await an_order_of_mugs(ctx, rest)
    await a_product(ctx, "cup", "5")
    second = await an_order(rest, ("cup", 1))
    for order_id in (first, second):
        await age(ctx, order_id, 481)
    await ctx.db.execute(
        "update sales_order_item set qty_invoiced = qty_ordered where order_id = %(order_id)s", order_id=first
    )
    await run(ctx)
    assert await state(ctx, first) == "pending_payment pending_payment"
    assert await state(ctx, second) == "canceled canceled"
