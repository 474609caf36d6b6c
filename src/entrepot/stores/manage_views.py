"""Making, changing and deleting store views, which Magento leaves to its Admin (spec 10-platform, 1)."""

from __future__ import annotations

from entrepot.kit.context import Context
from entrepot.kit.errors import RequiredField, raise_any
from entrepot.kit.rest.operation import operation
from entrepot.kit.scope import StoreView
from entrepot.stores import queries, rules
from entrepot.stores.contracts import ManagedStore, StoreViewChanged, StoreViewCreated, StoreViewDeleted
from entrepot.stores.errors import (
    GroupNotFound,
    LastViewCannotLeave,
    StoreCannotBeDeleted,
    StoreCodeTaken,
    StoreNotFound,
)
from entrepot.stores.levels import Levels, levels, load_levels
from entrepot.stores.queries import StoreGroup
from entrepot.stores.service import MAY_SEE_STORES


@operation("POST /V1/store/storeViews", access=MAY_SEE_STORES, service="Entrepot.Store.Api.StoreManagement.create")
async def create_view(ctx: Context, store: ManagedStore) -> ManagedStore:
    """Make a store view, active unless it says otherwise. The first one of a group becomes its default view.

    Raises:
        RequiredField, InvalidStoreCode, ReservedStoreCode, NameRequired, GroupNotFound, StoreCodeTaken.
        DefaultViewNeeded: it is inactive and would be the default view of the default website.
    """
    await queries.lock(ctx.db)
    present = await load_levels(ctx.db)
    code, name = store.code or "", store.name or ""
    required = {"code": store.code, "storeGroupId": store.store_group_id}
    raise_any(RequiredField(field_name=field_name) for field_name, value in required.items() if not value)
    raise_any(rules.view_faults(code, name))
    group = _find_group(present, store.store_group_id or 0)
    _check_code(code, present, but_for=None)

    store_id = await ctx.db.value(
        queries.INSERT_VIEW,
        code=code,
        website_id=group.website_id,
        group_id=group.id,
        name=name,
        sort_order=store.sort_order or 0,
        is_active=store.is_active is None or bool(store.is_active),
    )
    await queries.settle_defaults(ctx.db)
    await ctx.changed()
    rules.check_default_view(levels(ctx))
    await ctx.publish(StoreViewCreated(store_id, group.website_id, group.id, code))
    return _managed(ctx, store_id)


@operation(
    "PUT /V1/store/storeViews/{store_id}",
    access=MAY_SEE_STORES,
    service="Entrepot.Store.Api.StoreManagement.update",
)
async def update_view(ctx: Context, store_id: int, store: ManagedStore) -> ManagedStore:
    """Change what is given. Another group moves the view there, and with that into the group's website.

    Raises:
        StoreNotFound: also for the admin store.
        InvalidStoreCode, ReservedStoreCode, NameRequired, GroupNotFound, StoreCodeTaken.
        LastViewCannotLeave: its group would be left without a view.
        DefaultViewNeeded: the default website would have no active default view.
    """
    await queries.lock(ctx.db)
    present = await load_levels(ctx.db)
    former = _find(present, store_id)
    code = former.code if store.code is None else store.code
    name = former.name if store.name is None else store.name
    group = _find_group(present, former.group_id if store.store_group_id is None else store.store_group_id)
    raise_any(rules.view_faults(code, name))
    _check_code(code, present, but_for=store_id)
    if group.id != former.group_id and len(present.views_of_group(former.group_id)) == 1:
        raise LastViewCannotLeave

    await ctx.db.execute(
        queries.UPDATE_VIEW,
        id=store_id,
        code=code,
        website_id=group.website_id,
        group_id=group.id,
        name=name,
        sort_order=former.sort_order if store.sort_order is None else store.sort_order,
        is_active=former.is_active if store.is_active is None else bool(store.is_active),
    )
    await queries.settle_defaults(ctx.db)
    await ctx.changed()
    rules.check_default_view(levels(ctx))
    await ctx.publish(StoreViewChanged(store_id, group.website_id, group.id, code, former.code))
    return _managed(ctx, store_id)


@operation(
    "DELETE /V1/store/storeViews/{store_id}",
    access=MAY_SEE_STORES,
    service="Entrepot.Store.Api.StoreManagement.delete",
)
async def delete_view(ctx: Context, store_id: int) -> bool:
    """Delete a view with its configuration. If it was its group's default, the view with the lowest id takes its place.

    Raises:
        StoreNotFound: also for the admin store.
        StoreCannotBeDeleted: it is the last one of its group.
        DefaultViewNeeded: the default website would have no active default view.
    """
    await queries.lock(ctx.db)
    present = await load_levels(ctx.db)
    view = _find(present, store_id)
    if len(present.views_of_group(view.group_id)) == 1:
        raise StoreCannotBeDeleted

    await ctx.publish(StoreViewDeleted(store_id, view.website_id, view.code))
    await queries.delete_values_of(ctx.db, [], [store_id])
    await ctx.db.execute(queries.DELETE_VIEW, id=store_id)
    await queries.settle_defaults(ctx.db)
    await ctx.changed()
    rules.check_default_view(levels(ctx))
    return True


def _find(present: Levels, store_id: int) -> StoreView:
    found = present.by_id(store_id)
    if found is None or found.is_admin:
        raise StoreNotFound
    return found


def _find_group(present: Levels, group_id: int) -> StoreGroup:
    found = present.group(group_id)
    if found is None or found.id == 0:
        raise GroupNotFound
    return found


def _check_code(code: str, present: Levels, *, but_for: int | None) -> None:
    if rules.is_taken(code, (view.code for view in present.views if view.id != but_for)):
        raise StoreCodeTaken


def _managed(ctx: Context, store_id: int) -> ManagedStore:
    view = _find(levels(ctx), store_id)
    return ManagedStore(
        id=view.id,
        code=view.code,
        name=view.name,
        website_id=view.website_id,
        store_group_id=view.group_id,
        is_active=int(view.is_active),
        sort_order=view.sort_order,
    )
