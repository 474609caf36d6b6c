"""Special prices of many products and their days (spec 30-catalog, 4.4)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from entrepot.catalog.prices import bulk
from entrepot.catalog.prices.bulk import ACCESS, Failure, Priced
from entrepot.catalog.prices.contracts import PriceUpdateResult, SpecialPrice
from entrepot.catalog.products.types import BUNDLE, DOWNLOADABLE, SIMPLE, VIRTUAL
from entrepot.kit.context import Context
from entrepot.kit.rest.operation import operation

PRICE, FROM, TO = "special_price", "special_from_date", "special_to_date"
TYPES = frozenset({SIMPLE, VIRTUAL, DOWNLOADABLE, BUNDLE})
DATE_FORM = "%Y-%m-%d %H:%M:%S"
NO_PRODUCT = "The product that was requested doesn't exist. Verify the product and try again."


@operation("POST /V1/products/special-price", access=ACCESS, service="Magento.Catalog.Api.SpecialPriceStorage.update")
async def set_special_prices(ctx: Context, prices: list[SpecialPrice]) -> list[PriceUpdateResult]:
    """Set special prices and their days in the scopes that the rows name.

    The answer says why rows were left out; `[]` if none was.

    Raises:
        PricesNotSaved: an amount is too large; nothing is saved.
    """
    valid, failures = await _checked(ctx, prices)
    await bulk.write(
        ctx,
        [
            (product.product_id, row.store_id or 0, {PRICE: row.price, FROM: row.price_from, TO: row.price_to})
            for product, row in valid
        ],
    )
    return failures


@operation(
    "POST /V1/products/special-price-delete", access=ACCESS, service="Magento.Catalog.Api.SpecialPriceStorage.delete"
)
async def delete_special_prices(ctx: Context, prices: list[SpecialPrice]) -> list[PriceUpdateResult]:
    """Forget the special prices of the products that the rows name, with their days, in all scopes.

    Rows are checked as those to be set; the answer says why some were left out, `[]` if none was.
    """
    valid, failures = await _checked(ctx, prices)
    await bulk.remove(ctx, sorted({product.product_id for product, _ in valid}), [PRICE, FROM, TO])
    return failures


async def _checked(
    ctx: Context, prices: Sequence[SpecialPrice]
) -> tuple[list[tuple[Priced, SpecialPrice]], list[PriceUpdateResult]]:
    found = await bulk.products(ctx, (row.sku for row in prices))
    valid, failures = [], []
    for row in prices:
        wrong = list(_wrong(ctx, row, found))
        failures += [bulk.result(*one) for one in wrong]
        if not wrong:
            valid.append((found[bulk.key(row.sku)], row))
    return valid, failures


def _wrong(ctx: Context, row: SpecialPrice, found: Mapping[str, Priced]) -> Iterator[Failure]:
    price, sku, store_id = bulk.text(row.price), bulk.text(row.sku), bulk.text(row.store_id)
    days = f", Price From: {bulk.text(row.price_from)}, Price To: {bulk.text(row.price_to)}"
    tail = f"Row ID: SKU = {sku}, Store ID: {store_id}{days}."
    place = (row.sku, row.store_id, row.price_from, row.price_to)
    product = found.get(bulk.key(row.sku))
    if product is None or product.type_id not in TYPES:
        yield f"{NO_PRODUCT} {tail}", place
    if row.price is None or row.price < 0:
        yield f"Invalid attribute Price = {price}. {tail}", (row.price, *place)
    for label, day in (("Price From", row.price_from), ("Price To", row.price_to)):
        if day and not _is_date(day):
            yield f"Invalid attribute {label} = {bulk.text(day)}. {tail}", (label, *place)
    if not bulk.is_store(ctx, row.store_id):
        yield bulk.store_not_found(row.sku, row.store_id, days, row.price_from, row.price_to)


def _is_date(given: str) -> bool:
    """Exactly YYYY-MM-DD HH:MM:SS, of a day that there is."""
    try:
        read = datetime.strptime(given, DATE_FORM)
    except ValueError:
        return False
    return read.isoformat(" ") == given


@operation(
    "POST /V1/products/special-price-information", access=ACCESS, service="Magento.Catalog.Api.SpecialPriceStorage.get"
)
async def get_special_prices(ctx: Context, skus: list[str]) -> list[SpecialPrice]:
    """Every stored special price with the days of the same scope. Other SKUs are ignored."""
    return [
        SpecialPrice(
            price=value.value,
            store_id=value.store_id,
            sku=product.sku,
            price_from=value.price_from,
            price_to=value.price_to,
        )
        for product, value in await bulk.stored(ctx, skus, TYPES, PRICE)
    ]
