"""The operations on products (spec 30-catalog, 1.1 to 1.8)."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile

from msgspec import structs

from entrepot.catalog.contracts import Product, ProductType
from entrepot.catalog.products import documents, listing, show
from entrepot.catalog.products.deleting import delete_many
from entrepot.catalog.products.errors import ProductNotFound
from entrepot.catalog.products.saving import save_first, save_many
from entrepot.catalog.products.types import LABELS
from entrepot.kit.context import Context
from entrepot.kit.rest.in_bulk import Call, in_bulk
from entrepot.kit.rest.operation import MayUse, operation
from entrepot.kit.scope import StoreView
from entrepot.kit.search_criteria import SearchCriteria, SearchResults
from entrepot.kit.search_sql import results

PRODUCTS = MayUse("Magento_Catalog::products")


@operation("POST /V1/products", access=PRODUCTS, service="Magento.Catalog.Api.ProductRepository.save")
async def save(ctx: Context, product: Product, save_options: bool = False) -> Product:
    """Create a product, or change the one that has its id or SKU. Returns it as it is now.

    What a request does not name stays as it is. A new product gets all its values in the default scope; a change in a
    store view writes the named values there, as far as their attributes allow. `save_options` has no effect.

    Raises:
        AttributeValueEmpty: a required attribute has no value.
        InvalidAttributeSet: none, an unknown one, or one of another entity.
        UrlKeyTaken: another entity has the address in a store view; nothing is saved.
        ProductNotSaved: an unknown website or category.
    """
    [draft] = await save_many(ctx, [product])
    if draft.refusal is not None:
        raise draft.refusal
    return await get_by_id(ctx, draft.product_id)


@operation(
    "PUT /V1/products/{sku}",
    access=PRODUCTS,
    service="Magento.Catalog.Api.ProductRepository.save",
    takes_id_of_path=False,
)
async def update(ctx: Context, product: Product, save_options: bool = False, sku: str | None = None) -> Product:
    """What `save` does, to the product of the path; an unknown one is created.

    The path's SKU counts. But a body with the id of the path's product may give it another SKU.
    """
    if sku is not None and not await _is_rename(ctx, product, sku):
        product = structs.replace(product, sku=sku)
    return await save(ctx, product, save_options)


@in_bulk(save)
async def save_in_bulk(ctx: Context, calls: Sequence[Call]) -> list[Product | Exception]:
    """Up to the first product that has to see what became of an earlier one."""
    return await _saved(ctx, [call["product"] for call in calls])


@in_bulk(update)
async def update_in_bulk(ctx: Context, calls: Sequence[Call]) -> list[Product | Exception]:
    """As `save_in_bulk`. Which product a body with an id means depends on what all calls before it did."""
    first, *others = (_named(call) for call in calls)
    if first.id is not None and await _is_rename(ctx, calls[0]["product"], calls[0].get("sku") or ""):
        first = calls[0]["product"]
    return await _saved(ctx, [first, *takewhile(lambda product: product.id is None, others)])


def _named(call: Call) -> Product:
    product: Product = call["product"]
    sku = call.get("sku")
    return product if sku is None else structs.replace(product, sku=sku)


async def _saved(ctx: Context, products: Sequence[Product]) -> list[Product | Exception]:
    drafts = await save_first(ctx, products)
    ids = [draft.product_id for draft in drafts if draft.refusal is None]
    read = await documents.read(ctx, ids, with_parts=True) if ids else []
    answers = iter(await show.products(ctx, read, single=True)) if read else iter(())
    return [draft.refusal or next(answers) for draft in drafts]


async def _is_rename(ctx: Context, product: Product, sku: str) -> bool:
    if product.id is None or not product.sku or not product.sku.strip():
        return False
    found = await documents.products_by_sku(ctx, [sku])
    return any(one.product_id == product.id for one in found.values())


@operation(
    "GET /V1/products/{sku}",
    access=PRODUCTS,
    service="Magento.Catalog.Api.ProductRepository.get",
    guests_by_setting=True,
)
async def get(
    ctx: Context, sku: str, edit_mode: bool = False, store_id: int | None = None, force_reload: bool = False
) -> Product:
    """A product as the store view of the call, or the one named, sees it. The two flags have no effect.

    Raises:
        ProductNotFound: no such product.
    """
    found = await documents.products_by_sku(ctx, [sku])
    for ref in found.values():
        return await get_by_id(ctx, ref.product_id, _view(ctx, store_id))
    raise ProductNotFound


def _view(ctx: Context, store_id: int | None) -> StoreView:
    """An unknown view has no values of its own: the default ones hold."""
    if store_id is None:
        return ctx.store
    return ctx.stores.by_id(store_id) or ctx.stores.admin


async def get_by_id(ctx: Context, product_id: int, store: StoreView | None = None) -> Product:
    """As `get`, by id. Raises ProductNotFound."""
    read = await documents.read(ctx, [product_id], store, with_parts=True)
    if not read:
        raise ProductNotFound
    [product] = await show.products(ctx, read, single=True)
    return product


@operation(
    "GET /V1/products",
    access=PRODUCTS,
    service="Magento.Catalog.Api.ProductRepository.getList",
    guests_by_setting=True,
)
async def get_list(ctx: Context, search_criteria: SearchCriteria) -> SearchResults[Product]:
    """Products by any of their attributes, with all their parts, whether or not anybody could see or buy them."""
    ids, total, scope = await listing.find(ctx, search_criteria)
    return results(await get_many(ctx, ids, scope), search_criteria, total)


async def get_many(ctx: Context, product_ids: Sequence[int], store: StoreView | None = None) -> list[Product]:
    """As lists show them, in the order of the ids; unknown ids are left out."""
    if not product_ids:
        return []
    read = await documents.read(ctx, product_ids, store, with_parts=True)
    return await show.products(ctx, read, single=False)


@operation("DELETE /V1/products/{sku}", access=PRODUCTS, service="Magento.Catalog.Api.ProductRepository.deleteById")
async def delete(ctx: Context, sku: str) -> bool:
    """Delete a product with all that hangs on it in the catalog.

    Raises:
        ProductNotFound: no such product.
    """
    found = await documents.products_by_sku(ctx, [sku])
    if not found:
        raise ProductNotFound
    await delete_many(ctx, [ref.product_id for ref in found.values()])
    return True


@operation(
    "GET /V1/products/types",
    access=PRODUCTS,
    service="Magento.Catalog.Api.ProductTypeList.getProductTypes",
    guests_by_setting=True,
)
async def get_types(ctx: Context) -> list[ProductType]:
    """The kinds of products that there are."""
    return [ProductType(name=name, label=label) for name, label in LABELS.items()]
