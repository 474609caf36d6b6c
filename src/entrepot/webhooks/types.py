"""The types of events: their names are the contract with programs outside, and never change."""

from __future__ import annotations

from msgspec import Struct

ORDER_PLACED = "order.placed"
ORDER_PAID = "order.paid"
ORDER_SHIPPED = "order.shipped"
ORDER_REFUNDED = "order.refunded"
ORDER_CANCELLED = "order.cancelled"
STOCK_LOW = "stock.low"
CUSTOMER_CREATED = "customer.created"
PRODUCT_CHANGED = "product.changed"
PRODUCT_DELETED = "product.deleted"

PING = "ping"
"""Sent by hand to try an address. It is no event: the stream does not have it, and nobody subscribes to it."""


class EventType(Struct, frozen=True):
    code: str
    label: str


EVENT_TYPES = (
    EventType(ORDER_PLACED, "Order placed"),
    EventType(ORDER_PAID, "Order paid"),
    EventType(ORDER_SHIPPED, "Order shipped"),
    EventType(ORDER_REFUNDED, "Order refunded"),
    EventType(ORDER_CANCELLED, "Order cancelled"),
    EventType(STOCK_LOW, "Stock low"),
    EventType(CUSTOMER_CREATED, "Customer created"),
    EventType(PRODUCT_CHANGED, "Product created or changed"),
    EventType(PRODUCT_DELETED, "Product deleted"),
)

CODES = tuple(one.code for one in EVENT_TYPES)
