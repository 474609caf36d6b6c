"""Making, changing and deleting store groups, which Magento leaves to its Admin (spec 10-platform, 1)."""

from __future__ import annotations

from entrepot.kit.context import Context
from entrepot.kit.errors import RequiredField, raise_any
from entrepot.kit.rest.operation import operation
from entrepot.stores import queries, rules
from entrepot.stores.contracts import (
    ManagedGroup,
    StoreGroupChanged,
    StoreGroupCreated,
    StoreGroupDeleted,
    StoreViewDeleted,
)
from entrepot.stores.errors import (
    GroupCannotBeDeleted,
    GroupCodeTaken,
    GroupNotFound,
    LastGroupCannotLeave,
    NotAViewOfTheGroup,
    WebsiteNotFound,
)
from entrepot.stores.levels import Levels, levels, load_levels
from entrepot.stores.queries import StoreGroup
from entrepot.stores.service import MAY_SEE_STORES


@operation("POST /V1/store/storeGroups", access=MAY_SEE_STORES, service="Entrepot.Store.Api.GroupManagement.create")
async def create_group(ctx: Context, group: ManagedGroup) -> ManagedGroup:
    """Make a group. The first one of a website becomes its default group.

    Raises:
        RequiredField, WebsiteNotFound, GroupCodeTaken.
    """
    await queries.lock(ctx.db)
    present = await load_levels(ctx.db)
    code, name = group.code or "", group.name or ""
    required = {"websiteId": group.website_id, "rootCategoryId": group.root_category_id}
    missing = [RequiredField(field_name=field_name) for field_name, value in required.items() if value is None]
    raise_any([*missing, *rules.group_faults(code, name)])
    website_id = _check_website(present, group.website_id or 0)
    _check_code(code, present, but_for=None)

    group_id = await ctx.db.value(
        queries.INSERT_GROUP,
        website_id=website_id,
        code=code,
        name=name,
        root_category_id=group.root_category_id,
    )
    await queries.settle_defaults(ctx.db)
    await ctx.changed()
    await ctx.publish(StoreGroupCreated(group_id, website_id, group.root_category_id or 0))
    return _managed(ctx, group_id)


@operation(
    "PUT /V1/store/storeGroups/{group_id}",
    access=MAY_SEE_STORES,
    service="Entrepot.Store.Api.GroupManagement.update",
)
async def update_group(ctx: Context, group_id: int, group: ManagedGroup) -> ManagedGroup:
    """Change what is given. Another website moves the group there, with its views.

    Raises:
        GroupNotFound: also for the group of the admin store.
        RequiredField, WebsiteNotFound, GroupCodeTaken, NotAViewOfTheGroup.
        LastGroupCannotLeave: its website would be left without a group.
        DefaultViewNeeded: the default website would have no active default view.
    """
    await queries.lock(ctx.db)
    present = await load_levels(ctx.db)
    former = _find(present, group_id)
    code = former.code if group.code is None else group.code
    name = former.name if group.name is None else group.name
    website_id = former.website_id if group.website_id is None else _check_website(present, group.website_id)
    root_category_id = former.root_category_id if group.root_category_id is None else group.root_category_id
    view_id = former.default_store_id if group.default_store_id is None else group.default_store_id
    raise_any(rules.group_faults(code, name))
    _check_code(code, present, but_for=group_id)
    if view_id != former.default_store_id and view_id not in {view.id for view in present.views_of_group(group_id)}:
        raise NotAViewOfTheGroup
    if website_id != former.website_id and len(present.groups_of(former.website_id)) == 1:
        raise LastGroupCannotLeave

    await ctx.db.execute(
        queries.UPDATE_GROUP,
        id=group_id,
        website_id=website_id,
        code=code,
        name=name,
        root_category_id=root_category_id,
        default_store_id=view_id,
    )
    await ctx.db.execute(queries.MOVE_VIEWS_OF_GROUP, group_id=group_id, website_id=website_id)
    await queries.settle_defaults(ctx.db)
    await ctx.changed()
    rules.check_default_view(levels(ctx))
    await ctx.publish(
        StoreGroupChanged(group_id, website_id, former.website_id, root_category_id, former.root_category_id)
    )
    return _managed(ctx, group_id)


@operation(
    "DELETE /V1/store/storeGroups/{group_id}",
    access=MAY_SEE_STORES,
    service="Entrepot.Store.Api.GroupManagement.delete",
)
async def delete_group(ctx: Context, group_id: int) -> bool:
    """Delete a group with its views. If it was its website's default, the group with the lowest id takes its place.

    Raises:
        GroupNotFound: also for the group of the admin store.
        GroupCannotBeDeleted: it is the last one of its website.
        DefaultViewNeeded: the default website would have no active default view.
    """
    await queries.lock(ctx.db)
    present = await load_levels(ctx.db)
    group = _find(present, group_id)
    if len(present.groups_of(group.website_id)) == 1:
        raise GroupCannotBeDeleted

    views = present.views_of_group(group_id)
    for view in views:
        await ctx.publish(StoreViewDeleted(view.id, view.website_id, view.code))
    await ctx.publish(StoreGroupDeleted(group_id, group.website_id))
    await queries.delete_values_of(ctx.db, [], [view.id for view in views])
    await ctx.db.execute(queries.DELETE_GROUP, id=group_id)
    await queries.settle_defaults(ctx.db)
    await ctx.changed()
    rules.check_default_view(levels(ctx))
    return True


def _find(present: Levels, group_id: int) -> StoreGroup:
    found = present.group(group_id)
    if found is None or found.id == 0:
        raise GroupNotFound
    return found


def _check_website(present: Levels, website_id: int) -> int:
    """The id of a website that groups may be put in; the admin website has its one group."""
    found = present.website(website_id)
    if found is None or found.id == 0:
        raise WebsiteNotFound(website_id)
    return found.id


def _check_code(code: str, present: Levels, *, but_for: int | None) -> None:
    if rules.is_taken(code, (group.code for group in present.groups if group.id != but_for)):
        raise GroupCodeTaken


def _managed(ctx: Context, group_id: int) -> ManagedGroup:
    group = _find(levels(ctx), group_id)
    return ManagedGroup(
        id=group.id,
        website_id=group.website_id,
        root_category_id=group.root_category_id,
        default_store_id=group.default_store_id,
        name=group.name,
        code=group.code,
    )
