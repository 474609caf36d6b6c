"""The prices of many products at once (spec 30-catalog, 4.4)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from entrepot.catalog.prices import bulk
from entrepot.catalog.prices.bulk import ACCESS, Failure, Priced
from entrepot.catalog.prices.contracts import BasePrice, PriceUpdateResult
from entrepot.catalog.products.types import BUNDLE, DOWNLOADABLE, FIXED_PRICE, SIMPLE, VIRTUAL
from entrepot.kit.context import Context
from entrepot.kit.rest.operation import operation

PRICE = "price"
TYPES = frozenset({SIMPLE, VIRTUAL, DOWNLOADABLE, BUNDLE})
INVALID = "Invalid attribute %fieldName = %fieldValue."


@operation("POST /V1/products/base-prices", access=ACCESS, service="Magento.Catalog.Api.BasePriceStorage.update")
async def set_base_prices(ctx: Context, prices: list[BasePrice]) -> list[PriceUpdateResult]:
    """Set prices in the scopes that the rows name. The answer says why rows were left out; `[]` if none was.

    Raises:
        PricesNotSaved: an amount is too large; nothing is saved.
    """
    found = await bulk.products(ctx, (row.sku for row in prices))
    failures: list[PriceUpdateResult] = []
    values = []
    for row in prices:
        wrong = list(_wrong(ctx, row, found))
        failures += [bulk.result(*one) for one in wrong]
        if not wrong:
            values.append((found[bulk.key(row.sku)].product_id, row.store_id or 0, {PRICE: row.price}))
    await bulk.write(ctx, values)
    return failures


def _wrong(ctx: Context, row: BasePrice, found: Mapping[str, Priced]) -> Iterator[Failure]:
    product = found.get(bulk.key(row.sku))
    if product is None or not _has_base_price(product):
        yield INVALID, ("SKU", row.sku)
    if row.price is None or row.price < 0:
        yield INVALID, ("Price", row.price)
    if not bulk.is_store(ctx, row.store_id):
        yield bulk.store_not_found(row.sku, row.store_id)


def _has_base_price(product: Priced) -> bool:
    return product.type_id in TYPES and (product.type_id != BUNDLE or product.price_type == FIXED_PRICE)


@operation(
    "POST /V1/products/base-prices-information", access=ACCESS, service="Magento.Catalog.Api.BasePriceStorage.get"
)
async def get_base_prices(ctx: Context, skus: list[str]) -> list[BasePrice]:
    """Every stored price: that of the default scope and what store views have otherwise. Others are ignored."""
    return [
        BasePrice(price=value.value, store_id=value.store_id, sku=product.sku)
        for product, value in await bulk.stored(ctx, skus, TYPES, PRICE)
        if _has_base_price(product)
    ]
