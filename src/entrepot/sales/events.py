"""What orders tell other domains, each in the transaction of what happened."""

from __future__ import annotations

from msgspec import Struct


class OrderPaid(Struct, frozen=True):
    """An invoice was paid."""

    order_id: int
    invoice_id: int


class OrderShipped(Struct, frozen=True):
    """Goods have left."""

    order_id: int
    shipment_id: int


class OrderRefunded(Struct, frozen=True):
    """Money was given back."""

    order_id: int
    creditmemo_id: int


class OrderCancelled(Struct, frozen=True):
    """What was not paid yet will not be."""

    order_id: int
