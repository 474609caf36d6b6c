"""Whether a cart can be ordered as it is (spec 50, 9.3 and 9.4): the first thing that is missing or wrong."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal

from entrepot import customers, directory
from entrepot.kit.context import Context
from entrepot.kit.errors import InvalidFieldValue, Refused, RequiredField
from entrepot.kit.pages.formats import money
from entrepot.quotes.cart import OpenCart
from entrepot.quotes.errors import NotReady
from entrepot.quotes.payment_methods import check_method
from entrepot.quotes.quantities import of_cart
from entrepot.quotes.quote import Address

COUNTRIES = "Some addresses can't be used due to the configurations for specific countries."
SHIPPING_ADDRESS = "Please check the shipping address information. %1"
BILLING_ADDRESS = "Please check the billing address information. %1"
NO_METHOD = "The shipping method is missing. Select the shipping method and try again."
NO_PAYMENT = "Enter a valid payment method and try again."
TOO_MUCH = "This item price or quantity is not valid for checkout."
MOST = Decimal(10) ** 16
MINIMUM = "Minimum order amount is %1"
BAD_EMAIL = "Failed address validation:\nEmail has a wrong format"


async def check_ready(ctx: Context, cart: OpenCart, problems: Iterable[str], *, any_amount: bool = False) -> None:
    """`problems` are those of the lines; `any_amount` passes over the least amount that the shop demands.

    No statement, but where an address names an entry of an address book.

    Raises:
        NotReady.
        MethodNotAvailable, CountryNotAllowed, NumberNeeded: it can no longer be paid as was chosen.
    """
    content = cart.content
    if wrong := "\n".join([*of_cart(problems), *_excess(cart)]):
        raise NotReady(wrong)
    if not content.is_virtual:
        _check_shipping(ctx, cart)
    if wrong := _faults(ctx, cart, content.billing):
        raise NotReady(BILLING_ADDRESS, wrong)
    if content.payment is None:
        raise NotReady(NO_PAYMENT)
    # What was free when it was chosen may not be any more.
    check_method(ctx, cart, content.payment)
    if not any_amount:
        _check_amount(ctx, cart)
    await _check_book(ctx, cart)
    if not customers.is_email(content.purchaser.email or ""):
        raise NotReady(BAD_EMAIL)


def _excess(cart: OpenCart) -> Iterator[str]:
    amounts = cart.quote.owner.base
    if max(amounts.subtotal, amounts.grand_total) >= MOST:
        yield TOO_MUCH


def _check_shipping(ctx: Context, cart: OpenCart) -> None:
    shipping = cart.content.shipping
    if shipping.country_id not in directory.allowed_countries(ctx, store_id=cart.store.id):
        raise NotReady(COUNTRIES)
    if wrong := _faults(ctx, cart, shipping):
        raise NotReady(SHIPPING_ADDRESS, wrong)
    if shipping.rate is None:
        raise NotReady(NO_METHOD)


def _faults(ctx: Context, cart: OpenCart, address: Address) -> str:
    return " ".join(fault.rendered() for fault in address_faults(ctx, address, cart.store.id))


def address_faults(ctx: Context, address: Address, store_id: int) -> Iterator[Refused]:
    """What is missing or wrong in an address, in the order of a form."""
    website_id = store.website_id if (store := ctx.stores.by_id(store_id)) else 0
    required = {one.code for one in customers.address_attributes(ctx, website_id) if one.required}
    for field in ("firstname", "lastname", "street", "city", "telephone", "fax", "company"):
        is_needed = field in ("firstname", "lastname", "street", "city") or field in required
        if is_needed and not _is_filled(getattr(address, field)):
            yield RequiredField(field_name=field)
    country_id = address.country_id or ""
    if not _is_filled(address.postcode) and not directory.is_postcode_optional(ctx, country_id):
        yield RequiredField(field_name="postcode")
    if not country_id:
        yield RequiredField(field_name="countryId")
    elif country_id not in directory.allowed_countries(ctx, store_id=store_id):
        yield InvalidFieldValue(value=country_id, field_name="countryId")
    else:
        yield from _region_faults(ctx, address, country_id)


def _region_faults(ctx: Context, address: Address, country_id: str) -> Iterator[Refused]:
    known = {region.id for region in directory.regions_of(ctx, country_id)}
    is_required = directory.is_region_required(ctx, country_id)
    if not known:
        if is_required and not _is_filled(address.region):
            yield RequiredField(field_name="region")
    elif not address.region_id:
        if is_required:
            yield RequiredField(field_name="regionId")
    elif address.region_id not in known:
        yield InvalidFieldValue(value=str(address.region_id), field_name="regionId")


def _is_filled(value: object) -> bool:
    if isinstance(value, list):
        return any(str(line).strip() for line in value)
    return bool(str(value or "").strip())


def _check_amount(ctx: Context, cart: OpenCart) -> None:
    if (text := minimum_problem(ctx, cart)) is not None:
        raise NotReady(text)


def minimum_problem(ctx: Context, cart: OpenCart) -> str | None:
    """What to tell a customer whose cart is too small to be ordered; None when it is not."""
    website_id = cart.store.website_id

    def setting(name: str) -> str:
        return ctx.config(f"sales/minimum_order/{name}", website_id=website_id) or ""

    if setting("active") != "1":
        return None
    amounts = cart.quote.owner.base
    reached = amounts.subtotal
    if setting("include_discount_amount") == "1":
        reached += amounts.discount_amount
    if setting("tax_including") == "1":
        reached += amounts.tax_amount
    least = Decimal(setting("amount") or 0)
    if reached >= least:
        return None
    locale = directory.locale_of(ctx, store_id=cart.store.id)
    return setting("description") or MINIMUM.replace("%1", money(least, cart.content.currencies.base_code, locale))


async def _check_book(ctx: Context, cart: OpenCart) -> None:
    """Entries of the address book that the cart names must still be the customer's."""
    customer_id = cart.quote.customer_id
    for address in cart.quote.addresses():
        if customer_id is None or not address.customer_address_id:
            continue
        known = await customers.find_address(ctx, address.customer_address_id)
        if known is None or known.customer_id != customer_id:
            raise NotReady(f"Invalid customer address id {address.customer_address_id}")
