"""A product put into the cart, and a line chosen again (spec 50-checkout, 15)."""

from __future__ import annotations

from decimal import Decimal

from starlette.responses import Response

from entrepot import catalog
from entrepot.catalog import browsing
from entrepot.kit.errors import Refused
from entrepot.kit.pages import page
from entrepot.quotes import adding, buying
from entrepot.quotes.errors import NoSuchItem, OptionsRefused
from entrepot.quotes.open_cart import save
from entrepot.storefront import buy_request, product, session_cart
from entrepot.storefront.addresses import address
from entrepot.storefront.product_cards import ADD_TO_CART
from entrepot.storefront.shop_page import ShopPage

CART = "checkout/cart"
UPDATE = "checkout/cart/updateItemOptions"
REDIRECT_TO_CART = "checkout/cart/redirect_to_cart"
ADDED = 'You added %1 to your <a href="%2">shopping cart</a>.'
NO_SUCH_PRODUCT = "The product that was requested doesn't exist. Verify the product and try again."
NO_QTY = "Please enter a quantity greater than 0."
ITEM_NOT_FOUND = "We can't find the quote item."
ONE = Decimal(1)


@page(ADD_TO_CART, methods=["POST"], takes_files=True, instead=CART)
async def add(page: ShopPage) -> Response:
    """Stays on the page that the form was on, unless the shop leads to the cart. Errors stand at the product."""
    product_id = _product_id(page)
    ref = (await catalog.products_by_id(page.ctx, [product_id])).get(product_id)
    if ref is None:
        page.error(NO_SUCH_PRODUCT)
        return page.redirect_back()
    qty = await _quantity(page, ref.sku)
    if qty is None:
        page.error(NO_QTY, fields=["qty"])
        return await _back_to_product(page, product_id)
    try:
        async with page.attempt():
            cart = await session_cart.find_or_make(page)
            line = await adding.add(
                page.ctx, cart, ref.sku, buy_request.read(page.form, qty), buy_request.files(page.form)
            )
            await save(page.ctx, cart)
    except Refused as refusal:
        _tell(page, refusal)
        return await _back_to_product(page, product_id, to_choose=isinstance(refusal, OptionsRefused))
    session_cart.remember(page, cart)
    if page.ctx.flag(REDIRECT_TO_CART):
        page.success("You added %1 to your shopping cart.", line.name)
        return page.redirect(CART)
    page.success(page.html(ADDED, line.name, page.url(CART)))
    return page.redirect_back()


@page("checkout/cart/configure")
async def configure(page: ShopPage) -> Response:
    """The product's page, with what was chosen for the line with this id."""
    cart = await session_cart.find(page)
    line = cart.quote.item(page.number("id") or 0) if cart else None
    if line is None:
        page.error(ITEM_NOT_FOUND)
        return page.redirect(CART)
    chosen = buying.read(line.options.get(adding.BUY_REQUEST))
    chosen.qty = line.qty
    return await product.show(
        page, line.product_id, product.Buying(page.url(UPDATE, id=line.item_id), chosen, is_in_cart=True)
    )


@page(UPDATE, methods=["POST"], takes_files=True, instead=CART)
async def update(page: ShopPage) -> Response:
    item_id = page.number("id") or 0
    product_id = _product_id(page)
    qty = buy_request.quantity(page.form.get("qty")) or None
    back = page.redirect("checkout/cart/configure", id=item_id, product_id=product_id)
    if qty is None:
        page.error(NO_QTY, fields=["qty"])
        product.keep(page)
        return back
    cart = await session_cart.find(page, lock=True)
    if cart is None or cart.quote.item(item_id) is None:
        page.error(ITEM_NOT_FOUND)
        return page.redirect(CART)
    try:
        async with page.attempt():
            line = await adding.change(
                page.ctx, cart, item_id, qty, buy_request.read(page.form, qty), buy_request.files(page.form)
            )
            await save(page.ctx, cart)
    except NoSuchItem:
        page.error(ITEM_NOT_FOUND)
        return page.redirect(CART)
    except Refused as refusal:
        _tell(page, refusal)
        product.keep(page)
        return back
    page.success("%1 was updated in your shopping cart.", line.name)
    return page.redirect(CART)


def _product_id(page: ShopPage) -> int:
    text = page.form.get("product") or page.parameter("product")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


async def _quantity(page: ShopPage, sku: str) -> Decimal | None:
    """What was typed; from a list, where nothing is, the fewest that the product is sold in. None for no quantity."""
    if "qty" in page.form:
        return buy_request.quantity(page.form.get("qty")) or None
    group = page.signed_in.group_id or 0 if page.signed_in else 0
    shelf = (await browsing.availability().states(page.ctx, [sku], group))[sku.lower()]
    return max(shelf.min_qty or ONE, shelf.increment or Decimal(0))


def _tell(page: ShopPage, refusal: Refused) -> None:
    """One error a line; those about the quantity also at its field, where the form has one."""
    fields = ["qty"] if "qty" in page.form and not isinstance(refusal, OptionsRefused) else []
    for line in refusal.rendered().split("\n"):
        page.error(line, fields=fields)


async def _back_to_product(page: ShopPage, product_id: int, *, to_choose: bool = False) -> Response:
    """To where the form was: a list, or the product's page with what was chosen. Choices are made only there."""
    if "qty" not in page.form and not to_choose:
        return page.redirect_back()
    product.keep(page)
    paths = await browsing.request_paths(page.ctx, [product_id])
    return page.redirect_to(address(page, paths[product_id]))
