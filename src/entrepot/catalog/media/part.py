"""The pictures of a product, as a field of the product itself."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from entrepot.catalog.contracts import MediaGalleryEntry
from entrepot.catalog.drafts import Document, Draft
from entrepot.catalog.media import pictures, queries, rules, saving, uploads
from entrepot.catalog.media.errors import MediaTypeUnknown
from entrepot.catalog.media.rules import MEDIA_TYPES, Entry
from entrepot.catalog.products.errors import ProductNotSaved
from entrepot.kit.context import Context
from entrepot.kit.errors import Refused


class MediaGallery:
    field = "media_gallery_entries"
    rows = queries.MEDIA_ROWS

    def read(self, ctx: Context, document: Document, rows: Sequence[dict[str, Any]]) -> list[MediaGalleryEntry]:
        roles = rules.roles_of(ctx, document.attribute_set_id, document.type_id)
        return [
            rules.shown(row, [role for role in roles if document.attributes.get(role) == row["file"]]) for row in rows
        ]

    async def check(self, ctx: Context, drafts: Sequence[Draft]) -> None:
        concerned = [draft for draft in drafts if draft.product.media_gallery_entries]
        if not concerned:
            return
        stored = await saving.stored_entries(ctx, [draft.product_id for draft in concerned if not draft.is_new])
        for draft in concerned:
            given = draft.product.media_gallery_entries or []
            try:
                await _check_one(rules.merged(stored.get(draft.product_id, []), given))
            except Refused as refusal:
                draft.refuse(refusal)

    async def save(self, ctx: Context, drafts: Sequence[Draft]) -> None:
        """The list is complete: entries that it does not name go."""
        concerned = [draft for draft in drafts if draft.product.media_gallery_entries is not None]
        if not concerned:
            return
        stored = await saving.stored_entries(ctx, [draft.product_id for draft in concerned if not draft.is_new])
        await saving.save(ctx, [_gallery(ctx, draft, stored.get(draft.product_id, [])) for draft in concerned])


def _gallery(ctx: Context, draft: Draft, stored: Sequence[queries.Stored]) -> saving.Gallery:
    roles = rules.roles_of(ctx, draft.attribute_set_id, draft.type_id)
    return saving.Gallery(
        product_id=draft.product_id,
        is_new_product=draft.is_new,
        roles=roles,
        current={role: draft.value(role) for role in roles},
        stored=stored,
        entries=rules.merged(stored, draft.product.media_gallery_entries or []),
        hides_new=True,
    )


async def _check_one(entries: Sequence[Entry]) -> None:
    """A new entry needs content; files that there are already cannot be named in a product."""
    for entry in entries:
        check_media_type(entry)
    for entry in entries:
        assert entry.given is not None
        # What waits was looked at when it came.
        if entry.is_new and not isinstance(entry.given.content, uploads.Uploaded):
            await pictures.check(entry.given.content)
    if not all(entry.given is None or rules.fits(entry.given) for entry in entries):
        raise ProductNotSaved


def check_media_type(entry: Entry) -> None:
    """Raises MediaTypeUnknown."""
    if entry.media_type not in MEDIA_TYPES:
        raise MediaTypeUnknown
