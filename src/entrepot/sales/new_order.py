"""An order that is about to be written: its rows, field by field as the columns are called.

Rows refer to each other before they have ids: `item_id`, `parent_item_id` and `tax_id` count the rows of their kind
from 1. The statement that writes them puts ids in the place of these numbers. What is None is null.
"""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from msgspec import Raw, Struct

SHIPPING, BILLING = "shipping", "billing"


class NewOrder(Struct, kw_only=True):
    """A row of sales_order."""

    increment_id: str | None
    """The number to use unless it is taken; the next one of the store view without one."""
    store_id: int
    store_name: str
    quote_id: int
    state: str
    status: str
    protect_code: str
    created_at: datetime
    updated_at: datetime
    is_virtual: int
    customer_id: int | None
    customer_is_guest: int
    customer_group_id: int
    customer_email: str | None
    customer_prefix: str | None
    customer_firstname: str | None
    customer_middlename: str | None
    customer_lastname: str | None
    customer_suffix: str | None
    customer_dob: str | None
    customer_gender: int | None
    customer_taxvat: str | None
    customer_note: str | None
    customer_note_notify: int
    remote_ip: str | None
    x_forwarded_for: str | None
    shipping_method: str | None
    shipping_description: str | None
    weight: Decimal
    total_item_count: int
    total_qty_ordered: Decimal
    global_currency_code: str
    base_currency_code: str
    store_currency_code: str
    order_currency_code: str
    base_to_global_rate: Decimal
    base_to_order_rate: Decimal
    store_to_base_rate: int
    store_to_order_rate: int
    applied_rule_ids: str | None
    coupon_code: str | None
    coupon_rule_name: str | None
    discount_description: str | None
    gift_message_id: int | None
    grand_total: Decimal
    subtotal: Decimal
    subtotal_incl_tax: Decimal
    discount_amount: Decimal
    discount_tax_compensation_amount: Decimal
    tax_amount: Decimal
    shipping_amount: Decimal
    shipping_incl_tax: Decimal
    shipping_tax_amount: Decimal
    shipping_discount_amount: Decimal
    shipping_discount_tax_compensation_amount: Decimal
    base_grand_total: Decimal
    base_subtotal: Decimal
    base_subtotal_incl_tax: Decimal
    base_discount_amount: Decimal
    base_discount_tax_compensation_amount: Decimal
    base_tax_amount: Decimal
    base_shipping_amount: Decimal
    base_shipping_incl_tax: Decimal
    base_shipping_tax_amount: Decimal
    base_shipping_discount_amount: Decimal
    base_shipping_discount_tax_compensation_amnt: Decimal
    send_email: int


class NewItem(Struct, kw_only=True):
    """A row of sales_order_item."""

    item_id: int
    parent_item_id: int | None
    quote_item_id: int
    store_id: int
    created_at: datetime
    updated_at: datetime
    product_id: int
    product_type: str
    product_options: Raw
    sku: str
    name: str
    description: str | None = None
    weight: Decimal | None
    row_weight: Decimal
    is_virtual: int
    is_qty_decimal: int
    no_discount: int
    free_shipping: int
    applied_rule_ids: str | None
    gift_message_id: int | None
    gift_message_available: str | None
    qty_ordered: Decimal
    qty_backordered: Decimal | None
    price: Decimal
    original_price: Decimal
    price_incl_tax: Decimal | None
    row_total: Decimal
    row_total_incl_tax: Decimal | None
    tax_percent: Decimal | None
    tax_amount: Decimal
    discount_percent: Decimal
    discount_amount: Decimal
    discount_tax_compensation_amount: Decimal | None
    base_price: Decimal
    base_original_price: Decimal
    base_price_incl_tax: Decimal | None
    base_row_total: Decimal
    base_row_total_incl_tax: Decimal | None
    base_tax_amount: Decimal
    base_discount_amount: Decimal
    base_discount_tax_compensation_amount: Decimal | None
    base_cost: Decimal | None


class NewAddress(Struct, kw_only=True):
    """A row of sales_order_address."""

    address_type: str
    quote_address_id: int
    customer_address_id: int | None
    email: str | None
    prefix: str | None
    firstname: str | None
    middlename: str | None
    lastname: str | None
    suffix: str | None
    company: str | None
    street: str
    city: str | None
    region: str | None
    region_id: int | None
    postcode: str | None
    country_id: str | None
    telephone: str | None
    fax: str | None
    vat_id: str | None


class NewPayment(Struct, kw_only=True):
    """The row of sales_order_payment."""

    method: str
    po_number: str | None
    additional_data: str | None
    additional_information: Raw
    amount_ordered: Decimal
    base_amount_ordered: Decimal
    shipping_amount: Decimal
    base_shipping_amount: Decimal
    cc_exp_year: str = "0"
    cc_ss_start_month: str = "0"
    cc_ss_start_year: str = "0"


class NewTax(Struct, kw_only=True):
    """A row of sales_order_tax."""

    tax_id: int
    code: str
    title: str
    percent: Decimal
    priority: int
    position: int
    process: int
    amount: Decimal
    base_amount: Decimal
    base_real_amount: Decimal


class NewTaxItem(Struct, kw_only=True):
    """A row of sales_order_tax_item."""

    tax_id: int
    item_id: int | None
    taxable_item_type: str
    tax_percent: Decimal
    amount: Decimal
    base_amount: Decimal
    real_amount: Decimal
    real_base_amount: Decimal


class NewHistory(Struct, kw_only=True):
    """A row of sales_order_status_history."""

    status: str
    comment: str | None
    is_customer_notified: int | None
    is_visible_on_front: int
    entity_name: str


class Draft(Struct):
    """All rows of an order that is about to be written."""

    order: NewOrder
    items: list[NewItem]
    """Parents before their parts."""
    addresses: list[NewAddress]
    """The shipping address, unless nothing is shipped, before the billing address."""
    payment: NewPayment | None
    taxes: list[NewTax]
    tax_items: list[NewTaxItem]
    histories: list[NewHistory]
