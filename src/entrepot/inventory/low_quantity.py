"""Below which quantity a source runs low of a sku (spec 40-inventory, 21)."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from msgspec import Struct, structs
from psycopg import DataError, IntegrityError

from entrepot.inventory.contracts import SourceItem, SourceItemConfiguration
from entrepot.inventory.errors import ConfigurationNotSaved, EmptyInput, SkusNotFound
from entrepot.inventory.locks import lock_shelves
from entrepot.inventory.products import products_by_sku, sku_key
from entrepot.inventory.quantities import configuration, facts_of
from entrepot.inventory.queries import low_quantity as queries
from entrepot.inventory.queries import stock_items
from entrepot.inventory.rules.products import TYPES_WITH_SOURCE_ITEMS
from entrepot.inventory.rules.settings import StockItemRow
from entrepot.inventory.rules.validation import DEFAULT_STOCK_ID, is_blank, is_default_source
from entrepot.inventory.sources import MAY_SEE_SOURCES, is_single_source_mode
from entrepot.kit.context import Context
from entrepot.kit.rest.operation import operation


@operation(
    "GET /V1/inventory/low-quantity-notification/{source_code}/{sku}",
    access=MAY_SEE_SOURCES,
    service="Magento.InventoryLowQuantityNotificationApi.Api.GetSourceItemConfiguration.execute",
)
async def get_low_quantity(ctx: Context, source_code: str, sku: str) -> SourceItemConfiguration:
    """The threshold of a pair: the configured default where nothing is stored, none where it is stored as null.

    Neither source nor sku need exist.
    """
    stored: list[tuple[Decimal | None]] = await ctx.db.all(tuple, queries.FIND, source_code=source_code, sku=sku)
    threshold = stored[0][0] if stored else configuration(ctx).notify_stock_qty
    return SourceItemConfiguration(source_code=source_code, notify_stock_qty=threshold, sku=sku)


@operation(
    "POST /V1/inventory/low-quantity-notification",
    access=MAY_SEE_SOURCES,
    service="Magento.InventoryLowQuantityNotificationApi.Api.SourceItemConfigurationsSave.execute",
)
async def save_low_quantities(ctx: Context, source_item_configurations: list[SourceItemConfiguration]) -> None:
    """Write thresholds; without a value the configured default holds.

    While there is more than one source, those of the default source are also written to the products.

    Raises:
        EmptyInput.
        ConfigurationNotSaved: a value that cannot be stored.
        SkusNotFound: a threshold of the default source is for no product.
    """
    if not source_item_configurations:
        raise EmptyInput
    if any(is_blank(one.source_code) or is_blank(one.sku) for one in source_item_configurations):
        raise ConfigurationNotSaved
    try:
        async with ctx.savepoint():
            await ctx.db.execute(
                queries.SAVE,
                source_codes=[one.source_code for one in source_item_configurations],
                skus=[one.sku for one in source_item_configurations],
                quantities=[one.notify_stock_qty for one in source_item_configurations],
            )
    except (DataError, IntegrityError) as error:
        raise ConfigurationNotSaved from error
    of_default = [one for one in source_item_configurations if is_default_source(one.source_code)]
    if of_default and not await is_single_source_mode(ctx):
        await _write_to_products(ctx, of_default)


@operation(
    "POST /V1/inventory/low-quantity-notifications-delete",
    access=MAY_SEE_SOURCES,
    service="Magento.InventoryLowQuantityNotificationApi.Api.DeleteSourceItemsConfiguration.execute",
)
async def delete_low_quantities(ctx: Context, source_items: list[SourceItem]) -> None:
    """Forget thresholds; pairs that there are not are passed over."""
    await ctx.db.execute(
        queries.DELETE,
        source_codes=[item.source_code or "" for item in source_items],
        keys=[sku_key(item.sku or "") for item in source_items],
    )


class RunningLow(Struct, frozen=True):
    """A source that has less of a sku than it should."""

    source_code: str
    source_name: str
    sku: str
    quantity: Decimal
    threshold: Decimal


async def list_running_low(ctx: Context, *, managed_only: bool = False) -> list[RunningLow]:
    """What is in stock on enabled sources and below its threshold, the least first: for the report and the feed.

    Only of products that lie somewhere; the feed leaves out those whose stock is not managed.
    """
    low = await ctx.db.all(RunningLow, queries.RUNNING_LOW, default_qty=configuration(ctx).notify_stock_qty)
    found = await facts_of(ctx, DEFAULT_STOCK_ID, [one.sku for one in low])
    kept = []
    for one in low:
        facts = found[sku_key(one.sku)]
        if facts.product and not facts.is_composite and (facts.settings.manage_stock or not managed_only):
            kept.append(one)
    return kept


async def count_running_low(ctx: Context) -> int:
    """How many `list_running_low` has. One statement, whatever the number."""
    default_qty = configuration(ctx).notify_stock_qty
    types = sorted(TYPES_WITH_SOURCE_ITEMS)
    return int(await ctx.db.value(queries.COUNT_RUNNING_LOW, default_qty=default_qty, types=types))


async def _write_to_products(ctx: Context, thresholds: Sequence[SourceItemConfiguration]) -> None:
    value_of = {sku_key(one.sku or ""): one.notify_stock_qty for one in thresholds}
    products = await products_by_sku(ctx, value_of)
    if unknown := [one.sku or "" for one in thresholds if sku_key(one.sku or "") not in products]:
        raise SkusNotFound(", ".join(unknown))
    await lock_shelves(ctx.db, [(one.source_code or "", one.sku or "") for one in thresholds])
    rows = await stock_items.of_products(ctx.db, [product.product_id for product in products.values()])
    written = []
    for key, product in products.items():
        value = value_of[key]
        row = rows.get(product.product_id) or StockItemRow(product_id=product.product_id)
        threshold = Decimal(1) if value is None else value
        written.append(structs.replace(row, notify_stock_qty=threshold, use_config_notify_stock_qty=not value))
    await stock_items.save(ctx.db, written)
