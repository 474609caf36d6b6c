"""How a cart is paid: the methods, and the chosen one (spec 50, 8.5)."""

from __future__ import annotations

from entrepot.kit.context import Context
from entrepot.kit.rest.operation import ANONYMOUS, CART_ID, SELF, MayUse, operation
from entrepot.quotes import access
from entrepot.quotes.access import CartKey, Mask
from entrepot.quotes.cart import OpenCart
from entrepot.quotes.contracts import Payment, PaymentMethod
from entrepot.quotes.errors import ShippingAddressMissing
from entrepot.quotes.open_cart import open_cart, opened, save
from entrepot.quotes.payment_details import list_methods
from entrepot.quotes.payment_methods import check_method
from entrepot.quotes.quote import Payment as StoredPayment
from entrepot.quotes.show import show_payment

MANAGE = MayUse("Magento_Cart::manage")
SERVICE = "Magento.Quote.Api.PaymentMethodManagement"
GUEST_SERVICE = "Magento.Quote.Api.GuestPaymentMethodManagement"


@operation("GET /V1/carts/mine/payment-methods", access=SELF, service=f"{SERVICE}.getList", force={"cartId": CART_ID})
@operation("GET /V1/carts/{cart_id}/payment-methods", access=MANAGE, service=f"{SERVICE}.getList")
async def list_payment_methods(ctx: Context, cart_id: int) -> list[PaymentMethod]:
    """What the cart can be paid by, in the order of the settings. Raises NoSuchCart."""
    return list_methods(ctx, await open_cart(ctx, cart_id))


@operation("GET /V1/guest-carts/{cart_id}/payment-methods", access=ANONYMOUS, service=f"{GUEST_SERVICE}.getList")
async def list_payment_methods_for_guest(ctx: Context, cart_id: str) -> list[PaymentMethod]:
    """As `list_payment_methods`."""
    return list_methods(ctx, await open_cart(ctx, Mask(cart_id)))


@operation(
    "GET /V1/carts/mine/selected-payment-method", access=SELF, service=f"{SERVICE}.get", force={"cartId": CART_ID}
)
@operation("GET /V1/carts/{cart_id}/selected-payment-method", access=MANAGE, service=f"{SERVICE}.get")
async def get_payment(ctx: Context, cart_id: int) -> Payment | None:
    """None when nothing is chosen. Raises NoSuchCart."""
    return _show(await open_cart(ctx, cart_id))


@operation("GET /V1/guest-carts/{cart_id}/selected-payment-method", access=ANONYMOUS, service=f"{GUEST_SERVICE}.get")
async def get_payment_of_guest(ctx: Context, cart_id: str) -> Payment | None:
    """As `get_payment`."""
    return _show(await open_cart(ctx, Mask(cart_id)))


def _show(cart: OpenCart) -> Payment | None:
    payment = cart.content.payment
    return show_payment(payment) if payment else None


@operation(
    "PUT /V1/carts/mine/selected-payment-method", access=SELF, service=f"{SERVICE}.set", force={"cartId": CART_ID}
)
@operation("PUT /V1/carts/{cart_id}/selected-payment-method", access=MANAGE, service=f"{SERVICE}.set")
async def set_payment(ctx: Context, cart_id: int, method: Payment) -> str:
    """Choose how to pay; answers the payment's id as text. The cart need not be active.

    Raises NoSuchCart, ShippingAddressMissing, MethodNotAvailable, CountryNotAllowed, NumberNeeded.
    """
    return await _set(ctx, cart_id, method)


@operation("PUT /V1/guest-carts/{cart_id}/selected-payment-method", access=ANONYMOUS, service=f"{GUEST_SERVICE}.set")
async def set_payment_of_guest(ctx: Context, cart_id: str, method: Payment) -> str:
    """As `set_payment`."""
    return await _set(ctx, Mask(cart_id), method)


async def _set(ctx: Context, key: CartKey, method: Payment) -> str:
    quote = await access.find(ctx, key, lock=True)
    access.check_readable(ctx, quote)
    cart = await opened(ctx, quote)
    choose(ctx, cart, method)
    await save(ctx, cart)
    return str(cart.id)


def choose(ctx: Context, cart: OpenCart, sent: Payment) -> None:
    """As `pay_by`; raises ShippingAddressMissing as well, for who has said nothing about the way there."""
    content = cart.content
    if not content.is_virtual and not content.shipping.country_id:
        raise ShippingAddressMissing
    pay_by(ctx, cart, sent)


def pay_by(ctx: Context, cart: OpenCart, sent: Payment) -> None:
    """Pay the cart by this; there is one payment for a cart, and it has the cart's id.

    Raises MethodNotAvailable, CountryNotAllowed, NumberNeeded.
    """
    content = cart.content
    payment = StoredPayment(sent.method or "", sent.po_number, list(sent.additional_data or ()))
    check_method(ctx, cart, payment)
    content.payment = payment
    content.shipping.collect_shipping_rates = True
