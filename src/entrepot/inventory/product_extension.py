"""`extension_attributes.stock_item` of products (spec 40-inventory, 22)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from entrepot.catalog.contracts import StockItem
from entrepot.catalog.drafts import Document, Draft
from entrepot.inventory.queries import stock_items as queries
from entrepot.inventory.rules.stock_item import stock_item_faults
from entrepot.inventory.stock_items import load_stock_items, write_stock_items
from entrepot.kit.context import Context


class StockItemExtension:
    """Every product has a stock item: one that is saved without gets that of a product that is not in stock."""

    key = "stock_item"
    in_lists = False

    async def load(self, ctx: Context, products: Sequence[Document], single: bool) -> Mapping[int, Any]:
        return await load_stock_items(ctx, [product.product_id for product in products])

    async def check(self, ctx: Context, drafts: Sequence[Draft]) -> None:
        given = [(draft, item) for draft in drafts if (item := _given(draft)) is not None]
        if not given:
            return
        rows = await queries.of_products(ctx.db, [draft.product_id for draft, _ in given if draft.product_id])
        for draft, item in given:
            row = rows.get(draft.product_id) if draft.product_id else None
            for fault in stock_item_faults(item, row.item_id if row else None):
                draft.refuse(fault)

    async def save(self, ctx: Context, drafts: Sequence[Draft]) -> None:
        await write_stock_items(ctx, [(draft.ref, _given(draft)) for draft in drafts])


def _given(draft: Draft) -> StockItem | None:
    extension = draft.product.extension_attributes
    return extension.stock_item if extension else None
