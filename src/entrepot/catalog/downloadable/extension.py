"""Links and samples as extension attributes of downloadable products: read and saved with the product itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from entrepot.catalog.downloadable import checking, saving
from entrepot.catalog.downloadable.kinds import LINKS, SAMPLES, Entry, Given, Kind, stored
from entrepot.catalog.drafts import Document, Draft
from entrepot.catalog.products.types import DOWNLOADABLE
from entrepot.kit.context import Context


class DownloadableExtension:
    """One of the two lists. Other types of products do not have it, and what is said of it there is passed over."""

    in_lists = True

    def __init__(self, key: str, kind: Kind) -> None:
        self.key = key
        self.kind = kind

    async def load(self, ctx: Context, products: Sequence[Document], single: bool) -> Mapping[int, Any]:
        """Products without entries have none. No statement where none is downloadable."""
        ids = [one.product_id for one in products if one.type_id == DOWNLOADABLE]
        found = await stored(ctx, self.kind, ids)
        return {id: [self.kind.shown(row) for row in rows.values()] for id, rows in found.items() if rows}

    async def check(self, ctx: Context, drafts: Sequence[Draft]) -> None:
        asked = [draft for draft in drafts if self._entries(draft)]
        if not asked:
            return
        refusals = await checking.problems(
            ctx, self.kind, [self._given(draft) for draft in asked], everywhere=ctx.store.is_admin
        )
        for draft, refusal in zip(asked, refusals, strict=True):
            if refusal is not None:
                draft.refuse(refusal)

    async def save(self, ctx: Context, drafts: Sequence[Draft]) -> None:
        """The list is complete: entries that it does not name go. Without a list they stay."""
        given = [self._given(draft) for draft in drafts if self._entries(draft) is not None]
        if given:
            await saving.save(ctx, self.kind, given, complete=True, everywhere=ctx.store.is_admin)
        if self.kind is LINKS:
            # Whatever the request says of the attribute: lists rely on it.
            await saving.mark_links(ctx, [one.product_id for one in drafts if one.type_id == DOWNLOADABLE])

    def _entries(self, draft: Draft) -> Sequence[Entry] | None:
        extension = draft.product.extension_attributes
        if draft.type_id != DOWNLOADABLE or extension is None:
            return None
        entries: Sequence[Entry] | None = getattr(extension, self.key)
        return entries

    def _given(self, draft: Draft) -> Given:
        """A new product's entries are all new, whatever ids they have."""
        return Given(draft.product_id, self._entries(draft) or ())


EXTENSIONS = (
    DownloadableExtension("downloadable_product_links", LINKS),
    DownloadableExtension("downloadable_product_samples", SAMPLES),
)
