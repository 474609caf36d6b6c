"""The SQL of orders that take the place of others."""

from __future__ import annotations

from typing import LiteralString

# How it is paid, and whether it has invoices, whatever became of them.
PAID: LiteralString = """
    select
        (
            select p.method
            from sales_order_payment p
            where p.parent_id = %(order_id)s
            order by p.entity_id
            limit 1
        ) as method,
        exists (
            select
            from sales_invoice i
            where i.order_id = %(order_id)s
        ) as has_invoices
"""

# All that take the place of each other are numbered after the first one of them.
NEXT: LiteralString = """
    select
        coalesce(original_increment_id, increment_id) as original,
        coalesce(edit_increment, 0) + 1 as edit
    from sales_order
    where entity_id = %(order_id)s
"""

RELATE: LiteralString = """
    with child as (
        update sales_order
        set original_increment_id = %(original)s,
            edit_increment = %(edit)s,
            relation_parent_id = %(parent_id)s::text,
            relation_parent_real_id = %(parent_number)s
        where entity_id = %(child_id)s
    )
    update sales_order
    set relation_child_id = %(child_id)s::text,
        relation_child_real_id = %(child_number)s
    where entity_id = %(parent_id)s
"""
