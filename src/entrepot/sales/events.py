"""What orders tell other domains, each in the transaction of what happened.

All have the order's number and store view: programs outside are told of them by these (docs/webhooks.md).
"""

from __future__ import annotations

from msgspec import Struct


class OrderPaid(Struct, frozen=True):
    """An invoice was paid."""

    order_id: int
    increment_id: str
    store_id: int | None
    invoice_id: int


class OrderShipped(Struct, frozen=True):
    """Goods have left."""

    order_id: int
    increment_id: str
    store_id: int | None
    shipment_id: int


class OrderRefunded(Struct, frozen=True):
    """Money was given back."""

    order_id: int
    increment_id: str
    store_id: int | None
    creditmemo_id: int


class OrderCancelled(Struct, frozen=True):
    """What was not paid yet will not be."""

    order_id: int
    increment_id: str
    store_id: int | None
