"""Products put into websites and taken out, one website at a time (spec 30-catalog, 1.10)."""

from __future__ import annotations

from entrepot.catalog.contracts import ProductRef, ProductWebsiteLink
from entrepot.catalog.products import documents, queries
from entrepot.catalog.products.changes import refresh
from entrepot.catalog.products.errors import NoWebsiteToAssign, ProductNotFound, WebsiteNotAssigned
from entrepot.kit.context import Context
from entrepot.kit.rest.operation import MayUse, operation
from entrepot.stores import levels

ACCESS = MayUse("Magento_Catalog::products")
SAVE = "Magento.Catalog.Api.ProductWebsiteLinkRepository.save"


@operation("POST /V1/products/{sku}/websites", access=ACCESS, service=SAVE, takes_id_of_path=False)
@operation("PUT /V1/products/{sku}/websites", access=ACCESS, service=SAVE, takes_id_of_path=False)
async def save_website_link(ctx: Context, product_website_link: ProductWebsiteLink) -> bool:
    """Sell a product in one more website. The SKU of the body counts, not that of the path.

    Raises:
        NoWebsiteToAssign: no website is named.
        ProductNotFound: no such product.
        WebsiteNotAssigned: no such website.
        UrlKeyTaken: the product's address is another entity's in a view of the website.
    """
    website_id = product_website_link.website_id
    if not website_id:
        raise NoWebsiteToAssign
    product = await _product(ctx, product_website_link.sku or "")
    if levels(ctx).website(website_id) is None:
        raise WebsiteNotAssigned(product.product_id, website_id)
    async with ctx.savepoint():
        await ctx.db.execute(queries.ADD_WEBSITE, product_id=product.product_id, website_id=website_id)
        await refresh(ctx, [product.product_id])
    return True


@operation(
    "DELETE /V1/products/{sku}/websites/{website_id}",
    access=ACCESS,
    service="Magento.Catalog.Api.ProductWebsiteLinkRepository.deleteById",
)
async def delete_website_link(ctx: Context, sku: str, website_id: int) -> bool:
    """Stop selling a product in a website; nothing happens if it was not sold there.

    Raises:
        ProductNotFound: no such product.
    """
    product = await _product(ctx, sku)
    await ctx.db.execute(queries.REMOVE_WEBSITE, product_id=product.product_id, website_id=website_id)
    await refresh(ctx, [product.product_id])
    return True


async def _product(ctx: Context, sku: str) -> ProductRef:
    for found in (await documents.products_by_sku(ctx, [sku])).values():
        return found
    raise ProductNotFound
