"""The cart in the header: its lines to look at and change without leaving the page.

Without scripts it is a link to the cart.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec import Struct
from starlette.responses import Response

from entrepot.kit.pages import page
from entrepot.quotes import OpenCart, adding, changing
from entrepot.quotes.counting import Counted
from entrepot.quotes.errors import NoSuchItem
from entrepot.quotes.open_cart import save
from entrepot.storefront import buy_request, cart_link, session_cart
from entrepot.storefront.cart_lines import LineView, line_views
from entrepot.storefront.cart_link import CartLink
from entrepot.storefront.cart_totals import subtotal_of
from entrepot.storefront.shop_page import ShopPage
from entrepot.storefront.tax_display import TwoPrices

CART = "checkout/cart"
SCROLLS_FROM, MOST_SHOWN = "checkout/sidebar/count", "checkout/sidebar/max_items_display_count"


class Panel(Struct, frozen=True):
    """What opens below the link."""

    link: CartLink
    lines: Sequence[LineView]
    """Those that were added last, the newest first."""
    more: int
    """How many further lines there are."""
    scrolls: bool
    subtotal: TwoPrices | None
    currency: str
    typed: Mapping[int, str] = {}
    """What was typed as quantities that are none."""


@page("checkout/sidebar")
async def sidebar(page: ShopPage) -> Response:
    """A part of a page."""
    return await _show(page, await session_cart.find(page))


@page("checkout/sidebar/updateItemQty", methods=["POST"], instead=CART)
async def update(page: ShopPage) -> Response:
    cart = await session_cart.find(page, lock=True)
    if cart is not None:
        asked = buy_request.quantities(page.form)
        wanted = {item_id: qty for item_id, qty in asked.items() if qty}
        if None in asked.values():
            page.error("Please enter a number greater than 0 in this field.")
        changes = await changing.set_quantities(page.ctx, cart, wanted)
        await save(page.ctx, cart)
        for text in changes.refused.values():
            page.error(text)
    return await _show(page, cart)


@page("checkout/sidebar/removeItem", methods=["POST"], instead=CART)
async def remove(page: ShopPage) -> Response:
    cart = await session_cart.find(page, lock=True)
    item_id = page.form.get("item_id")
    if cart is not None and item_id.isascii() and item_id.isdigit():
        try:
            adding.remove(cart, int(item_id))
        except NoSuchItem:
            return await _show(page, cart)
        await save(page.ctx, cart)
    return await _show(page, cart)


async def _show(page: ShopPage, cart: OpenCart | None) -> Response:
    response = page.render("cart/mini.html", panel=await _panel(page, cart))
    response.headers["cache-control"] = "no-store"
    return response


async def _panel(page: ShopPage, cart: OpenCart | None) -> Panel:
    if cart is None or not cart.content.items:
        return Panel(cart_link.of(page, Counted()), [], 0, False, None, "")
    lines = cart.quote.visible_items
    shown = lines[::-1][: _number(page, MOST_SHOWN, 10)]
    counted = Counted(len(lines), cart.content.items_qty)
    return Panel(
        cart_link.of(page, counted),
        await line_views(page, cart, shown),
        len(lines) - len(shown),
        len(shown) > _number(page, SCROLLS_FROM, 5),
        subtotal_of(page, cart),
        cart.content.currencies.quote_code,
        {id: text for id, text in buy_request.texts(page.form).items() if buy_request.quantity(text) is None},
    )


def _number(page: ShopPage, path: str, otherwise: int) -> int:
    text = page.ctx.config(path) or ""
    return int(text) if text.isascii() and text.isdigit() else otherwise
