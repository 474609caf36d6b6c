"""The SQL of what is said about orders."""

from __future__ import annotations

from typing import LiteralString

from entrepot.sales.contracts import OrderStatusHistory
from entrepot.sales.queries.columns import select, selected

ADD = """
    insert into sales_order_status_history (
        parent_id, status, comment, is_customer_notified, is_visible_on_front, entity_name, created_at
    )
    values (
        %(order_id)s, %(status)s, %(comment)s, %(is_customer_notified)s, %(is_visible_on_front)s, %(entity_name)s,
        %(now)s
    )
"""

OF_ORDER: LiteralString = select(
    selected(OrderStatusHistory, "h"),
    """
    from sales_order_status_history h
    where h.parent_id = %(order_id)s
    order by h.entity_id
    """,
)
"""Oldest first."""

SET_NOTIFIED = """
    update sales_order_status_history
    set is_customer_notified = 1
    where entity_id = (
        select max(entity_id)
        from sales_order_status_history
        where parent_id = %(order_id)s
        and entity_name = %(entity_name)s
        and is_customer_notified = 0
    )
"""
