"""The SQL of orders as lines of a list: an order with the names and addresses that people look for."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import LiteralString

from msgspec import Struct

from entrepot.kit.search_conditions import Field
from entrepot.kit.search_sql import Fields, Listing

BILLING_NAME: LiteralString = "concat_ws(' ', b.firstname, b.lastname)"
SHIPPING_NAME: LiteralString = "concat_ws(' ', s.firstname, s.lastname)"
CUSTOMER_NAME: LiteralString = "concat_ws(' ', o.customer_firstname, o.customer_lastname)"
BILLING_ADDRESS: LiteralString = """concat_ws(', ', nullif(b.company, ''), replace(b.street, chr(10), ', '),
    nullif(b.city, ''), nullif(b.region, ''), nullif(b.postcode, ''))"""
SHIPPING_ADDRESS: LiteralString = """concat_ws(', ', nullif(s.company, ''), replace(s.street, chr(10), ', '),
    nullif(s.city, ''), nullif(s.region, ''), nullif(s.postcode, ''))"""
# An order has one payment; the limit says so to who counts rows.
PAYMENT_METHOD: LiteralString = """(
    select p.method
    from sales_order_payment p
    where p.parent_id = o.entity_id
    order by p.entity_id
    limit 1
)"""


class OrderLine(Struct, frozen=True):
    """An order as one line. `base_` amounts are in the base currency of its website."""

    entity_id: int
    increment_id: str
    store_id: int | None
    store_name: str | None
    """Website, group and view, a line each, as they were called when the order was placed."""
    created_at: datetime
    status: str | None
    billing_name: str
    shipping_name: str
    billing_address: str
    shipping_address: str
    shipping_description: str | None
    customer_id: int | None
    customer_email: str | None
    customer_group_id: int | None
    customer_name: str
    payment_method: str | None
    base_currency_code: str | None
    order_currency_code: str | None
    base_grand_total: Decimal | None
    grand_total: Decimal | None
    base_subtotal: Decimal | None
    base_shipping_amount: Decimal | None
    total_refunded: Decimal | None


ORDER_LINES = Listing(
    row=OrderLine,
    columns="o.entity_id, o.increment_id, o.store_id, o.store_name, o.created_at, o.status, "
    + BILLING_NAME
    + " as billing_name, "
    + SHIPPING_NAME
    + " as shipping_name, "
    + BILLING_ADDRESS
    + " as billing_address, "
    + SHIPPING_ADDRESS
    + " as shipping_address, "
    "o.shipping_description, o.customer_id, o.customer_email, o.customer_group_id, "
    + CUSTOMER_NAME
    + " as customer_name, "
    + PAYMENT_METHOD
    + " as payment_method, "
    "o.base_currency_code, o.order_currency_code, o.base_grand_total, o.grand_total, o.base_subtotal, "
    "o.base_shipping_amount, o.total_refunded",
    # Both joins are by primary keys, so that counting can do without them.
    source="""
        sales_order o
        left join sales_order_address b on b.entity_id = o.billing_address_id
        left join sales_order_address s on s.entity_id = o.shipping_address_id
    """,
    fields=Fields(
        {
            "entity_id": Field("o.entity_id", "number"),
            "increment_id": Field("o.increment_id"),
            "store_id": Field("o.store_id", "number"),
            "created_at": Field("o.created_at", "datetime"),
            "status": Field("o.status"),
            "billing_name": Field(BILLING_NAME),
            "shipping_name": Field(SHIPPING_NAME),
            "billing_address": Field(BILLING_ADDRESS),
            "shipping_address": Field(SHIPPING_ADDRESS),
            "shipping_description": Field("o.shipping_description"),
            "customer_id": Field("o.customer_id", "number"),
            "customer_email": Field("o.customer_email"),
            "customer_group_id": Field("o.customer_group_id", "number"),
            "customer_name": Field(CUSTOMER_NAME),
            "payment_method": Field(PAYMENT_METHOD),
            "base_grand_total": Field("o.base_grand_total", "number"),
            "grand_total": Field("o.grand_total", "number"),
            "base_subtotal": Field("o.base_subtotal", "number"),
            "base_shipping_amount": Field("o.base_shipping_amount", "number"),
            "total_refunded": Field("o.total_refunded", "number"),
        }
    ),
    default_order="o.entity_id desc",
)


class FiguresRow(Struct, frozen=True):
    sold: Decimal
    orders: int


# In the currency of the shop; what was cancelled or given back is not sold.
FIGURES = """
    select
        coalesce(sum(
            (base_grand_total - coalesce(base_total_canceled, 0) - coalesce(base_total_refunded, 0))
            * coalesce(nullif(base_to_global_rate, 0), 1)
        ), 0) as sold,
        count(*) as orders
    from sales_order
    where state <> 'canceled'
    and (%(store_ids)s::int[] is null or store_id = any(%(store_ids)s::int[]))
"""
