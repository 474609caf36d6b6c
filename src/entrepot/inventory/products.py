"""What inventory knows of the catalogue: which product has a sku, and of which type it is.

Types of goods that lie somewhere have quantities; the others (configurable, grouped, bundle) are made of these.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from entrepot.inventory.queries import products as queries
from entrepot.inventory.rules.products import ProductRef, sku_key
from entrepot.kit.context import Context
from entrepot.kit.search_criteria import SearchCriteria
from entrepot.kit.search_sql import search


async def products_by_sku(ctx: Context, skus: Iterable[str]) -> Mapping[str, ProductRef]:
    """The products among these skus by their lower-case sku; a sku that is no product's is absent. One statement."""
    found = await ctx.db.all(ProductRef, queries.BY_SKU, keys=sorted({sku_key(sku) for sku in skus}))
    return {sku_key(product.sku): product for product in found}


async def products_found(ctx: Context, criteria: SearchCriteria) -> list[ProductRef]:
    """The products on the page that the criteria ask for, by id unless the criteria say otherwise."""
    found, _ = await search(ctx.db, queries.PRODUCTS, criteria)
    return found


async def products_of_website(ctx: Context, website_id: int) -> list[ProductRef]:
    """All products of a website by id."""
    return await ctx.db.all(ProductRef, queries.OF_WEBSITE, website_id=website_id)


__all__ = ["ProductRef", "products_by_sku", "products_found", "products_of_website", "sku_key"]
