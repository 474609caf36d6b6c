"""The SQL of reports. Sums are made of the orders themselves, whenever somebody looks.

`placed` has the orders that are asked for, with the first day of their interval where their store view is, and with
their amounts in the currency of the shop. The moments that bound it let the index on the date be used; the day decides.
"""

from __future__ import annotations

from typing import LiteralString

CREATED: LiteralString = "cross join lateral (select o.created_at as at) used"
UPDATED: LiteralString = "cross join lateral (select o.updated_at as at) used"
# All documents are gone through once; asked for the last one of each order, the index on the date would be, every time.
LAST_INVOICE: LiteralString = """join (
            select d.order_id, max(d.created_at) as at
            from sales_invoice d
            group by d.order_id
        ) used on used.order_id = o.entity_id"""
LAST_SHIPMENT: LiteralString = """join (
            select d.order_id, max(d.created_at) as at
            from sales_shipment d
            group by d.order_id
        ) used on used.order_id = o.entity_id"""
LAST_CREDITMEMO: LiteralString = """join (
            select d.order_id, max(d.created_at) as at
            from sales_creditmemo d
            group by d.order_id
        ) used on used.order_id = o.entity_id"""

# Orders that nobody has begun to work on yet are not sold; a status that is named is counted whatever its state.
BEGUN: LiteralString = "o.state not in ('new', 'pending_payment')"
NOT_CANCELED: LiteralString = "o.state <> 'canceled'"

_ORDERS: LiteralString = """
    with placed as (
        select
            o.entity_id,
            o.created_at,
            o.is_virtual,
            o.shipping_description,
            o.coupon_code,
            o.coupon_rule_name,
            date_trunc(%(period)s::text, used.at at time zone coalesce(zone.name, %(zone)s::text))::date as began_on,
            fx.rate,
            coalesce(o.base_grand_total, 0) * fx.rate as grand_total,
            coalesce(o.base_total_canceled, 0) * fx.rate as canceled,
            coalesce(o.base_total_invoiced, 0) * fx.rate as invoiced,
            coalesce(o.base_total_invoiced_cost, 0) * fx.rate as cost,
            coalesce(o.base_total_paid, 0) * fx.rate as paid,
            coalesce(o.base_total_refunded, 0) * fx.rate as refunded,
            coalesce(o.base_total_online_refunded, 0) * fx.rate as online_refunded,
            coalesce(o.base_total_offline_refunded, 0) * fx.rate as offline_refunded,
            coalesce(o.base_subtotal, 0) * fx.rate as subtotal,
            coalesce(o.base_subtotal_canceled, 0) * fx.rate as subtotal_canceled,
            coalesce(o.base_subtotal_invoiced, 0) * fx.rate as subtotal_invoiced,
            coalesce(o.base_subtotal_refunded, 0) * fx.rate as subtotal_refunded,
            coalesce(o.base_tax_amount, 0) * fx.rate as tax,
            coalesce(o.base_tax_canceled, 0) * fx.rate as tax_canceled,
            coalesce(o.base_tax_invoiced, 0) * fx.rate as tax_invoiced,
            coalesce(o.base_tax_refunded, 0) * fx.rate as tax_refunded,
            coalesce(o.base_shipping_amount, 0) * fx.rate as shipping,
            coalesce(o.base_shipping_canceled, 0) * fx.rate as shipping_canceled,
            coalesce(o.base_shipping_invoiced, 0) * fx.rate as shipping_invoiced,
            coalesce(o.base_shipping_refunded, 0) * fx.rate as shipping_refunded,
            -- Some of these are written below zero, some above.
            abs(coalesce(o.base_discount_amount, 0)) * fx.rate as discount,
            abs(coalesce(o.base_discount_canceled, 0)) * fx.rate as discount_canceled,
            abs(coalesce(o.base_discount_invoiced, 0)) * fx.rate as discount_invoiced,
            abs(coalesce(o.base_discount_refunded, 0)) * fx.rate as discount_refunded
        from sales_order o
        cross join lateral (select coalesce(nullif(o.base_to_global_rate, 0), 1) as rate) fx
        left join unnest(%(zone_store_ids)s::int[], %(zones)s::text[]) as zone (store_id, name)
            on zone.store_id = o.store_id
        """

_WHERE: LiteralString = """
        where used.at >= %(since)s
        and used.at < %(before)s
        and (used.at at time zone coalesce(zone.name, %(zone)s::text))::date between %(first)s and %(last)s
        and (%(store_ids)s::int[] is null or o.store_id = any(%(store_ids)s::int[]))
        and case
            when %(statuses)s::text[] is not null then o.status = any(%(statuses)s::text[])
            else """

_END: LiteralString = """
        end
    )
"""


def placed(used: LiteralString, counted: LiteralString) -> LiteralString:
    """The beginning of each report: orders by the moment that is used, and which count when no status is named."""
    return _ORDERS + used + _WHERE + counted + _END


ORDERS: LiteralString = """
    select
        o.began_on,
        count(*) as orders,
        sum(coalesce(lines.ordered, 0)) as items,
        sum(coalesce(lines.invoiced, 0)) as items_actual,
        sum(o.grand_total - o.canceled) as total,
        sum(o.invoiced - o.tax_invoiced - o.shipping_invoiced
            - (o.refunded - o.tax_refunded - o.shipping_refunded)) as revenue,
        sum(o.invoiced - o.tax_invoiced - o.shipping_invoiced
            - (o.refunded - o.tax_refunded - o.shipping_refunded) - o.cost) as profit,
        sum(o.invoiced) as invoiced,
        sum(o.paid) as paid,
        sum(o.refunded) as refunded,
        sum(o.tax - o.tax_canceled) as tax,
        sum(o.tax_invoiced - o.tax_refunded) as tax_actual,
        sum(o.shipping - o.shipping_canceled) as shipping,
        sum(o.shipping_invoiced - o.shipping_refunded) as shipping_actual,
        sum(o.discount - o.discount_canceled) as discount,
        sum(o.discount_invoiced - o.discount_refunded) as discount_actual,
        sum(o.canceled) as canceled
    from placed o
    left join lateral (
        select
            sum(i.qty_ordered - i.qty_canceled) as ordered,
            sum(i.qty_invoiced) as invoiced
        from sales_order_item i
        where i.order_id = o.entity_id
        and i.parent_item_id is null
    ) lines on true
    group by o.began_on
    order by o.began_on
"""

# `base_amount` is what all rates of a group came to, and stands once for each of them; the real amount is its own.
TAX: LiteralString = """
    select
        o.began_on,
        coalesce(t.code, '') as code,
        t.percent,
        count(distinct o.entity_id) as orders,
        sum(coalesce(t.base_real_amount, 0) * o.rate) as tax
    from placed o
    join sales_order_tax t on t.order_id = o.entity_id
    group by o.began_on, coalesce(t.code, ''), t.percent
    order by o.began_on, code, t.percent
"""

INVOICED: LiteralString = """
    select
        o.began_on,
        count(*) as orders,
        count(*) filter (where o.invoiced > 0) as orders_invoiced,
        sum(o.invoiced) as invoiced,
        sum(o.paid) as paid,
        sum(o.invoiced - o.paid) as unpaid
    from placed o
    group by o.began_on
    order by o.began_on
"""

SHIPPING: LiteralString = """
    select
        o.began_on,
        coalesce(o.shipping_description, '') as method,
        count(*) as orders,
        sum(o.shipping - o.shipping_canceled) as shipping,
        sum(o.shipping_invoiced - o.shipping_refunded) as shipping_actual
    from placed o
    where o.is_virtual = 0
    group by o.began_on, coalesce(o.shipping_description, '')
    order by o.began_on, method
"""

REFUNDS: LiteralString = """
    select
        o.began_on,
        count(*) as orders,
        sum(o.refunded) as refunded,
        sum(o.online_refunded) as online,
        sum(o.offline_refunded) as offline
    from placed o
    where o.refunded > 0
    group by o.began_on
    order by o.began_on
"""

COUPONS: LiteralString = """
    select
        o.began_on,
        o.coupon_code as code,
        coalesce(o.coupon_rule_name, '') as rule,
        count(*) as uses,
        sum(o.subtotal - o.subtotal_canceled) as subtotal,
        sum(o.discount - o.discount_canceled) as discount,
        sum(o.subtotal - o.subtotal_canceled - (o.discount - o.discount_canceled)) as total,
        sum(o.subtotal_invoiced - o.subtotal_refunded) as subtotal_actual,
        sum(o.discount_invoiced - o.discount_refunded) as discount_actual,
        sum(o.subtotal_invoiced - o.subtotal_refunded
            - (o.discount_invoiced - o.discount_refunded)) as total_actual
    from placed o
    where o.coupon_code <> ''
    group by o.began_on, o.coupon_code, coalesce(o.coupon_rule_name, '')
    order by o.began_on, o.coupon_code, rule
"""

# What can be sold: not the whole that others are parts of. A part of a configurable product costs what the whole does.
BESTSELLERS: LiteralString = """
    select began_on, product_id, sku, name, price, qty
    from (
        select
            o.began_on,
            i.product_id,
            (array_agg(coalesce(i.sku, '') order by o.created_at desc, i.item_id desc))[1] as sku,
            (array_agg(coalesce(i.name, '') order by o.created_at desc, i.item_id desc))[1] as name,
            (array_agg(
                case when p.product_type = 'configurable' then p.base_price else i.base_price end * o.rate
                order by o.created_at desc, i.item_id desc
            ))[1] as price,
            sum(i.qty_ordered) as qty,
            row_number() over (
                partition by o.began_on
                order by sum(i.qty_ordered) desc, i.product_id
            ) as place
        from placed o
        join sales_order_item i on i.order_id = o.entity_id
        left join sales_order_item p on p.item_id = i.parent_item_id
        where i.product_type not in ('configurable', 'bundle', 'grouped')
        group by o.began_on, i.product_id
    ) sold
    where place <= %(most)s
    order by began_on, place
"""
