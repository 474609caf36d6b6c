"""Attribute sets: those of products, and those of any entity (spec 30-catalog, 6.4)."""

from __future__ import annotations

from psycopg.errors import UniqueViolation

from entrepot.catalog.attributes import show
from entrepot.catalog.attributes.attribute import ENTITY_CODES, PRODUCT, Set
from entrepot.catalog.attributes.contracts import AttributeSet, AttributeSetSearchResults
from entrepot.catalog.attributes.definition import bounded
from entrepot.catalog.attributes.errors import (
    DefaultSet,
    NotAProductSet,
    SetNameEmpty,
    SetNameTaken,
    SkeletonNotFound,
    SkeletonOfOtherEntity,
    UnknownEntityType,
)
from entrepot.catalog.attributes.events import AttributeSetDeleted
from entrepot.catalog.attributes.queries import sets as queries
from entrepot.catalog.attributes.shared import ATTRIBUTES
from entrepot.kit.context import Context
from entrepot.kit.errors import InvalidFieldValue, NoSuchEntity
from entrepot.kit.rest.operation import MayUse, operation
from entrepot.kit.search_criteria import Filter, FilterGroup, SearchCriteria
from entrepot.kit.search_sql import results, search

SETS_RESOURCE = MayUse("Magento_Catalog::sets")


@operation(
    "GET /V1/products/attribute-sets/sets/list",
    access=SETS_RESOURCE,
    service="Magento.Catalog.Api.AttributeSetRepository.getList",
    guests_by_setting=True,
)
async def get_product_sets(ctx: Context, search_criteria: SearchCriteria) -> AttributeSetSearchResults:
    """Sets of products only: the answer repeats the condition that sees to it."""
    only = Filter(field="entity_type_code", value=ENTITY_CODES[PRODUCT], condition_type="eq")
    narrowed = SearchCriteria(
        filter_groups=[*(search_criteria.filter_groups or []), FilterGroup(filters=[only])],
        sort_orders=search_criteria.sort_orders,
        page_size=search_criteria.page_size,
        current_page=search_criteria.current_page,
    )
    return await get_sets(ctx, narrowed)


@operation(
    "GET /V1/eav/attribute-sets/list",
    access=SETS_RESOURCE,
    service="Magento.Eav.Api.AttributeSetRepository.getList",
)
async def get_sets(ctx: Context, search_criteria: SearchCriteria) -> AttributeSetSearchResults:
    """Also filters by `entity_type_code`."""
    found, total = await search(ctx.db, queries.SETS, search_criteria)
    sets = ctx.shared(ATTRIBUTES).sets
    items = [show.attribute_set(one) for row in found if (one := sets.get(row.attribute_set_id))]
    page = results(items, search_criteria, total)
    return AttributeSetSearchResults(
        items=page.items, search_criteria=page.search_criteria, total_count=page.total_count
    )


@operation(
    "GET /V1/products/attribute-sets/{attribute_set_id}",
    access=SETS_RESOURCE,
    service="Magento.Catalog.Api.AttributeSetRepository.get",
    guests_by_setting=True,
)
async def get_product_set(ctx: Context, attribute_set_id: int) -> AttributeSet:
    """Raises NoSuchEntity or NotAProductSet."""
    return show.attribute_set(_product_set(ctx, attribute_set_id))


@operation(
    "GET /V1/eav/attribute-sets/{attribute_set_id}",
    access=SETS_RESOURCE,
    service="Magento.Eav.Api.AttributeSetRepository.get",
)
async def get_set(ctx: Context, attribute_set_id: int) -> AttributeSet:
    """Raises NoSuchEntity."""
    return show.attribute_set(_set(ctx, attribute_set_id))


def _set(ctx: Context, attribute_set_id: int | None) -> Set:
    found = ctx.shared(ATTRIBUTES).sets.get(attribute_set_id or 0)
    if found is None:
        raise NoSuchEntity(field_name="id", field_value=attribute_set_id)
    return found


def _product_set(ctx: Context, attribute_set_id: int | None) -> Set:
    found = _set(ctx, attribute_set_id)
    if found.entity_type_id != PRODUCT:
        raise NotAProductSet
    return found


@operation(
    "POST /V1/products/attribute-sets",
    access=SETS_RESOURCE,
    service="Magento.Catalog.Api.AttributeSetManagement.create",
)
async def create_product_set(ctx: Context, attribute_set: AttributeSet, skeleton_id: int) -> AttributeSet:
    """A set with the groups and attributes of another.

    Raises SkeletonNotFound, SkeletonOfOtherEntity, InvalidFieldValue, SetNameEmpty or SetNameTaken.
    """
    skeleton = ctx.shared(ATTRIBUTES).sets.get(skeleton_id)
    if skeleton is None:
        raise SkeletonNotFound
    if skeleton.entity_type_id != PRODUCT:
        raise SkeletonOfOtherEntity
    _check_new(attribute_set)
    return await _create(ctx, attribute_set, skeleton)


@operation(
    "POST /V1/eav/attribute-sets",
    access=SETS_RESOURCE,
    service="Magento.Eav.Api.AttributeSetManagement.create",
)
async def create_set(
    ctx: Context, entity_type_code: str, attribute_set: AttributeSet, skeleton_id: int
) -> AttributeSet:
    """A set of any entity. Raises InvalidFieldValue, NoSuchEntity, UnknownEntityType, SetNameEmpty or SetNameTaken."""
    _check_new(attribute_set)
    if skeleton_id == 0:
        raise InvalidFieldValue(field_name="skeletonId", value=skeleton_id)
    skeleton = _set(ctx, skeleton_id)
    entity_type = ctx.shared(ATTRIBUTES).entity_types.get(entity_type_code)
    if entity_type is None:
        raise UnknownEntityType.of(entity_type_code)
    if skeleton.entity_type_id != entity_type.entity_type_id:
        # Its attributes would be none of the new set's entity.
        raise InvalidFieldValue(field_name="skeletonId", value=skeleton_id)
    return await _create(ctx, attribute_set, skeleton)


def _check_new(attribute_set: AttributeSet) -> None:
    if attribute_set.attribute_set_id is not None:
        raise InvalidFieldValue(field_name="id", value=attribute_set.attribute_set_id)


async def _create(ctx: Context, attribute_set: AttributeSet, skeleton: Set) -> AttributeSet:
    name = _name(attribute_set)
    set_id = await ctx.db.value(
        queries.INSERT,
        entity_type_id=skeleton.entity_type_id,
        name=name,
        sort_order=bounded(attribute_set.sort_order or 0),
    )
    if set_id is None:
        raise SetNameTaken.of(name)
    await ctx.db.execute(queries.COPY_GROUPS, set_id=set_id, skeleton_id=skeleton.attribute_set_id)
    await ctx.db.execute(queries.COPY_ATTRIBUTES, set_id=set_id, skeleton_id=skeleton.attribute_set_id)
    await ctx.changed()
    return show.attribute_set(_set(ctx, set_id))


def _name(attribute_set: AttributeSet) -> str:
    name = (attribute_set.attribute_set_name or "").strip()
    if not name:
        raise SetNameEmpty
    return name


@operation(
    "PUT /V1/products/attribute-sets/{attribute_set_id}",
    access=SETS_RESOURCE,
    service="Magento.Catalog.Api.AttributeSetRepository.save",
)
async def save_product_set(ctx: Context, attribute_set: AttributeSet) -> AttributeSet:
    """Rename a set or give it another place. Raises NotAProductSet, NoSuchEntity, SetNameEmpty or SetNameTaken."""
    if attribute_set.entity_type_id != PRODUCT:
        raise NotAProductSet
    return await _save(ctx, attribute_set, _product_set(ctx, attribute_set.attribute_set_id))


@operation(
    "PUT /V1/eav/attribute-sets/{attribute_set_id}",
    access=SETS_RESOURCE,
    service="Magento.Eav.Api.AttributeSetRepository.save",
)
async def save_set(ctx: Context, attribute_set: AttributeSet) -> AttributeSet:
    """As for a product's set, for any entity. Raises NoSuchEntity, SetNameEmpty or SetNameTaken."""
    return await _save(ctx, attribute_set, _set(ctx, attribute_set.attribute_set_id))


async def _save(ctx: Context, given: AttributeSet, existing: Set) -> AttributeSet:
    name = _name(given)
    sort_order = existing.sort_order if given.sort_order is None else bounded(given.sort_order)
    try:
        async with ctx.savepoint():
            await ctx.db.execute(queries.UPDATE, set_id=existing.attribute_set_id, name=name, sort_order=sort_order)
    except UniqueViolation as error:
        raise SetNameTaken.of(name) from error
    await ctx.changed()
    return show.attribute_set(_set(ctx, existing.attribute_set_id))


@operation(
    "DELETE /V1/products/attribute-sets/{attribute_set_id}",
    access=SETS_RESOURCE,
    service="Magento.Catalog.Api.AttributeSetRepository.deleteById",
)
async def delete_product_set(ctx: Context, attribute_set_id: int) -> bool:
    """The products of the set go with it. Raises NoSuchEntity, NotAProductSet or DefaultSet."""
    return await _delete(ctx, _product_set(ctx, attribute_set_id))


@operation(
    "DELETE /V1/eav/attribute-sets/{attribute_set_id}",
    access=SETS_RESOURCE,
    service="Magento.Eav.Api.AttributeSetRepository.deleteById",
)
async def delete_set(ctx: Context, attribute_set_id: int) -> bool:
    """The entities of the set go with it. Raises NoSuchEntity or DefaultSet."""
    return await _delete(ctx, _set(ctx, attribute_set_id))


async def _delete(ctx: Context, existing: Set) -> bool:
    if ctx.shared(ATTRIBUTES).is_default_set(existing.attribute_set_id):
        raise DefaultSet
    await ctx.publish(AttributeSetDeleted(existing.entity_type_id, existing.attribute_set_id))
    await ctx.db.execute(queries.DELETE, set_id=existing.attribute_set_id)
    await ctx.changed()
    return True
