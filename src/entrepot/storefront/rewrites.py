"""Addresses of a merchant's own: what stands for the page of a product, a category or anything else (30-catalog, 5)."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING
from urllib.parse import unquote

from starlette.responses import RedirectResponse, Response

from entrepot.catalog.browsing import find_rewrite
from entrepot.kit.pages import sent_path
from entrepot.kit.pages.declare import Found
from entrepot.storefront.addresses import address

if TYPE_CHECKING:
    from entrepot.storefront.shop_page import ShopPage


async def lead(page: ShopPage) -> Response | Found | None:
    """Where the page's address leads: elsewhere, to a page of the shop, or nowhere.

    A redirect keeps the query; one to another host leads there as it is written. A page has one address, with a slash
    at its end or without: from the other one it leads there for good.
    """
    asked = unquote(page.path, errors="replace") + ("/" if sent_path(page.request).endswith("/") else "")
    rewrite = await find_rewrite(page.ctx, asked)
    if rewrite is None:
        return None
    if rewrite.redirect_type:
        return _redirect(page, rewrite.target_path, rewrite.redirect_type)
    if rewrite.request_path != asked:
        return RedirectResponse(_with_query(page, address(page, rewrite.request_path)), HTTPStatus.MOVED_PERMANENTLY)
    return page.pages.find(rewrite.target_path)


def _redirect(page: ShopPage, target: str, status: int) -> Response:
    if not target.startswith(("https://", "http://")):
        path, _, query = target.partition("?")
        target = address(page, path.strip("/")) + (f"?{query}" if query else "")
    return RedirectResponse(_with_query(page, target), status)


def _with_query(page: ShopPage, target: str) -> str:
    query = page.request.url.query
    return f"{target}{'&' if '?' in target else '?'}{query}" if query else target
