"""What changes elsewhere mean for categories."""

from __future__ import annotations

from collections.abc import Sequence

from entrepot import stores
from entrepot.catalog.categories.addresses import SUFFIX, refresh_category_rewrites
from entrepot.kit.context import Context
from entrepot.kit.errors import InvalidFieldValue

# Whoever deletes the category waits for this, and then sees the group.
LOCK_STORE_ROOT = """
    select category_id
    from category
    where category_id = %(category_id)s
    and level > 0
    for key share
"""


async def check_root_category(ctx: Context, event: stores.StoreGroupCreated | stores.StoreGroupChanged) -> None:
    """The menu of a store begins at a category that exists. Only the group of the admin store has none (0).

    Raises InvalidFieldValue.
    """
    if event.group_id == 0:
        return
    root_id = event.root_category_id
    if await ctx.db.value(LOCK_STORE_ROOT, category_id=root_id) is None:
        raise InvalidFieldValue(value=root_id, field_name="rootCategoryId")


async def follow_view(ctx: Context, event: stores.StoreViewCreated | stores.StoreViewChanged) -> None:
    """A view may have come to a group, or to another one: to another root category."""
    await _refresh_views(ctx, [event.store_id])


async def follow_group(ctx: Context, event: stores.StoreGroupChanged) -> None:
    """Another root category: other categories have addresses."""
    if event.root_category_id != event.former_root_category_id:
        await _refresh_views(ctx, [view.id for view in stores.levels(ctx).views_of_group(event.group_id)])


async def follow_configuration(ctx: Context, event: stores.ConfigurationChanged) -> None:
    """The suffix of addresses."""
    if event.path == SUFFIX:
        await _refresh_views(ctx, None)


async def _refresh_views(ctx: Context, store_ids: Sequence[int] | None) -> None:
    await refresh_category_rewrites(ctx, None, store_ids)
