"""Addresses in the checkout: read from its forms, checked field by field, and shown again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from markupsafe import Markup
from msgspec import Struct

from entrepot import customers, directory
from entrepot.customers import Address as BookAddress
from entrepot.customers import Region
from entrepot.kit.errors import InvalidFieldValue, NotFound, Refused
from entrepot.kit.pages import Form
from entrepot.quotes import OpenCart, addresses
from entrepot.quotes.contracts import Address as SentAddress
from entrepot.quotes.errors import InvalidCountry, InvalidEmail
from entrepot.quotes.quote import Address
from entrepot.quotes.readiness import address_faults
from entrepot.storefront import address_form, names
from entrepot.storefront.printed_address import printed
from entrepot.storefront.shop_page import ShopPage

CHOICE, NEW = "address_id", "new"
KEEP = "save_in_address_book"
EMAIL = "email"
FIELDS = (*address_form.FIELDS, CHOICE, KEEP, EMAIL)
"""What a refused form is kept of."""
COPIED = (*names.PARTS, "company", "telephone", "fax", "city", "postcode", "country_id", "vat_id")
INPUTS = {"street": "street-1", "country_id": "country"}
"""The ids of the inputs whose names are others."""


class Choice(Struct, frozen=True):
    """An entry of the address book that can be chosen."""

    id: int
    printed: Markup
    is_chosen: bool


class AddressChoice(Struct, frozen=True):
    """What the form shows: a list for who has an address book, and the fields of a new address."""

    choices: Sequence[Choice]
    is_new: bool
    """Whether the fields are what counts."""
    can_keep: bool
    """Whether there is an address book to put a new address into."""
    keeps: bool
    fields: dict[str, Any]
    """For `address/fields.html`."""


def as_book(address: Address) -> BookAddress:
    """An address of a cart as forms and prints have it."""
    book = BookAddress(street=list(address.street), region_id=address.region_id)
    for name in COPIED:
        setattr(book, name, getattr(address, name))
    book.region = Region(address.region_code, address.region, address.region_id or 0)
    return book


def print_of(page: ShopPage, address: Address) -> Markup:
    return printed(page, as_book(address))


def choice_of(page: ShopPage, stored: Address, typed: Form | None, *, default: str) -> AddressChoice:
    """`default` is the address that is chosen while nothing is: `default_shipping` or `default_billing`."""
    book = (page.signed_in.addresses if page.signed_in else None) or []
    chosen = _chosen(stored, typed, book, default)
    shown = as_book(stored)
    if chosen != NEW or not stored.firstname:
        shown = _start(page, stored)
    if typed is not None:
        shown = address_form.as_typed(shown, typed)
    return AddressChoice(
        choices=[Choice(one.id or 0, printed(page, one), chosen == str(one.id)) for one in book],
        is_new=chosen == NEW,
        can_keep=page.signed_in is not None,
        keeps=typed.is_ticked(KEEP) if typed is not None else bool(stored.save_in_address_book) or not stored.firstname,
        fields=address_form.form_values(page, shown),
    )


def chosen_place(page: ShopPage, choice: AddressChoice, stored: Address) -> BookAddress:
    """Where the form as it is shown sends the goods."""
    chosen = next((one.id for one in choice.choices if one.is_chosen), None)
    book = (page.signed_in.addresses if page.signed_in else None) or []
    found = next((one for one in book if one.id == chosen), None)
    place: BookAddress = found or choice.fields["address"]
    return place


def _chosen(stored: Address, typed: Form | None, book: Sequence[BookAddress], default: str) -> str:
    ids = [str(one.id) for one in book]
    if typed is not None and typed.get(CHOICE) in (*ids, NEW):
        return typed.get(CHOICE)
    if stored.firstname and str(stored.customer_address_id) not in ids:
        return NEW
    wanted = [str(stored.customer_address_id), *(str(one.id) for one in book if getattr(one, default)), *ids]
    return next((id for id in wanted if id in ids), NEW)


def _start(page: ShopPage, stored: Address) -> BookAddress:
    """A fresh form: the names of the account, and the place that was estimated for."""
    start = BookAddress(
        country_id=stored.country_id or directory.default_country(page.ctx),
        region_id=stored.region_id,
        region=Region(stored.region_code, stored.region, stored.region_id or 0),
        postcode=stored.postcode,
    )
    if page.signed_in is not None:
        for part in names.PARTS:
            setattr(start, part, getattr(page.signed_in, part))
    return start


async def take(page: ShopPage, cart: OpenCart, stored: Address) -> Address | None:
    """The address that the posted form gives, in the place of the stored one; None when something is wrong with it,
    which is told at its field."""
    book_id = page.form.get(CHOICE)
    is_from_book = book_id.isascii() and book_id.isdigit()
    sent = SentAddress(customer_address_id=int(book_id)) if is_from_book else _typed(page)
    try:
        fresh = Address(address_id=stored.address_id, email=stored.email)
        address = await addresses.taken(page.ctx, cart, fresh, sent)
    except (InvalidCountry, InvalidEmail, NotFound):
        page.error("Please check the address and try again.", fields=[] if is_from_book else [INPUTS["country_id"]])
        return None
    faults = list(address_faults(page.ctx, address, cart.store.id))
    for text, field in _sentences(page, faults):
        page.error(text, fields=[] if is_from_book else [field])
    return None if faults else address


def _typed(page: ShopPage) -> SentAddress:
    read = address_form.read_address(page)
    sent = SentAddress(
        street=read.street or [],
        region_id=read.region_id,
        region=read.region.region if read.region else None,
        save_in_address_book=1 if page.signed_in is not None and page.form.is_ticked(KEEP) else 0,
    )
    for name in COPIED:
        setattr(sent, name, getattr(read, name) or "")
    return sent


def _sentences(page: ShopPage, faults: Sequence[Refused]) -> Iterator[tuple[str, str]]:
    """What is wrong in the words of the form, and the id of the input."""
    labels = {one.code: one.label for one in customers.address_attributes(page.ctx, page.view.website_id)}
    for fault in faults:
        name = str(fault.named["field_name"])
        field = {"countryId": "country_id", "regionId": "region_id"}.get(name, name)
        if isinstance(fault, InvalidFieldValue):
            yield page.text("Please choose another value for %1.", labels.get(field) or field), INPUTS.get(field, field)
        else:
            yield page.text('"%1" is a required value.', labels.get(field) or field), INPUTS.get(field, field)


def take_email(page: ShopPage, cart: OpenCart) -> bool:
    """Remember a guest's email address; whether it is one."""
    if page.signed_in is not None:
        return True
    email = page.form.get(EMAIL).strip()
    if not customers.is_email(email):
        page.error("Please enter a valid email address (Ex: johndoe@domain.com).", fields=[EMAIL])
        return False
    content = cart.content
    content.purchaser.email = content.billing.email = content.shipping.email = email
    return True
