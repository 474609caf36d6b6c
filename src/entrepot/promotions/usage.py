"""The uses of rules and coupons, counted with the orders (spec 51, 9)."""

from __future__ import annotations

from collections.abc import Sequence

from entrepot.kit.context import Context
from entrepot.promotions.errors import CouponNotValid
from entrepot.promotions.queries import usage as queries
from entrepot.promotions.queries.usage import Admitted


async def use(ctx: Context, rule_ids: Sequence[int], coupon_code: str | None, customer_id: int | None) -> None:
    """Count one more use, in the transaction of the order; no statement without rule and coupon.

    The coupon's row stays locked until the order is there, so that a limit holds however many order at once; a rule
    without coupon makes nobody wait. A rule that is gone meanwhile is passed over. Raises CouponNotValid when a limit
    was reached since the cart was looked at, or the coupon is gone.
    """
    if not rule_ids and not coupon_code:
        return
    admitted = await ctx.db.one(
        Admitted, queries.USE, code=coupon_code, customer_id=customer_id, rule_ids=sorted(set(rule_ids))
    )
    if admitted.coupons < bool(coupon_code):
        raise CouponNotValid
    if customer_id is None:
        return
    if admitted.coupons_of_customer < admitted.coupons or admitted.rules_of_customer < admitted.rules:
        raise CouponNotValid


async def give_back(ctx: Context, rule_ids: Sequence[int], coupon_code: str | None, customer_id: int | None) -> None:
    """Count one use less: an order was cancelled. What is counted never falls below 0."""
    if rule_ids or coupon_code:
        await ctx.db.execute(
            queries.GIVE_BACK, code=coupon_code, customer_id=customer_id, rule_ids=sorted(set(rule_ids))
        )
