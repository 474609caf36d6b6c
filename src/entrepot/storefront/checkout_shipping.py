"""The first step: where to, and how."""

from __future__ import annotations

from msgspec import structs
from starlette.responses import Response

from entrepot import customers
from entrepot.kit.pages import page
from entrepot.quotes import OpenCart, shipping
from entrepot.quotes.open_cart import save
from entrepot.quotes.quote import Address
from entrepot.quotes.readiness import NO_METHOD
from entrepot.quotes.totals.collect import collect
from entrepot.storefront import cart_estimate, checkout, checkout_address
from entrepot.storefront.checkout_address import EMAIL, AddressChoice
from entrepot.storefront.shop_page import ShopPage

METHOD = "shipping_method"
POLICY_SHOWN = "shipping/shipping_policy/enable_shipping_policy"
POLICY_TEXT = "shipping/shipping_policy/shipping_policy_content"
PLACE = (
    "customer_id", "customer_address_id", "email", "prefix", "firstname", "middlename", "lastname", "suffix", "company",
    "street", "city", "region", "region_id", "region_code", "postcode", "country_id", "telephone", "fax", "vat_id",
    "custom_attributes",
)  # fmt: skip
"""What two addresses have in common when the bill goes where the goods go."""
RATES = "rates"
"""The id of the list of methods."""


@page(checkout.SHIPPING)
async def show(page: ShopPage) -> Response:
    cart = await checkout.enter(page)
    if isinstance(cart, Response):
        return cart
    if cart.content.is_virtual:
        return page.redirect(checkout.PAYMENT)
    typed = checkout.typed_form(page)
    stored = cart.content.shipping
    choice = checkout_address.choice_of(page, stored, typed, default="default_shipping")
    email = typed.get(EMAIL) if typed else stored.email or ""
    await _estimate(page, cart, choice, typed.get(METHOD) if typed else "")
    return await checkout.render(
        page,
        cart,
        checkout.SHIPPING,
        "checkout/shipping.html",
        choice=choice,
        email=email,
        rates=await cart_estimate.rate_views(page, cart),
        knows_place=bool(cart.content.shipping.country_id),
        policy=(page.ctx.config(POLICY_TEXT) or "") if page.ctx.flag(POLICY_SHOWN) else "",
        **choice.fields,
    )


@page("checkout/rates", methods=["POST"], instead=checkout.SHIPPING)
async def rates(page: ShopPage) -> Response:
    """A part of the page: what shipping costs to what is typed so far, and the totals with it. Nothing is kept."""
    cart = await checkout.enter(page)
    if isinstance(cart, Response):
        # The page as a whole is no longer right; htmx then goes to where it leads.
        cart.headers["hx-redirect"] = cart.headers["location"]
        cart.status_code = 204
        return cart
    choice = checkout_address.choice_of(page, cart.content.shipping, page.form, default="default_shipping")
    await _estimate(page, cart, choice, page.form.get(METHOD))
    return page.render(
        "checkout/rates.html",
        rates=await cart_estimate.rate_views(page, cart),
        knows_place=bool(cart.content.shipping.country_id),
        **checkout.summary_values(page, cart),
    )


@page("checkout/email", methods=["POST"], instead=checkout.SHIPPING)
async def known_email(page: ShopPage) -> Response:
    """A part of the page: the way to sign in, opened for an address that has an account."""
    email = page.form.get(EMAIL).strip()
    has_account = customers.is_email(email) and not await customers.is_email_available(page.ctx, email)
    return page.render("checkout/sign_in_part.html", email=email, has_account=has_account)


@page("checkout/shippingPost", methods=["POST"], instead=checkout.SHIPPING)
async def ship(page: ShopPage) -> Response:
    cart = await checkout.enter(page, lock=True)
    if isinstance(cart, Response):
        return cart
    if cart.content.is_virtual:
        return page.redirect(checkout.PAYMENT)
    if page.form.is_ticked("update"):
        return _again(page)
    is_right = checkout_address.take_email(page, cart)
    address = await checkout_address.take(page, cart, cart.content.shipping)
    method = page.form.get(METHOD)
    if not method:
        page.error(NO_METHOD, fields=[RATES])
    if address is None or not is_right or not method:
        return _again(page)
    _move(cart, address)
    carrier, _, name = method.partition("_")
    shipping.choose(cart, carrier, name)
    await collect(page.ctx, cart)
    if cart.content.shipping.rate is None:
        page.error(NO_METHOD, fields=[RATES])
        return _again(page)
    await save(page.ctx, cart, recollect=False)
    return page.redirect(checkout.PAYMENT)


def _move(cart: OpenCart, address: Address) -> None:
    """Ship to the address; the bill goes there too, unless it is to go elsewhere."""
    content = cart.content
    before, billing = content.shipping, content.billing
    is_first = not before.firstname
    follows = bool(before.same_as_billing)
    if is_first and billing.firstname:
        follows = billing.customer_address_id is not None and billing.customer_address_id == address.customer_address_id
    address.same_as_billing = int(follows)
    content.shipping = address
    if follows:
        bill_to_shipping(cart)


def bill_to_shipping(cart: OpenCart) -> None:
    """Make the billing address a copy of where it is shipped to."""
    content = cart.content
    content.billing = Address(
        address_id=content.billing.address_id, **{name: getattr(content.shipping, name) for name in PLACE}
    )
    content.shipping.same_as_billing = 1


async def _estimate(page: ShopPage, cart: OpenCart, choice: AddressChoice, method: str) -> None:
    """Have the cart, which is not saved, go to where the form says."""
    place = checkout_address.chosen_place(page, choice, cart.content.shipping)
    stored = cart.content.shipping
    to = structs.replace(
        stored,
        country_id=place.country_id,
        region_id=place.region_id or None,
        region=place.region.region if place.region else None,
        region_code=place.region.region_code if place.region else None,
        postcode=place.postcode,
        city=place.city,
        street=list(place.street or ()),
    )
    cart.content.shipping = to
    cart_estimate.choose_rate(cart, method)
    await collect(page.ctx, cart)
    offered = [rate for rate in to.rates if rate.method]
    if to.rate is None and len(offered) == 1:
        to.shipping_method = offered[0].code
        await collect(page.ctx, cart)


def _again(page: ShopPage) -> Response:
    page.keep_form(checkout.KEPT, *checkout_address.FIELDS, METHOD)
    return page.redirect(checkout.SHIPPING)
