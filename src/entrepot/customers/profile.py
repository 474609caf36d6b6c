"""What a request makes of an account's own fields: a new account's, or what a PUT changes (spec 20-customers, 9.2)."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from msgspec import structs

from entrepot.customers.contracts import Customer
from entrepot.customers.errors import InvalidDate
from entrepot.customers.known_attributes import CUSTOMER, user_codes
from entrepot.customers.queries.customers import CustomerToStore
from entrepot.customers.reading import custom_attributes
from entrepot.customers.rules import dates
from entrepot.kit.context import Context
from entrepot.kit.errors import InvalidFieldValue
from entrepot.kit.rest.contract import AttributeValue

LARGEST_OPTION_ID = 2**31 - 1

KEPT_WHEN_ABSENT = (
    "group_id", "confirmation", "created_at", "created_in", "dob", "middlename", "prefix", "suffix", "gender",
    "store_id", "taxvat", "disable_auto_group_change",
)  # fmt: skip
"""The fields that a PUT need not send; the others have to be there each time."""


def merged(stored: Customer, sent: Customer) -> Customer:
    """The account after a PUT, addresses aside. What was not sent stays; an empty text clears."""
    new = structs.replace(sent, id=stored.id)
    for field in KEPT_WHEN_ABSENT:
        if getattr(sent, field) is None:
            setattr(new, field, getattr(stored, field))
    values = {a.attribute_code: a.value for a in (*(stored.custom_attributes or ()), *(sent.custom_attributes or ()))}
    new.custom_attributes = custom_attributes({str(code): value for code, value in values.items()})
    return new


def new_profile(ctx: Context, customer: Customer) -> CustomerToStore:
    """The columns of an account that has passed its validation. Raises InvalidDate for an unreadable `created_at`."""
    return CustomerToStore(
        website_id=customer.website_id or 0,
        store_id=customer.store_id or 0,
        group_id=customer.group_id or 0,
        email=customer.email or "",
        created_at=_instant(customer.created_at) or ctx.now,
        created_in=customer.created_in or "",
        disable_auto_group_change=bool(customer.disable_auto_group_change),
        prefix=customer.prefix or None,
        firstname=customer.firstname or "",
        middlename=customer.middlename or None,
        lastname=customer.lastname or "",
        suffix=customer.suffix or None,
        dob=_day(customer.dob),
        taxvat=customer.taxvat or None,
        gender=_option_id(customer.gender),
        confirmation=customer.confirmation or None,
        attributes=_kept(customer.custom_attributes, user_codes(ctx, CUSTOMER)),
    )


def _option_id(gender: int | None) -> int | None:
    if gender is not None and abs(gender) > LARGEST_OPTION_ID:
        raise InvalidFieldValue(field_name="gender", value=gender)
    return gender


def _instant(text: str | None) -> datetime | None:
    if not text:
        return None
    found = dates.instant(text)
    if found is None:
        raise InvalidDate
    return found.astimezone(UTC)


def _day(text: str | None) -> date | None:
    if not text or not text.strip():
        return None
    found = dates.day(text)
    if found is None:
        raise InvalidDate
    return found


def _kept(sent: list[AttributeValue] | None, codes: frozenset[str]) -> dict[str, Any]:
    """The values of attributes that exist; any other code is dropped."""
    return {
        attribute.attribute_code: attribute.value
        for attribute in sent or ()
        if attribute.attribute_code in codes and attribute.value is not None
    }
