"""My Account: the account at a glance (spec 20-customers, 16.5)."""

from __future__ import annotations

from starlette.responses import Response

from entrepot.kit.pages import page
from entrepot.storefront import orders_history
from entrepot.storefront.access import Visitor
from entrepot.storefront.printed_address import printed_defaults
from entrepot.storefront.shop_page import ShopPage


@page("customer/account", access=Visitor.SIGNED_IN)
async def dashboard(page: ShopPage) -> Response:
    subscription = page.customer.extension_attributes
    return page.render(
        "account/dashboard.html",
        is_subscribed=bool(subscription and subscription.is_subscribed),
        defaults=printed_defaults(page),
        orders=await orders_history.recent(page),
    )
