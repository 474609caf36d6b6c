"""The custom options of a product, as a field of the product itself."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from entrepot.catalog.contracts import CustomOption
from entrepot.catalog.drafts import Document, Draft
from entrepot.catalog.options import queries, rules, saving
from entrepot.catalog.options.errors import InvalidOption
from entrepot.catalog.products.errors import ProductNotSaved
from entrepot.kit.context import Context


class CustomOptions:
    field = "options"
    rows = queries.OPTION_ROWS

    def read(self, ctx: Context, document: Document, rows: Sequence[dict[str, Any]]) -> list[CustomOption]:
        return [rules.shown(document.sku, row) for row in rows]

    async def check(self, ctx: Context, drafts: Sequence[Draft]) -> None:
        for draft in drafts:
            for option in draft.product.options or ():
                if wrong := "\n".join(rules.problems(option)):
                    draft.refuse(InvalidOption(wrong))
                elif not rules.fits(option):
                    draft.refuse(ProductNotSaved())

    async def save(self, ctx: Context, drafts: Sequence[Draft]) -> None:
        """The list is complete: options that it does not name go. Whether there are any is noted by the save itself."""
        given = [
            saving.Given(draft.product_id, draft.product.options)
            for draft in drafts
            if draft.product.options is not None
        ]
        if given:
            await saving.save(ctx, given, complete=True)
