"""Products in lists: a picture, the name, the price, and a word about stock when it matters."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from msgspec import Struct

from entrepot.catalog import browsing
from entrepot.catalog.browsing import Card
from entrepot.storefront import merchant_html, pictures, shown_prices
from entrepot.storefront.addresses import address
from entrepot.storefront.pictures import Picture
from entrepot.storefront.shown_prices import ShownPrice

if TYPE_CHECKING:
    from entrepot.storefront.shop_page import ShopPage

CATEGORY_IN_LINKS = "catalog/seo/product_use_categories"
SUMMARY_LENGTH = 200
ADD_TO_CART = "checkout/cart/add"
BOUGHT_AT_ONCE = frozenset({"simple", "virtual"})
"""The types of products of which nothing has to be chosen but custom options."""


class CardView(Struct, frozen=True):
    name: str
    url: str
    picture: Picture | None
    initial: str
    price: ShownPrice | None
    summary: str
    """The short description as plain text, cut off; for lists."""
    is_salable: bool
    add_to_cart: str
    """Where the form that puts one into the cart is sent; empty where something has to be chosen first."""
    product_id: int


async def card_views(page: ShopPage, product_ids: Sequence[int], category_id: int | None = None) -> list[CardView]:
    """In the order of the ids."""
    below = category_id if page.ctx.flag(CATEGORY_IN_LINKS) else None
    group = shown_prices.customer_group(page)
    return [
        CardView(
            card.name,
            address(page, card.request_path),
            pictures.small(page.ctx, card.picture, card.picture_label),
            pictures.initial(card.name),
            shown_prices.shown_price(page.ctx, card.price) if card.price else None,
            merchant_html.plain(card.short_description, SUMMARY_LENGTH),
            card.stock.is_salable,
            page.url(ADD_TO_CART, product=card.product_id) if _is_bought_at_once(card) else "",
            card.product_id,
        )
        for card in await browsing.cards_of(page.ctx, product_ids, group, below)
    ]


def _is_bought_at_once(card: Card) -> bool:
    return card.stock.is_salable and card.type_id in BOUGHT_AT_ONCE and not card.has_required_options
