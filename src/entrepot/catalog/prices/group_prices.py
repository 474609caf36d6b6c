"""The tier prices of one product for one customer group, one at a time (spec 30-catalog, 4.3)."""

from __future__ import annotations

import json
from decimal import Decimal, InvalidOperation

from entrepot import customers
from entrepot.catalog.contracts import ProductRef, TierPrice
from entrepot.catalog.prices import queries
from entrepot.catalog.prices.errors import GroupPriceNotSaved, InvalidGroupPrice, NoSuchGroupPrice
from entrepot.catalog.prices.part import TierPrices
from entrepot.catalog.prices.tiers import ALL_GROUPS, columns, default_website, is_positive, tier_row
from entrepot.catalog.products import documents
from entrepot.catalog.products.changes import refresh
from entrepot.catalog.products.errors import ProductNotFound
from entrepot.kit.context import Context
from entrepot.kit.errors import NoSuchEntity
from entrepot.kit.rest.operation import MayUse, operation

ACCESS = MayUse("Magento_Catalog::catalog")
ALL = "all"


@operation(
    "GET /V1/products/{sku}/group-prices/{customer_group_id}/tiers",
    access=ACCESS,
    service="Magento.Catalog.Api.ProductTierPriceManagement.getList",
    guests_by_setting=True,
)
async def get_group_prices(ctx: Context, sku: str, customer_group_id: str) -> list[TierPrice]:
    """The tier prices of a group, or those for `all` groups, that hold in the website of the call.

    Raises:
        ProductNotFound: no such product.
    """
    product = await _product(ctx, sku)
    [document] = await documents.read(ctx, [product.product_id], with_parts=True)
    shown = TierPrices().read(ctx, document, document.parts.get(TierPrices.field) or [])
    website_id, group_id = default_website(ctx), _group_id(customer_group_id)
    return [
        TierPrice(customer_group_id=one.customer_group_id, qty=one.qty, value=one.value)
        for one in shown
        if one.customer_group_id == group_id
        and one.extension_attributes is not None
        and one.extension_attributes.website_id in (0, website_id)
    ]


@operation(
    "POST /V1/products/{sku}/group-prices/{customer_group_id}/tiers/{qty}/price/{price}",
    access=ACCESS,
    service="Magento.Catalog.Api.ProductTierPriceManagement.add",
)
async def add_group_price(ctx: Context, sku: str, customer_group_id: str, price: Decimal, qty: Decimal) -> bool:
    """Set the price of a group, or of `all` groups, from a quantity on.

    Raises:
        InvalidGroupPrice: the price or the quantity is not above 0.
        ProductNotFound: no such product.
        NoSuchEntity: no such group.
    """
    if price <= 0 or not is_positive(qty):
        raise InvalidGroupPrice
    product = await _product(ctx, sku)
    group_id = _group_id(customer_group_id)
    if group_id != ALL_GROUPS and group_id not in {group.id for group in await customers.list_groups(ctx)}:
        raise NoSuchEntity(field_name="id", field_value=customer_group_id if group_id is None else group_id)
    await documents.lock(ctx, [product.product_id])
    try:
        row = tier_row(product.product_id, group_id or 0, default_website(ctx), qty, price)
    except (OverflowError, InvalidOperation):
        raise GroupPriceNotSaved from None
    await ctx.db.execute(queries.PUT_TIERS, rows=json.dumps(columns([row])))
    await refresh(ctx, [product.product_id])
    return True


@operation(
    "DELETE /V1/products/{sku}/group-prices/{customer_group_id}/tiers/{qty}",
    access=ACCESS,
    service="Magento.Catalog.Api.ProductTierPriceManagement.remove",
)
async def delete_group_price(ctx: Context, sku: str, customer_group_id: str, qty: Decimal) -> bool:
    """Take back the price of a group, or of `all` groups, from exactly this quantity on.

    Raises:
        ProductNotFound: no such product.
        NoSuchGroupPrice: there is none.
    """
    product = await _product(ctx, sku)
    group_id, website_id = _group_id(customer_group_id), default_website(ctx)
    await documents.lock(ctx, [product.product_id])
    deleted = group_id is not None and await ctx.db.execute(
        queries.DELETE_TIER,
        product_id=product.product_id,
        all_groups=group_id == ALL_GROUPS,
        customer_group_id=0 if group_id == ALL_GROUPS else group_id,
        website_id=website_id,
        qty=qty,
    )
    if not deleted:
        raise NoSuchGroupPrice(customer_group_id, website_id, f"{qty.normalize():f}")
    await refresh(ctx, [product.product_id])
    return True


async def _product(ctx: Context, sku: str) -> ProductRef:
    for found in (await documents.products_by_sku(ctx, [sku])).values():
        return found
    raise ProductNotFound


def _group_id(text: str) -> int | None:
    """None for what cannot be a group."""
    if text == ALL:
        return ALL_GROUPS
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None
