"""From what a client sends for a stock item to what is stored, and back (spec 40-inventory, 22)."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import structs

from entrepot.catalog.contracts import StockItem
from entrepot.inventory.errors import ForeignStockItemId, InvalidStockId, InvalidStockItemId
from entrepot.inventory.rules.settings import Configured, StockItemRow, reads_in_stock, settings
from entrepot.inventory.rules.validation import DEFAULT_STOCK_ID
from entrepot.kit.errors import Refused

SETTABLE = (
    "qty",
    "is_in_stock",
    "is_qty_decimal",
    "use_config_min_qty",
    "min_qty",
    "use_config_min_sale_qty",
    "min_sale_qty",
    "use_config_max_sale_qty",
    "max_sale_qty",
    "use_config_backorders",
    "backorders",
    "use_config_notify_stock_qty",
    "notify_stock_qty",
    "use_config_qty_increments",
    "qty_increments",
    "use_config_enable_qty_inc",
    "enable_qty_increments",
    "use_config_manage_stock",
    "manage_stock",
    "is_decimal_divided",
    "stock_status_changed_auto",
)


def changed(row: StockItemRow, given: StockItem) -> StockItemRow:
    """The row with what was given; what was left out stays."""
    values = {name: value for name in SETTABLE if (value := getattr(given, name)) is not None}
    if "use_config_min_sale_qty" in values:
        values["use_config_min_sale_qty"] = bool(values["use_config_min_sale_qty"])
    return structs.replace(row, **values)


def shown(row: StockItemRow, config: Configured) -> StockItem:
    """What holds for the product: where a `use_config_*` is on, the configured value."""
    effective = settings(row, config)
    return StockItem(
        item_id=row.item_id,
        product_id=row.product_id,
        stock_id=DEFAULT_STOCK_ID,
        qty=row.qty,
        is_in_stock=reads_in_stock(row, config),
        is_qty_decimal=row.is_qty_decimal,
        show_default_notification_message=False,
        use_config_min_qty=row.use_config_min_qty,
        min_qty=effective.min_qty,
        use_config_min_sale_qty=int(row.use_config_min_sale_qty),
        min_sale_qty=effective.min_sale_qty,
        use_config_max_sale_qty=row.use_config_max_sale_qty,
        max_sale_qty=effective.max_sale_qty,
        use_config_backorders=row.use_config_backorders,
        backorders=effective.backorders,
        use_config_notify_stock_qty=row.use_config_notify_stock_qty,
        notify_stock_qty=effective.notify_stock_qty,
        use_config_qty_increments=row.use_config_qty_increments,
        qty_increments=effective.qty_increments,
        use_config_enable_qty_inc=row.use_config_enable_qty_inc,
        enable_qty_increments=effective.enable_qty_increments,
        use_config_manage_stock=row.use_config_manage_stock,
        manage_stock=effective.manage_stock,
        low_stock_date=f"{row.low_stock_date:%Y-%m-%d %H:%M:%S}" if row.low_stock_date else None,
        is_decimal_divided=row.is_decimal_divided,
        stock_status_changed_auto=row.stock_status_changed_auto,
    )


def stock_item_faults(given: StockItem, own_item_id: int | None) -> Iterator[Refused]:
    """What is wrong with a stock item inside a product; `own_item_id` is None for a product that is being made."""
    if given.stock_id is not None and given.stock_id != DEFAULT_STOCK_ID:
        yield InvalidStockId(given.stock_id, DEFAULT_STOCK_ID)
    elif given.item_id is not None and given.item_id <= 0:
        yield InvalidStockItemId(given.item_id)
    elif given.item_id is not None and own_item_id is not None and given.item_id != own_item_id:
        yield ForeignStockItemId(given.item_id, own_item_id)
