"""Which rules may apply to a cart (spec 51, 7.5)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from msgspec import Struct

from entrepot.kit.context import Context
from entrepot.promotions.amounts import Discounts, FreeShipping, RuleAddress, RuleLine, ShippingDiscount


class Candidates(Struct):
    """The rules that may apply, in their order."""

    rules: Sequence[Any] = ()

    def __bool__(self) -> bool:
        return bool(self.rules)

    def coupon_took(self, rule_ids: Iterable[int]) -> bool:
        """Whether a rule of the cart's coupon is among those that were applied."""
        return False


async def candidates(
    ctx: Context,
    *,
    website_id: int,
    customer_group_id: int,
    customer_id: int | None,
    coupon_code: str | None,
    store_id: int,
) -> Candidates:
    return Candidates()


async def facts_for(
    ctx: Context, candidates: Candidates, product_ids: Iterable[int], store_id: int
) -> Mapping[int, Mapping[str, Any]]:
    return {}


def discount(
    candidates: Candidates, lines: Sequence[RuleLine], address: RuleAddress, *, base_to_quote: Any
) -> Discounts:
    return Discounts()


def shipping_discount(
    candidates: Candidates,
    lines: Sequence[RuleLine],
    address: RuleAddress,
    *,
    shipping_amount: Any,
    base_shipping_amount: Any,
    base_to_quote: Any,
) -> ShippingDiscount:
    return ShippingDiscount()


def free_shipping(candidates: Candidates, lines: Sequence[RuleLine], address: RuleAddress) -> FreeShipping:
    return FreeShipping()


async def use(ctx: Context, rule_ids: Sequence[int], coupon_code: str | None, customer_id: int | None) -> None:
    return None


async def coupon_label(ctx: Context, coupon_code: str, store_id: int) -> str | None:
    """What the coupon's rule is called in a store view; its default label without one of its own."""
    return None
