"""A cart with the products that its lines are about: what every operation on carts works on."""

from __future__ import annotations

from msgspec import Struct, field

from entrepot.catalog import Goods
from entrepot.kit.scope import StoreView
from entrepot.quotes.quote import Content, Quote


class OpenCart(Struct):
    """A cart in hand. Its store view, not the request's, says what is sold and for how much."""

    quote: Quote
    store: StoreView
    goods: dict[int, Goods] = field(default_factory=dict)
    """By product id: of all lines and their parts."""
    is_stale: bool = False
    """Whether something has changed since the totals were collected."""

    @property
    def id(self) -> int:
        return self.quote.entity_id

    @property
    def content(self) -> Content:
        return self.quote.content

    @property
    def customer_group_id(self) -> int:
        return self.content.purchaser.group_id
