"""The store switcher's own address, which links and bookmarks of Magento's storefront use."""

from __future__ import annotations

from starlette.responses import Response

from entrepot.kit.pages import page
from entrepot.storefront.shop_page import ShopPage


@page("stores/store/redirect")
@page("stores/store/switch")
async def switch(page: ShopPage) -> Response:
    """Go on in the view that `___store` names, which a cookie has remembered by now."""
    return page.redirect("")
