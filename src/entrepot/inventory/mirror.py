"""The stock items of products follow the default source (spec 40-inventory, 22). The other way is in `stock_items`."""

from __future__ import annotations

from collections.abc import Iterable

from entrepot.inventory.products import products_by_sku, sku_key
from entrepot.inventory.quantities import configuration
from entrepot.inventory.queries import source_items, stock_items
from entrepot.inventory.queries.source_items import SourceItemRow
from entrepot.inventory.rules import legacy
from entrepot.inventory.rules.products import has_source_items
from entrepot.inventory.rules.settings import StockItemRow
from entrepot.inventory.rules.validation import DEFAULT_SOURCE, is_default_source
from entrepot.kit.context import Context


async def follow_default_source(ctx: Context, changed: Iterable[tuple[str, str]]) -> None:
    """Bring the stock items in line after these pairs of source code and sku changed or went.

    The shelves of the skus are locked. Four statements, none when the default source is not among them.
    """
    keys = sorted({sku_key(sku) for source_code, sku in changed if is_default_source(source_code)})
    if not keys:
        return
    products = {key: p for key, p in (await products_by_sku(ctx, keys)).items() if has_source_items(p)}
    if not products:
        return
    items = await ctx.db.all(
        SourceItemRow, source_items.FIND, source_codes=[DEFAULT_SOURCE] * len(products), keys=list(products)
    )
    item_of = {sku_key(item.sku): item for item in items}
    rows = await stock_items.of_products(ctx.db, [product.product_id for product in products.values()])
    config = configuration(ctx)
    followed = []
    for key, product in products.items():
        row = rows.get(product.product_id) or StockItemRow(product_id=product.product_id)
        if item := item_of.get(key):
            followed.append(legacy.follow_source_item(row, item.quantity, item.status, config, ctx.now))
        else:
            followed.append(legacy.emptied(row))
    await stock_items.save(ctx.db, followed)
