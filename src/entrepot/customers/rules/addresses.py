"""The rules that an address must keep, and how a sent address changes a stored one (spec 20-customers, 8)."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from msgspec import Struct

from entrepot.customers.contracts import Address
from entrepot.customers.rules.attributes import Attribute
from entrepot.customers.rules.customer_rules import in_form_order, is_empty, too_long_line
from entrepot.customers.rules.regions import StoredRegion
from entrepot.kit.errors import InvalidFieldValue, Refused, RequiredField

TEXT_FIELDS = (
    "prefix", "firstname", "middlename", "lastname", "suffix", "company", "city", "country_id", "postcode",
    "telephone", "fax", "vat_id",
)  # fmt: skip

_ASKED_FOR_BY_FIELD = frozenset(
    {"firstname", "lastname", "street", "city", "telephone", "fax", "company", "postcode", "country_id", "region"}
)
"""Required fields whose absence has a refusal of its own; the others' is a line of the attribute rules."""


class StoredAddress(Struct):
    """An address as it is stored. `id` is None before that."""

    id: int | None = None
    prefix: str | None = None
    firstname: str | None = None
    middlename: str | None = None
    lastname: str | None = None
    suffix: str | None = None
    company: str | None = None
    street: str | None = None
    """The lines, joined by newlines."""
    city: str | None = None
    country_id: str | None = None
    region: str | None = None
    region_id: int | None = None
    postcode: str | None = None
    telephone: str | None = None
    fax: str | None = None
    vat_id: str | None = None
    attributes: dict[str, Any] = {}
    """The user-defined ones."""

    @property
    def street_lines(self) -> list[str]:
        return self.street.split("\n") if self.street else []


class Country(Struct, frozen=True):
    """What the directory says about an address's country."""

    is_allowed: bool
    is_postcode_optional: bool
    is_region_required: bool
    region_ids: frozenset[int]
    """Empty for a country without a list of regions."""


def merged(stored: StoredAddress | None, sent: Address, region: StoredRegion, codes: Collection[str]) -> StoredAddress:
    """The address as it will be stored: what was not sent stays, an empty text clears.

    `codes` are those of the user-defined attributes; any other custom attribute is dropped.
    """
    new = StoredAddress(id=stored.id if stored else None, region=region.region, region_id=region.region_id)
    for field in TEXT_FIELDS:
        value = getattr(sent, field)
        if value is None:
            value = getattr(stored, field) if stored else None
        setattr(new, field, value or None)
    if new.telephone is not None:
        new.telephone = new.telephone.strip() or None
    if sent.street is not None:
        new.street = "\n".join(sent.street).strip()
    elif stored is not None:
        new.street = stored.street
    new.attributes = dict(stored.attributes) if stored else {}
    for attribute in sent.custom_attributes or ():
        if attribute.attribute_code is not None and attribute.attribute_code in codes:
            new.attributes[attribute.attribute_code] = attribute.value
    return new


def refusals(address: StoredAddress, country: Country, attributes: Sequence[Attribute]) -> list[Refused]:
    """Everything that is wrong with one address, in the order of the spec's table (8.1)."""
    required = {attribute.code for attribute in attributes if attribute.visible and attribute.required}
    missing = [field for field in ("firstname", "lastname") if is_empty(getattr(address, field))]
    if is_empty((address.street or "").split("\n")[0]):
        missing.append("street")
    if is_empty(address.city):
        missing.append("city")
    missing += [f for f in ("telephone", "fax", "company") if f in required and is_empty(getattr(address, f))]
    if is_empty(address.postcode) and not country.is_postcode_optional:
        missing.append("postcode")
    found: list[Refused] = [RequiredField(field_name=field) for field in missing]
    return found + _place_refusals(address, country)


def _place_refusals(address: StoredAddress, country: Country) -> list[Refused]:
    if is_empty(address.country_id):
        return [RequiredField(field_name="countryId")]
    if not country.is_allowed:
        return [InvalidFieldValue(field_name="countryId", value=address.country_id)]
    if not country.region_ids:
        if country.is_region_required and is_empty(address.region):
            return [RequiredField(field_name="region")]
    elif address.region_id and address.region_id not in country.region_ids:
        # A missing region id counts as 0 and passes: integrations rely on it.
        return [InvalidFieldValue(field_name="regionId", value=str(address.region_id))]
    return []


def broken_lines(address: StoredAddress, attributes: Sequence[Attribute]) -> list[str]:
    """A line for every broken attribute rule, in the order of the attributes on a form."""
    lines: list[str] = []
    for attribute in in_form_order(attributes):
        if attribute.code == "street":
            lines += _street_lines(address, attribute)
            continue
        value = _value_of(address, attribute)
        if is_empty(value):
            if attribute.visible and attribute.required and attribute.code not in _ASKED_FOR_BY_FIELD:
                lines.append(f'"{attribute.label}" is a required value.')
        else:
            lines += too_long_line(attribute, value)
    return lines


def _value_of(address: StoredAddress, attribute: Attribute) -> Any:
    if attribute.user_defined:
        return address.attributes.get(attribute.code)
    return getattr(address, attribute.code, None)


def _street_lines(address: StoredAddress, attribute: Attribute) -> list[str]:
    if len(address.street_lines) > attribute.multiline_count:
        return [f'"{attribute.label}" cannot contain more than {attribute.multiline_count} lines.']
    for line in address.street_lines:
        if too_long := too_long_line(attribute, line):
            return too_long
    return []
