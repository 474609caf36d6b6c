"""Amounts that no order has."""

from __future__ import annotations

import pytest

from tests.sales.creditmemos.makers import paid_mugs, read, refund_lines

HUGE = 1e30


@pytest.mark.parametrize("name", ["shipping_amount", "adjustment_positive", "adjustment_negative"])
@pytest.mark.parametrize("amount", [HUGE, -HUGE])
async def test_an_amount_beyond_all_money_is_refused(ctx, rest, admin, name, amount):
    order_id, item_id = await paid_mugs(ctx, rest, admin)
    reply = await refund_lines(admin, order_id, (item_id, 1), **{name: amount})
    assert reply.status == 400, reply.body
    assert "total_refunded" not in await read(admin, order_id)


async def test_a_quantity_beyond_all_pieces_is_refused(ctx, rest, admin):
    order_id, item_id = await paid_mugs(ctx, rest, admin)
    reply = await refund_lines(admin, order_id, (item_id, HUGE))
    assert reply.body["message"] == 'We found an invalid quantity to refund item "%1".'


@pytest.mark.parametrize("base", [1, HUGE, -HUGE])
@pytest.mark.parametrize("path", ["creditmemo", "creditmemo/refund"])
async def test_a_memo_with_amounts_that_cannot_be_kept_is_refused(ctx, rest, admin, path, base):
    order_id, item_id = await paid_mugs(ctx, rest, admin)
    memo = {
        "order_id": order_id,
        "items": [{"order_item_id": item_id, "qty": 1, "row_total": HUGE}],
        "grand_total": HUGE,
        "base_grand_total": base,
    }
    reply = await admin.post(f"/rest/V1/{path}", {"entity": memo, "creditmemo": memo})
    assert reply.status == 400, reply.body
    assert await ctx.db.value("select count(*) from sales_creditmemo") == 0
