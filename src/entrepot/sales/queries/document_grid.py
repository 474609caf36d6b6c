"""The SQL of invoices, shipments and credit memos as lines of a list, with what people look for of their orders."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import LiteralString, TypeVar

from msgspec import Struct

from entrepot.kit.search_conditions import Field
from entrepot.kit.search_sql import Fields, Listing
from entrepot.sales.queries.grid import (
    BILLING_ADDRESS,
    BILLING_NAME,
    CUSTOMER_NAME,
    PAYMENT_METHOD,
    SHIPPING_ADDRESS,
    SHIPPING_NAME,
)


class DocumentLine(Struct, frozen=True):
    """What lines of all kinds of documents have."""

    entity_id: int
    increment_id: str
    created_at: datetime
    order_id: int
    order_increment_id: str
    order_created_at: datetime
    order_status: str | None
    store_id: int | None
    store_name: str | None
    billing_name: str
    shipping_name: str
    billing_address: str
    shipping_address: str
    shipping_description: str | None
    customer_name: str
    customer_email: str | None
    customer_group_id: int | None
    payment_method: str | None
    base_currency_code: str | None
    order_currency_code: str | None


class InvoiceLine(DocumentLine, frozen=True):
    """An invoice as one line. `base_` amounts are in the base currency of its website."""

    state: int | None
    base_grand_total: Decimal | None
    grand_total: Decimal | None
    subtotal: Decimal | None
    shipping_amount: Decimal | None


class ShipmentLine(DocumentLine, frozen=True):
    """A shipment as one line."""

    total_qty: Decimal | None
    source_code: str | None


class CreditmemoLine(DocumentLine, frozen=True):
    """A credit memo as one line."""

    state: int | None
    base_grand_total: Decimal | None
    grand_total: Decimal | None
    subtotal: Decimal | None
    shipping_amount: Decimal | None
    adjustment_positive: Decimal | None
    adjustment_negative: Decimal | None
    order_base_grand_total: Decimal | None


LineT = TypeVar("LineT", bound=DocumentLine)

OF_ORDER: LiteralString = (
    "d.entity_id, d.increment_id, d.created_at, d.order_id, o.increment_id as order_increment_id, "
    "o.created_at as order_created_at, o.status as order_status, o.store_id, o.store_name, "
    + BILLING_NAME
    + " as billing_name, "
    + SHIPPING_NAME
    + " as shipping_name, "
    + BILLING_ADDRESS
    + " as billing_address, "
    + SHIPPING_ADDRESS
    + " as shipping_address, o.shipping_description, "
    + CUSTOMER_NAME
    + " as customer_name, o.customer_email, o.customer_group_id, "
    + PAYMENT_METHOD
    + " as payment_method, o.base_currency_code, o.order_currency_code, "
)

FIELDS_OF_ORDER = {
    "entity_id": Field("d.entity_id", "number"),
    "increment_id": Field("d.increment_id"),
    "created_at": Field("d.created_at", "datetime"),
    "order_id": Field("d.order_id", "number"),
    "order_increment_id": Field("o.increment_id"),
    "order_created_at": Field("o.created_at", "datetime"),
    "order_status": Field("o.status"),
    "store_id": Field("o.store_id", "number"),
    "billing_name": Field(BILLING_NAME),
    "shipping_name": Field(SHIPPING_NAME),
    "billing_address": Field(BILLING_ADDRESS),
    "shipping_address": Field(SHIPPING_ADDRESS),
    "shipping_description": Field("o.shipping_description"),
    "customer_name": Field(CUSTOMER_NAME),
    "customer_email": Field("o.customer_email"),
    "customer_group_id": Field("o.customer_group_id", "number"),
    "payment_method": Field(PAYMENT_METHOD),
}

# All joins are by primary keys, so that counting can do without them.
WITH_ORDER: LiteralString = """
        join sales_order o on o.entity_id = d.order_id
        left join sales_order_address b on b.entity_id = o.billing_address_id
        left join sales_order_address s on s.entity_id = o.shipping_address_id
"""


def _listing(
    row: type[LineT], table: LiteralString, columns: LiteralString, fields: dict[str, Field]
) -> Listing[LineT]:
    return Listing(
        row=row,
        columns=OF_ORDER + columns,
        source=table + " d " + WITH_ORDER,
        fields=Fields({**FIELDS_OF_ORDER, **fields}),
        default_order="d.entity_id desc",
    )


def _numbers(*names: LiteralString) -> dict[str, Field]:
    return {name: Field("d." + name, "number") for name in names}


INVOICE_LINES = _listing(
    InvoiceLine,
    "sales_invoice",
    "d.state, d.base_grand_total, d.grand_total, d.subtotal, d.shipping_amount",
    _numbers("state", "base_grand_total", "grand_total", "subtotal", "shipping_amount"),
)

SHIPMENT_LINES = _listing(
    ShipmentLine,
    "sales_shipment",
    "d.total_qty, d.source_code",
    {**_numbers("total_qty"), "source_code": Field("d.source_code")},
)

CREDITMEMO_LINES = _listing(
    CreditmemoLine,
    "sales_creditmemo",
    "d.state, d.base_grand_total, d.grand_total, d.subtotal, d.shipping_amount, d.adjustment_positive, "
    "d.adjustment_negative, o.base_grand_total as order_base_grand_total",
    {
        **_numbers(
            "state",
            "base_grand_total",
            "grand_total",
            "subtotal",
            "shipping_amount",
            "adjustment_positive",
            "adjustment_negative",
        ),
        "order_base_grand_total": Field("o.base_grand_total", "number"),
    },
)
