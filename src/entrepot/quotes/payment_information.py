"""Paying and ordering in one call (spec 50, 8.6)."""

from __future__ import annotations

from entrepot import customers
from entrepot.kit.context import Context
from entrepot.kit.errors import NotFound, PlainRefusal, Refused
from entrepot.kit.rest.operation import ANONYMOUS, CART_ID, SELF, operation
from entrepot.quotes import addresses, payments
from entrepot.quotes.access import CartKey, Mask
from entrepot.quotes.agreements import check_agreed
from entrepot.quotes.cart import OpenCart
from entrepot.quotes.contracts import Address, Payment, PaymentDetails
from entrepot.quotes.errors import CouponLost, InvalidEmail
from entrepot.quotes.open_cart import open_cart, save
from entrepot.quotes.payment_details import payment_details
from entrepot.quotes.placing import check_guests_may_order, place
from entrepot.quotes.totals.collect import collect

SERVICE = "Magento.Checkout.Api.PaymentInformationManagement"
GUEST_SERVICE = "Magento.Checkout.Api.GuestPaymentInformationManagement"


@operation(
    "GET /V1/carts/mine/payment-information",
    access=SELF,
    service=f"{SERVICE}.getPaymentInformation",
    force={"cartId": CART_ID},
)
async def get_payment_information(ctx: Context, cart_id: int) -> PaymentDetails:
    """How the cart can be paid and what there is to pay. Raises NoSuchCart."""
    return await payment_details(ctx, await open_cart(ctx, cart_id))


@operation(
    "GET /V1/guest-carts/{cart_id}/payment-information",
    access=ANONYMOUS,
    service=f"{GUEST_SERVICE}.getPaymentInformation",
)
async def get_guest_payment_information(ctx: Context, cart_id: str) -> PaymentDetails:
    """As `get_payment_information`."""
    return await payment_details(ctx, await open_cart(ctx, Mask(cart_id)))


@operation(
    "POST /V1/carts/mine/set-payment-information",
    access=SELF,
    service=f"{SERVICE}.savePaymentInformation",
    force={"cartId": CART_ID},
)
async def set_payment_information(
    ctx: Context, cart_id: int, payment_method: Payment, billing_address: Address | None = None
) -> bool:
    """Say how to pay and where to bill.

    Raises NoSuchCart, AgreementsMissing, AddressNotSaved, and what choosing a payment does.
    """
    await save(ctx, await _prepare(ctx, cart_id, None, payment_method, billing_address))
    return True


@operation(
    "POST /V1/guest-carts/{cart_id}/set-payment-information",
    access=ANONYMOUS,
    service=f"{GUEST_SERVICE}.savePaymentInformation",
)
async def set_guest_payment_information(
    ctx: Context, cart_id: str, email: str, payment_method: Payment, billing_address: Address | None = None
) -> bool:
    """As `set_payment_information`, with the guest's email address."""
    await save(ctx, await _prepare(ctx, Mask(cart_id), email, payment_method, billing_address))
    return True


@operation(
    "POST /V1/carts/mine/payment-information",
    access=SELF,
    service=f"{SERVICE}.savePaymentInformationAndPlaceOrder",
    force={"cartId": CART_ID},
)
async def pay_and_order(
    ctx: Context, cart_id: int, payment_method: Payment, billing_address: Address | None = None
) -> str:
    """Say how to pay, and order; answers the order's id as text. All of it is one transaction.

    Raises what `set_payment_information` and `place_order` do; refusals of the latter with their rendered message.
    """
    cart = await _prepare(ctx, cart_id, None, payment_method, billing_address)
    return await _order(ctx, cart)


@operation(
    "POST /V1/guest-carts/{cart_id}/payment-information",
    access=ANONYMOUS,
    service=f"{GUEST_SERVICE}.savePaymentInformationAndPlaceOrder",
)
async def pay_and_order_as_guest(
    ctx: Context, cart_id: str, email: str, payment_method: Payment, billing_address: Address | None = None
) -> str:
    """As `pay_and_order`, with the guest's email address; also raises GuestsMayNotOrder."""
    cart = await _prepare(ctx, Mask(cart_id), email, payment_method, billing_address)
    check_guests_may_order(ctx, cart)
    return await _order(ctx, cart)


async def _order(ctx: Context, cart: OpenCart) -> str:
    try:
        return str((await place(ctx, cart)).order_id)
    except (NotFound, CouponLost):
        raise
    except Refused as error:
        raise PlainRefusal(error.rendered()) from error


async def _prepare(
    ctx: Context, key: CartKey, email: str | None, payment: Payment, billing: Address | None
) -> OpenCart:
    if email is not None and not customers.is_email(email):
        raise InvalidEmail
    cart = await open_cart(ctx, key, lock=True)
    await check_agreed(ctx, cart, payment)
    content = cart.content
    if billing is not None:
        content.billing = await addresses.assigned(ctx, cart, billing)
    if email is not None:
        content.billing.email = email
    if billing is not None and content.is_virtual:
        # The amounts stood at the address that was replaced, and the methods depend on them.
        await collect(ctx, cart)
    payments.choose(ctx, cart, payment)
    content.shipping.limit_carrier = (content.shipping.shipping_method or "").partition("_")[0] or None
    return cart
