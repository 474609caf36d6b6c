"""How products of each type become lines of a cart. Other types than these register themselves."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Protocol

from entrepot.catalog import Goods
from entrepot.kit.context import Context
from entrepot.quotes import custom_options
from entrepot.quotes.buying import Candidate, Request
from entrepot.quotes.cart import OpenCart
from entrepot.quotes.downloadable import Downloadable
from entrepot.quotes.errors import NotAvailable
from entrepot.quotes.quote import Item


class CartType(Protocol):
    """What carts have to know of a type of products."""

    is_virtual: bool
    """Whether nothing of it is shipped."""
    prices_from_parts: bool
    """Whether the prices, taxes and discounts of a line are those of its parts."""

    async def prepare(self, ctx: Context, cart: OpenCart, goods: Goods, request: Request) -> Sequence[Candidate]:
        """The lines that the product becomes; of most types one. Puts the products of parts into `cart.goods`.

        Raises OptionsRefused, NotAvailable.
        """

    def unit_price(self, ctx: Context, cart: OpenCart, item: Item) -> Decimal:
        """Of one piece of a line, in the base currency, not rounded."""

    def describe(self, ctx: Context, cart: OpenCart, item: Item) -> list[tuple[str, str]]:
        """Labels and values of what was chosen, without the custom options."""


class Plain:
    """A product that is sold as it is: simple and virtual ones."""

    prices_from_parts = False

    def __init__(self, *, is_virtual: bool) -> None:
        self.is_virtual = is_virtual

    async def prepare(self, ctx: Context, cart: OpenCart, goods: Goods, request: Request) -> Sequence[Candidate]:
        return [Candidate(goods, request.qty)]

    def unit_price(self, ctx: Context, cart: OpenCart, item: Item) -> Decimal:
        return custom_options.final_price(ctx, cart, item, item.qty)

    def describe(self, ctx: Context, cart: OpenCart, item: Item) -> list[tuple[str, str]]:
        return []


_types: dict[str, CartType] = {
    "simple": Plain(is_virtual=False),
    "virtual": Plain(is_virtual=True),
    "downloadable": Downloadable(),
}
_types["grouped"] = _types["simple"]
"""A line that came in through a grouped product is one of its simple products."""


def register_cart_type(type_id: str, of_type: CartType) -> None:
    """Make carts take products of a type. A second registration takes the place of the first."""
    _types[type_id] = of_type


def cart_type(type_id: str) -> CartType:
    """Raises NotAvailable for a type that carts do not take."""
    if (found := _types.get(type_id)) is None:
        raise NotAvailable
    return found
