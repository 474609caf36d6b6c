"""The cart's page: lines to change and take out, coupon, totals, what goes along (spec 50-checkout, 15)."""

from __future__ import annotations

from decimal import Decimal

from starlette.responses import Response

from entrepot.catalog import browsing
from entrepot.kit.pages import formats, page
from entrepot.quotes import OpenCart, adding, changing
from entrepot.quotes.coupons import use_coupon
from entrepot.quotes.errors import EmptyCart, NoSuchItem
from entrepot.quotes.open_cart import save
from entrepot.quotes.quantities import SOME_OUT_OF_STOCK, problems
from entrepot.quotes.readiness import minimum_problem
from entrepot.storefront import buy_request, cart_estimate, gift_card, session_cart, shown_prices
from entrepot.storefront.cart_lines import line_views
from entrepot.storefront.cart_totals import tell_lost_coupon, total_rows
from entrepot.storefront.paging import Paging
from entrepot.storefront.product_cards import CardView, card_views
from entrepot.storefront.shop_page import ShopPage

CART = "checkout/cart"
KEPT = "cart_quantities"
PAGER_FROM = "checkout/cart/number_items_to_display_pager"
CROSS_SELLS = "checkout/cart/crosssell_enabled"
MOST_CROSS_SELLS = 4
LONGEST_COUPON = 255


@page(CART)
async def view(page: ShopPage) -> Response:
    cart = await session_cart.find(page)
    if cart is None or not cart.content.items:
        return page.render("cart/empty.html")
    wrong = await problems(page.ctx, cart)
    too_little = minimum_problem(page.ctx, cart)
    if wrong:
        # What is wrong with a line stands in it.
        page.error(SOME_OUT_OF_STOCK)
    if too_little:
        page.notice(too_little)
    tell_lost_coupon(page, cart)
    paging = _paging(page, cart)
    lines = cart.quote.visible_items
    shown = lines[paging.first : paging.end] if paging else lines
    return page.render(
        "cart/cart.html",
        lines=await line_views(page, cart, shown, wrong),
        typed=buy_request.texts(page.take_form(KEPT)),
        paging=paging,
        totals=total_rows(page, cart),
        currency=cart.content.currencies.quote_code,
        coupon=cart.content.coupon_code or "",
        can_check_out=not wrong and not too_little,
        estimate=await cart_estimate.of(page, cart),
        gift_url=gift_card.url_of_order(page, cart),
        has_gift=cart.content.gift_message_id is not None,
        cross_sells=await _cross_sells(page, cart),
        cards_currency=shown_prices.currency_of(page.ctx),
    )


@page("checkout/cart/updatePost", methods=["POST"], instead=CART)
async def update(page: ShopPage) -> Response:
    """All quantities of the page at once. A line that cannot have its new one keeps the old one."""
    cart = await session_cart.find(page, lock=True)
    if cart is None:
        return page.redirect(CART)
    asked = buy_request.quantities(page.form)
    for item_id, qty in asked.items():
        if qty is None:
            page.error("Please enter a number greater than 0 in this field.", fields=[qty_field(item_id)])
    page.keep_form(KEPT, *(buy_request.qty_name(item_id) for item_id, qty in asked.items() if qty is None))
    wanted = {item_id: qty for item_id, qty in asked.items() if qty is not None}
    names = {line.item_id: line.name for line in cart.quote.visible_items}
    changes = await changing.set_quantities(page.ctx, cart, wanted)
    await save(page.ctx, cart)
    for item_id, text in changes.refused.items():
        for line in text.split("\n"):
            page.error("%1: %2", names[item_id], line, fields=[qty_field(item_id)])
    for asked_qty, got in changes.adjusted.values():
        page.notice("Quantity was recalculated from %1 to %2", _number(page, asked_qty), _number(page, got))
    return _back(page)


@page("checkout/cart/delete", methods=["POST"], instead=CART)
async def delete(page: ShopPage) -> Response:
    cart = await session_cart.find(page, lock=True)
    item_id = page.form.get("id")
    if cart is not None:
        try:
            adding.remove(cart, int(item_id) if item_id.isascii() and item_id.isdigit() else 0)
        except NoSuchItem:
            return _back(page)
        await save(page.ctx, cart)
    return _back(page)


@page("checkout/cart/clear")
async def ask_to_clear(page: ShopPage) -> Response:
    """The question as a page, for those whose browser runs no script."""
    return page.render("cart/clear.html")


@page("checkout/cart/clear", methods=["POST"])
async def clear(page: ShopPage) -> Response:
    cart = await session_cart.find(page, lock=True)
    if cart is not None:
        for line in cart.quote.visible_items:
            adding.remove(cart, line.item_id)
        await save(page.ctx, cart)
    return page.redirect(CART)


@page("checkout/cart/couponPost", methods=["POST"], instead=CART)
async def coupon(page: ShopPage) -> Response:
    """A code that is not valid leaves the cart without one, whatever it had before."""
    await apply_coupon(page)
    return page.redirect_to(page.form.get("back") or None, CART)


async def apply_coupon(page: ShopPage) -> None:
    code = page.form.get("coupon_code").strip()[:LONGEST_COUPON]
    if page.form.is_ticked("remove"):
        code = ""
    cart = await session_cart.find(page, lock=True)
    had = cart.content.coupon_code if cart else None
    if cart is None or not (code or had):
        page.error("Please enter a coupon code.", fields=["coupon_code"])
        return
    try:
        taken = await use_coupon(page.ctx, cart, code or None)
    except EmptyCart as refusal:
        page.refused(refusal)
        return
    if not code:
        page.success("You canceled the coupon code.")
    elif taken:
        page.success('You used coupon code "%1".', code)
    else:
        page.error('The coupon code "%1" is not valid.', code, fields=["coupon_code"])


def qty_field(item_id: int) -> str:
    return f"cart-{item_id}-qty"


def _back(page: ShopPage) -> Response:
    """To the same page of a long cart."""
    number = page.form.get("p")
    return page.redirect(CART, query={"p": number} if number.isascii() and number.isdigit() else None)


def _paging(page: ShopPage, cart: OpenCart) -> Paging | None:
    """Long carts are shown in pages."""
    text = page.ctx.config(PAGER_FROM) or ""
    most = int(text) if text.isascii() and text.isdigit() and int(text) else 20
    total = len(cart.quote.visible_items)
    if total <= most:
        return None
    last = -(-total // most)
    return Paging(total, most, min(page.number("p") or 1, last), page.path)


async def _cross_sells(page: ShopPage, cart: OpenCart) -> list[CardView]:
    if not page.ctx.flag(CROSS_SELLS):
        return []
    in_cart = [line.product_id for line in reversed(cart.quote.visible_items)]
    found = await browsing.cross_sells_of(page.ctx, list(dict.fromkeys(in_cart)), MOST_CROSS_SELLS)
    return await card_views(page, found)


def _number(page: ShopPage, qty: Decimal) -> str:
    return formats.number(qty, page.locale)
