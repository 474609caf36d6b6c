"""What a sales channel can sell, for systems that take it over in one go (spec 40-inventory, 12)."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from entrepot import stores
from entrepot.inventory.contracts import ExportedSalableQty, StockIndexData
from entrepot.inventory.errors import ExportFailed, NoLinkedStock
from entrepot.inventory.products import ProductRef, products_found, products_of_website, sku_key
from entrepot.inventory.quantities import facts_of_known
from entrepot.inventory.rules.salability import StockFacts
from entrepot.inventory.rules.validation import WEBSITE
from entrepot.inventory.salability import decide_salable
from entrepot.inventory.stocks import MAY_SEE_STOCKS, stock_id_of_channel
from entrepot.kit.context import Context
from entrepot.kit.rest.operation import operation
from entrepot.kit.search_criteria import SearchCriteria
from entrepot.kit.search_sql import results

NOTHING = Decimal(0)


@operation(
    "GET /V1/inventory/export-stock-salable-qty/{sales_channel_type}/{sales_channel_code}",
    access=MAY_SEE_STOCKS,
    service="Magento.InventoryExportStockApi.Api.ExportStockSalableQty.execute",
)
async def export_salable_qty(
    ctx: Context, sales_channel_type: str, sales_channel_code: str, search_criteria: SearchCriteria
) -> ExportedSalableQty:
    """Salable quantities of the products that the criteria find; those that the stock does not offer are left out.

    The total is the number of items of this page. Raises NoLinkedStock.
    """
    stock_id = await stock_id_of_channel(ctx, sales_channel_type, sales_channel_code)
    products = await products_found(ctx, search_criteria)
    found = await _facts(ctx, stock_id, products)
    salable = await decide_salable(ctx, stock_id, found)
    items = [
        StockIndexData(
            sku=facts.sku, qty=_salable_qty(facts), is_salable=_is_unmanaged(facts) or salable[sku_key(facts.sku)]
        )
        for facts in found
        if facts.is_assigned
    ]
    page = results(items, search_criteria, len(items))
    return ExportedSalableQty(items=page.items, search_criteria=page.search_criteria, total_count=page.total_count)


@operation(
    "GET /V1/inventory/dump-stock-index-data/{sales_channel_type}/{sales_channel_code}",
    access=MAY_SEE_STOCKS,
    service="Magento.InventoryExportStockApi.Api.ExportStockIndexData.execute",
)
async def dump_stock_index(ctx: Context, sales_channel_type: str, sales_channel_code: str) -> list[StockIndexData]:
    """Quantities, without regard to reservations, of all products of a website that its stock offers.

    Raises ExportFailed for what is no website or has no stock.
    """
    website = stores.levels(ctx).website_by_code(sales_channel_code)
    if sales_channel_type != WEBSITE or website is None:
        raise ExportFailed
    try:
        stock_id = await stock_id_of_channel(ctx, sales_channel_type, sales_channel_code)
    except NoLinkedStock as error:
        raise ExportFailed from error
    found = await _facts(ctx, stock_id, await products_of_website(ctx, website.id))
    composites = await decide_salable(ctx, stock_id, [facts for facts in found if facts.is_composite])
    return [
        StockIndexData(
            sku=facts.sku,
            qty=NOTHING if facts.is_composite or _is_unmanaged(facts) else facts.source_quantity,
            is_salable=_is_unmanaged(facts) or composites.get(sku_key(facts.sku), facts.flag),
        )
        for facts in found
        if facts.is_composite or _is_unmanaged(facts) or facts.has_row
    ]


async def _facts(ctx: Context, stock_id: int, products: Sequence[ProductRef]) -> list[StockFacts]:
    return await facts_of_known(ctx, [(stock_id, product.sku, product) for product in products])


def _is_unmanaged(facts: StockFacts) -> bool:
    return not facts.is_composite and not facts.settings.manage_stock


def _salable_qty(facts: StockFacts) -> Decimal:
    return NOTHING if facts.is_composite or _is_unmanaged(facts) else facts.salable_qty
