"""What was sent, as rows: only the columns that were, by their names."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Any

import msgspec

from entrepot.kit.errors import InvalidFieldValue, RequiredField
from entrepot.kit.rest.contract import Contract, camel
from entrepot.sales.contracts import Order, OrderAddress, OrderItem, OrderPayment, OrderStatusHistory
from entrepot.sales.contracts.payments import PaymentAdditionalInfo
from entrepot.sales.imports import columns

Row = dict[str, Any]

ITEM_DEFAULTS: Row = dict.fromkeys(
    (
        "row_weight", "no_discount", "free_shipping",
        "qty_ordered", "qty_invoiced", "qty_shipped", "qty_refunded", "qty_refunded_unshipped",
        "qty_canceled",
        "price", "row_total", "tax_percent", "tax_amount", "discount_percent", "discount_amount",
        "base_price", "base_row_total", "base_tax_amount", "base_discount_amount",
        "row_invoiced", "tax_invoiced", "discount_invoiced", "amount_refunded",
        "base_row_invoiced", "base_tax_invoiced", "base_discount_invoiced", "base_amount_refunded",
    ),
    0,
)  # fmt: skip
"""What no line is without."""

PAYMENT_DEFAULTS: Row = dict.fromkeys(("cc_exp_year", "cc_ss_start_month", "cc_ss_start_year"), "0")
"""Clients know these as zeros where there is no card."""


def text(rows: object) -> str:
    """As the statements take them."""
    return msgspec.json.encode(rows).decode()


def order_row(order: Order) -> Row:
    """Raises InvalidFieldValue for a time that is none."""
    row = _sent(order, columns.ORDER)
    if "customer_dob" in row:
        row["customer_dob"] = _moment(row["customer_dob"], "customer_dob").date()
    return row


def item_row(item: OrderItem) -> Row:
    return _sent(item, columns.ITEM)


def address_row(address: OrderAddress) -> Row:
    row = _sent(address, columns.ADDRESS)
    if address.street is not None:
        row["street"] = "\n".join(address.street)
    return row


def payment_row(payment: OrderPayment, notes: Sequence[PaymentAdditionalInfo] | None) -> Row:
    """What is known of a payment is a map. A list of texts alone has no names: then they are numbered."""
    row = _sent(payment, columns.PAYMENT)
    if notes:
        row["additional_information"] = {note.key or "": note.value for note in notes}
    elif payment.additional_information is not None:
        row["additional_information"] = dict(enumerate(payment.additional_information))
    return row


def history_row(entry: OrderStatusHistory) -> Row:
    return _sent(entry, columns.HISTORY)


def demand(contract: Contract, names: Iterable[str]) -> None:
    """Raises RequiredField for the first of these that was not sent."""
    for name in names:
        if getattr(contract, name) is None:
            raise RequiredField(field_name=camel(name))


def _sent(contract: Contract, names: Iterable[str]) -> Row:
    row = {name: value for name in names if (value := getattr(contract, name, None)) is not None}
    if "created_at" in row:
        row["created_at"] = _moment(row["created_at"], "created_at")
    return row


def _moment(written: str, field: str) -> datetime:
    try:
        moment = datetime.fromisoformat(written.strip())
    except ValueError:
        raise InvalidFieldValue(value=written, field_name=camel(field)) from None
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
