"""Inventory follows the catalogue: a product keeps its goods under a new sku (spec 40-inventory, 22)."""

from __future__ import annotations

from entrepot.catalog.events import ProductsDeleted, ProductSkuChanged
from entrepot.inventory.locks import SHELVES, lock
from entrepot.inventory.products import sku_key
from entrepot.inventory.queries import renames as queries
from entrepot.kit.context import Context

FOLLOW_DELETION = "cataloginventory/options/synchronize_with_catalog"


async def follow_sku(ctx: Context, event: ProductSkuChanged) -> None:
    """Let source items, thresholds and reservations follow a product to its new sku."""
    names = {"old": event.old, "new": event.new}
    if sku_key(event.old) != sku_key(event.new):
        stock_ids = {SHELVES, *await ctx.db.values(queries.STOCK_IDS)}
        stock_ids.update(await ctx.db.values(queries.STOCK_IDS_WITH_CLAIMS, **names))
        await lock(ctx.db, [(stock_id, sku) for stock_id in stock_ids for sku in (event.old, event.new)])
        await ctx.db.execute(queries.DROP_ITEMS_OF_NOBODY, **names)
        await ctx.db.execute(queries.DROP_THRESHOLDS_OF_NOBODY, **names)
        await ctx.db.execute(queries.MOVE_SUMS, **names)
    await ctx.db.execute(queries.RENAME_ITEMS, **names)
    await ctx.db.execute(queries.RENAME_THRESHOLDS, **names)
    await ctx.db.execute(queries.RENAME_RESERVATIONS, **names)


async def follow_deletion(ctx: Context, event: ProductsDeleted) -> None:
    """Delete what there is of deleted products, if the shop is set to; else their goods stay where they lie."""
    if not ctx.flag(FOLLOW_DELETION):
        return
    keys = sorted({sku_key(sku) for sku in event.skus})
    pairs: list[tuple[int, str]] = await ctx.db.all(tuple, queries.PAIRS_OF_SKUS, keys=keys)
    await lock(ctx.db, [*pairs, *((SHELVES, key) for key in keys)])
    await ctx.db.execute(queries.FORGET_ITEMS, keys=keys)
    await ctx.db.execute(queries.FORGET_THRESHOLDS, keys=keys)
    await ctx.db.execute(queries.FORGET_RESERVATIONS, keys=keys)
    await ctx.db.execute(queries.FORGET_SUMS, keys=keys)
