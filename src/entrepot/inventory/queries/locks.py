"""Statements that take the locks of `locks.py`. Both go through the rows in the same order: by sku, then by stock."""

MAKE_ROWS = """
    insert into inventory_stock_sku (stock_id, sku_key)
    select w.stock_id, w.sku_key
    from unnest(%(stock_ids)s::int[], %(keys)s::text[]) as w (stock_id, sku_key)
    where not exists (
        select
        from inventory_stock_sku k
        where k.stock_id = w.stock_id
          and k.sku_key = w.sku_key
    )
    order by w.sku_key, w.stock_id
    on conflict do nothing
"""

# All of them or none: who held some while it makes others could wait in a circle.
LOCK_ROWS = """
    select k.stock_id, k.sku_key
    from inventory_stock_sku k
    where (k.stock_id, k.sku_key) in (
        select w.stock_id, w.sku_key
        from unnest(%(stock_ids)s::int[], %(keys)s::text[]) as w (stock_id, sku_key)
    )
    and cardinality(%(keys)s::text[]) = (
        select count(*)
        from unnest(%(stock_ids)s::int[], %(keys)s::text[]) as w (stock_id, sku_key)
        join inventory_stock_sku x on x.stock_id = w.stock_id and x.sku_key = w.sku_key
    )
    order by k.sku_key, k.stock_id
    for update
"""

STOCKS_OF_SOURCES = """
    select s.source_code, l.stock_id
    from inventory_source s
    join inventory_source_stock_link l on l.source_code = s.source_code
    where lower(s.source_code) = any(%(sources)s)
"""
