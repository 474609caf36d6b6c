"""The statement that reads everything that decides about skus in stocks."""

# One row per pair asked for, in their order. A stock item is null where the sku is no product's.
FACTS = """
    select
        w.place,
        coalesce(q.quantity, 0) as quantity,
        coalesce(q.has_row, false) as has_row,
        coalesce(q.is_any_in_stock, false) as is_any_in_stock,
        coalesce(q.is_linked, false) as is_linked,
        coalesce(k.reserved, 0) as reserved,
        i.item_id,
        i.product_id,
        i.qty,
        i.is_in_stock,
        i.is_qty_decimal,
        i.use_config_min_qty,
        i.min_qty,
        i.use_config_min_sale_qty,
        i.min_sale_qty,
        i.use_config_max_sale_qty,
        i.max_sale_qty,
        i.use_config_backorders,
        i.backorders,
        i.use_config_notify_stock_qty,
        i.notify_stock_qty,
        i.use_config_qty_increments,
        i.qty_increments,
        i.use_config_enable_qty_inc,
        i.enable_qty_increments,
        i.use_config_manage_stock,
        i.manage_stock,
        i.low_stock_date,
        i.is_decimal_divided,
        i.stock_status_changed_auto
    from unnest(%(stock_ids)s::bigint[], %(keys)s::text[], %(product_ids)s::int[])
        with ordinality as w (stock_id, sku_key, product_id, place)
    left join lateral (
        select
            sum(item.quantity) filter (where s.enabled and item.status = 1) as quantity,
            bool_or(s.enabled) as has_row,
            bool_or(s.enabled and item.status = 1) as is_any_in_stock,
            count(*) > 0 as is_linked
        from inventory_source_item item
        join inventory_source_stock_link l on l.source_code = item.source_code
        join inventory_source s on s.source_code = item.source_code
        where item.sku_key = w.sku_key
          and l.stock_id = w.stock_id
    ) q on true
    left join inventory_stock_sku k on k.stock_id = w.stock_id and k.sku_key = w.sku_key
    left join stock_item i on i.product_id = w.product_id
    order by w.place
"""
