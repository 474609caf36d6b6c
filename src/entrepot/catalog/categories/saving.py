"""Making, changing, moving and deleting categories (spec 30-catalog, 5 and 7.4).

Each of them takes the lock of the tree first, and ends with the addresses and the event.
"""

from __future__ import annotations

import json
from collections.abc import Mapping

from entrepot.catalog.categories import addresses, documents, tree
from entrepot.catalog.categories.addresses import AddressTaken
from entrepot.catalog.categories.contracts import Category
from entrepot.catalog.categories.documents import CategoryDocument
from entrepot.catalog.categories.errors import (
    CategoryCannotBeDeleted,
    CategoryNotFound,
    CategoryNotMoved,
    CategoryNotSaved,
    MovedBelowItself,
)
from entrepot.catalog.categories.menus import root_category_id
from entrepot.catalog.categories.values import check_position, values_to_write
from entrepot.catalog.events import CategoriesChanged, CategoriesDeleted, CategoryMoved
from entrepot.kit.context import Context
from entrepot.stores import load_levels

ADDRESS_VALUES = ("url_key", "is_anchor")
"""Attributes that addresses are made by: products have one below each anchor above them."""


async def create_category(ctx: Context, category: Category) -> int:
    """Returns the new id. All values go to the default scope, wherever the call is made.

    Raises CategoryNotFound (the parent), CategoryNotSaved.
    """
    await tree.lock(ctx)
    parent = await tree.get(ctx, category.parent_id or root_category_id(ctx))
    check_position(category.position)
    values = values_to_write(ctx, category, None)
    category_id = await tree.insert(ctx, parent, category.position, json.dumps(documents.given(values)))
    try:
        await addresses.give_addresses(ctx, category_id)
    except AddressTaken as taken:
        raise CategoryNotSaved(taken.rendered()) from taken
    await ctx.publish(CategoriesChanged((category_id,), frozenset({category_id})))
    return category_id


async def update_category(ctx: Context, category: Category, *, keep_old_urls: bool = False) -> None:
    """Change what is given, in the view of the call. With `keep_old_urls` addresses that are lost lead to the new ones.

    Raises CategoryNotFound, CategoryNotSaved.
    """
    await tree.lock(ctx)
    category_id = category.id or 0
    found = await documents.read(ctx, [category_id])
    if not found:
        raise CategoryNotFound(category_id)
    [stored] = found
    check_position(category.position)
    values = values_to_write(ctx, category, stored)
    await documents.write(ctx, category_id, values, category.position)
    if _changes_addresses(values, stored):
        try:
            await addresses.renew_addresses(ctx, category_id, keep_old=keep_old_urls)
        except AddressTaken as taken:
            raise CategoryNotSaved(taken.rendered()) from taken
    await ctx.publish(CategoriesChanged((category_id,), frozenset()))


def _changes_addresses(values: Mapping[str, str | None], stored: CategoryDocument) -> bool:
    return any(code in values and values[code] != stored.attributes.get(code) for code in ADDRESS_VALUES)


async def move_category(
    ctx: Context, category_id: int, parent_id: int, after_id: int | None = None, *, keep_old_urls: bool = False
) -> None:
    """Move a category with all below it behind another one; with `after_id` None to the end, with 0 to the beginning.

    Raises CategoryNotFound (either of the two), MovedBelowItself, CategoryNotMoved.
    """
    await tree.lock(ctx)
    known = await tree.find(ctx, category_id, parent_id, after_id or 0)
    for id in (category_id, parent_id):
        if id not in known:
            raise CategoryNotFound(id)
    moved, parent = known[category_id], known[parent_id]
    if parent.is_below(moved):
        raise MovedBelowItself
    siblings = await tree.siblings(ctx, parent_id, category_id)
    position = tree.place_after(moved, parent_id, after_id, known.get(after_id or 0), siblings)
    await tree.move(ctx, moved, parent, position)
    if parent_id != moved.parent_id:
        try:
            await addresses.renew_addresses(ctx, category_id, keep_old=keep_old_urls)
        except AddressTaken as taken:
            raise CategoryNotMoved from taken
    await ctx.publish(CategoryMoved(category_id, parent_id, moved.parent_id))


async def delete_category(ctx: Context, category_id: int) -> None:
    """Delete a category with all below it. Its products stay, and lose the addresses that they had below it.

    Raises CategoryNotFound, CategoryCannotBeDeleted.
    """
    await tree.lock(ctx)
    deleted = await tree.get(ctx, category_id)
    await ctx.db.values(addresses.LOCK_PRODUCTS_BELOW, category_ids=[category_id])
    below = await ctx.db.values(addresses.LOCK_BELOW, category_ids=[category_id])
    # Read now, not from memory: a group that was just given one of these as its root has been waited for.
    roots = {group.root_category_id for group in (await load_levels(ctx.db)).groups} | {tree.ROOT_ID}
    if roots & set(below):
        raise CategoryCannotBeDeleted(category_id)
    product_ids = await ctx.db.values(addresses.PRODUCTS_OF, category_ids=below)
    await ctx.db.execute(addresses.DELETE_OF_CATEGORIES, category_ids=below)
    await tree.delete(ctx, deleted, below)
    await addresses.renew_product_addresses(ctx, product_ids)
    await ctx.publish(CategoriesDeleted(tuple(below), tuple(product_ids)))
