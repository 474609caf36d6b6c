"""Prices as shoppers see them: in the currency of the store view, rounded."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING

from msgspec import Struct

from entrepot import directory
from entrepot.catalog import Price, PriceFacts
from entrepot.kit.context import Context

if TYPE_CHECKING:
    from entrepot.storefront.shop_page import ShopPage

CENT = Decimal("0.01")
ONE = Decimal(1)


class ShownPrice(Struct, frozen=True):
    final: Decimal
    regular: Decimal | None = None
    """The price before it was reduced; None where it is not."""
    lowest: Decimal | None = None
    """What it costs at the best quantity, where that is less."""


class TierLine(Struct, frozen=True):
    """Buy `qty` for `price` each and save `percent`."""

    qty: Decimal
    price: Decimal
    percent: int


def currency_of(ctx: Context) -> str:
    return directory.current_currency(ctx)


def customer_group(page: ShopPage) -> int:
    """By whose prices the visitor buys; 0 is a guest."""
    return (page.signed_in.group_id or 0) if page.signed_in else 0


def shown_price(ctx: Context, price: Price) -> ShownPrice:
    final, regular, lowest = (amount(ctx, one) for one in (price.final, price.regular, price.minimal))
    return ShownPrice(final, regular if regular > final else None, lowest if lowest < final else None)


def amount(ctx: Context, base_amount: Decimal) -> Decimal:
    """An amount of the website's base currency as it is shown."""
    converted = directory.convert(ctx, base_amount, directory.base_currency(ctx), currency_of(ctx))
    return converted.quantize(CENT, rounding=ROUND_HALF_UP)


def tier_lines(ctx: Context, facts: PriceFacts, price: Price) -> Iterator[TierLine]:
    """What larger quantities cost a piece: each line less than the one before."""
    best = amount(ctx, price.final)
    for tier in sorted(facts.tiers, key=lambda one: (one.qty, one.price(facts.regular))):
        each = amount(ctx, tier.price(facts.regular))
        if tier.qty <= ONE or each >= best:
            continue
        saved = (1 - each / amount(ctx, price.final)) * 100
        best = each
        yield TierLine(tier.qty, each, int(saved.to_integral_value(rounding=ROUND_HALF_UP)))
