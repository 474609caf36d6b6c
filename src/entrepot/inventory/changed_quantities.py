"""What follows a change of quantities in sources, whoever made it."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from msgspec import Struct

from entrepot.inventory.mirror import follow_default_source
from entrepot.inventory.products import sku_key
from entrepot.inventory.quantities import configuration
from entrepot.inventory.queries import low_quantity as queries
from entrepot.kit.context import Context


class RanLow(Struct, frozen=True):
    """A source that has now less of a sku than it should, and had enough before."""

    source_code: str
    sku: str
    quantity: Decimal
    threshold: Decimal


class StockRanLow(Struct, frozen=True):
    """Sources fell below their thresholds, by one change. Published in its transaction."""

    items: tuple[RanLow, ...]


async def follow_quantities(ctx: Context, changed: Iterable[tuple[str, str]]) -> None:
    """To be called after these pairs of source code and sku changed or went, with their shelves locked.

    The stock items follow the default source, and who listens is told of what ran low by it. One statement more than
    `follow_default_source`.
    """
    pairs = list(changed)
    await follow_default_source(ctx, pairs)
    ran_low = await ctx.db.all(
        RanLow,
        queries.FOLLOW,
        source_codes=[source_code for source_code, _ in pairs],
        keys=[sku_key(sku) for _, sku in pairs],
        default_qty=configuration(ctx).notify_stock_qty,
    )
    if ran_low:
        await ctx.publish(StockRanLow(tuple(ran_low)))
