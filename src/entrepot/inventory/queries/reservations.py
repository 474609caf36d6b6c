"""Statements about the journal of reservations and its running sums."""

# The sums exist, because whoever appends has locked them. They are found by the parameters, which PostgreSQL takes for
# few, and not by what was appended, which it takes for so many that it would read all sums.
APPEND = """
    with appended as (
        insert into inventory_reservation (stock_id, sku, quantity, metadata)
        select w.stock_id, w.sku, w.quantity, w.metadata
        from unnest(%(stock_ids)s::int[], %(skus)s::text[], %(quantities)s::numeric[], %(metadata)s::text[])
            with ordinality as w (stock_id, sku, quantity, metadata, place)
        order by w.place
    )
    update inventory_stock_sku k
    set reserved = k.reserved + a.quantity
    from (
        select w.stock_id, w.sku_key, sum(w.quantity) as quantity
        from unnest(%(stock_ids)s::int[], %(keys)s::text[], %(quantities)s::numeric[])
            as w (stock_id, sku_key, quantity)
        group by w.stock_id, w.sku_key
    ) a
    where k.stock_id = a.stock_id
      and k.sku_key = a.sku_key
"""

SETTLED = """
    select stock_id, sku_key
    from inventory_reservation
    group by stock_id, sku_key
    having sum(quantity) = 0
"""

# Sums anew: what was settled when it was looked for need not be when it is locked.
DELETE_SETTLED = """
    delete from inventory_reservation r
    using (
        select j.stock_id, j.sku_key
        from inventory_reservation j
        join unnest(%(stock_ids)s::int[], %(keys)s::text[]) as w (stock_id, sku_key)
            on w.stock_id = j.stock_id and w.sku_key = j.sku_key
        group by j.stock_id, j.sku_key
        having sum(j.quantity) = 0
    ) settled
    where r.stock_id = settled.stock_id
      and r.sku_key = settled.sku_key
"""

# The proof that the sums are those of the journal: the pairs where they are not.
DIFFERENCES = """
    select
        coalesce(k.stock_id, j.stock_id) as stock_id,
        coalesce(k.sku_key, j.sku_key) as sku_key,
        coalesce(k.reserved, 0) as reserved,
        coalesce(j.quantity, 0) as journal
    from inventory_stock_sku k
    full join (
        select stock_id, sku_key, sum(quantity) as quantity
        from inventory_reservation
        group by stock_id, sku_key
    ) j on j.stock_id = k.stock_id and j.sku_key = k.sku_key
    where coalesce(k.reserved, 0) <> coalesce(j.quantity, 0)
    order by 2, 1
"""

OF_ORDERS = """
    select
        coalesce(metadata::jsonb ->> 'object_id', '') as order_id,
        coalesce(max(metadata::jsonb ->> 'object_increment_id'), '') as increment_id,
        stock_id,
        min(sku) as sku,
        sum(quantity) as quantity
    from inventory_reservation
    where metadata::jsonb ->> 'object_type' = 'order'
    group by 1, stock_id, sku_key
    order by 1, stock_id, sku_key
"""
