"""Ways to ship a cart: estimated, listed, and chosen with the addresses (spec 50, 8.2 to 8.4)."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from msgspec import structs

from entrepot import customers
from entrepot.kit.context import Context
from entrepot.kit.errors import NotFound, Refused
from entrepot.kit.rest.operation import ANONYMOUS, CART_ID, SELF, MayUse, operation
from entrepot.quotes import addresses
from entrepot.quotes.access import CartKey, Mask
from entrepot.quotes.cart import OpenCart
from entrepot.quotes.contracts import Address, PaymentDetails, ShippingInformation, ShippingMethod
from entrepot.quotes.errors import (
    NoMethodForEmptyCart,
    NoSuchAddress,
    NoSuchCarrier,
    ShippingAddressMissing,
    ShippingNotSaved,
)
from entrepot.quotes.open_cart import open_cart, save
from entrepot.quotes.payment_details import payment_details
from entrepot.quotes.quote import Address as StoredAddress
from entrepot.quotes.quote import Rate
from entrepot.quotes.totals.collect import collect
from entrepot.quotes.totals.shipping_tax import price_with_tax

MANAGE = MayUse("Magento_Cart::manage")
METHODS = "Magento.Quote.Api.ShippingMethodManagement"
ESTIMATION = "Magento.Quote.Api.ShipmentEstimation"
INFORMATION = "Magento.Checkout.Api.ShippingInformationManagement"


@operation(
    "POST /V1/carts/mine/estimate-shipping-methods",
    access=SELF,
    service=f"{ESTIMATION}.estimateByExtendedAddress",
    force={"cartId": CART_ID},
)
@operation(
    "POST /V1/carts/{cart_id}/estimate-shipping-methods",
    access=MANAGE,
    service=f"{ESTIMATION}.estimateByExtendedAddress",
)
async def estimate(ctx: Context, cart_id: int, address: Address) -> list[ShippingMethod]:
    """What shipping to an address would cost; it may have only a country, region and postcode. Nothing is stored.

    Raises NoSuchCart.
    """
    return await _estimate(ctx, cart_id, lambda cart: addresses.lay_over(ctx, cart.content.shipping, address))


@operation(
    "POST /V1/guest-carts/{cart_id}/estimate-shipping-methods",
    access=ANONYMOUS,
    service="Magento.Quote.Api.GuestShipmentEstimation.estimateByExtendedAddress",
)
async def estimate_for_guest(ctx: Context, cart_id: str, address: Address) -> list[ShippingMethod]:
    """As `estimate`."""
    return await _estimate(ctx, Mask(cart_id), lambda cart: addresses.lay_over(ctx, cart.content.shipping, address))


@operation(
    "POST /V1/carts/mine/estimate-shipping-methods-by-address-id",
    access=SELF,
    service=f"{METHODS}.estimateByAddressId",
    force={"cartId": CART_ID},
)
@operation(
    "POST /V1/carts/{cart_id}/estimate-shipping-methods-by-address-id",
    access=MANAGE,
    service=f"{METHODS}.estimateByAddressId",
)
async def estimate_by_address_id(ctx: Context, cart_id: int, address_id: int) -> list[ShippingMethod]:
    """As `estimate`, to an entry of an address book; a customer's own one. Raises NoSuchAddress."""
    known = await customers.find_address(ctx, address_id)
    caller = ctx.actor.customer_id
    if known is None or (caller is not None and known.customer_id != caller):
        raise NoSuchAddress(address_id)
    return await _estimate(ctx, cart_id, lambda cart: addresses.copy_from_book(ctx, cart.content.shipping, known))


async def _estimate(ctx: Context, key: CartKey, fill: Callable[[OpenCart], None]) -> list[ShippingMethod]:
    cart = await open_cart(ctx, key)
    if cart.content.is_virtual or not cart.content.items:
        return []
    fill(cart)
    cart.content.shipping.collect_shipping_rates = True
    await collect(ctx, cart)
    return await show_rates(ctx, cart)


@operation("GET /V1/carts/mine/shipping-methods", access=SELF, service=f"{METHODS}.getList", force={"cartId": CART_ID})
@operation("GET /V1/carts/{cart_id}/shipping-methods", access=MANAGE, service=f"{METHODS}.getList")
async def list_methods(ctx: Context, cart_id: int) -> list[ShippingMethod]:
    """What shipping to the cart's address costs. Raises NoSuchCart, ShippingAddressMissing."""
    return await _list(ctx, cart_id)


@operation(
    "GET /V1/guest-carts/{cart_id}/shipping-methods",
    access=ANONYMOUS,
    service="Magento.Quote.Api.GuestShippingMethodManagement.getList",
)
async def list_methods_for_guest(ctx: Context, cart_id: str) -> list[ShippingMethod]:
    """As `list_methods`."""
    return await _list(ctx, Mask(cart_id))


async def _list(ctx: Context, key: CartKey) -> list[ShippingMethod]:
    cart = await open_cart(ctx, key)
    if cart.content.is_virtual or not cart.content.items:
        return []
    if not cart.content.shipping.country_id:
        raise ShippingAddressMissing
    if cart.content.shipping.collect_shipping_rates:
        await collect(ctx, cart)
    return await show_rates(ctx, cart)


async def show_rates(ctx: Context, cart: OpenCart) -> list[ShippingMethod]:
    """The rates of the cart's shipping address as they travel."""
    return [await _method(ctx, cart, rate) for rate in cart.content.shipping.rates]


async def _method(ctx: Context, cart: OpenCart, rate: Rate) -> ShippingMethod:
    amount = rate.price * cart.content.currencies.base_to_quote
    without_tax, with_tax = await price_with_tax(ctx, cart, amount) if rate.method else (Decimal(0), Decimal(0))
    return ShippingMethod(
        carrier_code=rate.carrier,
        method_code=rate.method,
        carrier_title=rate.carrier_title,
        method_title=rate.method_title,
        amount=amount,
        base_amount=rate.price,
        available=rate.method is not None,
        error_message=rate.error_message or "",
        price_excl_tax=without_tax,
        price_incl_tax=with_tax,
    )


@operation(
    "POST /V1/carts/mine/shipping-information",
    access=SELF,
    service=f"{INFORMATION}.saveAddressInformation",
    force={"cartId": CART_ID},
)
@operation(
    "POST /V1/carts/{cart_id}/shipping-information",
    access=MANAGE,
    service=f"{INFORMATION}.saveAddressInformation",
)
async def save_information(ctx: Context, cart_id: int, address_information: ShippingInformation) -> PaymentDetails:
    """Say where to ship and bill, and how; answers how it can be paid and what there is to pay. Four statements.

    A field that is left out keeps what the cart has. Nothing is stored when the call is refused.

    Raises:
        NoSuchCart, NoMethodForEmptyCart, ShippingAddressMissing.
        ShippingNotSaved: an address cannot be, or is not the customer's.
        NoSuchCarrier: nobody offers that way to ship to there.
    """
    return await _save_information(ctx, cart_id, address_information)


@operation(
    "POST /V1/guest-carts/{cart_id}/shipping-information",
    access=ANONYMOUS,
    service="Magento.Checkout.Api.GuestShippingInformationManagement.saveAddressInformation",
)
async def save_information_for_guest(
    ctx: Context, cart_id: str, address_information: ShippingInformation
) -> PaymentDetails:
    """As `save_information`."""
    return await _save_information(ctx, Mask(cart_id), address_information)


async def _save_information(ctx: Context, key: CartKey, sent: ShippingInformation) -> PaymentDetails:
    cart = await open_cart(ctx, key, lock=True)
    content = cart.content
    if not content.items:
        raise NoMethodForEmptyCart
    if sent.shipping_address is None or not sent.shipping_address.country_id:
        raise ShippingAddressMissing
    try:
        if sent.billing_address is not None:
            content.billing = await addresses.taken(ctx, cart, content.billing, sent.billing_address)
        content.shipping = await _destination(ctx, cart, sent.shipping_address)
        choose(cart, sent.shipping_carrier_code or "", sent.shipping_method_code or "")
        await save(ctx, cart)
    except (Refused, NotFound) as error:
        raise ShippingNotSaved from error
    if not content.is_virtual and content.shipping.rate is None:
        raise NoSuchCarrier(sent.shipping_carrier_code, sent.shipping_method_code)
    return await payment_details(ctx, cart)


async def _destination(ctx: Context, cart: OpenCart, sent: Address) -> StoredAddress:
    """An address that does not name an entry of the address book is none of them any more."""
    stored = structs.replace(cart.content.shipping, save_in_address_book=0, same_as_billing=0, customer_address_id=None)
    return await addresses.taken(ctx, cart, stored, sent)


def choose(cart: OpenCart, carrier: str, method: str) -> None:
    """Choose a way to ship; only its carrier is asked. Whether there is such a rate shows when totals are collected."""
    shipping = cart.content.shipping
    shipping.shipping_method = f"{carrier}_{method}"
    shipping.limit_carrier = carrier
    shipping.collect_shipping_rates = True
