"""What a report is asked for, and what its lines say.

Amounts are in the currency of the shop (`currency/options/base` of the default scope), exact, not rounded: whoever
shows a sum rounds it once.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Literal

from msgspec import Struct

Period = Literal["day", "month", "year"]

Use = Literal["created", "updated", "document"]
"""The date that counts: of the order, of its last change, or of its last document of the report's kind."""

NOTHING = Decimal(0)


class ReportAsked(Struct, frozen=True, kw_only=True):
    """Days are days where the store view of an order is."""

    period: Period = "day"
    first: date
    last: date
    """Counted too."""
    use: Use = "created"
    store_ids: tuple[int, ...] | None = None
    """None for all, also of views that were deleted."""
    statuses: tuple[str, ...] = ()
    """None named: what each report counts by itself."""


class OrdersLine(Struct, frozen=True):
    """Of an interval. What is `actual` was invoiced and not refunded; the others are as ordered and not cancelled."""

    began_on: date
    orders: int = 0
    items: Decimal = NOTHING
    items_actual: Decimal = NOTHING
    total: Decimal = NOTHING
    revenue: Decimal = NOTHING
    """Invoiced and not refunded, without taxes and shipping."""
    profit: Decimal = NOTHING
    """The revenue without what the goods had cost."""
    invoiced: Decimal = NOTHING
    paid: Decimal = NOTHING
    refunded: Decimal = NOTHING
    tax: Decimal = NOTHING
    tax_actual: Decimal = NOTHING
    shipping: Decimal = NOTHING
    shipping_actual: Decimal = NOTHING
    discount: Decimal = NOTHING
    discount_actual: Decimal = NOTHING
    canceled: Decimal = NOTHING


class TaxLine(Struct, frozen=True):
    """Of an interval and a tax rate."""

    began_on: date
    code: str = ""
    percent: Decimal | None = None
    orders: int = 0
    tax: Decimal = NOTHING


class InvoicedLine(Struct, frozen=True):
    """Of an interval."""

    began_on: date
    orders: int = 0
    orders_invoiced: int = 0
    invoiced: Decimal = NOTHING
    paid: Decimal = NOTHING
    unpaid: Decimal = NOTHING


class ShippingLine(Struct, frozen=True):
    """Of an interval and a shipping method, as it was called."""

    began_on: date
    method: str = ""
    orders: int = 0
    shipping: Decimal = NOTHING
    shipping_actual: Decimal = NOTHING


class RefundsLine(Struct, frozen=True):
    """Of an interval."""

    began_on: date
    orders: int = 0
    refunded: Decimal = NOTHING
    online: Decimal = NOTHING
    offline: Decimal = NOTHING


class CouponsLine(Struct, frozen=True):
    """Of an interval and a coupon."""

    began_on: date
    code: str = ""
    rule: str = ""
    uses: int = 0
    subtotal: Decimal = NOTHING
    discount: Decimal = NOTHING
    total: Decimal = NOTHING
    subtotal_actual: Decimal = NOTHING
    discount_actual: Decimal = NOTHING
    total_actual: Decimal = NOTHING


class BestsellersLine(Struct, frozen=True):
    """Of an interval and a product: one that can be sold by itself, a part of another or not."""

    began_on: date
    product_id: int | None = None
    sku: str = ""
    name: str = ""
    price: Decimal | None = None
    """At which it was sold last in the interval."""
    qty: Decimal = NOTHING
