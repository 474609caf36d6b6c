"""The operations on custom options (spec 31-product-types, 6.1)."""

from __future__ import annotations

from entrepot.catalog.contracts import CustomOption, ProductRef
from entrepot.catalog.options import queries, rules, saving
from entrepot.catalog.options.contracts import CustomOptionType
from entrepot.catalog.options.errors import InvalidOption, NoProductSku
from entrepot.catalog.options.types import TYPES
from entrepot.catalog.products import documents
from entrepot.catalog.products import queries as products
from entrepot.catalog.products.changes import refresh
from entrepot.catalog.products.errors import ProductNotFound, ProductNotSaved
from entrepot.kit.context import Context
from entrepot.kit.errors import NoSuchEntity, NotFound
from entrepot.kit.rest.operation import MayUse, operation

ACCESS = MayUse("Magento_Catalog::catalog")


@operation(
    "GET /V1/products/options/types",
    access=ACCESS,
    service="Magento.Catalog.Api.ProductCustomOptionTypeList.getItems",
)
async def get_types(ctx: Context) -> list[CustomOptionType]:
    """The types of options that there are."""
    return [CustomOptionType(label=type.label, code=code, group=type.group) for code, type in TYPES.items()]


@operation(
    "GET /V1/products/{sku}/options",
    access=ACCESS,
    service="Magento.Catalog.Api.ProductCustomOptionRepository.getList",
    guests_by_setting=True,
)
async def get_options(ctx: Context, sku: str) -> list[CustomOption]:
    """The options of a product as the store view of the call sees them, in their order.

    Raises:
        ProductNotFound: no such product.
    """
    product = await _product(ctx, sku)
    stored = await saving.stored_options(ctx, [product.product_id])
    return [rules.shown(product.sku, row) for row in stored[product.product_id].values()]


@operation(
    "GET /V1/products/{sku}/options/{option_id}",
    access=ACCESS,
    service="Magento.Catalog.Api.ProductCustomOptionRepository.get",
    guests_by_setting=True,
)
async def get_option(ctx: Context, sku: str, option_id: int) -> CustomOption:
    """One option of a product.

    Raises:
        ProductNotFound: no such product.
        NoSuchEntity: it has no such option.
    """
    for option in await get_options(ctx, sku):
        if option.option_id == option_id:
            return option
    raise NoSuchEntity(field_name="optionId", field_value=option_id)


@operation("POST /V1/products/options", access=ACCESS, service="Magento.Catalog.Api.ProductCustomOptionRepository.save")
@operation(
    "PUT /V1/products/options/{option_id}",
    access=ACCESS,
    service="Magento.Catalog.Api.ProductCustomOptionRepository.save",
)
async def save_option(ctx: Context, option: CustomOption) -> CustomOption:
    """Add an option to a product, or change the one that has its id. Returns it as it is now.

    Title, type, and the price or the values must be given, other fields stay. The values are the complete list: those
    that it does not name go.

    Raises:
        NoProductSku: no product is named.
        ProductNotFound: no such product.
        NotFound: the product has no option of this id.
        InvalidOption: what is given breaks rules, told in lines.
    """
    if not option.product_sku:
        raise NoProductSku
    product = await _product(ctx, option.product_sku)
    await documents.lock(ctx, [product.product_id])
    if option.option_id:
        stored = await saving.stored_options(ctx, [product.product_id])
        if option.option_id not in stored[product.product_id]:
            raise NotFound
    if wrong := "\n".join(rules.problems(option)):
        raise InvalidOption(wrong)
    if not rules.fits(option):
        raise ProductNotSaved
    [option_id] = await saving.save(ctx, [saving.Given(product.product_id, [option])], complete=False)
    await _follow(ctx, product)
    return await get_option(ctx, product.sku, option_id)


@operation(
    "DELETE /V1/products/{sku}/options/{option_id}",
    access=ACCESS,
    service="Magento.Catalog.Api.ProductCustomOptionRepository.deleteByIdentifier",
)
async def delete_option(ctx: Context, sku: str, option_id: int) -> bool:
    """Remove an option from a product.

    Raises:
        ProductNotFound: no such product.
        NoSuchEntity: it has no such option.
    """
    product = await _product(ctx, sku)
    await documents.lock(ctx, [product.product_id])
    if not await ctx.db.execute(queries.DELETE_OPTION, product_id=product.product_id, option_id=option_id):
        raise NoSuchEntity(field_name="optionId", field_value=option_id)
    await _follow(ctx, product)
    return True


async def _follow(ctx: Context, product: ProductRef) -> None:
    """Whether a product has options, and whether one must be answered, stands at the product."""
    await ctx.db.execute(products.SET_OPTION_FLAGS, product_ids=[product.product_id])
    await refresh(ctx, [product.product_id])


async def _product(ctx: Context, sku: str) -> ProductRef:
    for found in (await documents.products_by_sku(ctx, [sku])).values():
        return found
    raise ProductNotFound
