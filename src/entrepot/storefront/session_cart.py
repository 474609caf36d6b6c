"""The cart of who looks at a page: a customer's active one, a guest's by a name that a cookie of its own remembers.

A guest has one for each website, as customers have. It is made when the first product is put in, and is found again for
30 days after the shop was visited last (`guest_cart`), long after the session has ended.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from entrepot import customers, quotes
from entrepot.kit.context import Actor, ActorType
from entrepot.quotes import Mask, OpenCart, access, carts
from entrepot.quotes.counting import Counted, count
from entrepot.quotes.errors import NoSuchCart
from entrepot.quotes.merging import Capped, merge
from entrepot.quotes.open_cart import opened
from entrepot.storefront import guest_cart

if TYPE_CHECKING:
    from entrepot.storefront.shop_page import ShopPage


async def find(page: ShopPage, *, lock: bool = False) -> OpenCart | None:
    """The cart as it is sold in the page's view; with `lock` for who is going to save it. None while there is none."""
    key = await _key(page)
    if key is None:
        return None
    try:
        quote = await access.find_active(page.ctx, key, lock=lock)
    except NoSuchCart:
        return None
    if quote.store_id != page.view.id:
        quote.store_id, quote.content.trigger_recollect = page.view.id, True
    return await opened(page.ctx, quote)


async def find_or_make(page: ShopPage) -> OpenCart:
    """The cart, locked; a new one when there is none. Call `remember` when something was put into it."""
    cart = await find(page, lock=True)
    if cart is not None:
        return cart
    if page.signed_in is not None:
        cart_id = await carts.create_customer_cart(page.ctx, page.customer_id)
        return await quotes.open_cart(page.ctx, cart_id, lock=True)
    return await quotes.open_cart(page.ctx, Mask(await carts.create_guest_cart(page.ctx)), lock=True)


def remember(page: ShopPage, cart: OpenCart) -> None:
    """Know the guest's cart again when the next page is asked for."""
    if page.signed_in is None and cart.quote.masked_id is not None:
        guest_cart.remember(page, cart.quote.masked_id)


def forget(page: ShopPage) -> None:
    """The guest's cart on this website was ordered, or has become a customer's."""
    if page.guest_cart is not None:
        guest_cart.forget(page)


async def counted(page: ShopPage) -> Counted:
    """How much is in it. One statement, none for a guest who has put nothing in."""
    if page.signed_in is not None:
        return await count(page.ctx, page.customer_id)
    return await count(page.ctx, Mask(page.guest_cart)) if page.guest_cart else Counted()


async def take_along(page: ShopPage, customer_id: int) -> None:
    """Who signs in keeps what was chosen before; what could not be taken along is told."""
    mask = page.guest_cart
    if mask is None:
        return
    ctx = page.ctx.in_store(page.view, Actor(ActorType.CUSTOMER, customer_id))
    customer = await customers.get_by_id(ctx, customer_id)
    for capped in await merge(ctx, Mask(mask), customer):
        _tell(page, capped)
    forget(page)


def _tell(page: ShopPage, capped: Capped) -> None:
    if capped.kept:
        page.notice(
            'Of "%1" you can have no more than %2: your cart now has as many.',
            capped.name,
            f"{capped.kept.normalize():f}",
        )
    else:
        page.notice('"%1" is no longer available and was removed from your cart.', capped.name)


async def _key(page: ShopPage) -> Mask | int | None:
    if page.signed_in is not None:
        return await access.active_cart_id(page.ctx, page.customer_id)
    return Mask(page.guest_cart) if page.guest_cart else None
