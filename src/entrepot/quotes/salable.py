"""Whether a product can be sold at all, in any quantity (spec 40, 11.1)."""

from __future__ import annotations

from collections.abc import Mapping

from entrepot import inventory
from entrepot.catalog import Goods
from entrepot.inventory import StockFacts
from entrepot.kit.context import Context
from entrepot.quotes.cart import OpenCart


async def is_salable(ctx: Context, cart: OpenCart, goods: Goods, facts: Mapping[int, StockFacts]) -> bool:
    """Of products with parts also one of those that can be the parts. No statement for others."""
    found = facts.get(goods.product_id)
    if found is None:
        return False
    stock_id = await inventory.stock_id_of_store(ctx, cart.store)
    decided = await inventory.decide_salable(ctx, stock_id, [found])
    return decided[goods.sku.lower()]
