"""The SQL that changes states and statuses."""

INSERT = """
    insert into sales_order_status (status, label)
    values (%(status)s, %(label)s)
    on conflict (status) do nothing
    returning status
"""

RENAME = """
    update sales_order_status
    set label = %(label)s
    where status = %(status)s
    returning status
"""

DELETE_LABELS = """
    delete from sales_order_status_label
    where status = %(status)s
"""

INSERT_LABELS = """
    insert into sales_order_status_label (status, store_id, label)
    select %(status)s, store_id, label
    from unnest(%(store_ids)s::int[], %(labels)s::text[]) as named (store_id, label)
"""

# Who changes what a state has waits for who does it already: a state must not lose its last status.
LOCK = """
    select pg_advisory_xact_lock(hashtextextended('sales_order_status_state', 0))
"""

EXISTS = """
    select exists (
        select
        from sales_order_status
        where status = %(status)s
    )
"""

ASSIGN = """
    insert into sales_order_status_state (status, state, is_default, visible_on_front)
    values (%(status)s, %(state)s, %(is_default)s::int, %(visible_on_front)s::int)
    on conflict (status, state) do update
    set is_default = greatest(sales_order_status_state.is_default, excluded.is_default),
        visible_on_front = excluded.visible_on_front
"""

NO_OTHER_DEFAULT = """
    update sales_order_status_state
    set is_default = 0
    where state = %(state)s
    and status <> %(status)s
    and is_default = 1
"""

UNASSIGN = """
    delete from sales_order_status_state
    where status = %(status)s
    and state = %(state)s
"""

SOME_DEFAULT = """
    update sales_order_status_state
    set is_default = 1
    where state = %(state)s
    and status = (
        select min(other.status)
        from sales_order_status_state other
        where other.state = %(state)s
    )
    and not exists (
        select
        from sales_order_status_state chosen
        where chosen.state = %(state)s
        and chosen.is_default = 1
    )
"""

IS_USED = """
    select exists (
        select
        from sales_order
        where status = %(status)s
        and state = %(state)s
    )
"""
