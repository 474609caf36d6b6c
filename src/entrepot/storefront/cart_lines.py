"""The lines of a cart as pages show them: picture, name, what was chosen, prices, and what is wrong with them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from msgspec import Struct

from entrepot.catalog import browsing
from entrepot.catalog.browsing import Card
from entrepot.quotes import OpenCart
from entrepot.quotes.quote import Item
from entrepot.quotes.show_totals import describe
from entrepot.storefront import gift_card, pictures, tax_display
from entrepot.storefront.addresses import address
from entrepot.storefront.pictures import Picture
from entrepot.storefront.tax_display import TwoPrices

if TYPE_CHECKING:
    from entrepot.storefront.shop_page import ShopPage

PRICE_DISPLAY = "tax/cart_display/price"


class LineView(Struct, frozen=True):
    item_id: int
    name: str
    url: str
    """Empty for a product that has no page."""
    edit_url: str
    """To choose other options; empty where there is nothing to choose."""
    gift_url: str
    """To write a card for it; empty where there can be none."""
    picture: Picture | None
    initial: str
    chosen: Sequence[tuple[str, str]]
    """Labels and values of the options."""
    price: TwoPrices
    row: TwoPrices
    qty: Decimal
    problem: str
    """Why it cannot be ordered like this; empty when it can."""
    notice: str


async def line_views(
    page: ShopPage, cart: OpenCart, items: Sequence[Item], problems: Mapping[int, str] | None = None
) -> list[LineView]:
    """In the order of the items. A constant number of statements."""
    ids = list(dict.fromkeys(item.product_id for item in items))
    cards = {card.product_id: card for card in await browsing.cards_of(page.ctx, ids, cart.customer_group_id)}
    return [_view(page, cart, item, cards.get(item.product_id), problems or {}) for item in items]


def _view(page: ShopPage, cart: OpenCart, item: Item, card: Card | None, problems: Mapping[int, str]) -> LineView:
    goods = cart.goods[item.product_id]
    name = card.name if card else item.name
    amounts = item.amounts
    display = tax_display.of(page, PRICE_DISPLAY)
    chosen = describe(page.ctx, cart, item)
    return LineView(
        item_id=item.item_id,
        name=name,
        url=address(page, card.request_path) if card and card.has_page else "",
        edit_url=_edit_url(page, item) if card and card.has_page and (goods.options or chosen) else "",
        gift_url=gift_card.url_of_line(page, cart, item),
        picture=pictures.small(page.ctx, card.picture, card.picture_label) if card else None,
        initial=pictures.initial(name),
        chosen=chosen,
        price=TwoPrices(display, amounts.price, amounts.price_incl_tax),
        row=TwoPrices(display, amounts.row_total, amounts.row_total_incl_tax),
        qty=item.qty,
        problem=problems.get(item.item_id, ""),
        notice=item.message or "",
    )


def _edit_url(page: ShopPage, item: Item) -> str:
    return page.url("checkout/cart/configure", id=item.item_id, product_id=item.product_id)
