"""What saving a stock item does to it, and how it and the default source follow each other (spec 40-inventory, 22)."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from msgspec import structs

from entrepot.inventory.rules.settings import NOTHING, Configured, StockItemRow, reads_in_stock, settings


def saved(row: StockItemRow, config: Configured, now: datetime, *, has_source_items: bool) -> StockItemRow:
    """The row as it is stored: out of stock when nothing is left, dated when little is left."""
    if not has_source_items:
        return structs.replace(row, qty=NOTHING)
    effective = settings(row, config)
    is_forced = is_sold_out(row, config)
    is_low = row.qty is not None and row.qty < effective.notify_stock_qty
    return structs.replace(
        row,
        is_in_stock=row.is_in_stock and not is_forced,
        stock_status_changed_auto=int(is_forced),
        low_stock_date=now if is_low else None,
    )


def is_sold_out(row: StockItemRow, config: Configured) -> bool:
    """Whether the quantity says that it cannot be in stock. Never, where the stock is not managed."""
    effective = settings(row, config)
    if not effective.manage_stock:
        return False
    if row.qty is None:
        return True
    if not effective.allows_backorders:
        return row.qty <= effective.min_qty
    return effective.min_qty < 0 and row.qty < effective.min_qty


def follow_source_item(
    row: StockItemRow, quantity: Decimal, status: int, config: Configured, now: datetime
) -> StockItemRow:
    """The row after the product's item in the default source became this."""
    followed = structs.replace(row, qty=quantity, is_in_stock=status == 1)
    return saved(followed, config, now, has_source_items=True)


def emptied(row: StockItemRow) -> StockItemRow:
    """The row after the product's item in the default source was deleted."""
    return structs.replace(row, qty=NOTHING, is_in_stock=False)


def needs_source_item(row: StockItemRow, config: Configured, *, has_one: bool) -> bool:
    """Whether saving the row makes or changes the item in the default source."""
    return reads_in_stock(row, config) or bool(row.qty) or has_one
