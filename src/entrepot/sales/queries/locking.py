"""The SQL that reads an order to change it, and writes what was changed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import LiteralString

from psycopg.sql import SQL, Composed, Identifier

from entrepot.sales.open_order import ITEM_CHANGES, ORDER_CHANGES, OpenItem, OpenOrder
from entrepot.sales.queries.columns import select


def _listed(names: Iterable[str], alias: str) -> LiteralString:
    return SQL(", ").join(Identifier(alias, name) for name in names).as_string()


_OF_CHOICES = ("product_calculations", "shipment_type")

_ELSEWHERE = ("items", "payment_method")

_OF_ORDER = _listed(tuple(name for name in OpenOrder.__struct_fields__ if name not in _ELSEWHERE), "o")

_PAYMENT: LiteralString = """
        , (
            select p.method
            from sales_order_payment p
            where p.parent_id = o.entity_id
            order by p.entity_id
            limit 1
        ) as payment_method
"""

LOCK: LiteralString = select(
    _OF_ORDER + _PAYMENT,
    """
    from sales_order o
    where o.entity_id = %(order_id)s
    for update
    """,
)

LOOK: LiteralString = select(
    _OF_ORDER + _PAYMENT,
    """
    from sales_order o
    where o.entity_id = %(order_id)s
    """,
)

# A statement of its own: one that waited for the lock would show the lines as they were before it waited.
ITEMS: LiteralString = select(
    _listed(tuple(name for name in OpenItem.__struct_fields__ if name not in _OF_CHOICES), "i"),
    """
        , i.product_options ->> 'product_calculations' as product_calculations
        , i.product_options ->> 'shipment_type' as shipment_type
    from sales_order_item i
    where i.order_id = %(order_id)s
    order by i.item_id
    """,
)


def _changes(names: Iterable[str]) -> Composed:
    return SQL(", ").join(SQL("{} = {}").format(Identifier(name), Identifier("changed", name)) for name in names)


WRITE_ORDER: LiteralString = (
    SQL("""
    update sales_order o
    set updated_at = %(now)s, {changes}
    from json_populate_record(null::sales_order, %(changes)s::json) as changed
    where o.entity_id = %(order_id)s
""")
    .format(changes=_changes(ORDER_CHANGES))
    .as_string()
)

WRITE_ITEMS: LiteralString = (
    SQL("""
    update sales_order_item i
    set updated_at = %(now)s, {changes}
    from json_populate_recordset(null::sales_order_item, %(changes)s::json) as changed
    where i.item_id = changed.item_id
""")
    .format(changes=_changes(ITEM_CHANGES))
    .as_string()
)
