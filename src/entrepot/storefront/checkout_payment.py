"""The second step: how it is paid, and where the bill goes."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct
from starlette.responses import Response

from entrepot.kit.errors import Refused
from entrepot.kit.pages import page
from entrepot.quotes import OpenCart, payments
from entrepot.quotes.contracts import Payment
from entrepot.quotes.errors import NumberNeeded
from entrepot.quotes.open_cart import save
from entrepot.quotes.payment_methods import applicable_methods, methods
from entrepot.quotes.readiness import NO_PAYMENT
from entrepot.quotes.totals.collect import collect
from entrepot.storefront import checkout, checkout_address
from entrepot.storefront.checkout_address import EMAIL
from entrepot.storefront.checkout_shipping import bill_to_shipping
from entrepot.storefront.shop_page import ShopPage

METHOD, NUMBER, SAME = "payment[method]", "payment[po_number]", "billing_same"
PURCHASE_ORDER, FREE = "purchaseorder", "free"
METHODS, NUMBER_INPUT = "methods", "po_number"
"""Ids: of the list of methods, and of the input of the number."""


class MethodView(Struct, frozen=True):
    code: str
    title: str
    asks_number: bool
    texts: Mapping[str, str]
    """What it tells: `instructions`, `payable_to`, `mailing_address`."""
    is_chosen: bool


@page(checkout.PAYMENT)
async def show(page: ShopPage) -> Response:
    cart = await checkout.enter(page)
    if isinstance(cart, Response):
        return cart
    if not checkout.is_reached(cart, checkout.PAYMENT):
        return page.redirect(checkout.SHIPPING)
    typed = checkout.typed_form(page)
    content = cart.content
    choice = checkout_address.choice_of(page, content.billing, typed, default="default_billing")
    number = content.payment.po_number if content.payment else ""
    return await checkout.render(
        page,
        cart,
        checkout.PAYMENT,
        "checkout/payment.html",
        methods=_methods(page, cart, typed.get(METHOD) if typed else ""),
        number=typed.get(NUMBER) if typed else number or "",
        email=typed.get(EMAIL) if typed else content.billing.email or "",
        is_virtual=content.is_virtual,
        same=typed.is_ticked(SAME) if typed else bool(content.shipping.same_as_billing),
        ship_to=None if content.is_virtual else checkout_address.print_of(page, content.shipping),
        choice=choice,
        **choice.fields,
    )


@page("checkout/paymentPost", methods=["POST"], instead=checkout.PAYMENT)
async def pay(page: ShopPage) -> Response:
    cart = await checkout.enter(page, lock=True)
    if isinstance(cart, Response):
        return cart
    if not checkout.is_reached(cart, checkout.PAYMENT):
        return page.redirect(checkout.SHIPPING)
    # A method may depend on the country of the bill. Both are told when both are wrong.
    is_billed = await _bill(page, cart)
    is_paid = _choose(page, cart)
    if not is_billed or not is_paid:
        return _again(page)
    await save(page.ctx, cart)
    return page.redirect(checkout.REVIEW)


async def _bill(page: ShopPage, cart: OpenCart) -> bool:
    content = cart.content
    if not content.is_virtual and page.form.is_ticked(SAME):
        bill_to_shipping(cart)
        return True
    is_right = checkout_address.take_email(page, cart) if content.is_virtual else True
    address = await checkout_address.take(page, cart, content.billing)
    if address is None:
        return False
    content.billing = address
    content.shipping.same_as_billing = 0
    if content.is_virtual:
        # The amounts stood at the address that was replaced, and the methods depend on them.
        await collect(page.ctx, cart)
    return is_right


def _choose(page: ShopPage, cart: OpenCart) -> bool:
    method = page.form.get(METHOD)
    if not method:
        page.error(NO_PAYMENT, fields=[METHODS])
        return False
    number = page.form.get(NUMBER).strip() or None if method == PURCHASE_ORDER else None
    try:
        payments.choose(page.ctx, cart, Payment(method=method, po_number=number))
    except NumberNeeded as refusal:
        page.error(refusal.rendered(), fields=[NUMBER_INPUT])
        return False
    except Refused as refusal:
        page.error(refusal.rendered(), fields=[METHODS])
        return False
    return True


def _methods(page: ShopPage, cart: OpenCart, typed: str) -> list[MethodView]:
    """A cart that costs nothing can only be paid by nothing."""
    usable = applicable_methods(page.ctx, cart)
    if cart.quote.owner.base.grand_total == 0:
        usable = [one for one in usable if one.code == FREE]
    chosen = typed or (cart.content.payment.method if cart.content.payment else "")
    if chosen not in {one.code for one in usable}:
        chosen = usable[0].code if len(usable) == 1 else ""
    return [
        MethodView(
            one.code,
            one.title,
            one.code == PURCHASE_ORDER,
            methods()[one.code].information(page.ctx, cart),
            one.code == chosen,
        )
        for one in usable
    ]


def _again(page: ShopPage) -> Response:
    page.keep_form(checkout.KEPT, *checkout_address.FIELDS, METHOD, NUMBER, SAME)
    return page.redirect(checkout.PAYMENT)
