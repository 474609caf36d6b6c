"""The addresses of an order that is being made: typed, or taken from the customer's address book."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from entrepot.admin.customer_addresses import ADDRESS
from entrepot.admin.customer_grid import one_line
from entrepot.admin.form import Field, Form, Section, Unless, as_int
from entrepot.admin.form.declare import FormValues
from entrepot.admin.form.show import shown_sections
from entrepot.admin.options import Option
from entrepot.admin.order_draft import Draft
from entrepot.directory import region_by_id
from entrepot.kit.errors import Refused
from entrepot.quotes import CartAddress, by_administrator
from entrepot.quotes.contracts import Address
from entrepot.quotes.readiness import address_faults

BILLING, SHIPPING = "billing", "shipping"
TEXTS = (
    "prefix", "firstname", "middlename", "lastname", "suffix", "company", "city", "postcode", "telephone", "fax",
    "vat_id",
)  # fmt: skip
SAME = "same_as_billing"


def _form(kind: str, label: str) -> Form:
    """The fields of an address in an address book, by names of their own."""
    return Form(Section(kind, label, tuple(_named(kind, field) for field in ADDRESS.sections[0].fields)))


def _named(kind: str, field: Field) -> Field:
    unless = field.required_unless
    return replace(
        field,
        name=f"{kind}[{field.name}]",
        aliases=(field.name, *field.aliases),
        required_unless=Unless(f"{kind}[{unless.field}]", unless.values) if unless else None,
    )


FORMS = {BILLING: _form(BILLING, "Billing Address"), SHIPPING: _form(SHIPPING, "Shipping Address")}


async def apply(draft: Draft) -> None:
    """What was typed, and what the buttons of the address book do."""
    form, cart = draft.form, draft.cart
    if f"{BILLING}[country_id]" in form:
        await _type(draft, BILLING)
    if SAME not in form or cart.content.is_virtual:
        return
    if form.is_ticked(SAME):
        by_administrator.ship_to_billing(cart)
    elif f"{SHIPPING}[country_id]" in form:
        await _type(draft, SHIPPING)
    else:
        # The fields appear now; they begin with what was shown before.
        cart.content.shipping.same_as_billing = 0


async def _type(draft: Draft, kind: str) -> None:
    if draft.pressed == f"book {kind}":
        chosen = as_int(draft.form.get(f"{kind}[book]"))
        if chosen:
            await draft.attempt(kind, by_administrator.take_from_book(draft.ctx, draft.cart, kind, chosen))
        else:
            _set(draft, kind, Address(**_empty(draft)))
        return
    _set(draft, kind, _sent(draft, kind))


def _set(draft: Draft, kind: str, address: Address) -> None:
    work = by_administrator.set_billing if kind == BILLING else by_administrator.set_shipping
    try:
        work(draft.ctx, draft.cart, address)
    except Refused as refusal:
        draft.refused(kind, refusal)


def _empty(draft: Draft) -> dict[str, Any]:
    """A new address of the customer."""
    customer = draft.customer
    values: dict[str, Any] = {name: "" for name in TEXTS}
    if customer is not None:
        values |= {"firstname": customer.firstname or "", "lastname": customer.lastname or ""}
    return {**values, "street": [], "region": "", "region_id": 0, "save_in_address_book": 0}


def _sent(draft: Draft, kind: str) -> Address:
    """A region of another country than the address's counts as none."""
    form = draft.form
    country_id = form.get(f"{kind}[country_id]")
    region = region_by_id(draft.ctx, as_int(form.get(f"{kind}[region_id]")) or 0)
    known = region if region is not None and region.country_id == country_id else None
    texts: dict[str, Any] = {name: form.get(f"{kind}[{name}]").strip() for name in TEXTS}
    return Address(
        **texts,
        country_id=country_id,
        street=[text for part in ("street0", "street1") if (text := form.get(f"{kind}[{part}]").strip())],
        region_id=known.id if known else 0,
        region=known.name if known else form.get(f"{kind}[region]").strip(),
        save_in_address_book=int(form.is_ticked(f"{kind}[save]")),
    )


def check(draft: Draft) -> dict[str, list[Refused]]:
    """What is missing or wrong in the addresses, by their kinds."""
    content = draft.cart.content
    kinds = [BILLING] if content.is_virtual or content.shipping.same_as_billing else [BILLING, SHIPPING]
    found = {}
    for kind in kinds:
        address = content.billing if kind == BILLING else content.shipping
        if faults := list(address_faults(draft.ctx, address, draft.cart.store.id)):
            found[kind] = faults
    return found


async def shown(draft: Draft, faults: dict[str, list[Refused]]) -> dict[str, Any]:
    """The variables of both blocks."""
    content = draft.cart.content
    return {
        "addresses": {
            BILLING: await _shown(draft, BILLING, content.billing, faults.get(BILLING, ())),
            SHIPPING: await _shown(draft, SHIPPING, content.shipping, faults.get(SHIPPING, ())),
        },
        "is_same": bool(content.shipping.same_as_billing),
        "is_virtual": content.is_virtual,
    }


async def _shown(draft: Draft, kind: str, address: CartAddress, faults: Iterable[Refused]) -> dict[str, Any]:
    form = FORMS[kind]
    errors = form.errors_of(list(faults))
    at_fields = {text for texts in errors.values() for text in texts}
    values = FormValues(_values(draft, kind, address), errors)
    (section,) = await shown_sections(form, draft.page, values)
    entries = (draft.customer.addresses or []) if draft.customer else []
    return {
        "kind": kind,
        "fields": section.fields,
        "book": [Option(str(entry.id), f"{entry.firstname} {entry.lastname}, {one_line(entry)}") for entry in entries],
        "entry": str(address.customer_address_id or ""),
        "saves": bool(address.save_in_address_book),
        "problems": [text for text in draft.problems.get(kind, ()) if text not in at_fields],
    }


def _values(draft: Draft, kind: str, address: CartAddress) -> dict[str, Any]:
    street = [*address.street, "", ""]
    country_id = address.country_id or draft.ctx.config("general/country/default")
    values = {
        **{name: getattr(address, name) for name in TEXTS},
        "street0": street[0],
        "street1": " ".join(line for line in street[1:] if line),
        "country_id": country_id,
        "region_id": address.region_id,
        "region": "" if address.region_id else address.region,
    }
    return {f"{kind}[{name}]": value for name, value in values.items()}
