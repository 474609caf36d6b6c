"""The seam to the domain above that keeps the orders: what they still claim, and what they are called."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from decimal import Decimal
from typing import Protocol

from msgspec import Struct

from entrepot.kit.context import Context


class Claim(Struct, frozen=True):
    """What an order that is not finished still has to get of a sku.

    qty is ordered - cancelled - shipped (of virtual items: invoiced) - refunded without having been shipped.
    """

    order_id: str
    stock_id: int
    sku: str
    qty: Decimal


class OrderRef(Struct, frozen=True):
    order_id: str
    increment_id: str
    is_finished: bool
    """Complete, closed or cancelled."""


class OrderBook(Protocol):
    """The orders, as far as claims are compared with them. Each call takes a constant number of statements."""

    async def open_claims(self, ctx: Context) -> Sequence[Claim]:
        """Of all orders that are not finished, by leaf item."""

    async def by_id(self, ctx: Context, ids: Collection[str]) -> Mapping[str, OrderRef]:
        """Those that there are, by id."""

    async def by_increment_id(self, ctx: Context, increment_ids: Collection[str]) -> Mapping[str, OrderRef]:
        """Those that there are, by increment id."""


class NoOrders:
    """The book of an installation without orders."""

    async def open_claims(self, ctx: Context) -> Sequence[Claim]:
        return ()

    async def by_id(self, ctx: Context, ids: Collection[str]) -> Mapping[str, OrderRef]:
        return {}

    async def by_increment_id(self, ctx: Context, increment_ids: Collection[str]) -> Mapping[str, OrderRef]:
        return {}


_books: list[OrderBook] = [NoOrders()]


def register_orders(book: OrderBook) -> None:
    """Say where the orders are kept."""
    _books[:] = [book]


def orders() -> OrderBook:
    return _books[0]
