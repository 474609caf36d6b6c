"""What each source has of some products together: for who moves many of them at once."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from msgspec import Struct

from entrepot.inventory.products import sku_key
from entrepot.inventory.queries.holdings import HOLDINGS
from entrepot.kit.context import Context


class Holding(Struct, frozen=True):
    """What a source has of the products that were asked about."""

    source_code: str
    source_name: str
    is_enabled: bool
    products: int
    """How many of them have an item there, be it one of nothing."""
    quantity: Decimal


async def holdings_of(ctx: Context, skus: Iterable[str]) -> list[Holding]:
    """The sources that have an item of any of these skus, by name. One statement."""
    return await ctx.db.all(Holding, HOLDINGS, keys=sorted({sku_key(sku) for sku in skus}))
