"""Attributes of products: look at them, make, change and delete them (spec 30-catalog, 6.3)."""

from __future__ import annotations

import secrets

from msgspec import structs

from entrepot.catalog.attributes import show
from entrepot.catalog.attributes.attribute import PRODUCT, Attribute
from entrepot.catalog.attributes.contracts import AttributeType, ProductAttribute, ProductAttributeSearchResults
from entrepot.catalog.attributes.definition import Further, changed_attribute, new_attribute, store_labels
from entrepot.catalog.attributes.errors import AttributeCodeTaken, AttributeNotFound, SystemAttribute
from entrepot.catalog.attributes.events import AttributeDeleted
from entrepot.catalog.attributes.find import product_attribute
from entrepot.catalog.attributes.option_changes import OptionChange, option_changes
from entrepot.catalog.attributes.options import ATTRIBUTES_RESOURCE, changed, check_stores, save_options
from entrepot.catalog.attributes.queries import attributes as queries
from entrepot.catalog.attributes.shared import ATTRIBUTES
from entrepot.kit.context import Context
from entrepot.kit.rest.operation import operation
from entrepot.kit.search_criteria import SearchCriteria
from entrepot.kit.search_sql import results, search

TYPES = {
    "text": "Text Field",
    "textarea": "Text Area",
    "texteditor": "Text Editor",
    "date": "Date",
    "boolean": "Yes/No",
    "multiselect": "Multiple Select",
    "select": "Dropdown",
    "price": "Price",
    "media_image": "Media Image",
    "swatch_visual": "Visual Swatch",
    "swatch_text": "Text Swatch",
    "weee": "Fixed Product Tax",
}
NOTHING_FURTHER = Further()


@operation(
    "GET /V1/products/attributes/types",
    access=ATTRIBUTES_RESOURCE,
    service="Magento.Catalog.Api.ProductAttributeTypesList.getItems",
)
async def get_types(ctx: Context) -> list[AttributeType]:
    """The inputs that a new attribute may have."""
    return [AttributeType(value=value, label=label) for value, label in TYPES.items()]


@operation(
    "GET /V1/products/attributes/{attribute_code}",
    access=ATTRIBUTES_RESOURCE,
    service="Magento.Catalog.Api.ProductAttributeRepository.get",
    guests_by_setting=True,
)
async def get(ctx: Context, attribute_code: str) -> ProductAttribute:
    """Raises AttributeNotFound."""
    return show.product_attribute(ctx, product_attribute(ctx, attribute_code))


@operation(
    "GET /V1/products/attributes",
    access=ATTRIBUTES_RESOURCE,
    service="Magento.Catalog.Api.ProductAttributeRepository.getList",
)
async def get_list(ctx: Context, search_criteria: SearchCriteria) -> ProductAttributeSearchResults:
    """Filters and sorts by any column of an attribute, and by the set that it is in."""
    found, total = await search(ctx.db, queries.LISTING, search_criteria, entity_type_id=PRODUCT)
    attributes = ctx.shared(ATTRIBUTES)
    items = [one for row in found if (one := attributes.by_id(row.attribute_id))]
    page = results(show.product_attributes(ctx, items), search_criteria, total)
    return ProductAttributeSearchResults(
        items=page.items, search_criteria=page.search_criteria, total_count=page.total_count
    )


@operation(
    "POST /V1/products/attributes",
    access=ATTRIBUTES_RESOURCE,
    service="Magento.Catalog.Api.ProductAttributeRepository.save",
)
async def save(ctx: Context, attribute: ProductAttribute) -> ProductAttribute:
    """Make an attribute, or change the one whose `attribute_id` is given.

    A new attribute is in no set. Raises AttributeNotFound, RequiredField, InvalidFieldValue, AttributeCodeReserved,
    AttributeCodeTaken or OptionWithoutLabel.
    """
    if attribute.attribute_id:
        return await change(ctx, _by_id(ctx, attribute), attribute)
    return await create(ctx, attribute)


@operation(
    "PUT /V1/products/attributes/{attribute_code}",
    access=ATTRIBUTES_RESOURCE,
    service="Magento.Catalog.Api.ProductAttributeRepository.save",
)
async def save_under_code(ctx: Context, attribute: ProductAttribute, attribute_code: str) -> ProductAttribute:
    """As `save`, but without an `attribute_id` the code of the path says which attribute is meant."""
    if attribute.attribute_id:
        return await change(ctx, _by_id(ctx, attribute), attribute)
    if existing := ctx.shared(ATTRIBUTES).product(attribute_code):
        return await change(ctx, existing, attribute)
    return await create(ctx, structs.replace(attribute, attribute_code=attribute_code))


def _by_id(ctx: Context, given: ProductAttribute) -> Attribute:
    """Raises AttributeNotFound, which names the code as far as there is one."""
    found = ctx.shared(ATTRIBUTES).product(given.attribute_id or 0)
    if found is None:
        raise AttributeNotFound(given.attribute_code or str(given.attribute_id))
    return found


async def create(ctx: Context, given: ProductAttribute, further: Further = NOTHING_FURTHER) -> ProductAttribute:
    """Make an attribute. Raises what `save` does."""
    new = new_attribute(given, PRODUCT, secrets.token_hex(4), further)
    if new.attribute_code in ctx.shared(ATTRIBUTES).products:
        raise AttributeCodeTaken
    options = _options(new, given)
    labels = _labels(ctx, given, options) or {}
    attribute_id = await queries.insert(ctx.db, new)
    if attribute_id is None:
        raise AttributeCodeTaken
    new = structs.replace(new, attribute_id=attribute_id)
    if labels:
        await queries.replace_labels(ctx.db, attribute_id, labels)
    if options:
        await save_options(ctx, new, options)
    await changed(ctx, new, is_new=True)
    return await get(ctx, new.attribute_code)


async def change(
    ctx: Context, existing: Attribute, given: ProductAttribute, further: Further = NOTHING_FURTHER
) -> ProductAttribute:
    """Change an attribute; what the request leaves out is kept. Raises InvalidFieldValue or OptionWithoutLabel."""
    attribute = changed_attribute(existing, given, further)
    options = _options(existing, given)
    labels = _labels(ctx, given, options)
    await queries.update(ctx.db, attribute)
    if labels is not None:
        await queries.replace_labels(ctx.db, attribute.attribute_id, labels)
    if options:
        await save_options(ctx, attribute, options)
    await changed(ctx, attribute)
    return await get(ctx, attribute.attribute_code)


def _options(attribute: Attribute, given: ProductAttribute) -> list[OptionChange]:
    """Attributes that keep no options take none."""
    if not attribute.has_option_table:
        return []
    return option_changes(given.options or [], {option.option_id for option in attribute.options})


def _labels(ctx: Context, given: ProductAttribute, options: list[OptionChange]) -> dict[int, str] | None:
    """The attribute's labels; those of the options are only looked at. Raises InvalidFieldValue for unknown stores."""
    labels = store_labels(given)
    check_stores(ctx, {*(labels or {}), *(store_id for option in options for store_id in option.labels)})
    return labels


@operation(
    "DELETE /V1/products/attributes/{attribute_code}",
    access=ATTRIBUTES_RESOURCE,
    service="Magento.Catalog.Api.ProductAttributeRepository.deleteById",
)
async def delete(ctx: Context, attribute_code: str) -> bool:
    """The values that products have of it go with it. Raises AttributeNotFound, SystemAttribute or AttributeInUse."""
    attribute = product_attribute(ctx, attribute_code)
    if not attribute.is_user_defined:
        raise SystemAttribute
    await ctx.publish(AttributeDeleted(PRODUCT, attribute.attribute_id, attribute.attribute_code))
    await ctx.db.execute(queries.DELETE, attribute_id=attribute.attribute_id)
    await ctx.changed()
    return True
