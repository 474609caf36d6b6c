"""One product as its page shows it."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from entrepot.catalog.attributes import ATTRIBUTES, Attribute
from entrepot.catalog.contracts import CustomOption
from entrepot.catalog.drafts import Document
from entrepot.catalog.parts import PARTS
from entrepot.catalog.products import documents
from entrepot.kit.context import Context

IS_SHOWN = """
    select
    from product_index
    where store_id = %(store_id)s
    and product_id = %(product_id)s
    and website_id is not null
    and status = 1
    and visibility is distinct from 1
"""

GALLERY = """
    select m.file, m.media_type,
           coalesce(nullif(own.label, ''), common.label, '') as label,
           coalesce(v.url, w.url) as video_url
    from product_media m
    left join product_media_store own on own.value_id = m.value_id and own.store_id = %(store_id)s
    left join product_media_store common on common.value_id = m.value_id and common.store_id = 0
    left join product_media_video v on v.value_id = m.value_id and v.store_id = %(store_id)s
    left join product_media_video w on w.value_id = m.value_id and w.store_id = 0
    where m.product_id = %(product_id)s
    and not coalesce(own.disabled, common.disabled, false)
    order by m.file = %(first)s desc, coalesce(own.position, common.position, 0), m.value_id
"""


class GalleryEntry(Struct, frozen=True):
    file: str
    media_type: str
    """image or external-video."""
    label: str
    video_url: str | None


async def find_shown_product(ctx: Context, product_id: int) -> Document | None:
    """A product that has a page in the view of the call: enabled, visible, of its website. None for any other.

    Two statements.
    """
    if await ctx.db.one_or_none(tuple, IS_SHOWN, store_id=ctx.store.id, product_id=product_id) is None:
        return None
    return next(iter(await documents.read(ctx, [product_id], with_parts=True)), None)


async def gallery_of(ctx: Context, product: Document) -> list[GalleryEntry]:
    """The pictures and videos that are not hidden, the main one first. One statement."""
    return await ctx.db.all(
        GalleryEntry,
        GALLERY,
        product_id=product.product_id,
        store_id=ctx.store.id,
        first=product.attributes.get("image", ""),
    )


def options_of(ctx: Context, product: Document) -> list[CustomOption]:
    """What a customer answers when buying the product, in order."""
    part = next(part for part in PARTS if part.field == "options")
    return list(part.read(ctx, product, product.parts.get("options") or []))


def details_of(ctx: Context, product: Document) -> Sequence[Attribute]:
    """The attributes that the page tells about, which the product has a value of, in the order of its set."""
    of_set = ctx.shared(ATTRIBUTES).attributes_of_set(product.attribute_set_id)
    return [
        attribute
        for code, attribute in of_set.items()
        if attribute.is_visible_on_front and attribute.applies_to(product.type_id) and product.attributes.get(code)
    ]
