"""What a cart comes to: as collected, and as it would be (spec 50, 8.7)."""

from __future__ import annotations

from entrepot.kit.context import Context
from entrepot.kit.rest.operation import ANONYMOUS, CART_ID, SELF, MayUse, operation
from entrepot.quotes import addresses, payments, shipping
from entrepot.quotes.access import CartKey, Mask
from entrepot.quotes.cart import OpenCart
from entrepot.quotes.contracts import Payment, Totals, TotalsInformation
from entrepot.quotes.errors import (
    MethodNotSet,
    NoMethodForEmptyCart,
    NoShippingForVirtual,
    ShippingAddressMissing,
    TotalsOfEmptyCart,
)
from entrepot.quotes.gift_message_contracts import TotalsAdditionalData
from entrepot.quotes.open_cart import open_cart, save
from entrepot.quotes.show_totals import show_totals
from entrepot.quotes.totals.collect import collect

MANAGE = MayUse("Magento_Cart::manage")


@operation(
    "GET /V1/carts/mine/totals",
    access=SELF,
    service="Magento.Quote.Api.CartTotalRepository.get",
    force={"cartId": CART_ID},
)
@operation("GET /V1/carts/{cart_id}/totals", access=MANAGE, service="Magento.Quote.Api.CartTotalRepository.get")
async def get_totals(ctx: Context, cart_id: int) -> Totals:
    """Raises NoSuchCart, also after the cart was ordered. Two statements."""
    return await show_totals(ctx, await open_cart(ctx, cart_id))


@operation(
    "GET /V1/guest-carts/{cart_id}/totals",
    access=ANONYMOUS,
    service="Magento.Quote.Api.GuestCartTotalRepository.get",
)
async def get_guest_totals(ctx: Context, cart_id: str) -> Totals:
    """As `get_totals`."""
    return await show_totals(ctx, await open_cart(ctx, Mask(cart_id)))


@operation(
    "PUT /V1/carts/mine/collect-totals",
    access=SELF,
    service="Magento.Quote.Api.CartTotalManagement.collectTotals",
    force={"cartId": CART_ID},
)
async def collect_totals(
    ctx: Context,
    cart_id: int,
    payment_method: Payment,
    shipping_carrier_code: str | None = None,
    shipping_method_code: str | None = None,
    additional_data: TotalsAdditionalData | None = None,
) -> Totals:
    """Choose how to ship, if both codes are given, and how to pay; answers what it comes to.

    `additional_data` has no effect.

    Raises NoSuchCart, NoMethodForEmptyCart, NoShippingForVirtual, ShippingAddressMissing, MethodNotSet, and what
    choosing a payment does.
    """
    return await _collect(ctx, cart_id, payment_method, shipping_carrier_code, shipping_method_code)


@operation(
    "PUT /V1/guest-carts/{cart_id}/collect-totals",
    access=ANONYMOUS,
    service="Magento.Quote.Api.GuestCartTotalManagement.collectTotals",
)
async def collect_guest_totals(
    ctx: Context,
    cart_id: str,
    payment_method: Payment,
    shipping_carrier_code: str | None = None,
    shipping_method_code: str | None = None,
    additional_data: TotalsAdditionalData | None = None,
) -> Totals:
    """As `collect_totals`."""
    return await _collect(ctx, Mask(cart_id), payment_method, shipping_carrier_code, shipping_method_code)


async def _collect(ctx: Context, key: CartKey, payment: Payment, carrier: str | None, method: str | None) -> Totals:
    cart = await open_cart(ctx, key, lock=True)
    if carrier and method:
        await _ship(ctx, cart, carrier, method)
    payments.choose(ctx, cart, payment)
    await save(ctx, cart)
    return await show_totals(ctx, cart)


async def _ship(ctx: Context, cart: OpenCart, carrier: str, method: str) -> None:
    content = cart.content
    if not content.items:
        raise NoMethodForEmptyCart
    if content.is_virtual:
        raise NoShippingForVirtual
    if not content.shipping.country_id:
        raise ShippingAddressMissing
    shipping.choose(cart, carrier, method)
    await collect(ctx, cart)
    if content.shipping.rate is None:
        raise MethodNotSet(f"Carrier with such method not found: {carrier}, {method}")


@operation(
    "POST /V1/carts/mine/totals-information",
    access=SELF,
    service="Magento.Checkout.Api.TotalsInformationManagement.calculate",
    force={"cartId": CART_ID},
)
@operation(
    "POST /V1/carts/{cart_id}/totals-information",
    access=MANAGE,
    service="Magento.Checkout.Api.TotalsInformationManagement.calculate",
)
async def calculate_totals(ctx: Context, cart_id: int, address_information: TotalsInformation) -> Totals:
    """What the cart would come to at an address, shipped in some way. Nothing is stored.

    Raises NoSuchCart, TotalsOfEmptyCart.
    """
    return await _calculate(ctx, cart_id, address_information)


@operation(
    "POST /V1/guest-carts/{cart_id}/totals-information",
    access=ANONYMOUS,
    service="Magento.Checkout.Api.GuestTotalsInformationManagement.calculate",
)
async def calculate_guest_totals(ctx: Context, cart_id: str, address_information: TotalsInformation) -> Totals:
    """As `calculate_totals`."""
    return await _calculate(ctx, Mask(cart_id), address_information)


async def _calculate(ctx: Context, key: CartKey, sent: TotalsInformation) -> Totals:
    cart = await open_cart(ctx, key)
    content = cart.content
    if not content.items:
        raise TotalsOfEmptyCart
    if sent.address is not None:
        addresses.lay_over(ctx, content.billing if content.is_virtual else content.shipping, sent.address)
    if not content.is_virtual:
        if sent.shipping_carrier_code and sent.shipping_method_code:
            shipping.choose(cart, sent.shipping_carrier_code, sent.shipping_method_code)
        content.shipping.collect_shipping_rates = True
    await collect(ctx, cart)
    return await show_totals(ctx, cart, subtotals_with_tax=True)
