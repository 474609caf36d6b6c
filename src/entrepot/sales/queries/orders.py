"""The SQL of orders, read: a statement for each kind of rows, however many orders."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, LiteralString

from msgspec import Struct

from entrepot.kit.search_conditions import Field
from entrepot.kit.search_sql import Fields, Listing
from entrepot.sales.contracts import Order, OrderAddress, OrderPayment, OrderStatusHistory
from entrepot.sales.queries.columns import searched, select, selected

DUE: LiteralString = "greatest(round(o.grand_total - coalesce(o.total_paid, 0), 2), 0)"
BASE_DUE: LiteralString = "greatest(round(o.base_grand_total - coalesce(o.base_total_paid, 0), 2), 0)"
SPECIAL = ("total_due", "base_total_due", "customer_dob")


class OrderRow(Order):
    """An order with what clients do not see of it."""

    shipping_method: str | None = None
    gift_message_id: int | None = None


COLUMNS = selected(
    Order,
    "o",
    but=SPECIAL,
    more=(
        DUE + " as total_due",
        BASE_DUE + " as base_total_due",
        "to_char(o.customer_dob, 'YYYY-MM-DD HH24:MI:SS') as customer_dob",
        "o.shipping_method",
        "o.gift_message_id",
    ),
)

ORDERS = Listing(
    row=OrderRow,
    columns=COLUMNS,
    source="sales_order o",
    fields=Fields(
        {
            **searched(Order, "o", but=SPECIAL),
            "total_due": Field(DUE, "number"),
            "base_total_due": Field(BASE_DUE, "number"),
            "customer_dob": Field("o.customer_dob", "date"),
            "shipping_method": Field("o.shipping_method"),
            "shipping_address_id": Field("o.shipping_address_id", "number"),
            "send_email": Field("o.send_email", "number"),
            "coupon_rule_name": Field("o.coupon_rule_name"),
            "gift_message_id": Field("o.gift_message_id", "number"),
        },
    ),
    default_order="o.entity_id",
)

BY_ID = select(
    COLUMNS,
    """
    from sales_order o
    where o.entity_id = %(order_id)s
    """,
)


class AddressRow(OrderAddress):
    """An address whose lines stand in one text."""

    lines: str | None = None


ADDRESSES = select(
    selected(OrderAddress, "a", but=("region_code",), more=("a.street as lines",)),
    """
    from sales_order_address a
    where a.parent_id = any(%(order_ids)s)
    order by a.entity_id
    """,
)


class PaymentRow(OrderPayment):
    """A payment with its notes by their names."""

    information: Any = None


PAYMENTS = select(
    selected(OrderPayment, "p", more=("p.additional_information as information",)),
    """
    from sales_order_payment p
    where p.parent_id = any(%(order_ids)s)
    order by p.entity_id
    """,
)

HISTORIES = select(
    selected(OrderStatusHistory, "h"),
    """
    from sales_order_status_history h
    where h.parent_id = any(%(order_ids)s)
    order by h.created_at desc, h.entity_id desc
    """,
)


class TaxRow(Struct):
    """A rate's share of the tax on a line or on shipping."""

    order_id: int
    code: str | None
    title: str | None
    percent: Decimal
    taxable_item_type: str | None
    """None for what no line and no shipping is told to share in."""
    item_id: int | None
    associated_item_id: int | None
    amount: Decimal
    base_amount: Decimal


TAXES = """
    select
        t.order_id,
        t.code,
        t.title,
        coalesce(ti.tax_percent, t.percent) as percent,
        ti.taxable_item_type,
        ti.item_id,
        ti.associated_item_id,
        coalesce(ti.real_amount, t.amount) as amount,
        coalesce(ti.real_base_amount, t.base_amount) as base_amount
    from sales_order_tax t
    left join sales_order_tax_item ti using (tax_id)
    where t.order_id = any(%(order_ids)s)
    order by ti.tax_item_id, t.tax_id
"""

STATUS = """
    select status
    from sales_order
    where entity_id = %(order_id)s
"""
