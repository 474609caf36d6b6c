"""Which websites and categories a product is in after a save (spec 30-catalog, 1.2 and 1.3)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from entrepot.catalog.contracts import CategoryLink
from entrepot.catalog.drafts import Draft
from entrepot.catalog.products import queries
from entrepot.catalog.products.errors import ProductNotSaved
from entrepot.kit.context import Context
from entrepot.kit.scope import StoreView
from entrepot.stores import levels

SINGLE_STORE = "general/single_store_mode/enabled"

Assigned = Mapping[int, tuple[list[int] | None, Mapping[int, int] | None]]
"""By the draft's identity: websites, and positions by category; None for what stays."""


async def assign(ctx: Context, drafts: Sequence[Draft]) -> Assigned:
    """What each draft asks for; a draft that names what does not exist is refused."""
    websites = [website.id for website in levels(ctx).websites if website.id]
    store = ctx.store
    if ctx.flag(SINGLE_STORE) and len(levels(ctx).views) == 2:
        store = levels(ctx).default
    assigned: dict[int, tuple[list[int] | None, Mapping[int, int] | None]] = {}
    for draft in drafts:
        try:
            assigned[id(draft)] = wanted_websites(draft, store, websites), wanted_categories(draft)
        except ValueError:
            draft.refuse(ProductNotSaved())
    named = {category for _, categories in assigned.values() for category in categories or ()}
    unknown = set(await ctx.db.values(queries.UNKNOWN_CATEGORIES, category_ids=list(named))) if named else set()
    for draft in drafts:
        of_draft, categories = assigned.get(id(draft), (None, None))
        if not set(of_draft or ()) <= set(websites) or unknown & set(categories or ()):
            draft.refuse(ProductNotSaved())
    return assigned


def wanted_websites(draft: Draft, store: StoreView, all_website_ids: Sequence[int]) -> list[int] | None:
    """None where they stay as they are. A new product is in the website of the call, or in all of them."""
    extension = draft.product.extension_attributes
    if extension is not None and extension.website_ids is not None:
        return sorted(set(extension.website_ids))
    if not draft.is_new:
        return None
    return list(all_website_ids) if store.is_admin else [store.website_id]


def wanted_categories(draft: Draft) -> Mapping[int, int] | None:
    """Positions by the category's id; None where they stay as they are.

    `category_ids` is the new assignment, whose categories keep their positions; without it the present one is. The
    links are merged into that: they add categories and set positions, and take none away. But an empty list of links
    takes all away. Raises ValueError for a category id that is no number.
    """
    present = dict(zip(draft.stored.category_ids, draft.stored.category_positions, strict=True)) if draft.stored else {}
    ids = draft.product.custom_attribute("category_ids")
    extension = draft.product.extension_attributes
    links = extension.category_links if extension else None
    if ids is None and links is None:
        return None
    base = present if links else {}
    if ids is not None:
        base = {int(id): present.get(int(id), 0) for id in _listed(ids)}
    return base | {int(link.category_id or ""): _position(link, base) for link in links or ()}


def _listed(ids: object) -> Sequence[str | int]:
    """A list, or one text of ids with commas."""
    if isinstance(ids, list | tuple):
        return ids
    return [part for part in str(ids).split(",") if part.strip()]


def _position(link: CategoryLink, base: Mapping[int, int]) -> int:
    return link.position if link.position is not None else base.get(int(link.category_id or ""), 0)
