"""The checkout: three steps that can be reopened, with the summary beside them (spec 50-checkout, 15).

Each step is a page of its own, so that it can be come back to, and works without scripts. A step shows only when those
before it are done; a cart of which nothing is shipped has no first one.
"""

from __future__ import annotations

from typing import Any

from markupsafe import Markup
from msgspec import Struct
from starlette.responses import Response

from entrepot.kit.pages import Form, page
from entrepot.quotes import OpenCart
from entrepot.quotes.payment_methods import Settings
from entrepot.quotes.quantities import problems
from entrepot.quotes.readiness import minimum_problem
from entrepot.storefront import session_cart, sign_in
from entrepot.storefront.access import Visitor
from entrepot.storefront.cart_lines import line_views
from entrepot.storefront.cart_totals import total_rows
from entrepot.storefront.checkout_address import print_of
from entrepot.storefront.coming_back import sign_in_path
from entrepot.storefront.shop_page import ShopPage

CART = "checkout/cart"
SHIPPING, PAYMENT, REVIEW = "checkout", "checkout/payment", "checkout/review"
TITLES = {SHIPPING: "Shipping", PAYMENT: "Payment", REVIEW: "Review & Place Order"}
IS_ON, GUESTS_MAY = "checkout/options/onepage_checkout_enabled", "checkout/options/guest_checkout"
NO_GUESTS_FOR_DOWNLOADS = "catalog/downloadable/disable_guest_checkout"
TOO_LITTLE = "sales/minimum_order/error_message"
MOST_SHOWN = "checkout/options/max_items_display_count"
KEPT = "checkout"
"""The name under which a refused step is kept."""


class Step(Struct, frozen=True):
    path: str
    title: str
    state: str
    """done, open or later."""
    told: list[tuple[str, Markup | str]]
    """What was chosen in a step that is done: headings and texts."""


async def enter(page: ShopPage, *, lock: bool = False) -> OpenCart | Response:
    """The visitor's cart, if it can be checked out; else the way back, with the reason."""
    cart = await session_cart.find(page, lock=lock)
    if cart is None or not cart.content.items:
        return page.redirect(CART)
    if not page.ctx.flag(IS_ON):
        page.error("One-page checkout is turned off.")
        return page.redirect(CART)
    if page.signed_in is None:
        if not page.ctx.flag(GUESTS_MAY):
            page.error("Guest checkout is disabled.")
            return page.redirect(CART)
        if page.ctx.flag(NO_GUESTS_FOR_DOWNLOADS) and _has_downloads(cart):
            page.notice("Please sign in first: downloads are kept in your account.")
            return page.redirect(sign_in_path(page))
    if await problems(page.ctx, cart):
        return page.redirect(CART)
    if minimum_problem(page.ctx, cart):
        if text := page.ctx.config(TOO_LITTLE):
            page.error(text)
        return page.redirect(CART)
    return cart


def _has_downloads(cart: OpenCart) -> bool:
    return any(item.product_type == "downloadable" for item in cart.content.items)


def steps_of(cart: OpenCart) -> list[str]:
    return [PAYMENT, REVIEW] if cart.content.is_virtual else [SHIPPING, PAYMENT, REVIEW]


def next_step(cart: OpenCart) -> str:
    """The first one that is not done."""
    content = cart.content
    if not content.is_virtual and (not content.shipping.firstname or content.shipping.rate is None):
        return SHIPPING
    if content.payment is None or not content.billing.firstname:
        return PAYMENT
    return REVIEW


def is_reached(cart: OpenCart, step: str) -> bool:
    """Whether all steps before it are done."""
    order = steps_of(cart)
    return step in order and order.index(step) <= order.index(next_step(cart))


async def render(page: ShopPage, cart: OpenCart, step: str, template: str, **values: Any) -> Response:
    """A step's page: all steps, this one open, and the summary."""
    lines = cart.quote.visible_items
    text = page.ctx.config(MOST_SHOWN) or ""
    most = int(text) if text.isascii() and text.isdigit() and int(text) else 10
    return page.render(
        template,
        steps=[_step(page, cart, one, step) for one in steps_of(cart)],
        lines=await line_views(page, cart, lines[:most]),
        more_lines=max(len(lines) - most, 0),
        pieces=cart.content.items_qty,
        **summary_values(page, cart),
        coupon=cart.content.coupon_code or "",
        step=step,
        is_guest=page.signed_in is None,
        **values,
    )


def summary_values(page: ShopPage, cart: OpenCart) -> dict[str, Any]:
    """What of the summary changes with the address and the ways to ship and pay."""
    return {
        "totals": total_rows(page, cart, "Cart Subtotal"),
        "currency": cart.content.currencies.quote_code,
    }


def typed_form(page: ShopPage) -> Form | None:
    """What was typed into a step that was refused a moment ago."""
    return page.take_form(KEPT)


@page("checkout/signIn", methods=["POST"], access=Visitor.GUEST, instead=SHIPPING)
async def sign_in_here(page: ShopPage) -> Response:
    """From within the checkout, and back to it."""
    await sign_in.sign_in_by_form(page, "login-email", "login-pass")
    return page.redirect(SHIPPING)


def _step(page: ShopPage, cart: OpenCart, step: str, open_step: str) -> Step:
    order = steps_of(cart)
    is_done = order.index(step) < order.index(next_step(cart)) and step != open_step
    state = "open" if step == open_step else "done" if is_done else "later"
    told = _told(page, cart, step) if is_done else []
    return Step(step, page.text(TITLES[step]), state, told)


def _told(page: ShopPage, cart: OpenCart, step: str) -> list[tuple[str, Markup | str]]:
    content = cart.content
    if step == SHIPPING:
        return [
            (page.text("Ship To"), print_of(page, content.shipping)),
            (page.text("Shipping Method"), content.shipping.shipping_description or ""),
        ]
    if step == PAYMENT and content.payment is not None:
        title = Settings(page.ctx, content.payment.method, cart.store.id).title
        number = content.payment.po_number
        return [
            (page.text("Billing Address"), print_of(page, content.billing)),
            (page.text("Payment Method"), f"{title} ({number})" if number else title),
        ]
    return []
