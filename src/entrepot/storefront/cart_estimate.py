"""Estimate Shipping and Tax: what a cart comes to at a place, before there is an address."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from msgspec import Struct
from starlette.responses import Response

from entrepot import directory
from entrepot.customers import Address as BookAddress
from entrepot.kit.context import Context
from entrepot.kit.pages import page
from entrepot.quotes import OpenCart, adding, addresses
from entrepot.quotes.open_cart import save
from entrepot.quotes.quote import Address
from entrepot.quotes.shipping import show_rates
from entrepot.quotes.totals.collect import collect
from entrepot.storefront import address_form, session_cart, tax_display
from entrepot.storefront.cart_totals import SHIPPING
from entrepot.storefront.shop_page import ShopPage
from entrepot.storefront.tax_display import TwoPrices

CART = "checkout/cart"


class RateView(Struct, frozen=True):
    """A way to ship, or why a carrier does not."""

    code: str
    """`flatrate_flatrate`; empty for one that does not deliver."""
    title: str
    carrier: str
    price: TwoPrices
    problem: str
    is_chosen: bool


class Estimate(Struct, frozen=True):
    country_id: str
    postcode: str
    address: BookAddress
    countries: Sequence[address_form.Country]
    required_regions: Sequence[str]
    rates: Sequence[RateView]
    is_virtual: bool


async def of(page: ShopPage, cart: OpenCart) -> Estimate:
    """What the form shows: the place that the cart has, or where the shop's taxes suppose everybody to be."""
    place = cart.quote.owner
    country_id = place.country_id or directory.default_country(page.ctx) or ""
    countries = address_form.known_countries(page)
    return Estimate(
        country_id=country_id,
        postcode=place.postcode or "",
        address=BookAddress(region_id=place.region_id, country_id=country_id),
        countries=countries,
        required_regions=[one.id for one in countries if directory.is_region_required(page.ctx, one.id)],
        rates=await rate_views(page, cart) if cart.content.shipping.rates else [],
        is_virtual=cart.content.is_virtual,
    )


@page("checkout/cart/estimatePost", methods=["POST"], instead=CART)
async def estimate(page: ShopPage) -> Response:
    """The place is kept in the cart, and stands in the checkout's form then."""
    cart = await session_cart.find(page, lock=True)
    if cart is None or not cart.content.items:
        return page.redirect(CART)
    move(page, cart.quote.owner)
    choose_rate(cart, page.form.get("shipping_method"))
    await save(page.ctx, cart)
    await choose_only_rate(page.ctx, cart)
    return page.redirect(CART, query={"estimated": "1"})


def move(page: ShopPage, to: Address) -> None:
    """Give an address of a cart the country, region and postcode of the posted form."""
    read = address_form.read_address(page)
    known = read.country_id in directory.allowed_countries(page.ctx)
    if (to.country_id, to.region_id, to.postcode) != (read.country_id, read.region_id, read.postcode):
        to.customer_address_id = None
    to.country_id = read.country_id if known else None
    to.postcode = read.postcode
    to.region_id, to.region_code = read.region_id, None
    to.region = read.region.region if read.region else None
    addresses.complete_region(page.ctx, to)


def choose_rate(cart: OpenCart, code: str) -> None:
    """Ask all carriers anew, and ship by this method if one of them offers it."""
    shipping = cart.content.shipping
    if code:
        shipping.shipping_method = code
    shipping.limit_carrier = None
    adding.ask_for_rates(cart)


async def choose_only_rate(ctx: Context, cart: OpenCart) -> None:
    """Where there is but one way to ship, it need not be chosen by hand."""
    shipping = cart.content.shipping
    offered = [rate for rate in shipping.rates if rate.method]
    if shipping.rate is None and len(offered) == 1:
        shipping.shipping_method = offered[0].code
        await collect(ctx, cart)
        await save(ctx, cart, recollect=False)


async def rate_views(page: ShopPage, cart: OpenCart) -> list[RateView]:
    display = tax_display.of(page, SHIPPING)
    chosen = cart.content.shipping.rate
    return [
        RateView(
            code=f"{rate.carrier_code}_{rate.method_code}" if rate.available else "",
            title=rate.method_title or "",
            carrier=rate.carrier_title or "",
            price=TwoPrices(display, rate.price_excl_tax or Decimal(0), rate.price_incl_tax or Decimal(0)),
            problem=rate.error_message or "",
            is_chosen=chosen is not None and (chosen.carrier, chosen.method) == (rate.carrier_code, rate.method_code),
        )
        for rate in await show_rates(page.ctx, cart)
    ]
