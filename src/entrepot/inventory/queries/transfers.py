"""Statements that move goods from one source to another."""

# A destination without an item gets one. Its status becomes the origin's.
RECEIVE_ALL = """
    insert into inventory_source_item (source_code, sku, quantity, status)
    select %(destination)s, o.sku, o.quantity, o.status
    from inventory_source_item o
    where o.source_code = %(origin)s
      and o.sku_key = any(%(keys)s)
    order by o.sku_key
    on conflict (sku_key, source_code) do update
    set quantity = inventory_source_item.quantity + excluded.quantity,
        status = excluded.status
"""

EMPTY = """
    update inventory_source_item
    set quantity = 0,
        status = 0
    where source_code = %(origin)s
      and sku_key = any(%(keys)s)
"""

REMOVE = """
    delete from inventory_source_item
    where source_code = %(origin)s
      and sku_key = any(%(keys)s)
"""

MOVE = """
    update inventory_source_item i
    set quantity = i.quantity + case i.source_code when %(origin)s then -w.quantity else w.quantity end,
        status = case i.source_code when %(origin)s then i.status else 1 end
    from unnest(%(keys)s::text[], %(quantities)s::numeric[]) as w (sku_key, quantity)
    where i.source_code in (%(origin)s, %(destination)s)
      and i.sku_key = w.sku_key
"""
