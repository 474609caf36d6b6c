"""What many products cost the merchant (spec 30-catalog, 4.4)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from entrepot.catalog.prices import bulk
from entrepot.catalog.prices.base_prices import INVALID
from entrepot.catalog.prices.bulk import ACCESS, Failure, Priced
from entrepot.catalog.prices.contracts import Cost, PriceUpdateResult
from entrepot.catalog.products.types import DOWNLOADABLE, SIMPLE, VIRTUAL
from entrepot.kit.context import Context
from entrepot.kit.rest.operation import operation

COST = "cost"
TYPES = frozenset({SIMPLE, VIRTUAL, DOWNLOADABLE})


@operation("POST /V1/products/cost", access=ACCESS, service="Magento.Catalog.Api.CostStorage.update")
async def set_costs(ctx: Context, prices: list[Cost]) -> list[PriceUpdateResult]:
    """Set costs in the scopes that the rows name. The answer says why rows were left out; `[]` if none was.

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
            values.append((found[bulk.key(row.sku)].product_id, row.store_id or 0, {COST: row.cost}))
    await bulk.write(ctx, values)
    return failures


def _wrong(ctx: Context, row: Cost, found: Mapping[str, Priced]) -> Iterator[Failure]:
    product = found.get(bulk.key(row.sku))
    if product is None or product.type_id not in TYPES:
        yield INVALID, ("SKU", row.sku)
    if row.cost is None or row.cost < 0:
        cost, sku, store_id = bulk.text(row.cost), bulk.text(row.sku), bulk.text(row.store_id)
        message = f"Invalid attribute Cost = {cost}. Row ID: SKU = {sku}, Store ID: {store_id}."
        yield message, (row.cost, row.sku, row.store_id)
    if not bulk.is_store(ctx, row.store_id):
        yield bulk.store_not_found(row.sku, row.store_id)


@operation("POST /V1/products/cost-information", access=ACCESS, service="Magento.Catalog.Api.CostStorage.get")
async def get_costs(ctx: Context, skus: list[str]) -> list[Cost]:
    """Every stored cost: that of the default scope and what store views have otherwise. Others are ignored."""
    return [
        Cost(cost=value.value, store_id=value.store_id, sku=product.sku)
        for product, value in await bulk.stored(ctx, skus, TYPES, COST)
    ]


@operation("POST /V1/products/cost-delete", access=ACCESS, service="Magento.Catalog.Api.CostStorage.delete")
async def delete_costs(ctx: Context, skus: list[str]) -> bool:
    """Forget the costs of these products in all scopes; SKUs that cannot have one are ignored."""
    found = await bulk.products(ctx, skus)
    await bulk.remove(ctx, [one.product_id for one in found.values() if one.type_id in TYPES], [COST])
    return True
