"""A cart with the products that its lines are about: what every operation on carts works on."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from msgspec import Struct, field

from entrepot.catalog import Goods
from entrepot.kit.scope import StoreView
from entrepot.promotions import GivenBack
from entrepot.quotes.quote import Content, Quote


class Freed(Struct, frozen=True):
    """What an order gives back before the cart that takes its place is ordered, and so can be had by that."""

    pieces: Mapping[int, Decimal]
    """By product id."""
    uses: GivenBack
    """Of coupons and rules."""


class OpenCart(Struct):
    """A cart in hand. Its store view, not the request's, says what is sold and for how much."""

    quote: Quote
    store: StoreView
    goods: dict[int, Goods] = field(default_factory=dict)
    """By product id: of all lines and their parts."""
    is_stale: bool = False
    """Whether something has changed since the totals were collected."""
    freed: Freed | None = None
    """Of a cart that takes the place of an order."""
    had_coupon: str | None = None
    """The code that it had when it was opened."""

    @property
    def id(self) -> int:
        return self.quote.entity_id

    @property
    def content(self) -> Content:
        return self.quote.content

    @property
    def lost_coupon(self) -> str | None:
        """The code whose discount was shown to who has this cart, and that is gone from it without a word."""
        content = self.content
        return content.lost_coupon or (self.had_coupon if content.coupon_code is None else None)

    @property
    def customer_group_id(self) -> int:
        return self.content.purchaser.group_id
