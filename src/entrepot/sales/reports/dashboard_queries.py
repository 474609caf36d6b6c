"""The SQL of the dashboard. Amounts are in the currency of the shop; cancelled orders are left out."""

from __future__ import annotations

# Revenue, taxes and shipping are what was invoiced and not refunded, as in the report on orders.
PARTS = """
    select
        date_trunc(%(step)s::text, o.created_at at time zone %(zone)s::text) as began_at,
        count(*) as orders,
        sum(
            (
                coalesce(o.base_total_invoiced, 0) - coalesce(o.base_tax_invoiced, 0)
                - coalesce(o.base_shipping_invoiced, 0) - coalesce(o.base_total_refunded, 0)
                + coalesce(o.base_tax_refunded, 0) + coalesce(o.base_shipping_refunded, 0)
            ) * coalesce(nullif(o.base_to_global_rate, 0), 1)
        ) as revenue,
        sum(
            (coalesce(o.base_tax_invoiced, 0) - coalesce(o.base_tax_refunded, 0))
            * coalesce(nullif(o.base_to_global_rate, 0), 1)
        ) as tax,
        sum(
            (coalesce(o.base_shipping_invoiced, 0) - coalesce(o.base_shipping_refunded, 0))
            * coalesce(nullif(o.base_to_global_rate, 0), 1)
        ) as shipping
    from sales_order o
    where o.created_at >= %(since)s
    and o.created_at <= %(until)s
    and o.state <> 'canceled'
    and (%(store_ids)s::int[] is null or o.store_id = any(%(store_ids)s::int[]))
    group by began_at
    order by began_at
"""

# What can be sold: not the whole that others are parts of. A part of a configurable product costs what the whole does.
BESTSELLERS = """
    select
        i.product_id,
        (array_agg(coalesce(i.name, '') order by o.created_at desc, i.item_id desc))[1] as name,
        (array_agg(
            case when p.product_type = 'configurable' then p.base_price else i.base_price end
            * coalesce(nullif(o.base_to_global_rate, 0), 1)
            order by o.created_at desc, i.item_id desc
        ))[1] as price,
        sum(i.qty_ordered) as qty
    from sales_order o
    join sales_order_item i on i.order_id = o.entity_id
    left join sales_order_item p on p.item_id = i.parent_item_id
    where o.created_at >= %(since)s
    and o.created_at <= %(until)s
    and o.state <> 'canceled'
    and i.product_type not in ('configurable', 'bundle', 'grouped')
    and (%(store_ids)s::int[] is null or o.store_id = any(%(store_ids)s::int[]))
    group by i.product_id
    order by qty desc, i.product_id
    limit %(most)s
"""

# Guests are nobody who comes again.
CUSTOMERS = """
    select
        o.customer_id,
        (array_agg(
            concat_ws(' ', o.customer_firstname, o.customer_lastname)
            order by o.created_at desc, o.entity_id desc
        ))[1] as name,
        count(*) as orders,
        sum(
            (
                coalesce(o.base_grand_total, 0) - coalesce(o.base_total_canceled, 0)
                - coalesce(o.base_total_refunded, 0)
            ) * coalesce(nullif(o.base_to_global_rate, 0), 1)
        ) as total
    from sales_order o
    where o.customer_id is not null
    and o.created_at >= %(since)s
    and o.created_at <= %(until)s
    and o.state <> 'canceled'
    and (%(store_ids)s::int[] is null or o.store_id = any(%(store_ids)s::int[]))
    group by o.customer_id
    order by orders desc, total desc, o.customer_id
    limit %(most)s
"""
