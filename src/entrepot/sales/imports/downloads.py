"""What can be loaded of an order that is sent (docs/downloads.md)."""

from __future__ import annotations

from collections.abc import Sequence

from entrepot import catalog
from entrepot.kit.context import Context
from entrepot.sales.choices import DOWNLOADABLE
from entrepot.sales.contracts import OrderItem
from entrepot.sales.purchased_links import keep_of_items

Line = tuple[int, OrderItem]
"""A new line of the order, with its id."""


async def keep_downloads(ctx: Context, order_id: int, store_id: int, lines: Sequence[Line]) -> None:
    """Keep the links that came with new lines, as an order that is placed does: those that a line names, or else all.

    A product that is not here has none. No statement without downloadable lines, else three.
    """
    loaded = [line for line in lines if line[1].product_type == DOWNLOADABLE]
    if not loaded:
        return
    ids = [item.product_id for _, item in loaded if item.product_id]
    skus = [item.sku for _, item in loaded if item.sku and not item.product_id]
    products = await catalog.links_on_sale(ctx, ids, skus, store_id)
    by_id = {product.product_id: product for product in products}
    by_sku = {product.sku: product for product in products}
    bought: list[tuple[int, int]] = []
    for item_id, item in loaded:
        product = by_id.get(item.product_id) if item.product_id else by_sku.get((item.sku or "").lower())
        if product is not None:
            bought += [(item_id, link_id) for link_id in product.bought(_named(item))]
    await keep_of_items(ctx, order_id, bought, store_id)


def _named(item: OrderItem) -> Sequence[int]:
    chosen = item.product_option.extension_attributes if item.product_option else None
    return (chosen.downloadable_option.downloadable_links or ()) if chosen and chosen.downloadable_option else ()
