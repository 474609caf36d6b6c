"""The groups of attribute sets (spec 30-catalog, 6.4)."""

from __future__ import annotations

import hashlib

from psycopg.errors import UniqueViolation

from entrepot.catalog.ascii_text import slug
from entrepot.catalog.attributes import show
from entrepot.catalog.attributes.attribute import Group
from entrepot.catalog.attributes.contracts import AttributeGroup, AttributeGroupExtension, AttributeGroupSearchResults
from entrepot.catalog.attributes.definition import LARGEST_INTEGER, bounded
from entrepot.catalog.attributes.errors import (
    GroupNotFound,
    GroupNotSaved,
    GroupOfOtherSetSaved,
    GroupWithSystemAttributes,
)
from entrepot.catalog.attributes.events import AttributeUnassigned
from entrepot.catalog.attributes.queries import sets as queries
from entrepot.catalog.attributes.sets import SETS_RESOURCE
from entrepot.catalog.attributes.shared import ATTRIBUTES
from entrepot.kit.context import Context
from entrepot.kit.errors import NoSuchEntity
from entrepot.kit.rest.operation import operation
from entrepot.kit.search_conditions import number
from entrepot.kit.search_criteria import SearchCriteria
from entrepot.kit.search_sql import results, search


@operation(
    "GET /V1/products/attribute-sets/groups/list",
    access=SETS_RESOURCE,
    service="Magento.Catalog.Api.ProductAttributeGroupRepository.getList",
    guests_by_setting=True,
)
async def get_list(ctx: Context, search_criteria: SearchCriteria) -> AttributeGroupSearchResults:
    """Mostly asked for with a filter by `attribute_set_id`."""
    found, total = await search(ctx.db, queries.GROUPS, search_criteria)
    groups = ctx.shared(ATTRIBUTES).groups
    items = [show.attribute_group(one) for row in found if (one := groups.get(row.attribute_group_id))]
    page = results(items, search_criteria, total)
    return AttributeGroupSearchResults(
        items=page.items, search_criteria=page.search_criteria, total_count=page.total_count
    )


@operation(
    "POST /V1/products/attribute-sets/groups",
    access=SETS_RESOURCE,
    service="Magento.Catalog.Api.ProductAttributeGroupRepository.save",
)
@operation(
    "PUT /V1/products/attribute-sets/{attribute_set_id}/groups",
    access=SETS_RESOURCE,
    service="Magento.Catalog.Api.ProductAttributeGroupRepository.save",
)
async def save(ctx: Context, group: AttributeGroup) -> AttributeGroup:
    """Make a group, or change the one whose id is given.

    Raises NoSuchEntity, GroupOfOtherSetSaved or GroupNotSaved.
    """
    attributes = ctx.shared(ATTRIBUTES)
    if group.attribute_set_id not in attributes.sets:
        raise NoSuchEntity(field_name="attributeSetId", field_value=group.attribute_set_id)
    if not group.attribute_group_id:
        return await _create(ctx, group)
    existing = _find(ctx, group.attribute_group_id)
    if existing is None:
        raise NoSuchEntity(field_name="attributeGroupId", field_value=group.attribute_group_id)
    if existing.attribute_set_id != group.attribute_set_id:
        raise GroupOfOtherSetSaved
    return await _change(ctx, group, existing)


def _find(ctx: Context, attribute_group_id: str) -> Group | None:
    is_id = attribute_group_id.isascii() and attribute_group_id.isdigit() and len(attribute_group_id) < 11
    return ctx.shared(ATTRIBUTES).groups.get(int(attribute_group_id)) if is_id else None


async def _create(ctx: Context, group: AttributeGroup) -> AttributeGroup:
    name = (group.attribute_group_name or "").strip()
    if not name:
        raise GroupNotSaved
    extension = group.extension_attributes or AttributeGroupExtension()
    group_id = await ctx.db.value(
        queries.INSERT_GROUP,
        set_id=group.attribute_set_id,
        name=name,
        code=extension.attribute_group_code or group_code(name),
        sort_order=_sort_order(extension) or 0,
    )
    if group_id is None:
        raise GroupNotSaved
    await ctx.changed()
    return show.attribute_group(ctx.shared(ATTRIBUTES).groups[group_id])


async def _change(ctx: Context, group: AttributeGroup, existing: Group) -> AttributeGroup:
    """The code stays what it was, unless another is given: forms know the group by it."""
    extension = group.extension_attributes or AttributeGroupExtension()
    sort_order = _sort_order(extension)
    name = (group.attribute_group_name or "").strip() if group.attribute_group_name is not None else None
    if name == "":
        raise GroupNotSaved
    try:
        async with ctx.savepoint():
            await ctx.db.execute(
                queries.UPDATE_GROUP,
                group_id=existing.attribute_group_id,
                name=name or existing.attribute_group_name,
                code=extension.attribute_group_code or existing.attribute_group_code,
                sort_order=existing.sort_order if sort_order is None else sort_order,
            )
    except UniqueViolation as error:
        raise GroupNotSaved from error
    await ctx.changed()
    return show.attribute_group(ctx.shared(ATTRIBUTES).groups[existing.attribute_group_id])


def group_code(name: str) -> str:
    """Made from the name; from its digest when the name has nothing that ASCII could show."""
    return slug(name) or hashlib.sha256(name.encode()).hexdigest()[:32]


def _sort_order(extension: AttributeGroupExtension) -> int | None:
    if extension.sort_order is None:
        return None
    return bounded(int(max(-LARGEST_INTEGER, min(LARGEST_INTEGER, number(extension.sort_order)))))


@operation(
    "DELETE /V1/products/attribute-sets/groups/{group_id}",
    access=SETS_RESOURCE,
    service="Magento.Catalog.Api.ProductAttributeGroupRepository.deleteById",
)
async def delete(ctx: Context, group_id: int) -> bool:
    """Its attributes leave the set. Raises GroupNotFound or GroupWithSystemAttributes."""
    group = ctx.shared(ATTRIBUTES).groups.get(group_id)
    if group is None:
        raise GroupNotFound(group_id)
    if any(not attribute.is_user_defined for attribute in group.attributes):
        raise GroupWithSystemAttributes
    for attribute in group.attributes:
        await ctx.publish(AttributeUnassigned(group.attribute_set_id, attribute.attribute_id, attribute.attribute_code))
    await ctx.db.execute(queries.DELETE_GROUP, group_id=group_id)
    await ctx.changed()
    return True
