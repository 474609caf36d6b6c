"""The rows of an invoice, as they are written; the columns of the tables are called so."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from msgspec import Struct

OPEN, PAID, CANCELED = 1, 2, 3
"""The states of an invoice."""


class NewInvoice(Struct, kw_only=True):
    """A row of sales_invoice."""

    order_id: int
    store_id: int | None = None
    state: int | None = None
    created_at: datetime
    updated_at: datetime
    billing_address_id: int | None = None
    shipping_address_id: int | None = None
    send_email: int | None = None
    email_sent: int | None = None
    customer_note: str | None = None
    customer_note_notify: int | None = None

    can_void_flag: int | None = None
    total_qty: Decimal | None = None
    discount_description: str | None = None
    transaction_id: str | None = None
    global_currency_code: str | None = None
    order_currency_code: str | None = None
    store_currency_code: str | None = None
    base_currency_code: str | None = None
    base_to_global_rate: Decimal | None = None
    base_to_order_rate: Decimal | None = None
    store_to_base_rate: Decimal | None = None
    store_to_order_rate: Decimal | None = None

    discount_amount: Decimal | None = None
    grand_total: Decimal | None = None
    discount_tax_compensation_amount: Decimal | None = None
    shipping_amount: Decimal | None = None
    shipping_discount_tax_compensation_amount: Decimal | None = None
    shipping_incl_tax: Decimal | None = None
    shipping_tax_amount: Decimal | None = None
    subtotal: Decimal | None = None
    subtotal_incl_tax: Decimal | None = None
    tax_amount: Decimal | None = None
    base_discount_amount: Decimal | None = None
    base_grand_total: Decimal | None = None
    base_discount_tax_compensation_amount: Decimal | None = None
    base_shipping_amount: Decimal | None = None
    base_shipping_discount_tax_compensation_amnt: Decimal | None = None
    base_shipping_incl_tax: Decimal | None = None
    base_shipping_tax_amount: Decimal | None = None
    base_subtotal: Decimal | None = None
    base_subtotal_incl_tax: Decimal | None = None
    base_tax_amount: Decimal | None = None


class NewInvoiceItem(Struct, kw_only=True):
    """A row of sales_invoice_item."""

    order_item_id: int | None = None
    qty: Decimal | None = None
    additional_data: str | None = None
    description: str | None = None
    name: str | None = None
    product_id: int | None = None
    sku: str | None = None
    price: Decimal | None = None
    price_incl_tax: Decimal | None = None
    row_total: Decimal | None = None
    row_total_incl_tax: Decimal | None = None
    discount_amount: Decimal | None = None
    tax_amount: Decimal | None = None
    discount_tax_compensation_amount: Decimal | None = None
    base_cost: Decimal | None = None
    base_price: Decimal | None = None
    base_price_incl_tax: Decimal | None = None
    base_row_total: Decimal | None = None
    base_row_total_incl_tax: Decimal | None = None
    base_discount_amount: Decimal | None = None
    base_tax_amount: Decimal | None = None
    base_discount_tax_compensation_amount: Decimal | None = None


class NewComment(Struct, kw_only=True):
    """A row of sales_invoice_comment."""

    comment: str
    is_customer_notified: int
    is_visible_on_front: int
