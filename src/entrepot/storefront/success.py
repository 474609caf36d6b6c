"""After the order: its number, what happens next, an account for who has none; or why there is no order."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from starlette.responses import Response

from entrepot.kit.pages import page
from entrepot.kit.pages.page import KEPT_FORMS
from entrepot.quotes import OpenCart, PlacedOrder
from entrepot.storefront import names
from entrepot.storefront.access import Visitor
from entrepot.storefront.shop_page import ShopPage

CART, REGISTRATION = "checkout/cart", "customer/account/create"
SUCCESS, FAILURE = "checkout/onepage/success", "checkout/onepage/failure"
ORDER = "sales/order/view"
LAST_ORDER, LAST_FAILURE = "last_order", "last_failure"
"""Where the session's data has what was ordered last, and why nothing was."""
FOR_ACCOUNT = "for_account"
"""Set in the last order once its buyer wants to have an account for it."""
SHOWN_FOR = timedelta(hours=1)


def remember(page: ShopPage, cart: OpenCart, order: PlacedOrder) -> None:
    billing, purchaser = cart.content.billing, cart.content.purchaser
    last = {
        "at": page.ctx.now.isoformat(),
        "order_id": order.order_id,
        "number": order.increment_id,
        "email": purchaser.email,
        "customer_id": cart.quote.customer_id,
        **{part: getattr(billing, part) or "" for part in names.PARTS},
    }
    page.session.data = {**page.session.data, LAST_ORDER: last}


def failed(page: ShopPage, text: str) -> Response:
    page.session.data = {**page.session.data, LAST_FAILURE: text}
    return page.redirect(FAILURE)


@page(SUCCESS)
async def success(page: ShopPage) -> Response:
    """Only right after an order."""
    last = last_order(page)
    if last is None:
        return page.redirect(CART)
    is_own = page.signed_in is not None and last["customer_id"] == page.customer_id
    shows_order = is_own and page.pages.has(ORDER)
    return page.render(
        "checkout/success.html",
        number=last["number"],
        order_url=page.url(ORDER, order_id=last["order_id"]) if shows_order else "",
        email=last["email"] or "",
        offers_account=page.signed_in is None,
    )


@page(FAILURE)
async def failure(page: ShopPage) -> Response:
    text = page.session.data.get(LAST_FAILURE)
    if not text:
        return page.redirect(CART)
    page.session.data = {name: value for name, value in page.session.data.items() if name != LAST_FAILURE}
    return page.render("checkout/failure.html", reason=text)


@page("checkout/account/create", methods=["POST"], access=Visitor.GUEST, instead=REGISTRATION)
async def create_account(page: ShopPage) -> Response:
    """The form for a new account, with what the order says of its buyer; the account gets the order."""
    if (last := last_order(page)) is not None:
        last = {**last, FOR_ACCOUNT: True}
        known = {"email": [last["email"] or ""], **{part: [last[part]] for part in names.PARTS}}
        kept = page.session.data.get(KEPT_FORMS, {})
        page.session.data = {**page.session.data, LAST_ORDER: last, KEPT_FORMS: {**kept, "create": known}}
    return page.redirect(REGISTRATION)


def last_order(page: ShopPage) -> dict[str, Any] | None:
    """What the session has ordered a moment ago."""
    last: dict[str, Any] | None = page.session.data.get(LAST_ORDER)
    if last is None or datetime.fromisoformat(last["at"]) < page.ctx.now - SHOWN_FOR:
        return None
    return last
