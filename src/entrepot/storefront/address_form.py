"""Adding and changing an address (spec 20-customers, 16.6).

State and province are a list for countries that have one and a text field for the others. Without scripts both are
there, and what the country asks for is what counts.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from msgspec import Struct
from starlette.responses import Response

from entrepot import customers
from entrepot.customers import Address, Region
from entrepot.customers.errors import NoSuchAddress
from entrepot.directory import Region as KnownRegion
from entrepot.directory import (
    allowed_countries,
    country_name,
    default_country,
    destinations,
    is_postcode_optional,
    is_region_required,
    is_region_shown,
    regions_of,
)
from entrepot.kit.errors import Invalid, Refused, RequiredField, raise_any
from entrepot.kit.pages import Form, page
from entrepot.storefront import field_errors, names
from entrepot.storefront.access import Visitor
from entrepot.storefront.address_book import BOOK, own_address
from entrepot.storefront.shop_page import ShopPage

NEW = "customer/address/new"
TEXT_FIELDS = ("company", "telephone", "fax", "city", "postcode", "vat_id")
FIELDS = (
    *names.PARTS,
    *TEXT_FIELDS,
    "street[]",
    "country_id",
    "region_id",
    "region",
    "default_billing",
    "default_shipping",
)
INPUTS = {**{field: field for field in FIELDS}, "street[]": "street-1", "country_id": "country"}
CANNOT_SAVE = "We can't save the address."
UPDATE = "update"
"""The button of those without scripts who chose another country: what it asks for is marked then."""


class Country(Struct, frozen=True):
    """A country that an address may have."""

    id: str
    name: str
    regions: Sequence[KnownRegion]


@page(NEW, access=Visitor.SIGNED_IN)
async def new(page: ShopPage) -> Response:
    """The names of the account are in the form already."""
    customer = page.customer
    start = Address(
        prefix=customer.prefix,
        firstname=customer.firstname,
        middlename=customer.middlename,
        lastname=customer.lastname,
        suffix=customer.suffix,
        country_id=default_country(page.ctx),
    )
    return _show(page, start)


@page("customer/address/edit", access=Visitor.SIGNED_IN)
async def edit(page: ShopPage) -> Response:
    address = own_address(page)
    if address is None:
        page.error(CANNOT_SAVE)
        return page.redirect(BOOK)
    return _show(page, address)


@page("customer/address/form", access=Visitor.SIGNED_IN)
async def form(page: ShopPage) -> Response:
    return await (edit(page) if page.number("id") else new(page))


@page("customer/address/formPost", methods=["POST"], access=Visitor.SIGNED_IN, instead=BOOK)
async def save(page: ShopPage) -> Response:
    address_id = page.number("id")
    stored = own_address(page)
    if address_id is not None and stored is None:
        page.error(CANNOT_SAVE)
        return page.redirect(BOOK)
    if page.form.is_ticked(UPDATE):
        return _again(page, address_id)
    try:
        async with page.attempt():
            await _save_with_region(page, stored)
    except NoSuchAddress:
        page.error(CANNOT_SAVE)
        return page.redirect(BOOK)
    except Refused as refusal:
        attributes = customers.address_attributes(page.ctx, page.view.website_id)
        field_errors.tell(page, refusal, INPUTS, attributes)
        return _again(page, address_id)
    page.success("You saved the address.")
    return page.redirect(BOOK)


def _again(page: ShopPage, address_id: int | None) -> Response:
    page.keep_form("address", *FIELDS)
    return page.redirect("customer/address/edit", id=address_id) if address_id else page.redirect(NEW)


def _show(page: ShopPage, address: Address) -> Response:
    typed = page.take_form("address")
    return page.render(
        "address/form.html",
        original=address,
        is_first=not page.customer.addresses,
        **form_values(page, as_typed(address, typed) if typed else address),
    )


def form_values(page: ShopPage, shown: Address) -> dict[str, Any]:
    """What `address/fields.html` shows, for any form that has an address in it."""
    attributes = customers.address_attributes(page.ctx, page.view.website_id)
    countries = known_countries(page)
    return {
        "address": shown,
        "name_values": {part: getattr(shown, part) for part in names.PARTS},
        "name_fields": names.fields(page.ctx, attributes),
        "fields": {attribute.code: attribute for attribute in attributes},
        "street_lines": max(1, next(a.multiline_count for a in attributes if a.code == "street")),
        "shows_vat": page.ctx.flag("customer/create_account/vat_frontend_visibility"),
        "shows_region": any(is_region_shown(page.ctx, country.id) for country in countries),
        "countries": countries,
        "required_regions": [country.id for country in countries if is_region_required(page.ctx, country.id)],
        "optional_postcodes": [country.id for country in countries if is_postcode_optional(page.ctx, country.id)],
    }


def known_countries(page: ShopPage) -> list[Country]:
    """By name; those that the shop puts on top come first."""
    named = [
        Country(code, country_name(code, page.locale), regions_of(page.ctx, code))
        for code in allowed_countries(page.ctx)
    ]
    first = destinations(page.ctx)
    rank = {code: place for place, code in enumerate(first)}
    return sorted(named, key=lambda country: (rank.get(country.id, len(first)), country.name))


async def _save_with_region(page: ShopPage, stored: Address | None) -> None:
    """Interfaces may leave the region of such a country out; a form demands the choice, along with all else."""
    refusals: list[Refused] = []
    try:
        await customers.save_address(page.ctx, page.customer_id, _posted(page, stored))
    except NoSuchAddress:
        raise
    except Refused as refusal:
        refusals += refusal.errors if isinstance(refusal, Invalid) else (refusal,)
    if lacks_region(page, page.form.get("country_id")):
        refusals.append(RequiredField(field_name="regionId"))
    raise_any(refusals)


def lacks_region(page: ShopPage, country_id: str) -> bool:
    """Whether the posted form lacks the choice that the country demands."""
    return (
        is_region_required(page.ctx, country_id)
        and bool(regions_of(page.ctx, country_id))
        and not _region_id(page, country_id)
    )


def _region_id(page: ShopPage, country_id: str) -> int | None:
    """The chosen region, if it is one of the country: another country's choice may still stand in the form."""
    text = page.form.get("region_id")
    ids = {region.id for region in regions_of(page.ctx, country_id)}
    return int(text) if text.isascii() and text.isdigit() and int(text) in ids else None


def _posted(page: ShopPage, stored: Address | None) -> Address:
    address = read_address(page)
    address.id = stored.id if stored else None
    # A default is not taken back here: another address has to be made the default instead.
    is_first = not page.customer.addresses
    address.default_billing = True if is_first or page.form.is_ticked("default_billing") else None
    address.default_shipping = True if is_first or page.form.is_ticked("default_shipping") else None
    return address


def read_address(page: ShopPage) -> Address:
    """The address in the posted form; what the form does not have is None."""
    form = page.form
    country_id = form.get("country_id")
    address = Address(
        country_id=country_id,
        street=[line.strip() for line in form.all("street[]")] if "street[]" in form else None,
        region_id=_region_id(page, country_id),
    )
    if address.region_id is None:
        text = "" if regions_of(page.ctx, country_id) else form.get("region").strip()
        address.region = Region(region=text, region_id=0)
    for field in (*names.PARTS, *TEXT_FIELDS):
        if field in form:
            setattr(address, field, form.get(field).strip())
    return address


def as_typed(address: Address, typed: Form) -> Address:
    """What the visitor sees again after a refusal."""
    shown = Address(
        id=address.id,
        street=typed.all("street[]"),
        country_id=typed.get("country_id"),
        region=Region(region=typed.get("region")),
        default_billing=typed.is_ticked("default_billing") or None,
        default_shipping=typed.is_ticked("default_shipping") or None,
    )
    region_id = typed.get("region_id")
    shown.region_id = int(region_id) if region_id.isascii() and region_id.isdigit() else None
    for field in (*names.PARTS, *TEXT_FIELDS):
        setattr(shown, field, typed.get(field))
    return shown
