"""Statements about the stock items of products."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import msgspec

from entrepot.inventory.rules.settings import StockItemRow
from entrepot.kit.db import Db

OF_PRODUCTS = """
    select
        item_id, product_id, qty, is_in_stock, is_qty_decimal, use_config_min_qty, min_qty, use_config_min_sale_qty,
        min_sale_qty, use_config_max_sale_qty, max_sale_qty, use_config_backorders, backorders,
        use_config_notify_stock_qty, notify_stock_qty, use_config_qty_increments, qty_increments,
        use_config_enable_qty_inc, enable_qty_increments, use_config_manage_stock, manage_stock, low_stock_date,
        is_decimal_divided, stock_status_changed_auto
    from stock_item
    where product_id = any(%(product_ids)s)
"""

SAVE = """
    insert into stock_item (
        product_id, qty, is_in_stock, is_qty_decimal, use_config_min_qty, min_qty, use_config_min_sale_qty,
        min_sale_qty, use_config_max_sale_qty, max_sale_qty, use_config_backorders, backorders,
        use_config_notify_stock_qty, notify_stock_qty, use_config_qty_increments, qty_increments,
        use_config_enable_qty_inc, enable_qty_increments, use_config_manage_stock, manage_stock, low_stock_date,
        is_decimal_divided, stock_status_changed_auto
    )
    select
        product_id, coalesce(qty, 0), is_in_stock, is_qty_decimal, use_config_min_qty, min_qty, use_config_min_sale_qty,
        min_sale_qty, use_config_max_sale_qty, max_sale_qty, use_config_backorders, backorders,
        use_config_notify_stock_qty, notify_stock_qty, use_config_qty_increments, qty_increments,
        use_config_enable_qty_inc, enable_qty_increments, use_config_manage_stock, manage_stock, low_stock_date,
        is_decimal_divided, stock_status_changed_auto
    from jsonb_populate_recordset(null::stock_item, %(rows)s::jsonb)
    order by product_id
    on conflict (product_id) do update
    set qty = excluded.qty,
        is_in_stock = excluded.is_in_stock,
        is_qty_decimal = excluded.is_qty_decimal,
        use_config_min_qty = excluded.use_config_min_qty,
        min_qty = excluded.min_qty,
        use_config_min_sale_qty = excluded.use_config_min_sale_qty,
        min_sale_qty = excluded.min_sale_qty,
        use_config_max_sale_qty = excluded.use_config_max_sale_qty,
        max_sale_qty = excluded.max_sale_qty,
        use_config_backorders = excluded.use_config_backorders,
        backorders = excluded.backorders,
        use_config_notify_stock_qty = excluded.use_config_notify_stock_qty,
        notify_stock_qty = excluded.notify_stock_qty,
        use_config_qty_increments = excluded.use_config_qty_increments,
        qty_increments = excluded.qty_increments,
        use_config_enable_qty_inc = excluded.use_config_enable_qty_inc,
        enable_qty_increments = excluded.enable_qty_increments,
        use_config_manage_stock = excluded.use_config_manage_stock,
        manage_stock = excluded.manage_stock,
        low_stock_date = excluded.low_stock_date,
        is_decimal_divided = excluded.is_decimal_divided,
        stock_status_changed_auto = excluded.stock_status_changed_auto
    returning product_id, item_id
"""

LOW = """
    select
        item_id, product_id, qty, is_in_stock, is_qty_decimal, use_config_min_qty, min_qty, use_config_min_sale_qty,
        min_sale_qty, use_config_max_sale_qty, max_sale_qty, use_config_backorders, backorders,
        use_config_notify_stock_qty, notify_stock_qty, use_config_qty_increments, qty_increments,
        use_config_enable_qty_inc, enable_qty_increments, use_config_manage_stock, manage_stock, low_stock_date,
        is_decimal_divided, stock_status_changed_auto
    from stock_item
    where qty <= %(qty)s
    order by item_id
    limit %(limit)s::bigint
    offset %(offset)s::bigint
"""

COUNT_LOW = """
    select count(*)
    from stock_item
    where qty <= %(qty)s
"""


async def of_products(db: Db, product_ids: Iterable[int]) -> Mapping[int, StockItemRow]:
    """By product id."""
    rows = await db.all(StockItemRow, OF_PRODUCTS, product_ids=list(product_ids))
    return {row.product_id: row for row in rows}


async def save(db: Db, rows: Iterable[StockItemRow]) -> Mapping[int, int]:
    """Write these rows; the item ids by product id."""
    text = msgspec.json.encode(list(rows)).decode()
    saved: list[tuple[int, int]] = await db.all(tuple, SAVE, rows=text)
    return dict(saved)
