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
    """Makes orders."""

    async def take(self, ctx: Context, cart: OpenCart, *, payment_information: Mapping[str, Any]) -> PlacedOrder:
        """Make an order of a cart that was found ready, in the transaction that closes the cart.

        Its number is the one that the cart has reserved, unless that is taken; else the next one of the cart's store
        view. Numbers of orders that fail are not used again.
        """


_desks: list[OrderDesk] = []


def register_order_desk(desk: OrderDesk) -> None:
    """To be called once, where the program is wired. A second one takes the place of the first."""
    _desks[:] = [desk]


def order_desk() -> OrderDesk:
    """Raises LookupError where nobody makes orders."""
    if not _desks:
        raise LookupError("nobody makes orders")
    return _desks[0]
