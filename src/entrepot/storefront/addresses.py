"""Addresses that end as the merchant wants them: `/gear/bags.html`, without the slash of other pages."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote, urljoin

if TYPE_CHECKING:
    from entrepot.storefront.shop_page import ShopPage


def address(page: ShopPage, request_path: str) -> str:
    """The address of a request path in the view of the page."""
    return f"{page.root}/{quote(request_path, safe='/~')}"


def canonical(page: ShopPage, request_path: str) -> str:
    """The whole of it, with scheme and host, for search engines."""
    return urljoin(page.ctx.base_url, address(page, request_path))
