"""The addresses of a customer: added, changed, deleted, made the default ones."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from starlette.responses import Response

from entrepot import customers
from entrepot.admin.access import admin_page
from entrepot.admin.customer_grid import MANAGE
from entrepot.admin.customers import HOME as CUSTOMERS
from entrepot.admin.customers import find_customer, frame_of, lines_of
from entrepot.admin.form import Field, Form, Section, Submit, Unless, as_int, typed
from entrepot.admin.option_sources import countries, states
from entrepot.admin.page import AdminPage, Button, refusals_of
from entrepot.customers import Address, Customer, Region
from entrepot.customers.errors import NoSuchAddress
from entrepot.directory import is_region_required, optional_postcode_countries, region_by_id, regions_of
from entrepot.kit.errors import Invalid, Refused, RequiredField, raise_any

HOME = "customer/address"

ADDRESS = Form(
    Section(
        "address",
        "Address",
        (
            Field("prefix", "Name Prefix", max_length=40),
            Field("firstname", "First Name", required=True, max_length=255, aliases=("firstname",)),
            Field("middlename", "Middle Name/Initial", max_length=255),
            Field("lastname", "Last Name", required=True, max_length=255, aliases=("lastname",)),
            Field("suffix", "Name Suffix", max_length=40),
            Field("company", "Company", max_length=255),
            Field("street0", "Street Address", required=True, max_length=255, aliases=("street",)),
            Field("street1", "Street Address 2", max_length=255),
            Field("city", "City", required=True, max_length=255),
            Field("country_id", "Country", "select", options=countries, required=True, aliases=("countryId",)),
            Field(
                "region_id", "State/Province", "select", options=states, is_optional=True,
                aliases=("regionId",), note="For countries whose states are known.",
            ),
            Field("region", "State/Province as Text", note="For other countries."),
            Field(
                "postcode", "Zip/Postal Code", aliases=("postcode",),
                required_unless=Unless("country_id", optional_postcode_countries),
            ),
            Field("telephone", "Phone Number", aliases=("telephone",)),
            Field("fax", "Fax"),
            Field("vat_id", "VAT Number"),
        ),
    ),
    Section(
        "defaults",
        "Defaults",
        (
            Field("default_billing", "Default Billing Address", "checkbox"),
            Field("default_shipping", "Default Shipping Address", "checkbox"),
        ),
        aside=True,
    ),
)  # fmt: skip


@admin_page(f"{HOME}/new", MANAGE)
async def new_address(page: AdminPage) -> Response:
    customer = await find_customer(page, "customer_id")
    if customer is None:
        return page.redirect(CUSTOMERS)
    is_first = not customer.addresses
    values = {
        "firstname": customer.firstname,
        "lastname": customer.lastname,
        "country_id": page.ctx.config("general/country/default", website_id=customer.website_id),
        "default_billing": is_first,
        "default_shipping": is_first,
    }
    return await _show(page, customer, None, values)


@admin_page(f"{HOME}/edit", MANAGE)
async def edit_address(page: AdminPage) -> Response:
    customer, address = await _find(page)
    if customer is None or address is None:
        return _back(page, customer)
    street = [*(address.street or []), "", ""]
    plain = ("prefix", "firstname", "middlename", "lastname", "suffix", "company", "city", "country_id")
    more = ("postcode", "telephone", "fax", "vat_id", "region_id", "default_billing", "default_shipping")
    values = {name: getattr(address, name) for name in (*plain, *more)}
    values |= {"street0": street[0], "street1": " ".join(line for line in street[1:] if line)}
    values["region"] = address.region.region if address.region and not address.region_id else ""
    return await _show(page, customer, address, values)


@admin_page(f"{HOME}/save", MANAGE, post=True, instead=CUSTOMERS)
async def save_address(page: AdminPage) -> Response:
    customer = await find_customer(page, "customer_id")
    if customer is None or customer.id is None:
        return page.redirect(CUSTOMERS)
    form, id = page.form, page.number("id")
    address = _sent(page, id)
    refusals = await page.attempted(_save(page, customer.id, address))
    if refusals:
        return await _show(page, customer, Address(id=id) if id else None, typed(ADDRESS, form), refusals)
    page.success("Customer address has been updated." if id else "New customer address has been added.")
    return _back(page, customer)


@admin_page(f"{HOME}/delete", MANAGE, post=True, instead=CUSTOMERS)
async def delete_address(page: AdminPage) -> Response:
    customer, address = await _find(page)
    if customer is None or customer.id is None or address is None or address.id is None:
        return _back(page, customer)
    back = page.url(f"{CUSTOMERS}/edit", id=customer.id, tab="addresses")
    if question := page.confirmed("Are you sure you want to delete this address?", "Delete", back=back):
        return question
    await customers.delete_address_of(page.ctx, customer.id, address.id)
    page.success("You deleted the address.")
    return _back(page, customer)


@admin_page(f"{HOME}/defaultBillingAddress", MANAGE, post=True, instead=CUSTOMERS)
async def set_default_billing(page: AdminPage) -> Response:
    return await _set_default(page, "Default billing address has been changed.", billing=True)


@admin_page(f"{HOME}/defaultShippingAddress", MANAGE, post=True, instead=CUSTOMERS)
async def set_default_shipping(page: AdminPage) -> Response:
    return await _set_default(page, "Default shipping address has been changed.", billing=False)


async def _set_default(page: AdminPage, done: str, *, billing: bool) -> Response:
    customer, address = await _find(page)
    if customer is None or customer.id is None or address is None:
        return _back(page, customer)
    if billing:
        address.default_billing = True
    else:
        address.default_shipping = True
    refusals = await page.attempted(customers.save_address(page.ctx, customer.id, address))
    for refusal in refusals:
        page.refused(refusal)
    if not refusals:
        page.success(done)
    return _back(page, customer)


async def _find(page: AdminPage) -> tuple[Customer | None, Address | None]:
    """None with a message for what is not there."""
    customer = await find_customer(page, "customer_id")
    if customer is None or customer.id is None:
        return None, None
    try:
        return customer, await customers.get_address_of(page.ctx, customer.id, page.number("id") or 0)
    except NoSuchAddress as error:
        page.refused(error)
        return customer, None


def _back(page: AdminPage, customer: Customer | None) -> Response:
    if customer is None:
        return page.redirect(CUSTOMERS)
    return page.redirect(f"{CUSTOMERS}/edit", id=customer.id, tab="addresses")


def _sent(page: AdminPage, id: int | None) -> Address:
    """What the form says. A region of another country than the address's counts as none."""
    form = page.form
    country_id = form.get("country_id")
    region_id = as_int(form.get("region_id"))
    known = region_by_id(page.ctx, region_id) if region_id else None
    if known is not None and known.country_id == country_id:
        region = Region(region_id=known.id)
    else:
        region = Region(region=form.get("region").strip(), region_id=0)
    texts = ("prefix", "firstname", "middlename", "lastname", "suffix", "company", "city")
    more = ("postcode", "telephone", "fax", "vat_id")
    typed_texts: dict[str, Any] = {name: form.get(name).strip() for name in (*texts, *more)}
    return Address(
        id=id,
        **typed_texts,
        street=[line for line in (form.get("street0").strip(), form.get("street1").strip()) if line],
        country_id=country_id,
        region=region,
        region_id=region.region_id,
        default_billing=form.is_ticked("default_billing"),
        default_shipping=form.is_ticked("default_shipping"),
    )


async def _save(page: AdminPage, customer_id: int, address: Address) -> None:
    """What the form demands is told together with what the operation refuses."""
    missing = _missing_region(page, address)
    try:
        await customers.save_address(page.ctx, customer_id, address)
    except Refused as refusal:
        raise Invalid([*refusals_of(refusal), *missing]) from refusal
    raise_any(missing)


def _missing_region(page: AdminPage, address: Address) -> list[Refused]:
    """Interfaces may leave out the region of a country that has them; a form demands the choice."""
    country_id = address.country_id or ""
    if address.region_id or not regions_of(page.ctx, country_id) or not is_region_required(page.ctx, country_id):
        return []
    return [RequiredField(field_name="regionId")]


async def _show(
    page: AdminPage,
    customer: Customer,
    address: Address | None,
    values: Mapping[str, Any],
    refusals: Sequence[Refused] = (),
) -> Response:
    frame = await frame_of(page, customer, "addresses")
    frame["buttons"] = [Button("Back", href=page.url(f"{CUSTOMERS}/edit", id=customer.id, tab="addresses"))]
    pairs: dict[str, Any] = {"customer_id": customer.id, **({"id": address.id} if address else {})}
    return await ADDRESS.show(
        page,
        action=page.url(f"{HOME}/save", **pairs),
        values=values,
        refusals=lines_of(refusals),
        template="customer_form.html",
        submits=[Submit("Save Address", kind="primary")],
        **frame,
    )
