"""`/magento_version`: what clients and operators ask to know whom they talk to (Magento's module Version)."""

from __future__ import annotations

from starlette.responses import HTMLResponse, Response

from entrepot.kit.pages import page
from entrepot.kit.rest.openapi import INFO
from entrepot.storefront.shop_page import ShopPage


@page("magento_version")
async def show(page: ShopPage) -> Response:
    return HTMLResponse(f"Magento/{INFO['version']} (Community)")
