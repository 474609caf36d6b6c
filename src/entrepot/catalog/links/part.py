"""The links of a product, as a field of the product itself."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from entrepot.catalog.contracts import ProductLink
from entrepot.catalog.drafts import Document, Draft
from entrepot.catalog.links import queries, rules
from entrepot.catalog.products import documents
from entrepot.catalog.products.errors import ProductBySkuNotFound, ProductNotSaved
from entrepot.kit.context import Context
from entrepot.kit.errors import Refused


class ProductLinks:
    field = "product_links"
    rows = queries.LINK_ROWS

    def read(self, ctx: Context, document: Document, rows: Sequence[dict[str, Any]]) -> list[ProductLink]:
        return [rules.shown(document.sku, row) for row in rows]

    async def check(self, ctx: Context, drafts: Sequence[Draft]) -> None:
        linking = [draft for draft in drafts if draft.product.product_links]
        if not linking:
            return
        skus = (link.linked_product_sku or "" for draft in linking for link in draft.product.product_links or ())
        known = await documents.products_by_sku(ctx, skus)
        for draft in linking:
            try:
                _check_one(draft, known)
            except Refused as refusal:
                draft.refuse(refusal)

    async def save(self, ctx: Context, drafts: Sequence[Draft]) -> None:
        """The list is complete: links that it does not name go."""
        concerned = [draft for draft in drafts if draft.product.product_links is not None]
        if not concerned:
            return
        rows = [
            row
            for draft in concerned
            for row in rules.rows_of(
                draft.product_id, rules.links_to_other(draft.product.product_links or (), draft.sku)
            )
        ]
        if stored := [draft.product_id for draft in concerned if not draft.is_new]:
            await ctx.db.execute(queries.DELETE_ALL, product_ids=stored)
        if rows:
            await ctx.db.execute(queries.INSERT, rows=numbered(rows))


def numbered(rows: Sequence[dict[str, object]]) -> str:
    """JSON for the statement that inserts them."""
    return json.dumps([row | {"number": number} for number, row in enumerate(rows)])


def _check_one(draft: Draft, known: Any) -> None:
    links = rules.links_to_other(draft.product.product_links or (), draft.sku)
    for link in links:
        sku = link.linked_product_sku or ""
        if sku.strip().lower() not in known:
            raise ProductBySkuNotFound(sku)
    rules.check_types(links)
    if not all(rules.fits(link) for link in links):
        raise ProductNotSaved
