"""The operations on links (spec 30-catalog, 3)."""

from __future__ import annotations

from typing import Any

from entrepot.catalog.contracts import ProductLink, ProductRef
from entrepot.catalog.links import queries, rules
from entrepot.catalog.links.contracts import ProductLinkAttribute, ProductLinkType
from entrepot.catalog.links.errors import InvalidLinks, LinkTypeUnknown, NotLinked
from entrepot.catalog.links.part import numbered
from entrepot.catalog.links.types import ASSOCIATED, CODES
from entrepot.catalog.products import documents
from entrepot.catalog.products.changes import refresh
from entrepot.catalog.products.errors import ProductNotFound
from entrepot.kit.context import Context
from entrepot.kit.rest.operation import MayUse, operation

ACCESS = MayUse("Magento_Catalog::catalog")


@operation(
    "GET /V1/products/links/types",
    access=ACCESS,
    service="Magento.Catalog.Api.ProductLinkTypeList.getItems",
    guests_by_setting=True,
)
async def get_types(ctx: Context) -> list[ProductLinkType]:
    """The kinds of links that there are."""
    return [ProductLinkType(code=code, name=name) for name, code in CODES.items()]


@operation(
    "GET /V1/products/links/{type}/attributes",
    access=ACCESS,
    service="Magento.Catalog.Api.ProductLinkTypeList.getItemAttributes",
    guests_by_setting=True,
)
async def get_attributes(ctx: Context, type: str) -> list[ProductLinkAttribute]:
    """What links of a kind have beside the product; nothing for an unknown kind."""
    if type not in CODES:
        return []
    position = ProductLinkAttribute(code="position", type="int")
    return [position, ProductLinkAttribute(code="qty", type="decimal")] if type == ASSOCIATED else [position]


@operation(
    "GET /V1/products/{sku}/links/{type}",
    access=ACCESS,
    service="Magento.Catalog.Api.ProductLinkManagement.getLinkedItemsByType",
    guests_by_setting=True,
)
async def get_links(ctx: Context, sku: str, type: str) -> list[ProductLink]:
    """The links of one kind by position, those to disabled and sold-out products too.

    Raises:
        LinkTypeUnknown: no such kind.
        ProductNotFound: no such product.
    """
    if type not in CODES:
        raise LinkTypeUnknown(type)
    product = await _product(ctx, sku)
    rows: list[dict[str, Any]] = await ctx.db.value(queries.LIST_OF_PRODUCT, product_id=product.product_id) or []
    return [rules.shown(product.sku, row) for row in rows if row["type"] == CODES[type]]


@operation(
    "POST /V1/products/{sku}/links",
    access=ACCESS,
    service="Magento.Catalog.Api.ProductLinkManagement.setProductLinks",
)
async def set_links(ctx: Context, sku: str, items: list[ProductLink]) -> bool:
    """Give the product exactly these links of each kind that is named; other kinds stay.

    Raises:
        RequiredField: a link is of no kind.
        LinkTypeNotFound: a link is of an unknown kind.
        ProductNotFound: no such product.
        InvalidLinks: a linked product does not exist; nothing is changed.
    """
    rules.check_types(items)
    product = await _product(ctx, sku)
    await documents.lock(ctx, [product.product_id])
    links = rules.links_to_other(items, product.sku)
    known = await documents.products_by_sku(ctx, [link.linked_product_sku or "" for link in links])
    for link in links:
        if (link.linked_product_sku or "").strip().lower() not in known or not rules.fits(link):
            raise InvalidLinks
    types = sorted({CODES[link.link_type or ""] for link in items})
    await ctx.db.execute(queries.DELETE_OF_TYPES, product_id=product.product_id, type_ids=types)
    await ctx.db.execute(queries.INSERT, rows=numbered(rules.rows_of(product.product_id, links)))
    await refresh(ctx, [product.product_id])
    return True


@operation("PUT /V1/products/{sku}/links", access=ACCESS, service="Magento.Catalog.Api.ProductLinkRepository.save")
async def save_link(ctx: Context, entity: ProductLink) -> bool:
    """Add a link, or change its position and quantity.

    What is not given stays; a new link without a position comes last.

    Raises:
        ProductNotFound: the linked product or the product does not exist.
        InvalidLinks: an unknown kind, or a value that is too large.
    """
    linked = await _product(ctx, entity.linked_product_sku or "")
    product = await _product(ctx, entity.sku or "")
    if entity.link_type not in CODES or not rules.fits(entity):
        raise InvalidLinks
    if linked.product_id == product.product_id:
        return True
    await documents.lock(ctx, [product.product_id])
    await ctx.db.execute(
        queries.PUT_ONE,
        product_id=product.product_id,
        linked_product_id=linked.product_id,
        type_id=CODES[entity.link_type or ""],
        position=entity.position,
        qty=rules.quantity(entity),
    )
    await refresh(ctx, [product.product_id])
    return True


@operation(
    "DELETE /V1/products/{sku}/links/{type}/{linked_product_sku}",
    access=ACCESS,
    service="Magento.Catalog.Api.ProductLinkRepository.deleteById",
)
async def delete_link(ctx: Context, sku: str, type: str, linked_product_sku: str) -> bool:
    """Remove one link.

    Raises:
        LinkTypeUnknown: no such kind.
        ProductNotFound: the product or the linked product does not exist.
        NotLinked: there is no such link.
    """
    if type not in CODES:
        raise LinkTypeUnknown(type)
    product = await _product(ctx, sku)
    linked = await _product(ctx, linked_product_sku)
    deleted = await ctx.db.execute(
        queries.DELETE_ONE,
        product_id=product.product_id,
        linked_product_id=linked.product_id,
        type_id=CODES[type],
    )
    if not deleted:
        raise NotLinked(sku, linked_product_sku, type)
    await refresh(ctx, [product.product_id])
    return True


async def _product(ctx: Context, sku: str) -> ProductRef:
    for found in (await documents.products_by_sku(ctx, [sku])).values():
        return found
    raise ProductNotFound
