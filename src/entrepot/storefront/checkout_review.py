"""The last step: everything once more, the terms, and the order itself."""

from __future__ import annotations

import re

from markupsafe import Markup, escape
from msgspec import Struct
from starlette.responses import Response

from entrepot import content
from entrepot.inventory import OutOfStock
from entrepot.kit.errors import Refused
from entrepot.kit.pages import page
from entrepot.quotes import OpenCart
from entrepot.quotes.agreements import check_agreed
from entrepot.quotes.contracts import Payment, PaymentExtension
from entrepot.quotes.errors import AgreementsMissing, CannotPlace, GuestsMayNotOrder
from entrepot.quotes.placing import check_guests_may_order, place
from entrepot.storefront import checkout, merchant_html, session_cart, success
from entrepot.storefront.cart_totals import tell_lost_coupon
from entrepot.storefront.shop_page import ShopPage

WITHOUT_COUPON = "without_coupon"
"""The field that says of which coupon's loss the page has told."""
AGREEMENT = re.compile(r"agreement\[(\d{1,9})\]")


class AgreementView(Struct, frozen=True):
    id: int
    text: Markup
    label: str
    """What is agreed to, beside the box."""
    must_tick: bool


@page(checkout.REVIEW)
async def show(page: ShopPage) -> Response:
    cart = await checkout.enter(page)
    if isinstance(cart, Response):
        return cart
    if not checkout.is_reached(cart, checkout.REVIEW):
        return page.redirect(checkout.next_step(cart))
    tell_lost_coupon(page, cart)
    return await checkout.render(
        page,
        cart,
        checkout.REVIEW,
        "checkout/review.html",
        agreements=await _agreements(page),
        lost_coupon=cart.lost_coupon or "",
    )


@page("checkout/placeOrder", methods=["POST"], instead=checkout.REVIEW)
async def place_order(page: ShopPage) -> Response:
    """However often the form is sent, it is one order: the cart is locked, and closed with the order.

    Who comes second finds no cart, and so is led to where the first one went.
    """
    cart = await session_cart.find(page, lock=True)
    if cart is None or not cart.content.items:
        return page.redirect(success.SUCCESS)
    try:
        async with page.attempt():
            await check_agreed(page.ctx, cart, _payment(page))
            check_guests_may_order(page.ctx, cart)
            order = await place(page.ctx, cart, without_coupon=page.form.get(WITHOUT_COUPON))
    except Refused as refusal:
        return _refused(page, cart, refusal)
    success.remember(page, cart, order)
    session_cart.forget(page)
    return page.redirect(success.SUCCESS)


def _refused(page: ShopPage, cart: OpenCart, refusal: Refused) -> Response:
    """To where it can be put right."""
    if isinstance(refusal, CannotPlace | GuestsMayNotOrder):
        return success.failed(page, refusal.rendered())
    fields = ["agreements"] if isinstance(refusal, AgreementsMissing) else []
    for line in refusal.rendered().split("\n"):
        page.error(line, fields=fields)
    if isinstance(refusal, OutOfStock):
        return page.redirect(checkout.CART)
    return page.redirect(checkout.next_step(cart))


def _payment(page: ShopPage) -> Payment:
    ticked = [match[1] for name in page.form if (match := AGREEMENT.fullmatch(name)) and page.form.is_ticked(name)]
    return Payment(extension_attributes=PaymentExtension(agreement_ids=ticked))


async def _agreements(page: ShopPage) -> list[AgreementView]:
    return [
        AgreementView(
            one.agreement_id or 0,
            merchant_html.markup(one.content)
            if one.is_html
            else Markup("<br>").join(escape(line) for line in (one.content or "").splitlines()),
            one.checkbox_text or one.name or "",
            one.mode == content.agreements.MANUAL_MODE,
        )
        for one in await content.agreements_of_store(page.ctx, page.view.id)
    ]
