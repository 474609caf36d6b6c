"""Carts in which administrators put together orders for customers (spec 50, 16; spec 60, 15.5).

Such a cart is never active, so no shopper finds it in place of the own one, and what is not ordered goes with the old
carts. It has no order number until it is ordered.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from decimal import Decimal

from msgspec import structs

from entrepot import customers
from entrepot.customers import Customer
from entrepot.kit.context import Context
from entrepot.kit.errors import NotFound, PlainRefusal
from entrepot.kit.scope import StoreView
from entrepot.quotes import access, adding, addresses, carts, queries
from entrepot.quotes.cart import Freed, OpenCart
from entrepot.quotes.contracts import Address
from entrepot.quotes.errors import NoSuchCart, NoSuchItem
from entrepot.quotes.open_cart import goods_of, opened, store_of
from entrepot.quotes.order_desk import PlacedOrder
from entrepot.quotes.placing import place
from entrepot.quotes.quote import Address as StoredAddress
from entrepot.quotes.quote import Content, Purchaser, Quote
from entrepot.quotes.totals.collect import currencies

Free = Callable[[Context, int], Awaitable[Freed]]
"""What the order of that id gives back."""

MOST = Decimal(10) ** 12
NOT_LOGGED_IN = 0
"""The group of guests."""


class InvalidCustomPrice(PlainRefusal):
    """Less than nothing, or more than any amount can be."""

    def __init__(self) -> None:
        super().__init__("Enter a price that is 0 or greater.")


async def begin(ctx: Context, store: StoreView, customer: Customer | None, *, is_guest: bool = False) -> int:
    """A cart in a store view, for an account, for a guest, or for somebody who gets an account with the order; its id.
    Three statements.

    Bills and ships to the default addresses of the account.
    """
    content = Content()
    if customer is not None:
        carts.take_over(ctx, content, customer)
        _ship_to_default(ctx, content, customer)
    else:
        group_id = NOT_LOGGED_IN if is_guest else customers.default_group_id(ctx, store.id)
        tax_class_id = customers.tax_class_of_group(ctx, group_id)
        content.purchaser = Purchaser(group_id=group_id, tax_class_id=tax_class_id, is_guest=is_guest)
    quote = Quote(0, None, store.id, customer.id if customer else None, False, None, ctx.now, ctx.now, None, content)
    content.currencies = currencies(ctx, OpenCart(quote, store))
    cart_id: int = await ctx.db.answer(queries.insert(ctx, store.id, quote.customer_id, None, content))
    made = await access.find(ctx, cart_id)
    made.is_active = False
    queries.update(ctx, made)
    return cart_id


def _ship_to_default(ctx: Context, content: Content, customer: Customer) -> None:
    known = {entry.id: entry for entry in customer.addresses or ()}
    entry = known.get(content.shipping.customer_address_id)
    if entry is not None:
        addresses.copy_from_book(ctx, content.shipping, entry)
    content.shipping.same_as_billing = int(
        entry is None or content.shipping.customer_address_id == content.billing.customer_address_id
    )


async def open_for_order(ctx: Context, cart_id: int, free: Free | None = None) -> OpenCart:
    """A cart that was begun here and is not ordered yet, under its lock, with its totals as they are now.

    Where it takes the place of an order, what `free` says of that can be had by it. Raises NoSuchCart.
    """
    quote = await access.find(ctx, cart_id, lock=True)
    if quote.is_active or quote.reserved_order_id is not None:
        raise NoSuchCart(cart_id)
    origin = quote.content.origin
    freed = await free(ctx, origin.order_id) if free and origin and origin.is_replaced else None
    return await opened(ctx.in_store(store_of(ctx, quote)), quote, freed)


async def set_purchaser(ctx: Context, cart: OpenCart, *, email: str, group_id: int) -> None:
    """Who orders, as far as this order says something else than the account. One statement for another group: it may
    have other prices."""
    purchaser = cart.content.purchaser
    if purchaser.group_id != group_id:
        purchaser.group_id = group_id
        purchaser.tax_class_id = customers.tax_class_of_group(ctx, group_id)
        cart.goods = await goods_of(ctx, cart, (item.product_id for item in cart.content.items))
        cart.is_stale = True
    purchaser.email = email or None
    for address in cart.quote.addresses():
        address.email = purchaser.email


def set_price(cart: OpenCart, item_id: int, *, custom_price: Decimal | None, no_discount: bool) -> None:
    """Let a line cost what an administrator says, in the cart's currency; None for the product's own price.

    Raises NoSuchItem, InvalidCustomPrice.
    """
    line = cart.quote.item(item_id)
    if line is None:
        raise NoSuchItem(cart.id, item_id)
    if custom_price is not None and not 0 <= custom_price < MOST:
        raise InvalidCustomPrice
    if (line.custom_price, line.no_discount) != (custom_price, no_discount):
        line.custom_price, line.no_discount = custom_price, no_discount
        cart.is_stale = True
        adding.ask_for_rates(cart)


def set_billing(ctx: Context, cart: OpenCart, sent: Address) -> None:
    """Raises InvalidEmail, InvalidCountry."""
    cart.content.billing = _typed(ctx, cart, cart.content.billing, sent)


def set_shipping(ctx: Context, cart: OpenCart, sent: Address) -> None:
    """Raises InvalidEmail, InvalidCountry."""
    cart.content.shipping = _typed(ctx, cart, cart.content.shipping, sent)
    cart.content.shipping.same_as_billing = 0
    _follow_place(cart)


def ship_to_billing(cart: OpenCart) -> None:
    """Ship to where it is billed."""
    shipping = cart.content.shipping
    cart.content.shipping = structs.replace(
        cart.content.billing,
        address_id=shipping.address_id,
        shipping_method=shipping.shipping_method,
        rates=shipping.rates,
        base=shipping.base,
        amounts=shipping.amounts,
        collect_shipping_rates=shipping.collect_shipping_rates,
        save_in_address_book=0,
        same_as_billing=1,
    )
    _follow_place(cart)


def _typed(ctx: Context, cart: OpenCart, stored: StoredAddress, sent: Address) -> StoredAddress:
    """What was typed; an entry of the address book that it differs from is no longer meant."""
    address = structs.replace(stored)
    addresses.lay_over(ctx, address, sent)
    if not address.region_id:
        address.region_code = None
    address.customer_id, address.email = cart.quote.customer_id, cart.content.purchaser.email
    if _place(address) != _place(stored):
        address.customer_address_id = None
    addresses.check(ctx, address)
    if _place(address) != _place(stored):
        cart.is_stale = True
    return address


def _place(address: StoredAddress) -> tuple[object, ...]:
    return (
        tuple(address.street),
        address.region_id or 0,
        *(getattr(address, name) or "" for name in (*addresses.FROM_BOOK, "region")),
    )


def _follow_place(cart: OpenCart) -> None:
    """Rates that were asked for before are asked for anew: they belong to a place."""
    if cart.content.shipping.rates:
        adding.ask_for_rates(cart)
    cart.is_stale = True


async def take_from_book(ctx: Context, cart: OpenCart, kind: str, address_id: int) -> None:
    """Bill (`billing`) or ship (`shipping`) to an entry of the customer's address book. Raises NotFound."""
    found = await customers.find_address(ctx, address_id)
    if found is None or cart.quote.customer_id is None or found.customer_id != cart.quote.customer_id:
        raise NotFound
    address = cart.content.billing if kind == "billing" else cart.content.shipping
    addresses.copy_from_book(ctx, address, found)
    if kind == "shipping":
        _follow_place(cart)
    cart.is_stale = True


def ask_all_carriers(cart: OpenCart) -> None:
    """Ask what shipping costs; the chosen method stays, where it is still offered."""
    cart.content.shipping.limit_carrier = None
    adding.ask_for_rates(cart)
    cart.is_stale = True


def ship_by(cart: OpenCart, code: str) -> None:
    """Choose one of the methods that were offered; a code that is none of them leaves it open."""
    shipping = cart.content.shipping
    offered = {rate.code for rate in shipping.rates if rate.method}
    if code in offered and code != shipping.shipping_method:
        shipping.shipping_method = code
        cart.is_stale = True


async def order(ctx: Context, cart: OpenCart, account: Customer | None = None) -> PlacedOrder:
    """Order the cart, for a new account if one is given. The least amount of an order does not apply; the stock does.

    Raises as `placing.place_order`.
    """
    if account is not None:
        cart.quote.customer_id = account.id
        purchaser = cart.content.purchaser
        purchaser.email, purchaser.is_guest = account.email, False
        for name in ("prefix", "firstname", "middlename", "lastname", "suffix"):
            setattr(purchaser, name, getattr(account, name))
        for address in cart.quote.addresses():
            address.customer_id, address.email = account.id, account.email
    return await place(ctx, cart, by_administrator=True)


def set_quantity(cart: OpenCart, item_id: int, qty: Decimal) -> None:
    """Whether the stock has so many shows with the line, and when it is ordered. Raises NoSuchItem, InvalidQty."""
    line = cart.quote.item(item_id)
    if line is None:
        raise NoSuchItem(cart.id, item_id)
    if line.qty != adding.check_qty(qty):
        line.qty = qty
        cart.is_stale = True
        adding.ask_for_rates(cart)


async def forget(ctx: Context, cart: OpenCart) -> None:
    """Throw away what was not ordered."""
    await ctx.db.execute(queries.DELETE, entity_id=cart.id)
