"""The coupon of a cart (spec 50, 7)."""

from __future__ import annotations

from entrepot.kit.context import Context
from entrepot.kit.rest.operation import ANONYMOUS, CART_ID, SELF, MayUse, operation
from entrepot.quotes.access import CartKey, Mask
from entrepot.quotes.adding import ask_for_rates
from entrepot.quotes.cart import OpenCart
from entrepot.quotes.errors import CouponNotValid, EmptyCart
from entrepot.quotes.open_cart import open_cart, save
from entrepot.quotes.totals.collect import collect

MANAGE = MayUse("Magento_Cart::manage")
SERVICE = "Magento.Quote.Api.CouponManagement"
GUEST_SERVICE = "Magento.Quote.Api.GuestCouponManagement"


class CouponRefused(CouponNotValid):
    """The code is not valid, and the cart has no coupon any more: a better one that it had is gone too."""

    keeps_effects = True


@operation("GET /V1/carts/mine/coupons", access=SELF, service=f"{SERVICE}.get", force={"cartId": CART_ID})
@operation("GET /V1/carts/{cart_id}/coupons", access=MANAGE, service=f"{SERVICE}.get")
async def get_coupon(ctx: Context, cart_id: int) -> str | None:
    """The code; None without one. Raises NoSuchCart."""
    return (await open_cart(ctx, cart_id)).content.coupon_code


@operation("GET /V1/guest-carts/{cart_id}/coupons", access=ANONYMOUS, service=f"{GUEST_SERVICE}.get")
async def get_guest_coupon(ctx: Context, cart_id: str) -> str | None:
    """As `get_coupon`."""
    return (await open_cart(ctx, Mask(cart_id))).content.coupon_code


@operation("PUT /V1/carts/mine/coupons/{coupon_code}", access=SELF, service=f"{SERVICE}.set", force={"cartId": CART_ID})
@operation("PUT /V1/carts/{cart_id}/coupons/{coupon_code}", access=MANAGE, service=f"{SERVICE}.set")
async def set_coupon(ctx: Context, cart_id: int, coupon_code: str) -> bool:
    """Use a coupon; the one that was used is gone, whatever comes of it.

    Raises:
        NoSuchCart, EmptyCart.
        CouponRefused: no rule of the coupon applies to the cart.
    """
    return await _set(ctx, cart_id, coupon_code)


@operation("PUT /V1/guest-carts/{cart_id}/coupons/{coupon_code}", access=ANONYMOUS, service=f"{GUEST_SERVICE}.set")
async def set_guest_coupon(ctx: Context, cart_id: str, coupon_code: str) -> bool:
    """As `set_coupon`."""
    return await _set(ctx, Mask(cart_id), coupon_code)


@operation("DELETE /V1/carts/mine/coupons", access=SELF, service=f"{SERVICE}.remove", force={"cartId": CART_ID})
@operation("DELETE /V1/carts/{cart_id}/coupons", access=MANAGE, service=f"{SERVICE}.remove")
async def remove_coupon(ctx: Context, cart_id: int) -> bool:
    """Also true when there was none. Raises NoSuchCart, EmptyCart."""
    return await _remove(ctx, cart_id)


@operation("DELETE /V1/guest-carts/{cart_id}/coupons", access=ANONYMOUS, service=f"{GUEST_SERVICE}.remove")
async def remove_guest_coupon(ctx: Context, cart_id: str) -> bool:
    """As `remove_coupon`."""
    return await _remove(ctx, Mask(cart_id))


async def _set(ctx: Context, key: CartKey, code: str) -> bool:
    if not await _write(ctx, key, code.strip() or None):
        raise CouponRefused
    return True


async def _remove(ctx: Context, key: CartKey) -> bool:
    await _write(ctx, key, None)
    return True


async def _write(ctx: Context, key: CartKey, code: str | None) -> bool:
    return await use_coupon(ctx, await open_cart(ctx, key, lock=True), code)


async def use_coupon(ctx: Context, cart: OpenCart, code: str | None) -> bool:
    """Give a cart that was opened with its lock another code, or none, and save it; whether it has the code then.

    Raises EmptyCart.
    """
    if not cart.content.items:
        raise EmptyCart(cart.id)
    cart.content.coupon_code = code
    ask_for_rates(cart)
    await collect(ctx, cart)
    # Whoever asked is told now what became of it.
    cart.content.lost_coupon, cart.had_coupon = None, cart.content.coupon_code
    await save(ctx, cart, recollect=False)
    return cart.content.coupon_code == code
