"""Statements about the quantities below which a source runs low."""

SAVE = """
    insert into inventory_low_stock_notification_configuration (source_code, sku, notify_stock_qty)
    select g.source_code, g.sku, g.notify_stock_qty
    from (
        select distinct on (lower(w.sku), lower(w.source_code))
            w.source_code,
            w.sku,
            w.notify_stock_qty
        from unnest(%(source_codes)s::text[], %(skus)s::text[], %(quantities)s::numeric[])
            with ordinality as w (source_code, sku, notify_stock_qty, place)
        order by lower(w.sku), lower(w.source_code), w.place desc
    ) g
    on conflict (lower(sku), lower(source_code)) do update
    set notify_stock_qty = excluded.notify_stock_qty
"""

ASSIGN = """
    insert into inventory_low_stock_notification_configuration (source_code, sku, notify_stock_qty)
    select c.source_code, w.sku, null
    from unnest(%(skus)s::text[]) as w (sku)
    cross join unnest(%(source_codes)s::text[]) as c (source_code)
    order by lower(w.sku), lower(c.source_code)
    on conflict do nothing
"""

DELETE = """
    delete from inventory_low_stock_notification_configuration n
    using unnest(%(source_codes)s::text[], %(keys)s::text[]) as w (source_code, sku_key)
    where lower(n.source_code) = lower(w.source_code)
      and lower(n.sku) = w.sku_key
"""

FIND = """
    select notify_stock_qty
    from inventory_low_stock_notification_configuration
    where lower(source_code) = lower(%(source_code)s)
      and lower(sku) = lower(%(sku)s)
"""

# Where the destination has no threshold of its own it gets the origin's.
COPY = """
    insert into inventory_low_stock_notification_configuration (source_code, sku, notify_stock_qty)
    select %(destination)s, n.sku, n.notify_stock_qty
    from inventory_low_stock_notification_configuration n
    where lower(n.source_code) = lower(%(origin)s)
      and lower(n.sku) = any(%(keys)s)
    order by lower(n.sku)
    on conflict (lower(sku), lower(source_code)) do update
    set notify_stock_qty = coalesce(
            inventory_low_stock_notification_configuration.notify_stock_qty, excluded.notify_stock_qty
        )
"""

# Only pairs that have a row can run low.
RUNNING_LOW = """
    select
        i.source_code,
        s.name as source_name,
        i.sku,
        i.quantity,
        coalesce(n.notify_stock_qty, %(default_qty)s) as threshold
    from inventory_source_item i
    join inventory_source s on s.source_code = i.source_code
    join inventory_low_stock_notification_configuration n
        on lower(n.sku) = i.sku_key and lower(n.source_code) = lower(i.source_code)
    where i.status = 1
      and s.enabled
      and i.quantity < coalesce(n.notify_stock_qty, %(default_qty)s)
    order by i.quantity, i.sku_key, i.source_code
"""

# The same, counted. Products made of others and skus of no product do not run low.
COUNT_RUNNING_LOW = """
    select count(*)
    from inventory_source_item i
    join inventory_source s on s.source_code = i.source_code
    join inventory_low_stock_notification_configuration n
        on lower(n.sku) = i.sku_key and lower(n.source_code) = lower(i.source_code)
    join product p on lower(p.sku) = i.sku_key
    where i.status = 1
      and s.enabled
      and i.quantity < coalesce(n.notify_stock_qty, %(default_qty)s)
      and p.type_id = any(%(types)s)
"""

# Notes which of these pairs are low now; those that were not before are what it gives.
FOLLOW = """
    with changed as (
        update inventory_low_stock_notification_configuration n
        set runs_low = not n.runs_low
        from (
            select distinct
                s.source_code,
                w.sku_key,
                i.sku,
                i.quantity,
                i.status = 1 and s.enabled as is_offered
            from unnest(%(source_codes)s::text[], %(keys)s::text[]) as w (source_code, sku_key)
            join inventory_source s on lower(s.source_code) = lower(w.source_code)
            left join inventory_source_item i on i.source_code = s.source_code and i.sku_key = w.sku_key
        ) p
        where lower(n.source_code) = lower(p.source_code)
          and lower(n.sku) = p.sku_key
          and n.runs_low is distinct from
              coalesce(p.is_offered and p.quantity < coalesce(n.notify_stock_qty, %(default_qty)s::numeric), false)
        returning p.source_code, p.sku, p.quantity, n.notify_stock_qty, n.runs_low
    )
    select source_code, sku, quantity, coalesce(notify_stock_qty, %(default_qty)s::numeric) as threshold
    from changed
    where runs_low
    order by source_code, sku
"""
