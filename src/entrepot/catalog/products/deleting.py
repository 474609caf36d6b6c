"""Products deleted: their parts go by the tables' own rules, their addresses here, the rest by listeners."""

from __future__ import annotations

from collections.abc import Sequence

from entrepot.catalog.contracts import ProductRef
from entrepot.catalog.events import ProductsDeleted
from entrepot.catalog.products import queries, rewrites
from entrepot.kit.context import Context


async def delete_many(ctx: Context, product_ids: Sequence[int]) -> int:
    """Delete products; ids that are unknown do no harm. Returns how many there were. Two statements."""
    gone = await ctx.db.all(ProductRef, queries.DELETE, product_ids=list(product_ids))
    if gone:
        ids = [one.product_id for one in gone]
        await ctx.db.execute(rewrites.DELETE_OF_PRODUCTS, product_ids=ids)
        await ctx.publish(ProductsDeleted(tuple(ids), tuple(one.sku for one in gone)))
    return len(gone)
