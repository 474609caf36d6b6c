"""The SQL of what was chosen for shipments that are still to be made."""

# What was planned before is forgotten.
KEEP = """
    insert into sales_shipment_plan (order_id, algorithm_code, after_movement_id, shares)
    select
        %(order_id)s, %(algorithm_code)s,
        coalesce((select max(movement_id) from sales_source_movement where order_id = %(order_id)s), 0),
        %(shares)s::jsonb
    on conflict (order_id) do update set
        algorithm_code = excluded.algorithm_code,
        after_movement_id = excluded.after_movement_id,
        shares = excluded.shares
"""

# Movements are below 0 where goods left.
LEFT = """
    select
        plan.algorithm_code, lower(share.sku) as sku, share.source_code,
        share.quantity + coalesce(sum(movement.quantity), 0) as quantity
    from sales_shipment_plan as plan
    cross join jsonb_to_recordset(plan.shares) as share (sku text, source_code text, quantity numeric)
    left join sales_source_movement as movement
        on movement.order_id = plan.order_id
        and movement.movement_id > plan.after_movement_id
        and movement.document = 'shipment'
        and movement.source_code = share.source_code
        and lower(movement.sku) = lower(share.sku)
    where plan.order_id = %(order_id)s
    group by plan.algorithm_code, share.sku, share.source_code, share.quantity
"""
