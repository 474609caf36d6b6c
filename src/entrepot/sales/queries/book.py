"""The SQL that tells what orders still claim from the stock."""

from __future__ import annotations

from decimal import Decimal

from msgspec import Struct


class OpenLine(Struct):
    order_id: str
    store_id: int | None
    product_id: int | None
    sku: str
    qty: Decimal


# A configurable product is cancelled, shipped and refunded by its line, and the one that lies somewhere is its part.
OPEN_LINES = """
    select
        i.order_id::text as order_id,
        o.store_id,
        i.product_id,
        i.sku,
        sum(
            i.qty_ordered
            - c.qty_canceled
            - case when i.is_virtual = 1 then c.qty_invoiced else c.qty_shipped end
            - c.qty_refunded_unshipped
        ) as qty
    from sales_order o
    join sales_order_item i on i.order_id = o.entity_id
    left join sales_order_item line
        on line.order_id = i.order_id
        and line.item_id = i.parent_item_id
        and line.product_type = 'configurable'
    join sales_order_item c
        on c.order_id = i.order_id
        and c.item_id = coalesce(line.item_id, i.item_id)
    where o.state not in ('complete', 'closed', 'canceled')
    and not exists (
        select
        from sales_order_item part
        where part.order_id = i.order_id
        and part.parent_item_id = i.item_id
    )
    group by i.order_id, o.store_id, i.product_id, i.sku
    order by i.order_id, i.sku
"""

BY_ID = """
    select
        entity_id::text as order_id,
        increment_id,
        coalesce(state in ('complete', 'closed', 'canceled'), false) as is_finished
    from sales_order
    where entity_id = any(%(ids)s::int[])
"""

# Store views may number alike; the first one to have had the number has it.
BY_INCREMENT_ID = """
    select distinct on (increment_id)
        entity_id::text as order_id,
        increment_id,
        coalesce(state in ('complete', 'closed', 'canceled'), false) as is_finished
    from sales_order
    where fold(increment_id) = any(array(select fold(number) from unnest(%(increment_ids)s::text[]) as number))
    order by increment_id, entity_id
"""
