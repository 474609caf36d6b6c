"""The home page."""

from __future__ import annotations

from starlette.responses import Response

from entrepot.kit.pages import page
from entrepot.storefront.shop_page import ShopPage


@page("")
async def home(page: ShopPage) -> Response:
    return page.render("home.html")
