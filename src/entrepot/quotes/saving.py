"""A customer's cart saved as a whole (spec 50, 5.3)."""

from __future__ import annotations

from decimal import Decimal

from entrepot.kit.context import Context
from entrepot.kit.rest.operation import SELF, operation
from entrepot.quotes import access, adding, addresses, buying
from entrepot.quotes.cart import OpenCart
from entrepot.quotes.contracts import Cart, CartItem, ShippingAssignment
from entrepot.quotes.errors import CartNotOwned, NoSuchCart, OneShippingAssignment
from entrepot.quotes.open_cart import open_cart, save


@operation("PUT /V1/carts/mine", access=SELF, service="Magento.Quote.Api.CartRepository.save")
async def save_own_cart(ctx: Context, quote: Cart) -> None:
    """Change the caller's active cart: fields that are not sent stay, lines with an unknown sku are added.

    Raises:
        CartNotOwned: `customer` is not the caller, or is missing.
        NoSuchCart: `id` is not the caller's active cart.
        OneShippingAssignment: more than one is given.
    """
    cart_id = await access.callers_cart_id(ctx)
    if quote.customer is None or quote.customer.id != ctx.actor.customer_id:
        raise CartNotOwned
    if quote.id is not None and quote.id != cart_id:
        raise NoSuchCart(quote.id)
    cart = await open_cart(ctx, cart_id, lock=True)
    _take_purchaser(cart, quote)
    for item in quote.items or ():
        await _take_item(ctx, cart, item)
    if quote.billing_address is not None:
        cart.content.billing = await addresses.taken(ctx, cart, cart.content.billing, quote.billing_address)
    assignments = (quote.extension_attributes.shipping_assignments if quote.extension_attributes else None) or []
    if len(assignments) > 1:
        raise OneShippingAssignment
    for assignment in assignments:
        await _take_shipping(ctx, cart, assignment)
    await save(ctx, cart)


def _take_purchaser(cart: OpenCart, sent: Cart) -> None:
    purchaser = cart.content.purchaser
    customer = sent.customer
    for name in ("email", "firstname", "lastname", "middlename", "prefix", "suffix", "taxvat"):
        if customer is not None and (value := getattr(customer, name)) is not None:
            setattr(purchaser, name, value)
    if sent.customer_note is not None:
        purchaser.note = sent.customer_note or None
    if sent.customer_note_notify is not None:
        purchaser.note_notify = sent.customer_note_notify


async def _take_item(ctx: Context, cart: OpenCart, sent: CartItem) -> None:
    qty: Decimal = adding.check_qty(sent.qty)
    request, files = buying.from_contract(qty, sent.product_option)
    if sent.item_id:
        await adding.change(ctx, cart, sent.item_id, qty, request if sent.product_option else None, files)
    elif sent.sku:
        await adding.add(ctx, cart, sent.sku, request, files)


async def _take_shipping(ctx: Context, cart: OpenCart, assignment: ShippingAssignment) -> None:
    sent = assignment.shipping
    if sent is None or cart.content.is_virtual:
        return
    shipping = cart.content.shipping
    if sent.address is not None:
        shipping = cart.content.shipping = await addresses.taken(ctx, cart, shipping, sent.address)
    if sent.method:
        shipping.shipping_method = sent.method
    shipping.collect_shipping_rates = True
