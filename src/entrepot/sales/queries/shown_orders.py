"""The SQL of orders as those see them who placed them."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import LiteralString

from msgspec import Struct

from entrepot.sales.queries.columns import select
from entrepot.sales.queries.orders import COLUMNS


class ShownOrder(Struct, frozen=True):
    """An order as a line of its customer's list."""

    entity_id: int
    increment_id: str
    store_id: int | None
    created_at: datetime
    state: str | None
    status: str | None
    ship_to: str
    """Empty where nothing is shipped."""
    grand_total: Decimal | None
    order_currency_code: str | None
    product_ids: list[int]
    """Of its lines and their parts."""


OF_CUSTOMER = """
    select
        o.entity_id,
        o.increment_id,
        o.store_id,
        o.created_at,
        o.state,
        o.status,
        concat_ws(' ', s.firstname, s.lastname) as ship_to,
        o.grand_total,
        o.order_currency_code,
        array(
            select distinct i.product_id
            from sales_order_item i
            where i.order_id = o.entity_id
            and i.product_id is not null
        ) as product_ids
    from sales_order o
    left join sales_order_address s on s.entity_id = o.shipping_address_id
    where o.customer_id = %(customer_id)s
    and o.status = any(%(statuses)s)
    and (%(store_id)s::integer is null or o.store_id = %(store_id)s)
    order by o.created_at desc, o.entity_id desc
    limit %(limit)s
    offset %(offset)s
"""

COUNT_OF_CUSTOMER = """
    select count(*)
    from sales_order
    where customer_id = %(customer_id)s
    and status = any(%(statuses)s)
"""

FIND_OF_CUSTOMER: LiteralString = select(
    COLUMNS,
    """
    from sales_order o
    where o.entity_id = %(order_id)s
    and o.customer_id = %(customer_id)s
    and o.status = any(%(statuses)s)
    """,
)

FIND_BY_NUMBER: LiteralString = select(
    COLUMNS,
    """
    from sales_order o
    where fold(o.increment_id) = fold(%(increment_id)s)
    and o.store_id = %(store_id)s
    """,
)

FIND_BY_ID: LiteralString = select(
    COLUMNS,
    """
    from sales_order o
    where o.entity_id = %(order_id)s
    """,
)

GIVE_TO_CUSTOMER = """
    update sales_order
    set customer_id = %(customer_id)s,
        customer_is_guest = 0,
        customer_group_id = %(group_id)s,
        customer_prefix = %(prefix)s,
        customer_firstname = %(firstname)s,
        customer_middlename = %(middlename)s,
        customer_lastname = %(lastname)s,
        customer_suffix = %(suffix)s,
        updated_at = %(now)s
    where entity_id = %(order_id)s
    and customer_id is null
"""
