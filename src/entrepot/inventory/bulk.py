"""Assigning products to sources, and taking them away (spec 40-inventory, 20)."""

from __future__ import annotations

from itertools import product as pairs_of

from entrepot.inventory.changed_quantities import follow_quantities
from entrepot.inventory.errors import NoSuchSource, refuse_if
from entrepot.inventory.locks import lock_shelves
from entrepot.inventory.products import products_by_sku
from entrepot.inventory.queries import low_quantity
from entrepot.inventory.queries import source_items as queries
from entrepot.inventory.queries.sources import codes
from entrepot.inventory.rules.products import has_source_items
from entrepot.inventory.source_items import remove_source_items
from entrepot.kit.context import Context
from entrepot.kit.rest.operation import MayUse, operation

MAY_EDIT_PRODUCTS = MayUse("Magento_Catalog::products")


@operation(
    "POST /V1/inventory/bulk-product-source-assign",
    access=MAY_EDIT_PRODUCTS,
    service="Magento.InventoryCatalogApi.Api.BulkSourceAssign.execute",
)
async def assign_sources(ctx: Context, skus: list[str], source_codes: list[str]) -> int:
    """Give each product an item of nothing in each source where it has none; how many were made.

    Unknown skus, and products made of others, are passed over. Raises ValidationFailed for unknown sources.
    """
    sources = await _known(ctx, source_codes)
    named = [product.sku for product in (await products_by_sku(ctx, skus)).values() if has_source_items(product)]
    if not named or not sources:
        return 0
    pairs = list(pairs_of(sources, named))
    await lock_shelves(ctx.db, pairs)
    assigned = await ctx.db.execute(queries.ASSIGN, skus=named, source_codes=sources)
    await ctx.db.execute(low_quantity.ASSIGN, skus=named, source_codes=sources)
    await follow_quantities(ctx, pairs)
    return assigned


@operation(
    "POST /V1/inventory/bulk-product-source-unassign",
    access=MAY_EDIT_PRODUCTS,
    service="Magento.InventoryCatalogApi.Api.BulkSourceUnassign.execute",
)
async def unassign_sources(ctx: Context, skus: list[str], source_codes: list[str]) -> int:
    """Delete the items of these skus in these sources; how many there were. Raises ValidationFailed."""
    sources = await _known(ctx, source_codes)
    if not skus or not sources:
        return 0
    return await remove_source_items(ctx, list(pairs_of(sources, skus)))


async def _known(ctx: Context, source_codes: list[str]) -> list[str]:
    """The codes as they are stored, each once."""
    known = await codes(ctx.db, source_codes)
    refuse_if(NoSuchSource(source_code=code) for code in source_codes if code.lower() not in known)
    return list(known.values())
