"""The seam to whoever makes orders of carts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple, Protocol

from entrepot.kit.context import Context
from entrepot.quotes.cart import OpenCart


class PlacedOrder(NamedTuple):
    order_id: int
    increment_id: str


class OrderDesk(Protocol):
    """Makes orders. Both are called in the transaction that closes the cart."""

    async def next_number(self, ctx: Context, store_id: int) -> str:
        """The next order number of a store view. Numbers of orders that fail are not used again."""

    async def take(self, ctx: Context, cart: OpenCart, *, payment_information: Mapping[str, Any]) -> PlacedOrder:
        """Make an order of a cart that was found ready; its number is the cart's `reserved_order_id`."""

    async def was_used(self, ctx: Context, increment_id: str) -> bool:
        """Whether there is an order with this number."""


_desks: list[OrderDesk] = []


def register_order_desk(desk: OrderDesk) -> None:
    """To be called once, where the program is wired. A second one takes the place of the first."""
    _desks[:] = [desk]


def order_desk() -> OrderDesk:
    """Raises LookupError where nobody makes orders."""
    if not _desks:
        raise LookupError("nobody makes orders")
    return _desks[0]
