"""Orders of any day and fate, as rows: reports read what years of shops have left."""

from __future__ import annotations

from typing import Any

from entrepot.kit.context import Context

INSERT_ITEM = """
    insert into sales_order_item (
        order_id, parent_item_id, product_id, product_type, sku, name, base_price, qty_ordered, qty_canceled,
        qty_invoiced
    )
    values (
        %(order_id)s, %(parent_item_id)s, %(product_id)s, %(product_type)s, %(sku)s, %(name)s, %(base_price)s,
        %(qty_ordered)s, %(qty_canceled)s, %(qty_invoiced)s
    )
    returning item_id
"""


async def an_order(ctx: Context, at: str, number: str = "", **columns: Any) -> int:
    """An order in processing, placed at an instant in UTC; `columns` are of `sales_order`. Its id."""
    values = {
        "created_at": at,
        "updated_at": at,
        "increment_id": number or f"r{at}",
        "store_id": 1,
        "state": "processing",
        "status": columns.get("state", "processing"),
        "base_to_global_rate": 1,
        "is_virtual": 0,
        **columns,
    }
    names = ", ".join(values)
    given = ", ".join(f"%({name})s" for name in values)
    id: int = await ctx.db.value(
        f"insert into sales_order ({names}) values ({given}) returning entity_id",  # noqa: S608 -- names of our own
        **values,
    )
    return id


async def an_item(ctx: Context, order_id: int, sku: str, qty: int, product_id: int, **columns: Any) -> int:
    """A line of an order; its id."""
    values = {
        "parent_item_id": None,
        "product_type": "simple",
        "name": sku.title(),
        "base_price": 10,
        "qty_canceled": 0,
        "qty_invoiced": 0,
        **columns,
    }
    id: int = await ctx.db.value(
        INSERT_ITEM, order_id=order_id, sku=sku, product_id=product_id, qty_ordered=qty, **values
    )
    return id
