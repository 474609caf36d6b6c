"""Carts that were ordered long ago are deleted (spec 50, 8)."""

from __future__ import annotations

import pytest

from entrepot.quotes.jobs import delete_old_carts
from tests.quotes.makers import a_guest_cart, configure

AGE = """
    update quote
    set is_active = %(is_active)s, updated_at = %(now)s - %(days)s * interval '1 day'
"""
COUNT = "select count(*) from quote"


@pytest.mark.parametrize(
    "days, is_active, left",
    [
        pytest.param(31, False, 0, id="ordered and old"),
        pytest.param(29, False, 1, id="ordered lately"),
        pytest.param(400, True, 1, id="in use"),
    ],
)
async def test_carts_are_kept_for_a_month_after_they_were_ordered(ctx, rest, days, is_active, left):
    await a_guest_cart(rest)
    await ctx.db.execute(AGE, is_active=is_active, now=ctx.now, days=days)
    await delete_old_carts(ctx)
    assert await ctx.db.value(COUNT) == left


async def test_a_shop_says_how_long_they_are_kept(ctx, rest):
    await a_guest_cart(rest)
    await ctx.db.execute(AGE, is_active=False, now=ctx.now, days=31)
    for longer in ("0", "", "60"):
        await configure(ctx, checkout__cart__delete_quote_after=longer)
        await delete_old_carts(ctx)
        assert await ctx.db.value(COUNT) == 1
    await configure(ctx, checkout__cart__delete_quote_after="7")
    await delete_old_carts(ctx)
    assert await ctx.db.value(COUNT) == 0
