"""The SQL of states and statuses."""

LABELS = """
    select status, null::integer as store_id, label
    from sales_order_status
    union all
    select status, store_id, label
    from sales_order_status_label
"""

ASSIGNMENTS = """
    select status, state, is_default = 1 as is_default, visible_on_front = 1 as visible_on_front
    from sales_order_status_state
    order by state, is_default desc, status
"""
