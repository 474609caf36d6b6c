"""What invoices and credit memos have in common: their rows, what of these is the order's, and who is told what.

The columns of the tables are called as the fields here.
"""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any

from msgspec import Struct

from entrepot.sales.open_order import OpenItem, OpenOrder

OPEN, DONE, CANCELED = 1, 2, 3
"""The states of a document; done is paid or refunded."""


class NewDocument(Struct, kw_only=True):
    """A row of sales_invoice or sales_creditmemo."""

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


class NewDocumentItem(Struct, kw_only=True):
    """A row of sales_invoice_item or sales_creditmemo_item."""

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
    """A row of sales_invoice_comment or sales_creditmemo_comment."""

    comment: str
    is_customer_notified: int
    is_visible_on_front: int


COPIED_OF_ORDER = (
    "store_id",
    "billing_address_id",
    "shipping_address_id",
    "discount_description",
    "global_currency_code",
    "order_currency_code",
    "store_currency_code",
    "base_currency_code",
    "base_to_global_rate",
    "base_to_order_rate",
    "store_to_base_rate",
    "store_to_order_rate",
)
COPIED_OF_ITEM = (
    "description",
    "name",
    "product_id",
    "sku",
    "price",
    "price_incl_tax",
    "base_cost",
    "base_price",
    "base_price_incl_tax",
)


def of_order(order: OpenOrder) -> dict[str, Any]:
    """What a document says as its order does."""
    return {name: getattr(order, name) for name in COPIED_OF_ORDER}


def of_item(item: OpenItem) -> dict[str, Any]:
    """What a line of a document says as the order's line does."""
    return {name: getattr(item, name) for name in COPIED_OF_ITEM}


class Told(Struct, frozen=True, kw_only=True):
    """What is said about a document, and to whom."""

    notify: bool = False
    """Whether the customer is told of it."""
    comment: str | None = None
    is_visible_on_front: bool = False
    append_comment: bool = False
    """Whether the comment goes into that mail."""

    @property
    def is_comment_mailed(self) -> bool:
        return self.notify and self.append_comment

    @property
    def comments(self) -> list[NewComment]:
        """The one that was made, if any."""
        if not self.comment:
            return []
        return [
            NewComment(
                comment=self.comment,
                is_customer_notified=int(self.is_comment_mailed),
                is_visible_on_front=int(self.is_visible_on_front),
            )
        ]
