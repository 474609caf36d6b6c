"""From stored documents to products as they travel (spec 30-catalog, 1.2 to 1.4)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from entrepot.catalog.attributes import ATTRIBUTES, Attribute
from entrepot.catalog.contracts import AttributeValue, CategoryLink, Product, ProductExtension
from entrepot.catalog.drafts import Document
from entrepot.catalog.extensions import extensions
from entrepot.catalog.parts import PARTS
from entrepot.catalog.products.types import has_own_price
from entrepot.catalog.products.values import FIELDS, NOT_VALUES
from entrepot.kit.context import Context

NOT_SHOWN = NOT_VALUES | frozenset(FIELDS)

PART_FIELDS = ("product_links", "options", "media_gallery_entries", "tier_prices")


async def products(ctx: Context, documents: Sequence[Document], *, single: bool) -> list[Product]:
    """In the same order. The documents were read with their parts; each extension adds one load for all of them."""
    extended: dict[str, Mapping[int, Any]] = {}
    for extension in extensions():
        if single or extension.in_lists:
            extended[extension.key] = await extension.load(ctx, documents, single)
    return [_product(ctx, one, {key: of.get(one.product_id) for key, of in extended.items()}) for one in documents]


def _product(ctx: Context, document: Document, extended: Mapping[str, Any]) -> Product:
    values = document.attributes
    of_set = ctx.shared(ATTRIBUTES).attributes_of_set(document.attribute_set_id)
    product = Product(
        id=document.product_id,
        sku=document.sku,
        name=values.get("name"),
        attribute_set_id=document.attribute_set_id,
        price=_price(document, of_set),
        status=_integer(values.get("status")),
        visibility=_integer(values.get("visibility")),
        type_id=document.type_id,
        created_at=document.created_at,
        updated_at=document.updated_at,
        weight=_decimal(document, "weight", of_set),
        extension_attributes=_extension(document, extended),
        product_links=[],
        options=[],
        media_gallery_entries=[],
        tier_prices=[],
        custom_attributes=[AttributeValue(code, value) for code, value in _custom(document, of_set)],
    )
    for part in PARTS:
        if rows := document.parts.get(part.field):
            setattr(product, part.field, part.read(ctx, document, rows))
    return product


def _price(document: Document, of_set: Mapping[str, Attribute]) -> Decimal | None:
    if not has_own_price(document.type_id, document.attributes):
        return Decimal(0)
    return _decimal(document, "price", of_set)


def _decimal(document: Document, code: str, of_set: Mapping[str, Attribute]) -> Decimal | None:
    attribute, value = of_set.get(code), document.attributes.get(code)
    return Decimal(value) if value and attribute and attribute.applies_to(document.type_id) else None


def _integer(value: str | None) -> int | None:
    return int(value) if value else None


def _extension(document: Document, extended: Mapping[str, Any]) -> ProductExtension:
    links = [
        CategoryLink(position=position, category_id=str(category_id))
        for category_id, position in zip(document.category_ids, document.category_positions, strict=True)
    ]
    return ProductExtension(website_ids=document.website_ids, category_links=links or None, **extended)


def _custom(document: Document, of_set: Mapping[str, Attribute]) -> Iterator[tuple[str, Any]]:
    """Codes and values in the order of the set."""
    columns: dict[str, Any] = {
        "category_ids": [str(id) for id in document.category_ids],
        "has_options": str(int(document.has_options)),
        "required_options": str(int(document.required_options)),
    }
    for code, attribute in of_set.items():
        if code in NOT_SHOWN or not attribute.applies_to(document.type_id):
            continue
        value = columns.get(code) if attribute.backend_type == "static" else document.attributes.get(code)
        if value is not None:
            yield code, value
