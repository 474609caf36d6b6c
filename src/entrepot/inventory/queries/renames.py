"""Statements that let goods, thresholds and claims follow a product to its new sku.

What lies under the new sku already belonged to no product; where both have an item the product's own stays.
"""

STOCK_IDS = """
    select stock_id
    from inventory_stock
"""

DROP_ITEMS_OF_NOBODY = """
    delete from inventory_source_item i
    using inventory_source_item own
    where own.source_code = i.source_code
      and own.sku_key = lower(%(old)s)
      and i.sku_key = lower(%(new)s)
"""

RENAME_ITEMS = """
    update inventory_source_item
    set sku = %(new)s
    where sku_key = lower(%(old)s)
"""

DROP_THRESHOLDS_OF_NOBODY = """
    delete from inventory_low_stock_notification_configuration n
    using inventory_low_stock_notification_configuration own
    where lower(own.source_code) = lower(n.source_code)
      and lower(own.sku) = lower(%(old)s)
      and lower(n.sku) = lower(%(new)s)
"""

RENAME_THRESHOLDS = """
    update inventory_low_stock_notification_configuration
    set sku = %(new)s
    where lower(sku) = lower(%(old)s)
"""

RENAME_RESERVATIONS = """
    update inventory_reservation
    set sku = %(new)s
    where sku_key = lower(%(old)s)
"""

MOVE_SUMS = """
    with moved as (
        update inventory_stock_sku k
        set reserved = 0
        from (
            select stock_id, sku_key, reserved
            from inventory_stock_sku
            where sku_key = lower(%(old)s)
              and reserved <> 0
        ) before
        where k.stock_id = before.stock_id
          and k.sku_key = before.sku_key
        returning k.stock_id, before.reserved
    )
    update inventory_stock_sku k
    set reserved = k.reserved + moved.reserved
    from moved
    where k.stock_id = moved.stock_id
      and k.sku_key = lower(%(new)s)
"""

STOCK_IDS_WITH_CLAIMS = """
    select stock_id
    from inventory_stock_sku
    where sku_key in (lower(%(old)s), lower(%(new)s))
"""

FORGET_ITEMS = """
    delete from inventory_source_item
    where sku_key = any(%(keys)s)
"""

FORGET_THRESHOLDS = """
    delete from inventory_low_stock_notification_configuration
    where lower(sku) = any(%(keys)s)
"""

FORGET_RESERVATIONS = """
    delete from inventory_reservation
    where sku_key = any(%(keys)s)
"""

FORGET_SUMS = """
    update inventory_stock_sku
    set reserved = 0
    where sku_key = any(%(keys)s)
      and reserved <> 0
"""

PAIRS_OF_SKUS = """
    select k.stock_id, k.sku_key
    from inventory_stock_sku k
    where k.sku_key = any(%(keys)s)
"""
