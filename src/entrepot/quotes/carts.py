"""Carts made, read, and given to customers (spec 50, 5.1 to 5.4)."""

from __future__ import annotations

from msgspec import structs

from entrepot import customers
from entrepot.customers import Customer
from entrepot.kit.context import Context
from entrepot.kit.rest.operation import ANONYMOUS, CUSTOMER_ID, SELF, MayUse, operation
from entrepot.kit.scope import StoreView
from entrepot.kit.search_criteria import SearchCriteria
from entrepot.kit.search_sql import results, search
from entrepot.kit.statements import Call
from entrepot.quotes import access, addresses, queries
from entrepot.quotes.access import Mask
from entrepot.quotes.cart import OpenCart
from entrepot.quotes.contracts import Cart, CartSearchResults
from entrepot.quotes.errors import (
    CartNotAnonymous,
    CustomerHasCart,
    CustomerOfAnotherStore,
    NoCartOfCustomer,
    NoSuchCart,
    NotTheCallersId,
)
from entrepot.quotes.listing import QUOTES
from entrepot.quotes.open_cart import opened, save
from entrepot.quotes.quote import Content, Purchaser, Quote
from entrepot.quotes.show import show_cart
from entrepot.quotes.totals.collect import currencies

MANAGE = MayUse("Magento_Cart::manage")


@operation("POST /V1/guest-carts", access=ANONYMOUS, service="Magento.Quote.Api.GuestCartManagement.createEmptyCart")
async def create_guest_cart(ctx: Context) -> str:
    """A new cart in the store view of the request; answers the name by which only who has it can use the cart.

    One statement.
    """
    mask = access.new_mask()
    _create(ctx, None, mask)
    return mask


@operation("POST /V1/carts/", access=MANAGE, service="Magento.Quote.Api.CartManagement.createEmptyCart")
async def create_cart(ctx: Context) -> str:
    """A new cart that is nobody's; answers its id as text."""
    return str(await ctx.db.answer(_create(ctx, None, None)))


@operation(
    "POST /V1/carts/mine",
    access=SELF,
    service="Magento.Quote.Api.CartManagement.createEmptyCartForCustomer",
    force={"customerId": CUSTOMER_ID},
)
@operation(
    "POST /V1/customers/{customer_id}/carts",
    access=MANAGE,
    service="Magento.Quote.Api.CartManagement.createEmptyCartForCustomer",
)
async def create_customer_cart(ctx: Context, customer_id: int) -> int:
    """The customer's active cart on the website, a new one if there is none; answers its id.

    Raises NoSuchCustomer.
    """
    if (found := await access.active_cart_id(ctx, customer_id)) is not None:
        return found
    customer = await customers.get_by_id(ctx, customer_id)
    await access.hold_carts(ctx, customer_id)
    made_meanwhile = await access.active_cart_id(ctx, customer_id)
    return made_meanwhile if made_meanwhile is not None else await ctx.db.answer(_create(ctx, customer, None))


def _create(ctx: Context, customer: Customer | None, mask: str | None) -> Call:
    store = _store(ctx)
    content = Content()
    if customer is not None:
        take_over(ctx, content, customer)
    else:
        content.purchaser.tax_class_id = customers.tax_class_of_group(ctx, content.purchaser.group_id)
    content.currencies = currencies(ctx, OpenCart(_unsaved(ctx, store, content), store))
    return queries.insert(ctx, store.id, customer.id if customer else None, mask, content)


def _store(ctx: Context) -> StoreView:
    return ctx.stores.default if ctx.store.is_admin else ctx.store


def _unsaved(ctx: Context, store: StoreView, content: Content) -> Quote:
    return Quote(0, None, store.id, None, True, None, ctx.now, ctx.now, None, content)


def take_over(ctx: Context, content: Content, customer: Customer) -> None:
    """Copy what the account says: who buys, and where to bill. The default shipping address is only linked."""
    group_id = customer.group_id or 0
    content.purchaser = Purchaser(
        email=customer.email,
        prefix=customer.prefix,
        firstname=customer.firstname,
        middlename=customer.middlename,
        lastname=customer.lastname,
        suffix=customer.suffix,
        dob=customer.dob,
        taxvat=customer.taxvat,
        gender=customer.gender,
        group_id=group_id,
        tax_class_id=customers.tax_class_of_group(ctx, group_id),
        note=content.purchaser.note,
        note_notify=content.purchaser.note_notify,
    )
    for address in (content.billing, content.shipping):
        address.customer_id, address.email = customer.id, customer.email
    for known in customer.addresses or ():
        if known.default_billing:
            addresses.copy_from_book(ctx, content.billing, known)
        if known.default_shipping:
            content.shipping.customer_address_id = known.id


@operation("GET /V1/carts/{cart_id}", access=MANAGE, service="Magento.Quote.Api.CartRepository.get")
async def get_cart(ctx: Context, cart_id: int) -> Cart:
    """Any cart, active or not. Raises NoSuchCart."""
    return await _show(ctx, await access.find(ctx, cart_id))


@operation("GET /V1/guest-carts/{cart_id}", access=ANONYMOUS, service="Magento.Quote.Api.GuestCartRepository.get")
async def get_guest_cart(ctx: Context, cart_id: str) -> Cart:
    """Also after it was ordered. Raises NoSuchCart."""
    quote = await access.find(ctx, Mask(cart_id))
    access.check_readable(ctx, quote)
    return await _show(ctx, quote)


@operation(
    "GET /V1/carts/mine",
    access=SELF,
    service="Magento.Quote.Api.CartManagement.getCartForCustomer",
    force={"customerId": CUSTOMER_ID},
)
async def get_customer_cart(ctx: Context, customer_id: int) -> Cart:
    """The active cart of the calling customer on the website of the request. Raises NoCartOfCustomer."""
    found = await access.active_cart_id(ctx, customer_id)
    if found is None:
        raise NoCartOfCustomer(customer_id)
    return await _show(ctx, await access.find(ctx, found))


@operation("GET /V1/carts/search", access=MANAGE, service="Magento.Quote.Api.CartRepository.getList")
async def search_carts(ctx: Context, search_criteria: SearchCriteria) -> CartSearchResults:
    """Carts of all stores, by id unless the criteria say otherwise."""
    rows, total = await search(ctx.db, QUOTES, search_criteria)
    quotes = [queries.to_quote(row) for row in rows]
    known = await customers.list_by_ids(ctx, sorted({quote.customer_id for quote in quotes if quote.customer_id}))
    shown = [show_cart(ctx, quote, known.get(quote.customer_id or 0) or _guest(quote)) for quote in quotes]
    page = results(shown, search_criteria, total)
    return CartSearchResults(items=page.items, search_criteria=page.search_criteria, total_count=page.total_count)


async def _show(ctx: Context, quote: Quote) -> Cart:
    if quote.is_active:
        quote = (await opened(ctx, quote)).quote
    customer = await customers.get_by_id(ctx, quote.customer_id) if quote.customer_id is not None else _guest(quote)
    return show_cart(ctx, quote, customer)


def _guest(quote: Quote) -> Customer:
    purchaser = quote.content.purchaser
    return Customer(email=purchaser.email, firstname=purchaser.firstname, lastname=purchaser.lastname)


@operation("PUT /V1/carts/{cart_id}", access=MANAGE, service="Magento.Quote.Api.CartManagement.assignCustomer")
async def assign_customer(ctx: Context, cart_id: int, customer_id: int, store_id: int) -> bool:
    """Give a cart that is nobody's to a customer, whose prices and taxes it has from then on.

    Raises:
        NoSuchCart, NoSuchCustomer.
        CustomerOfAnotherStore: the account cannot be used in the store view.
        CartNotAnonymous: it is a customer's already.
        CustomerHasCart: on this website.
    """
    return await _assign(ctx, await access.find(ctx, cart_id, lock=True), customer_id, store_id)


@operation("PUT /V1/guest-carts/{cart_id}", access=SELF, service="Magento.Quote.Api.GuestCartManagement.assignCustomer")
async def assign_guest_cart(ctx: Context, cart_id: str, customer_id: int, store_id: int) -> bool:
    """A guest who has signed in takes the cart along. As `assign_customer`; raises NotTheCallersId first."""
    if ctx.actor.customer_id is not None and ctx.actor.customer_id != customer_id:
        raise NotTheCallersId
    if ctx.actor.customer_id is None and ctx.actor.id != customer_id:
        raise NotTheCallersId
    return await _assign(ctx, await access.find(ctx, Mask(cart_id), lock=True), customer_id, store_id)


async def _assign(ctx: Context, quote: Quote, customer_id: int, store_id: int) -> bool:
    if not quote.is_active:
        raise NoSuchCart(quote.entity_id)
    customer = await customers.get_by_id(ctx, customer_id)
    store = ctx.stores.by_id(store_id)
    if store is None or (store.website_id != customer.website_id and not customers.is_global(ctx)):
        raise CustomerOfAnotherStore
    if quote.customer_id is not None:
        raise CartNotAnonymous
    await access.hold_carts(ctx, customer_id)
    if await access.active_cart_id(ctx.in_store(store), customer_id) is not None:
        raise CustomerHasCart
    await give_to(ctx, quote, customer)
    return True


async def give_to(ctx: Context, quote: Quote, customer: Customer) -> OpenCart:
    """Make a cart the customer's: prices, taxes and rules of the account's group apply, its masked name is gone."""
    shipping, billing = structs.replace(quote.content.shipping), structs.replace(quote.content.billing)
    take_over(ctx, quote.content, customer)
    if billing.country_id:
        quote.content.billing = structs.replace(billing, customer_id=customer.id, email=customer.email)
    quote.content.shipping = structs.replace(shipping, customer_id=customer.id, email=customer.email)
    quote.customer_id, quote.masked_id = customer.id, None
    cart = await opened(ctx, quote)
    await save(ctx, cart)
    return cart
