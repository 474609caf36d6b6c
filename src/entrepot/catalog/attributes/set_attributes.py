"""Which attributes stand in a set of products (spec 30-catalog, 6.4)."""

from __future__ import annotations

from entrepot.catalog.attributes import show
from entrepot.catalog.attributes.attribute import PRODUCT, Set
from entrepot.catalog.attributes.contracts import ProductAttribute
from entrepot.catalog.attributes.definition import bounded
from entrepot.catalog.attributes.errors import (
    GroupNotFound,
    GroupOfOtherSet,
    NotInSet,
    SetToAssignNotFound,
    SetToAssignOfOtherEntity,
    SetToUnassignNotFound,
    SystemAttribute,
)
from entrepot.catalog.attributes.events import AttributeUnassigned
from entrepot.catalog.attributes.find import product_attribute
from entrepot.catalog.attributes.queries import sets as queries
from entrepot.catalog.attributes.sets import SETS_RESOURCE
from entrepot.catalog.attributes.shared import ATTRIBUTES
from entrepot.kit.context import Context
from entrepot.kit.errors import NoSuchEntity
from entrepot.kit.rest.operation import operation


@operation(
    "GET /V1/products/attribute-sets/{attribute_set_id}/attributes",
    access=SETS_RESOURCE,
    service="Magento.Catalog.Api.ProductAttributeManagement.getAttributes",
    guests_by_setting=True,
)
async def get_attributes(ctx: Context, attribute_set_id: str) -> list[ProductAttribute]:
    """In the order of the set. Raises NoSuchEntity."""
    found = _find(ctx, attribute_set_id)
    if found is None:
        raise NoSuchEntity(field_name="id", field_value=attribute_set_id)
    if found.entity_type_id != PRODUCT:
        raise NoSuchEntity(field_name="attributeSetId", field_value=attribute_set_id)
    return show.product_attributes(ctx, found.attributes.values())


def _find(ctx: Context, attribute_set_id: str) -> Set | None:
    is_id = attribute_set_id.isascii() and attribute_set_id.isdigit() and len(attribute_set_id) < 11
    return ctx.shared(ATTRIBUTES).sets.get(int(attribute_set_id)) if is_id else None


@operation(
    "POST /V1/products/attribute-sets/attributes",
    access=SETS_RESOURCE,
    service="Magento.Catalog.Api.ProductAttributeManagement.assign",
)
async def assign(
    ctx: Context, attribute_set_id: int, attribute_group_id: int, attribute_code: str, sort_order: int
) -> str:
    """Put an attribute into a set, or move it there. The id of its place, as a text.

    A sort order of 0 is the place behind all others of the group. Raises SetToAssignNotFound,
    SetToAssignOfOtherEntity, GroupNotFound, GroupOfOtherSet or AttributeNotFound.
    """
    attributes = ctx.shared(ATTRIBUTES)
    target = attributes.sets.get(attribute_set_id)
    if target is None:
        raise SetToAssignNotFound(attribute_set_id)
    if target.entity_type_id != PRODUCT:
        raise SetToAssignOfOtherEntity
    group = attributes.groups.get(attribute_group_id)
    if group is None:
        raise GroupNotFound(attribute_group_id)
    if group.attribute_set_id != attribute_set_id:
        raise GroupOfOtherSet
    attribute = product_attribute(ctx, attribute_code)
    place_id = await ctx.db.value(
        queries.ASSIGN,
        set_id=attribute_set_id,
        group_id=attribute_group_id,
        attribute_id=attribute.attribute_id,
        sort_order=bounded(sort_order),
    )
    await ctx.changed()
    return str(place_id)


@operation(
    "DELETE /V1/products/attribute-sets/{attribute_set_id}/attributes/{attribute_code}",
    access=SETS_RESOURCE,
    service="Magento.Catalog.Api.ProductAttributeManagement.unassign",
)
async def unassign(ctx: Context, attribute_set_id: str, attribute_code: str) -> bool:
    """Take an attribute out of a set: its products lose their values of it.

    Raises SetToUnassignNotFound, AttributeNotFound, NotInSet or SystemAttribute.
    """
    target = _find(ctx, attribute_set_id)
    if target is None:
        raise SetToUnassignNotFound(attribute_set_id)
    attribute = product_attribute(ctx, attribute_code)
    if attribute.attribute_code not in target.attributes:
        raise NotInSet(attribute_code, attribute_set_id)
    if not attribute.is_user_defined:
        raise SystemAttribute
    await ctx.publish(AttributeUnassigned(target.attribute_set_id, attribute.attribute_id, attribute.attribute_code))
    await ctx.db.execute(queries.UNASSIGN, set_id=target.attribute_set_id, attribute_id=attribute.attribute_id)
    await ctx.changed()
    return True
