"""The operation on render info (spec 30-catalog, 1.12)."""

from __future__ import annotations

import json
from collections.abc import Sequence

from msgspec import structs

from entrepot import customers
from entrepot.catalog.browsing import availability, request_paths
from entrepot.catalog.drafts import Document
from entrepot.catalog.products import documents, listing
from entrepot.catalog.render.contracts import (
    Button,
    ProductRender,
    ProductRenderExtension,
    ProductRenderSearchResults,
)
from entrepot.catalog.render.errors import StoreNotFound
from entrepot.catalog.render.images import images, security_of
from entrepot.catalog.render.prices import Currency, currency_of, price_infos
from entrepot.kit.context import Context
from entrepot.kit.rest.operation import ANONYMOUS, operation
from entrepot.kit.search_criteria import Filter, FilterGroup, SearchCriteria
from entrepot.stores import link_url

ENABLED = "1"
VISIBLE = "2,3,4"
ADD_TO_CART = "checkout/cart/add"
ADD_TO_COMPARE = "catalog/product_compare/add"
CALLING_PAGE = "%uenc%"
"""Stands for the address of the page that the button is on; the client fills it in."""
GUESTS = 0


@operation("GET /V1/products-render-info", access=ANONYMOUS, service="Magento.Catalog.Api.ProductRenderList.getList")
async def get_list(
    ctx: Context, search_criteria: SearchCriteria, store_id: int, currency_code: str
) -> ProductRenderSearchResults:
    """Products that can be seen in a store view, by any of their attributes, with prices in a currency.

    Raises:
        StoreNotFound: no such view.
        NoRate: prices cannot be converted into that currency.
    """
    view = ctx.stores.by_id(store_id)
    if view is None:
        raise StoreNotFound
    # Nothing is sold in the admin store: it shows what the shop does without further choice.
    shop = ctx.in_store(ctx.stores.default if view.is_admin else view)
    currency = currency_of(shop, currency_code)
    ids = await listing.find_uncounted(shop, _of_shop(shop, search_criteria))
    products = await documents.read(shop, ids) if ids else []
    items = await _items(shop, products, currency) if products else []
    return ProductRenderSearchResults(items=[structs.replace(item, store_id=store_id) for item in items])


def _of_shop(shop: Context, criteria: SearchCriteria) -> SearchCriteria:
    """The criteria, of what is enabled and visible in the view. Its own come first: they say in which view to look."""
    own = [("store_id", str(shop.store.id), "eq"), ("status", ENABLED, "eq"), ("visibility", VISIBLE, "in")]
    groups = [FilterGroup([Filter(*one)]) for one in own]
    return structs.replace(criteria, filter_groups=[*groups, *(criteria.filter_groups or ())])


async def _items(shop: Context, products: Sequence[Document], currency: Currency) -> list[ProductRender]:
    group = await _customer_group(shop)
    infos = await price_infos(shop, products, group, currency)
    paths = await request_paths(shop, [product.product_id for product in products])
    stock = await availability().states(shop, [product.sku for product in products], group)
    pages = link_url(shop, shop.store, security_of(shop))
    return [
        ProductRender(
            add_to_cart_button=_button(pages + ADD_TO_CART, product, needs_options=product.required_options),
            add_to_compare_button=_button(pages + ADD_TO_COMPARE, product, needs_options=False),
            price_info=info,
            images=images(shop, product),
            url=pages + paths[product.product_id],
            id=product.product_id,
            name=product.attributes.get("name", ""),
            type=product.type_id,
            is_salable="1" if stock[product.sku.lower()].is_salable else "",
            store_id=shop.store.id,
            currency_code=currency.code,
            # Clients expect an object here, and ours keeps no reviews.
            extension_attributes=ProductRenderExtension(review_html=""),
        )
        for product, info in zip(products, infos, strict=True)
    ]


def _button(action: str, product: Document, *, needs_options: bool) -> Button:
    data = {"product": str(product.product_id), "uenc": CALLING_PAGE}
    return Button(
        post_data=json.dumps({"action": action, "data": data}, separators=(",", ":")),
        url=f"{action}?product={product.product_id}",
        required_options=needs_options,
    )


async def _customer_group(ctx: Context) -> int:
    if ctx.actor.customer_id is None:
        return GUESTS
    return (await customers.get_by_id(ctx, ctx.actor.customer_id)).group_id or GUESTS
