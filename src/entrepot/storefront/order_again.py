"""Reorder: what was bought goes into the cart once more (spec 60, 16)."""

from __future__ import annotations

from starlette.responses import Response

from entrepot.kit.pages import page
from entrepot.quotes.open_cart import save
from entrepot.sales import reordering
from entrepot.storefront import session_cart
from entrepot.storefront.access import Visitor
from entrepot.storefront.order_seen import FORM, HISTORY, see
from entrepot.storefront.shop_page import ShopPage

CART = "checkout/cart"
NOT_ALLOWED = "This order cannot be ordered again: it is on hold, or something in it is no longer for sale."


@page("sales/order/reorder", methods=["POST"], access=Visitor.SIGNED_IN, instead=HISTORY)
@page("sales/guest/reorder", methods=["POST"], instead=FORM)
async def reorder(page: ShopPage) -> Response:
    """A line that cannot be had is told, the others go into the cart."""
    seen = await see(page)
    if isinstance(seen, Response):
        return seen
    group_id = page.signed_in.group_id or 0 if page.signed_in else 0
    asked = [(seen.order, reordering.product_ids(seen.order))]
    if not await reordering.reorderable(page.ctx, asked, group_id):
        page.error(NOT_ALLOWED)
        return page.redirect(f"{seen.place}/view", **seen.pairs)
    cart = await session_cart.find_or_make(page)
    failed = await reordering.order_again(page.ctx, cart, seen.order)
    await save(page.ctx, cart)
    session_cart.remember(page, cart)
    for one in failed:
        for line in one.refusal.rendered().split("\n"):
            page.error("%1: %2", one.name, line)
    return page.redirect(CART)
