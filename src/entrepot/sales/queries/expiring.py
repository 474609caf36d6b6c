"""The SQL that finds orders whose payment does not come."""

EXPIRED = """
    select entity_id
    from sales_order
    where state not in ('complete', 'closed', 'canceled')
    and status = %(status)s
    and store_id = any(%(store_ids)s::int[])
    and updated_at < %(before)s
    order by entity_id
"""

LOCK_EXPIRED = """
    select entity_id
    from sales_order
    where entity_id = %(order_id)s
    and status = %(status)s
    and store_id = any(%(store_ids)s::int[])
    and updated_at < %(before)s
    for update
"""
