"""The stock item of a product: how it is sold, and a mirror of the default source (spec 40-inventory, 22)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from psycopg import DataError, IntegrityError

from entrepot.catalog.contracts import StockItem
from entrepot.inventory.errors import SkuNotFound, StockItemNotSaved
from entrepot.inventory.legacy_contracts import StockItemCollection, StockItemCriteria, StockStatus
from entrepot.inventory.locks import lock_shelves
from entrepot.inventory.products import ProductRef, products_by_sku, sku_key
from entrepot.inventory.quantities import configuration, facts_of_known
from entrepot.inventory.queries import source_items
from entrepot.inventory.queries import stock_items as queries
from entrepot.inventory.queries.source_items import SourceItemRow
from entrepot.inventory.rules import legacy
from entrepot.inventory.rules.products import has_source_items
from entrepot.inventory.rules.settings import Configured, StockItemRow, reads_in_stock
from entrepot.inventory.rules.stock_item import changed, shown
from entrepot.inventory.rules.validation import DEFAULT_SOURCE
from entrepot.inventory.salability import decide_salable
from entrepot.inventory.stocks import stock_id_of_store
from entrepot.kit.context import Context
from entrepot.kit.rest.operation import MayUse, operation

MAY_SEE_STOCK_ITEMS = MayUse("Magento_CatalogInventory::cataloginventory")

ANY_SCOPE = 0
"""All stock items belong to this scope."""

LAST_OFFSET = 2**62
"""More than any table holds, less than PostgreSQL's bigint refuses."""


@operation(
    "GET /V1/stockItems/lowStock",
    access=MAY_SEE_STOCK_ITEMS,
    service="Magento.CatalogInventory.Api.StockRegistry.getLowStockItems",
)
async def list_low_stock(
    ctx: Context, scope_id: int, qty: Decimal, current_page: int = 1, page_size: int = 0
) -> StockItemCollection:
    """Stock items with at most this quantity; a page size of 0 is all. Any other scope than 0 has none."""
    rows: list[StockItemRow] = []
    total = 0
    if scope_id == ANY_SCOPE:
        total = int(await ctx.db.value(queries.COUNT_LOW, qty=qty))
        size = page_size if page_size > 0 else None
        offset = min((max(current_page, 1) - 1) * (size or 0), LAST_OFFSET)
        rows = await ctx.db.all(StockItemRow, queries.LOW, qty=qty, limit=size, offset=offset)
    config = configuration(ctx)
    return StockItemCollection(
        items=[shown(row, config) for row in rows],
        search_criteria=StockItemCriteria(
            mapper_interface_name="Magento\\CatalogInventory\\Model\\ResourceModel\\Stock\\Item\\StockItemCriteriaMapper",
            criteria_list=[],
            filters=[],
            orders=[],
            limit=[str(current_page), str(page_size)],
        ),
        total_count=total,
    )


@operation(
    "GET /V1/stockItems/{product_sku}",
    access=MAY_SEE_STOCK_ITEMS,
    service="Magento.CatalogInventory.Api.StockRegistry.getStockItemBySku",
)
async def get_stock_item(ctx: Context, product_sku: str, scope_id: int | None = None) -> StockItem:
    """The same in every scope. Raises SkuNotFound."""
    product = await _product(ctx, product_sku)
    return (await load_stock_items(ctx, [product.product_id]))[product.product_id]


@operation(
    "PUT /V1/products/{product_sku}/stockItems/{item_id}",
    access=MAY_SEE_STOCK_ITEMS,
    service="Magento.CatalogInventory.Api.StockRegistry.updateStockItemBySku",
    takes_id_of_path=False,
)
async def update_stock_item(ctx: Context, product_sku: str, stock_item: StockItem) -> int:
    """Change what is given of a product's stock item; answers its id. The id in the path says nothing: the sku decides.

    Raises:
        SkuNotFound.
        StockItemNotSaved: a value that cannot be stored.
    """
    product = await _product(ctx, product_sku)
    try:
        async with ctx.savepoint():
            saved = await write_stock_items(ctx, [(product, stock_item)])
    except (DataError, IntegrityError) as error:
        raise StockItemNotSaved from error
    return saved[product.product_id]


@operation(
    "GET /V1/stockStatuses/{product_sku}",
    access=MAY_SEE_STOCK_ITEMS,
    service="Magento.CatalogInventory.Api.StockRegistry.getStockStatusBySku",
    guests_by_setting=True,
)
async def get_stock_status(ctx: Context, product_sku: str, scope_id: int | None = None) -> StockStatus:
    """What can be sold in the stock of the website of the call. Raises SkuNotFound."""
    product = await _product(ctx, product_sku)
    stock_id = await stock_id_of_store(ctx)
    [facts] = await facts_of_known(ctx, [(stock_id, product.sku, product)])
    salable = await decide_salable(ctx, stock_id, [facts])
    return StockStatus(
        product_id=product.product_id,
        stock_id=stock_id,
        qty=0 if facts.is_composite else int(facts.salable_qty),
        stock_status=int(salable[sku_key(product.sku)]),
        stock_item=(await load_stock_items(ctx, [product.product_id]))[product.product_id],
    )


async def load_stock_items(ctx: Context, product_ids: Sequence[int]) -> Mapping[int, StockItem]:
    """As clients see them, by product id. One statement."""
    rows = await queries.of_products(ctx.db, product_ids)
    config = configuration(ctx)
    return {id: shown(rows.get(id) or StockItemRow(product_id=id), config) for id in product_ids}


async def write_stock_items(ctx: Context, given: Sequence[tuple[ProductRef, StockItem | None]]) -> Mapping[int, int]:
    """Change the stock items of products, and let the default source follow; item ids by product id.

    None makes the stock item of a product that has none yet, and leaves it alone otherwise. Seven statements.
    """
    pairs = [(DEFAULT_SOURCE, product.sku) for product, _ in given]
    await lock_shelves(ctx.db, pairs)
    rows = await queries.of_products(ctx.db, [product.product_id for product, _ in given])
    items = await _default_items(ctx, [product.sku for product, _ in given])
    config = configuration(ctx)

    written: list[tuple[ProductRef, StockItemRow]] = []
    for product, stock_item in given:
        if stock_item is None and product.product_id in rows:
            continue
        row = rows.get(product.product_id) or _first_row(product, items.get(sku_key(product.sku)))
        row = changed(row, stock_item or StockItem())
        written.append((product, legacy.saved(row, config, ctx.now, has_source_items=has_source_items(product))))
    if not written:
        return {id: row.item_id or 0 for id, row in rows.items()}
    saved = await queries.save(ctx.db, [row for _, row in written])
    await _write_default_items(ctx, written, items, config)
    return saved


def _first_row(product: ProductRef, item: SourceItemRow | None) -> StockItemRow:
    """The row of a product without one: goods may have been put into the default source before it was made."""
    row = StockItemRow(product_id=product.product_id)
    if item is not None and has_source_items(product):
        row.qty, row.is_in_stock = item.quantity, item.status == 1
    return row


async def _default_items(ctx: Context, skus: Sequence[str]) -> Mapping[str, SourceItemRow]:
    rows = await ctx.db.all(
        SourceItemRow,
        source_items.FIND,
        source_codes=[DEFAULT_SOURCE] * len(skus),
        keys=[sku_key(sku) for sku in skus],
    )
    return {sku_key(row.sku): row for row in rows}


async def _write_default_items(
    ctx: Context,
    written: Sequence[tuple[ProductRef, StockItemRow]],
    items: Mapping[str, SourceItemRow],
    config: Configured,
) -> None:
    following = [
        (product, row)
        for product, row in written
        if has_source_items(product) and legacy.needs_source_item(row, config, has_one=sku_key(product.sku) in items)
    ]
    if following:
        await ctx.db.execute(
            source_items.SAVE,
            source_codes=[DEFAULT_SOURCE] * len(following),
            skus=[product.sku for product, _ in following],
            quantities=[row.qty for _, row in following],
            statuses=[int(reads_in_stock(row, config)) for _, row in following],
        )


async def _product(ctx: Context, sku: str) -> ProductRef:
    found = (await products_by_sku(ctx, [sku])).get(sku_key(sku))
    if found is None:
        raise SkuNotFound(sku)
    return found
