"""Addresses of a merchant's own: what stands for the page of a product, a category or anything else (30-catalog, 5)."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import unquote

from starlette.responses import RedirectResponse, Response

from entrepot.catalog.browsing import find_rewrite
from entrepot.kit.pages.declare import Found
from entrepot.storefront.addresses import address

if TYPE_CHECKING:
    from entrepot.storefront.shop_page import ShopPage


async def lead(page: ShopPage) -> Response | Found | None:
    """Where the page's address leads: elsewhere, to a page of the shop, or nowhere.

    A redirect keeps the query; one to another host leads there as it is written.
    """
    rewrite = await find_rewrite(page.ctx, unquote(page.path, errors="replace"))
    if rewrite is None:
        return None
    if not rewrite.redirect_type:
        return page.pages.find(rewrite.target_path)
    target = rewrite.target_path
    if not target.startswith(("https://", "http://")):
        path, _, query = target.partition("?")
        target = address(page, path.strip("/")) + (f"?{query}" if query else "")
    if page.request.url.query:
        target += ("&" if "?" in target else "?") + page.request.url.query
    return RedirectResponse(target, rewrite.redirect_type)
