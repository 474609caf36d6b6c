"""What carts tell other domains."""

from __future__ import annotations

from msgspec import Struct


class OrderPlaced(Struct, frozen=True):
    """A cart has become an order, in the same transaction."""

    order_id: int
    quote_id: int
    increment_id: str
    store_id: int
