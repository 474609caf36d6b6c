"""An order filled into a cart of administrators: to be ordered once more, or to take its place (spec 60, 15.5).

What was chosen stays, at today's prices but for those that an administrator had set; so do the addresses, and the ways
to ship and to pay where they are still offered.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from msgspec import Struct, structs

from entrepot import customers
from entrepot.customers import Customer
from entrepot.kit.context import Context
from entrepot.kit.errors import NotFound, Refused
from entrepot.quotes import CartAddress, CartItem, CartOrigin, CartPayment, OpenCart, buying, by_administrator, coupons
from entrepot.quotes.adding import BUY_REQUEST
from entrepot.quotes.addresses import FROM_BOOK
from entrepot.quotes.contracts import Address
from entrepot.quotes.open_cart import save
from entrepot.quotes.payment_methods import applicable_methods
from entrepot.sales import editing
from entrepot.sales.contracts import Order, OrderAddress, OrderItem
from entrepot.sales.open_order import NOTHING
from entrepot.sales.printed_order import shipping_address
from entrepot.sales.queries.items import ItemRow
from entrepot.sales.queries.orders import OrderRow
from entrepot.sales.reordering import Again, Failed, failures, put_again

ANYWHERE = ("region", "region_id", "street")


class Filled(Struct, frozen=True):
    cart_id: int
    failed: Sequence[Failed]
    """The lines that could not be had again, and why."""
    lost_coupon: str | None
    """A coupon that is no longer taken."""


async def fill(ctx: Context, order: Order, customer: Customer | None, *, replaces: bool) -> Filled:
    """A cart for `by_administrator` with what an order has. To take its place (`replaces`), what of it is not shipped.

    For a guest without a customer. As many statements for any number of lines. The order's store view must be there.
    """
    cart = await _begin(ctx, order, customer, replaces=replaces)
    here = ctx.in_store(cart.store)
    lines = await put_again(here, cart, _lines(order, replaces=replaces))
    await save(here, cart)
    _set_prices(cart, order, lines)
    if replaces:
        _keep_cards(cart, order, lines)
    _ship_and_bill(here, cart, order, customer)
    by_administrator.ask_all_carriers(cart)
    await save(here, cart)
    lost_coupon = await _give_coupon(here, cart, order.coupon_code)
    _choose_methods(here, cart, order)
    await save(here, cart)
    return Filled(cart.id, failures(lines), lost_coupon)


async def _begin(ctx: Context, order: Order, customer: Customer | None, *, replaces: bool) -> OpenCart:
    store = ctx.stores.by_id(order.store_id or 0) or ctx.stores.default
    cart_id = await by_administrator.begin(ctx.in_store(store), store, customer, is_guest=customer is None)
    cart = await by_administrator.open_for_order(ctx, cart_id)
    cart.content.origin = CartOrigin(order.entity_id or 0, order.increment_id or "", is_replaced=replaces)
    cart.content.currencies.chosen = order.order_currency_code
    purchaser = cart.content.purchaser
    group_id = await _group(ctx, order, purchaser.group_id) if replaces and customer else purchaser.group_id
    email = order.customer_email or ""
    await by_administrator.set_purchaser(ctx, cart, email=email, group_id=group_id)
    if replaces:
        purchaser.note, purchaser.note_notify = order.customer_note, bool(order.customer_note_notify)
        cart.freed = await editing.freed_by(ctx, order.entity_id or 0)
    return cart


async def _group(ctx: Context, order: Order, otherwise: int) -> int:
    """That of the order, which an administrator may have chosen, if it is still there."""
    if order.customer_group_id in (None, otherwise):
        return otherwise
    try:
        return (await customers.get_group(ctx, order.customer_group_id or 0)).id or 0
    except NotFound:
        return otherwise


def _lines(order: Order, *, replaces: bool) -> list[tuple[OrderItem, Decimal]]:
    """What was shipped of an order that is replaced is not ordered again."""
    found = []
    for item in order.items or ():
        if item.parent_item_id is None:
            done = max(item.qty_shipped or NOTHING, item.qty_invoiced or NOTHING) if replaces else NOTHING
            found.append((item, (item.qty_ordered or NOTHING) - done))
    return [(item, qty) for item, qty in found if qty > 0]


def _set_prices(cart: OpenCart, order: Order, lines: Sequence[Again]) -> None:
    """Prices are in the currency of the order: in another one they say nothing."""
    is_same = cart.content.currencies.quote_code == order.order_currency_code
    for again, line in _in_cart(cart, lines):
        by_administrator.set_price(
            cart,
            line.item_id,
            custom_price=again.kept.custom_price if is_same else None,
            no_discount=bool(again.item.no_discount),
        )


def _keep_cards(cart: OpenCart, order: Order, lines: Sequence[Again]) -> None:
    if isinstance(order, OrderRow):
        cart.content.gift_message_id = order.gift_message_id
    for again, line in _in_cart(cart, lines):
        if isinstance(again.item, ItemRow):
            line.gift_message_id = again.item.gift_message_id


def _in_cart(cart: OpenCart, lines: Sequence[Again]) -> list[tuple[Again, CartItem]]:
    """The lines that came in, with those that they have become."""
    return [(one, line) for one in lines if one.refusal is None and (line := _line_of(cart, one)) is not None]


def _line_of(cart: OpenCart, again: Again) -> CartItem | None:
    asked = structs.replace(again.request, qty=NOTHING)
    for line in cart.quote.visible_items:
        request = structs.replace(buying.read(line.options.get(BUY_REQUEST)), qty=NOTHING)
        if line.product_id == again.item.product_id and request == asked:
            return line
    return None


# Where it goes, and how


def _ship_and_bill(ctx: Context, cart: OpenCart, order: Order, customer: Customer | None) -> None:
    """An address that can no longer be is left as the cart has it."""
    entries = {entry.id for entry in (customer.addresses or ())} if customer else set()
    billing, shipping = order.billing_address, shipping_address(order)
    try:
        if billing is not None:
            by_administrator.set_billing(ctx, cart, _typed(billing))
            cart.content.billing.customer_address_id = _entry(billing, entries)
        if shipping is not None:
            by_administrator.set_shipping(ctx, cart, _typed(shipping))
            cart.content.shipping.customer_address_id = _entry(shipping, entries)
    except Refused:
        return
    if shipping is None or _is_same(cart.content.billing, cart.content.shipping):
        by_administrator.ship_to_billing(cart)


def _typed(address: OrderAddress) -> Address:
    values: dict[str, Any] = {name: getattr(address, name) or "" for name in FROM_BOOK}
    return Address(
        **values, street=address.street, region=address.region, region_id=address.region_id, save_in_address_book=0
    )


def _entry(address: OrderAddress, entries: set[int | None]) -> int | None:
    return address.customer_address_id if address.customer_address_id in entries else None


def _is_same(billing: CartAddress, shipping: CartAddress) -> bool:
    return all(getattr(billing, name) == getattr(shipping, name) for name in (*FROM_BOOK, *ANYWHERE))


async def _give_coupon(ctx: Context, cart: OpenCart, code: str | None) -> str | None:
    """The code, if it is no longer taken."""
    if not code or not cart.content.items or await coupons.use_coupon(ctx, cart, code):
        return None
    return code


def _choose_methods(ctx: Context, cart: OpenCart, order: Order) -> None:
    """Those of the order, where they are offered."""
    if (method := _shipping_method(order)) is not None:
        by_administrator.ship_by(cart, method)
    payment = order.payment
    if payment is not None and payment.method in {one.code for one in applicable_methods(ctx, cart)}:
        cart.content.payment = CartPayment(payment.method or "", payment.po_number)


def _shipping_method(order: Order) -> str | None:
    extension = order.extension_attributes
    assignments = (extension.shipping_assignments if extension else None) or ()
    return next((one.shipping.method for one in assignments if one.shipping and one.shipping.method), None)
