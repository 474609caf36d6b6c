"""What pages say of an order as a whole: state, addresses, ways to ship and to pay, totals, what the shop wrote."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from markupsafe import Markup
from msgspec import Struct

from entrepot.customers import print_address_html
from entrepot.quotes import GiftMessage
from entrepot.sales import shown_orders
from entrepot.sales.contracts import Order, OrderAddress
from entrepot.sales.printed_order import as_customers_address, payment_notes, shipping_address
from entrepot.sales.printed_totals import printed_totals
from entrepot.sales.shown_documents import DocumentRow

if TYPE_CHECKING:
    from entrepot.storefront.shop_page import ShopPage


class Summary(Struct, frozen=True):
    number: str
    status: str
    """As customers are told it."""
    placed_at: str
    currency: str
    shipping_address: Markup | None
    """None where nothing is shipped."""
    shipping_method: str
    billing_address: Markup | None
    payment: Sequence[str]
    """The method, and what there is to know for it."""
    comments: Sequence[tuple[str, str]]
    """When, and what."""
    gift: GiftMessage | None
    """The card that goes with it."""


class Total(Struct, frozen=True):
    label: str
    amount: Decimal
    is_grand: bool = False


def summary(page: ShopPage, order: Order) -> Summary:
    shipping = None if order.is_virtual else shipping_address(order)
    return Summary(
        number=order.increment_id or "",
        status=shown_orders.storefront_label(page.ctx, order.status),
        placed_at=order.created_at or "",
        currency=order.order_currency_code or "",
        shipping_address=_printed(page, shipping),
        shipping_method=order.shipping_description or "",
        billing_address=_printed(page, order.billing_address),
        payment=_payment(order),
        comments=[
            (one.created_at or "", one.comment)
            for one in order.status_histories or ()
            if one.is_visible_on_front and one.comment
        ],
        gift=order.extension_attributes.gift_message if order.extension_attributes else None,
    )


def _printed(page: ShopPage, address: OrderAddress | None) -> Markup | None:
    if address is None:
        return None
    return print_address_html(page.ctx, as_customers_address(address))


def _payment(order: Order) -> list[str]:
    number = order.payment.po_number if order.payment else None
    return [*payment_notes(order), *([f"Purchase Order Number: {number}"] if number else [])]


def totals_of_order(page: ShopPage, order: Order) -> list[Total]:
    return _totals(page, printed_totals(page.ctx, order))


def totals_of_document(page: ShopPage, document: DocumentRow) -> list[Total]:
    """Of an invoice or a credit memo; what was added to a refund or kept of it stands before the end."""
    adjustments = [
        (label, amount)
        for label, amount in (
            ("Adjustment Refund", document.adjustment_positive),
            ("Adjustment Fee", -(document.adjustment_negative or Decimal(0))),
        )
        if amount
    ]
    rows = printed_totals(page.ctx, document)
    place = next((number for number, (label, _) in enumerate(rows) if label == "Grand Total"), len(rows))
    return _totals(page, [*rows[:place], *adjustments, *rows[place:]])


def _totals(page: ShopPage, rows: Sequence[tuple[str, Decimal]]) -> list[Total]:
    return [Total(page.text(label), amount, label == "Grand Total") for label, amount in rows]
