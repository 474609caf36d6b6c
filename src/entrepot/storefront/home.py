"""The home page: where to go in the shop, and what is new in it."""

from __future__ import annotations

from starlette.responses import Response

from entrepot.catalog import browsing
from entrepot.kit.pages import page
from entrepot.storefront import shown_prices
from entrepot.storefront.product_cards import card_views
from entrepot.storefront.shop_page import ShopPage

NEW_PRODUCTS = 8


@page("")
async def home(page: ShopPage) -> Response:
    return page.render(
        "home.html",
        cards=await card_views(page, await browsing.newest(page.ctx, NEW_PRODUCTS)),
        currency=shown_prices.currency_of(page.ctx),
    )
