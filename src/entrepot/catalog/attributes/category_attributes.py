"""Attributes of categories, which can be looked at only."""

from __future__ import annotations

from entrepot.catalog.attributes import show
from entrepot.catalog.attributes.attribute import CATEGORY
from entrepot.catalog.attributes.contracts import CategoryAttribute, CategoryAttributeSearchResults
from entrepot.catalog.attributes.find import category_attribute
from entrepot.catalog.attributes.options import ATTRIBUTES_RESOURCE
from entrepot.catalog.attributes.queries import attributes as queries
from entrepot.catalog.attributes.shared import ATTRIBUTES
from entrepot.kit.context import Context
from entrepot.kit.rest.operation import operation
from entrepot.kit.search_criteria import SearchCriteria
from entrepot.kit.search_sql import results, search


@operation(
    "GET /V1/categories/attributes/{attribute_code}",
    access=ATTRIBUTES_RESOURCE,
    service="Magento.Catalog.Api.CategoryAttributeRepository.get",
)
async def get(ctx: Context, attribute_code: str) -> CategoryAttribute:
    """Raises AttributeNotFound."""
    return show.category_attribute(ctx, category_attribute(ctx, attribute_code))


@operation(
    "GET /V1/categories/attributes",
    access=ATTRIBUTES_RESOURCE,
    service="Magento.Catalog.Api.CategoryAttributeRepository.getList",
)
async def get_list(ctx: Context, search_criteria: SearchCriteria) -> CategoryAttributeSearchResults:
    """Filters and sorts by any column of an attribute."""
    found, total = await search(ctx.db, queries.LISTING, search_criteria, entity_type_id=CATEGORY)
    attributes = ctx.shared(ATTRIBUTES)
    items = [one for row in found if (one := attributes.by_id(row.attribute_id))]
    page = results([show.category_attribute(ctx, one) for one in items], search_criteria, total)
    return CategoryAttributeSearchResults(
        items=page.items, search_criteria=page.search_criteria, total_count=page.total_count
    )
