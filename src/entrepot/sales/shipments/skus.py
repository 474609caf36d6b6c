"""What the goods of an order are called by now."""

from __future__ import annotations

from collections.abc import Collection

from entrepot import catalog
from entrepot.catalog import ProductRef
from entrepot.kit.context import Context
from entrepot.sales.open_order import OpenItem


async def current_skus(ctx: Context, items: Collection[OpenItem]) -> dict[int, str]:
    """By id of the line. Products that are gone keep the sku of the order. One statement."""
    known = await catalog.products_by_id(ctx, {item.product_id for item in items if item.product_id is not None})
    return {item.item_id: _sku(item, known.get(item.product_id or 0)) for item in items}


def _sku(item: OpenItem, product: ProductRef | None) -> str:
    return product.sku if product else item.sku or ""
