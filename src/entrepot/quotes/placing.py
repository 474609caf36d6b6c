"""A cart becomes an order (spec 50, 9; docs/algorithms/placing-orders.md)."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, NoReturn

from msgspec import structs

from entrepot import customers, inventory, promotions
from entrepot.catalog import ProductRef
from entrepot.customers import Address as BookAddress
from entrepot.inventory import SalesEvent
from entrepot.kit.context import Context
from entrepot.kit.rest.operation import ANONYMOUS, CART_ID, SELF, MayUse, operation
from entrepot.quotes import access, option_files, payments, queries
from entrepot.quotes.access import CartKey, Mask
from entrepot.quotes.cart import OpenCart
from entrepot.quotes.contracts import Payment
from entrepot.quotes.coupons import use_coupon
from entrepot.quotes.errors import CannotPlace, CouponLost, GuestsMayNotOrder
from entrepot.quotes.events import OrderPlaced
from entrepot.quotes.open_cart import open_cart
from entrepot.quotes.order_desk import PlacedOrder, order_desk
from entrepot.quotes.payment_methods import Settings, methods
from entrepot.quotes.quantities import problems_by, sums
from entrepot.quotes.quote import Address
from entrepot.quotes.readiness import check_ready
from entrepot.quotes.totals.collect import collect

MANAGE = MayUse("Magento_Cart::manage")
GUEST_CHECKOUT = "checkout/options/guest_checkout"
AS_GUEST = "guest"
ORDER_PLACED, ORDER = "order_placed", "order"


@operation(
    "PUT /V1/carts/mine/order",
    access=SELF,
    service="Magento.Quote.Api.CartManagement.placeOrder",
    force={"cartId": CART_ID},
)
@operation("PUT /V1/carts/{cart_id}/order", access=MANAGE, service="Magento.Quote.Api.CartManagement.placeOrder")
async def place_order(ctx: Context, cart_id: int, payment_method: Payment | None = None) -> str:
    """Order what is in the cart; answers the order's id as text.

    The order, its claims on the stock, the uses of its coupon and the closing of the cart are one transaction under
    the lock of the cart: however often a cart is submitted, it is one order.

    Raises:
        NoSuchCart: none, or it was ordered already.
        CannotPlace: there is nothing in it.
        NotReady: the first thing that is missing or wrong.
        OutOfStock: a line can no longer be covered; nothing is reserved.
        CouponLost: the coupon can be used no more. It is gone from the cart, which can be ordered without.
    """
    cart = await _open(ctx, cart_id, payment_method)
    return str((await place(ctx, cart)).order_id)


@operation(
    "PUT /V1/guest-carts/{cart_id}/order",
    access=ANONYMOUS,
    service="Magento.Quote.Api.GuestCartManagement.placeOrder",
)
async def place_guest_order(ctx: Context, cart_id: str, payment_method: Payment | None = None) -> str:
    """As `place_order`; also raises GuestsMayNotOrder."""
    cart = await _open(ctx, Mask(cart_id), payment_method)
    check_guests_may_order(ctx, cart)
    return str((await place(ctx, cart)).order_id)


async def _open(ctx: Context, key: CartKey, payment: Payment | None) -> OpenCart:
    cart = await open_cart(ctx, key, lock=True)
    if payment is not None:
        # Whether there is an address is asked with the rest of what makes a cart ready, and said in its words.
        payments.pay_by(ctx, cart, payment)
    return cart


def check_guests_may_order(ctx: Context, cart: OpenCart) -> None:
    """Raises GuestsMayNotOrder."""
    if cart.quote.customer_id is None and not ctx.flag(GUEST_CHECKOUT, store_id=cart.store.id):
        raise GuestsMayNotOrder


async def place(
    ctx: Context, cart: OpenCart, *, by_administrator: bool = False, without_coupon: str = ""
) -> PlacedOrder:
    """Order a cart that was opened with its lock. Who orders for a customer is not where the customer is, and may order
    for less than the shop demands. `without_coupon` is the code of whose loss the buyer knows."""
    access.check_writable(ctx, cart.quote)
    if not cart.quote.visible_items:
        raise CannotPlace
    _name_guest(cart)
    if not by_administrator:
        cart.content.remote_ip, cart.content.x_forwarded_for = ctx.remote_address or None, ctx.forwarded_for
    await collect(ctx, cart)
    await _use_promotions(ctx, cart, without_coupon)
    found = await inventory.hold(
        ctx, await inventory.stock_id_of_store(ctx, cart.store), _products(cart), cart.customer_group_id
    )
    facts = {one.product.product_id: one for one in found if one.product}
    await check_ready(ctx, cart, problems_by(cart, facts).values(), any_amount=by_administrator)
    order = await order_desk().take(ctx, cart, payment_information=_payment_information(ctx, cart))
    await inventory.reserve_held(ctx, found, _wanted(cart), SalesEvent(ORDER_PLACED, ORDER, str(order.order_id)))
    cart.quote.is_active, cart.quote.reserved_order_id = False, order.increment_id
    queries.update(ctx, cart.quote)
    await option_files.keep(ctx, cart)
    await _fill_address_book(ctx, cart)
    await ctx.publish(OrderPlaced(order.order_id, cart.id, order.increment_id, cart.store.id))
    return order


async def _use_promotions(ctx: Context, cart: OpenCart, without_coupon: str) -> None:
    """Count the uses of rules and coupon. Nobody pays more than was shown for want of a coupon: raises CouponLost."""
    content = cart.content
    if cart.lost_coupon not in (None, without_coupon):
        await _lose_coupon(ctx, cart)
    content.lost_coupon = None
    using = promotions.use(ctx, content.applied_rule_ids, content.coupon_code, cart.quote.customer_id)
    if not content.coupon_code:
        return await using
    try:
        # The loss of the coupon is kept, and no use that was counted with it.
        async with ctx.savepoint():
            await using
    except promotions.CouponNotValid as refusal:
        await _lose_coupon(ctx, cart, refusal)


async def _lose_coupon(ctx: Context, cart: OpenCart, cause: Exception | None = None) -> NoReturn:
    await use_coupon(ctx, cart, None)
    raise CouponLost from cause


def _name_guest(cart: OpenCart) -> None:
    """Who has no account is known by the billing address."""
    if cart.quote.customer_id is not None:
        return
    content, billing = cart.content, cart.content.billing
    purchaser = content.purchaser
    content.checkout_method = AS_GUEST
    purchaser.email = billing.email
    purchaser.is_guest, purchaser.group_id = True, 0
    if not purchaser.firstname and not purchaser.lastname:
        purchaser.firstname, purchaser.lastname = billing.firstname, billing.lastname
        purchaser.middlename = billing.middlename


def _products(cart: OpenCart) -> list[ProductRef]:
    ids = dict.fromkeys(item.product_id for item in cart.content.items)
    return [cart.goods[product_id].ref for product_id in ids]


def _wanted(cart: OpenCart) -> Mapping[int, Decimal]:
    return dict(sums(cart))


def _payment_information(ctx: Context, cart: OpenCart) -> dict[str, Any]:
    payment = cart.content.payment
    if payment is None:
        return {}
    title = Settings(ctx, payment.method, cart.store.id).title
    return {"method_title": title, **methods()[payment.method].information(ctx, cart)}


async def _fill_address_book(ctx: Context, cart: OpenCart) -> None:
    """Keep the addresses that the customer wanted to keep; the first ones become the default ones."""
    customer_id = cart.quote.customer_id
    content = cart.content
    kept = [one for one in (content.billing, content.shipping) if one.save_in_address_book]
    if customer_id is None or not kept:
        return
    account = await customers.get_by_id(ctx, customer_id)
    for address in kept:
        entry = structs.replace(
            _entry(address),
            default_billing=True if not account.default_billing and address is content.billing else None,
            default_shipping=True if not account.default_shipping and address is content.shipping else None,
        )
        await customers.save_address(ctx, customer_id, entry)


def _entry(address: Address) -> BookAddress:
    return BookAddress(
        region=customers.Region(address.region_code, address.region, address.region_id),
        region_id=address.region_id,
        country_id=address.country_id,
        street=address.street,
        company=address.company,
        telephone=address.telephone,
        fax=address.fax,
        postcode=address.postcode,
        city=address.city,
        firstname=address.firstname,
        lastname=address.lastname,
        middlename=address.middlename,
        prefix=address.prefix,
        suffix=address.suffix,
        vat_id=address.vat_id,
    )
