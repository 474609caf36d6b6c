"""Customer groups (spec 20-customers, 15.1 and 15.2)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec import structs
from psycopg.errors import UniqueViolation

from entrepot.customers.contracts import CustomerChanged, Group, GroupSearchResults
from entrepot.customers.errors import GroupCannotBeDeleted, GroupExists, GroupUnknown
from entrepot.customers.placement import DEFAULT_GROUP, default_group_id
from entrepot.customers.queries import groups as queries
from entrepot.customers.queries.groups import GroupRow
from entrepot.kit.context import Context
from entrepot.kit.db import Db
from entrepot.kit.errors import InvalidFieldValue, NoSuchEntity, NoSuchEntityByTwoFields, RequiredField
from entrepot.kit.rest.operation import MayUse, operation
from entrepot.kit.search_criteria import SearchCriteria
from entrepot.kit.search_sql import results, search
from entrepot.kit.shared import Shared
from entrepot.stores import write_value

MAY_GROUP = MayUse("Magento_Customer::group")
NOT_LOGGED_IN_ID = 0
RETAIL_TAX_CLASS_ID = 3
MAX_CODE_LENGTH = 32


async def load_tax_classes(db: Db) -> Mapping[int, int]:
    return {row.id: row.tax_class_id for row in await db.all(GroupRow, queries.LIST)}


TAX_CLASSES: Shared[Mapping[int, int]] = Shared("tax classes of groups", load=load_tax_classes)


def tax_class_of_group(ctx: Context, group_id: int) -> int:
    """The class that takes part in tax rules; that of retail customers where there is no such group. No statement."""
    return ctx.shared(TAX_CLASSES).get(group_id, RETAIL_TAX_CLASS_ID)


@operation("GET /V1/customerGroups/{id}", access=MAY_GROUP, service="Magento.Customer.Api.GroupRepository.getById")
async def get_group(ctx: Context, id: int) -> Group:
    """Raises NoSuchEntity."""
    return _group(await _row(ctx, id))


@operation(
    "GET /V1/customerGroups/default/{store_id}",
    access=MAY_GROUP,
    service="Magento.Customer.Api.GroupManagement.getDefaultGroup",
)
@operation(
    "GET /V1/customerGroups/default",
    access=MAY_GROUP,
    service="Magento.Customer.Api.GroupManagement.getDefaultGroup",
)
async def get_default_group(ctx: Context, store_id: int | None = None) -> Group:
    """The group of new customers in a store view, the request's if none is given; 0 is the admin store.

    Raises NoSuchEntity for an unknown store view, NoSuchEntityByTwoFields when the configured group is gone.
    """
    store = ctx.store if store_id is None else ctx.stores.by_id(store_id)
    if store is None:
        raise NoSuchEntity(field_name="storeId", field_value=store_id)
    group_id = default_group_id(ctx, store.id)
    found = await queries.find(ctx.db, group_id)
    if found is None:
        raise NoSuchEntityByTwoFields(
            field_name="groupId", field_value=group_id, field2_name="storeId", field2_value=store.id
        )
    return _group(found)


@operation(
    "PUT /V1/customerGroups/default/{id}",
    access=MAY_GROUP,
    service="Magento.Customer.Api.CustomerGroupConfig.setDefaultCustomerGroup",
)
async def set_default_group(ctx: Context, id: int) -> int:
    """Make a group that of new customers, in the default scope; answers its id. Raises NoSuchEntity."""
    await _row(ctx, id)
    await write_value(ctx, DEFAULT_GROUP, str(id))
    return id


@operation(
    "GET /V1/customerGroups/{id}/permissions",
    access=MAY_GROUP,
    service="Magento.Customer.Api.GroupManagement.isReadonly",
)
async def is_group_readonly(ctx: Context, id: int) -> bool:
    """Whether the group cannot be deleted. Raises NoSuchEntity."""
    if not await queries.exists(ctx.db, id):
        raise NoSuchEntity(field_name="groupId", field_value=id)
    return _is_needed(ctx, id)


@operation("GET /V1/customerGroups/search", access=MAY_GROUP, service="Magento.Customer.Api.GroupRepository.getList")
async def search_groups(ctx: Context, search_criteria: SearchCriteria) -> GroupSearchResults:
    """NOT LOGGED IN is among them. By id unless the criteria say otherwise."""
    rows, total = await search(ctx.db, queries.GROUPS, search_criteria)
    page = results([_group(row) for row in rows], search_criteria, total)
    return GroupSearchResults(items=page.items, search_criteria=page.search_criteria, total_count=page.total_count)


@operation("POST /V1/customerGroups", access=MAY_GROUP, service="Magento.Customer.Api.GroupRepository.save")
async def create_group(ctx: Context, group: Group) -> Group:
    """Make a group, with the retail tax class if none is given; with an id it changes that group.

    Raises RequiredField, InvalidFieldValue, NoSuchEntity, GroupExists.
    """
    if group.tax_class_id is None:
        group = structs.replace(group, tax_class_id=RETAIL_TAX_CLASS_ID)
    return await save_group(ctx, group)


@operation("PUT /V1/customerGroups/{id}", access=MAY_GROUP, service="Magento.Customer.Api.GroupRepository.save")
async def save_group(ctx: Context, group: Group) -> Group:
    """Change a group, or make one when `group` has no id. The code is cut to 32 characters.

    Raises:
        RequiredField: no code.
        InvalidFieldValue: no tax class, or not one for customers.
        NoSuchEntity: no group has the id.
        GroupExists: another group has the code.
    """
    code = (group.code or "")[:MAX_CODE_LENGTH]
    if not code.strip():
        raise RequiredField(field_name="code")
    if not await _is_customer_tax_class(ctx, group.tax_class_id):
        raise InvalidFieldValue(field_name="taxClassId", value=group.tax_class_id)
    if group.id is None:
        group_id = await ctx.db.value(queries.INSERT, code=code, tax_class_id=group.tax_class_id)
        if group_id is None:
            raise GroupExists
        await ctx.changed()
        return _group(await _row(ctx, int(group_id)))
    await _row(ctx, group.id)
    try:
        async with ctx.savepoint():
            await ctx.db.execute(queries.UPDATE, id=group.id, code=code, tax_class_id=group.tax_class_id)
    except UniqueViolation as error:
        raise GroupExists from error
    await ctx.changed()
    return _group(await _row(ctx, group.id))


@operation(
    "DELETE /V1/customerGroups/{id}", access=MAY_GROUP, service="Magento.Customer.Api.GroupRepository.deleteById"
)
async def delete_group(ctx: Context, id: int) -> bool:
    """Delete a group; its customers move to the default group of their store view.

    Raises NoSuchEntity, and GroupCannotBeDeleted for NOT LOGGED IN and for a store view's default group.
    """
    # Customers who are being put into the group are seen by the move only when their transactions are over.
    if not await queries.lock(ctx.db, id):
        raise NoSuchEntity(field_name="id", field_value=id)
    if _is_needed(ctx, id):
        raise GroupCannotBeDeleted
    defaults = {view.id: default_group_id(ctx, view.id) for view in ctx.stores.views}
    await queries.move_customers(ctx.db, id, defaults, defaults[ctx.stores.admin.id])
    await ctx.db.execute(queries.DELETE, id=id)
    await ctx.changed()
    return True


async def assign_group(ctx: Context, customer_ids: Sequence[int], group_id: int) -> int:
    """Move customers into a group; how many there were of them. Raises GroupUnknown."""
    if not await queries.hold(ctx.db, group_id):
        raise GroupUnknown
    moved = await ctx.db.values(queries.ASSIGN, customer_ids=list(customer_ids), group_id=group_id, now=ctx.now)
    for customer_id in moved:
        await ctx.publish(CustomerChanged(customer_id))
    return len(moved)


async def list_groups(ctx: Context) -> list[Group]:
    """All groups by id, NOT LOGGED IN first: for selects."""
    return [_group(row) for row in await ctx.db.all(GroupRow, queries.LIST)]


def _is_needed(ctx: Context, group_id: int) -> bool:
    return group_id == NOT_LOGGED_IN_ID or any(default_group_id(ctx, view.id) == group_id for view in ctx.stores.views)


async def _row(ctx: Context, group_id: int) -> GroupRow:
    found = await queries.find(ctx.db, group_id)
    if found is None:
        raise NoSuchEntity(field_name="id", field_value=group_id)
    return found


async def _is_customer_tax_class(ctx: Context, class_id: int | None) -> bool:
    return class_id is not None and bool(await ctx.db.value(queries.IS_CUSTOMER_TAX_CLASS, id=class_id))


def _group(row: GroupRow) -> Group:
    return Group(id=row.id, code=row.code, tax_class_id=row.tax_class_id, tax_class_name=row.tax_class_name)
