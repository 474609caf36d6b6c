"""What every change of products ends with, and what changes elsewhere mean for products.

Who hears of what is said in `app.py`.
"""

from __future__ import annotations

from collections.abc import Sequence

from entrepot import stores
from entrepot.catalog.attributes import (
    ATTRIBUTES,
    PRODUCT,
    AttributeDeleted,
    AttributeSaved,
    AttributeSetDeleted,
    AttributeUnassigned,
)
from entrepot.catalog.products import attribute_indexes, index, queries, rewrites
from entrepot.catalog.products.deleting import delete_many
from entrepot.catalog.products.errors import UrlKeyTaken
from entrepot.kit.context import Context

URL_CONFIGURATION = (rewrites.SUFFIX, rewrites.WITH_CATEGORIES)


async def refresh(ctx: Context, product_ids: Sequence[int], *, touch: bool = True) -> None:
    """To be called after writing values, websites or categories of products outside of a save.

    Brings their addresses and the index to what the tables say, and notes the time of the change. Raises UrlKeyTaken.
    """
    if not product_ids:
        return
    if touch:
        await ctx.db.execute(queries.TOUCH, product_ids=list(product_ids), now=ctx.now)
    if await rewrites.refresh_rewrites(ctx, product_ids):
        raise UrlKeyTaken
    await index.refresh_products(ctx, product_ids)


# ---------------------------------------------------------------- attributes


async def remove_values(ctx: Context, event: AttributeDeleted) -> None:
    """An attribute goes, and its values with it."""
    if event.entity_type_id == PRODUCT:
        await _remove(ctx, event.code, await ctx.db.values(queries.IDS_WITH_ATTRIBUTE, code=event.code))
        await attribute_indexes.drop_indexes(ctx.db, event.code)


async def remove_values_of_set(ctx: Context, event: AttributeUnassigned) -> None:
    """An attribute leaves a set: the products of the set lose its values."""
    attribute_set = ctx.shared(ATTRIBUTES).sets.get(event.set_id)
    if attribute_set and attribute_set.entity_type_id == PRODUCT:
        await _remove(ctx, event.code, await ctx.db.values(queries.IDS_OF_SET, set_id=event.set_id))


async def _remove(ctx: Context, code: str, product_ids: Sequence[int]) -> None:
    if product_ids:
        await ctx.db.execute(queries.REMOVE_VALUES, code=code, product_ids=list(product_ids))
        await ctx.db.execute(queries.REMOVE_VALUES_OF_VIEWS, code=code, product_ids=list(product_ids))
        await index.refresh_products(ctx, product_ids)


async def delete_products_of_set(ctx: Context, event: AttributeSetDeleted) -> None:
    """A set goes, and its products with it."""
    if event.entity_type_id == PRODUCT:
        await delete_many(ctx, await ctx.db.values(queries.IDS_OF_SET, set_id=event.set_id))


async def follow_attribute(ctx: Context, event: AttributeSaved) -> None:
    """What an attribute is used for, and the labels of its options, show in the indexes."""
    if event.entity_type_id != PRODUCT:
        return
    attribute = ctx.shared(ATTRIBUTES).by_id(event.attribute_id)
    if attribute is None:
        return
    await attribute_indexes.ensure_attribute_indexes(ctx.db, [attribute])
    if not event.is_new:
        await index.refresh_products(ctx, await ctx.db.values(queries.IDS_WITH_ATTRIBUTE, code=event.code))


# ---------------------------------------------------------------- stores


async def open_view(ctx: Context, event: stores.StoreViewCreated) -> None:
    """A new view shows the products of its website."""
    await _refresh_views(ctx, event.website_id, [event.store_id])


async def follow_view(ctx: Context, event: stores.StoreViewChanged) -> None:
    """A view may have moved to another group, and so to another website or root category."""
    await _refresh_views(ctx, event.website_id, [event.store_id])


async def follow_group(ctx: Context, event: stores.StoreGroupChanged) -> None:
    """A group may have another root category or website."""
    if (event.website_id, event.root_category_id) != (event.former_website_id, event.former_root_category_id):
        views = [view.id for view in stores.levels(ctx).views_of_group(event.group_id)]
        await _refresh_views(ctx, event.website_id, views)


async def follow_configuration(ctx: Context, event: stores.ConfigurationChanged) -> None:
    """The suffix of addresses, and whether they are made below categories."""
    if event.path in URL_CONFIGURATION:
        await _refresh_addresses(ctx, await ctx.db.values(index.ALL_PRODUCTS))


async def _refresh_views(ctx: Context, website_id: int, store_ids: Sequence[int]) -> None:
    await _refresh_addresses(ctx, await ctx.db.values(queries.IDS_OF_WEBSITE, website_id=website_id), store_ids)
    # The index also has rows of products that the view does not sell.
    await index.refresh_products(ctx, store_ids=store_ids)


async def _refresh_addresses(ctx: Context, ids: Sequence[int], store_ids: Sequence[int] | None = None) -> None:
    """Of any number of products, in statements that stay below the limit of time for one."""
    for chunk in index.chunks(ids):
        if await rewrites.refresh_rewrites(ctx, chunk, store_ids):
            raise UrlKeyTaken
