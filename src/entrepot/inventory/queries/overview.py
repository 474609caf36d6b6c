"""Statements about what lies where, of many skus at once, as lists of products show it."""

from __future__ import annotations

from decimal import Decimal

from msgspec import Struct


class Shelf(Struct, frozen=True):
    """How much of a sku lies in a source."""

    sku_key: str
    source_code: str
    source_name: str
    is_enabled: bool
    """Whether the source is."""
    quantity: Decimal
    status: int
    """0 out of stock, 1 in stock."""
    notify_stock_qty: Decimal | None
    """Below this the source runs low; None where the configured default holds."""


SHELVES = """
    select i.sku_key, i.source_code, s.name as source_name, s.enabled as is_enabled, i.quantity, i.status,
           n.notify_stock_qty
    from inventory_source_item i
    join inventory_source s on s.source_code = i.source_code
    left join inventory_low_stock_notification_configuration n
        on lower(n.sku) = i.sku_key and lower(n.source_code) = lower(i.source_code)
    where i.sku_key = any(%(keys)s::text[])
    order by i.sku_key, i.source_item_id
"""
