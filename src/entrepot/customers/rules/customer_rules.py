"""The rules that a customer's attributes must keep (spec 20-customers, 5 and 11)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from entrepot.customers.contracts import Customer
from entrepot.customers.errors import InvalidDate
from entrepot.customers.rules import dates, emails
from entrepot.customers.rules.attributes import Attribute

_EMPTY_IS_ALLOWED = frozenset({"store_id", "created_in", "disable_auto_group_change"})


def broken_lines(customer: Customer, attributes: Sequence[Attribute]) -> list[str]:
    """A line for every broken rule, in the order of the attributes on a form.

    Only visible attributes are validated, except that no text may be longer than its column. Raises InvalidDate for
    a date of birth that cannot be stored and is not visible, so that no line speaks of it.
    """
    lines: list[str] = []
    for attribute in in_form_order(attributes):
        lines += _lines_of(attribute, value_of(customer, attribute))
    return lines


def empty_required(customer: Customer, attributes: Sequence[Attribute]) -> list[str]:
    """The messages of `validate`: one for each visible and required attribute without a value."""
    return [
        f'The "{attribute.label}" attribute value is empty. Set the attribute and try again.'
        for attribute in in_form_order(attributes)
        if attribute.visible and attribute.required and is_empty(value_of(customer, attribute))
    ]


def in_form_order(attributes: Sequence[Attribute]) -> list[Attribute]:
    return sorted(attributes, key=lambda attribute: attribute.sort_order)


def value_of(entity: Any, attribute: Attribute) -> Any:
    """The value that a customer or an address has of an attribute, user-defined ones included; None without one."""
    if attribute.user_defined:
        custom = entity.custom_attributes or []
        return next((found.value for found in reversed(custom) if found.attribute_code == attribute.code), None)
    return getattr(entity, attribute.code, None)


def is_empty(value: Any) -> bool:
    """Absent, empty or only white space. Zero is a value."""
    return value is None or value == [] or (isinstance(value, str) and not value.strip())


def too_long_line(attribute: Attribute, value: Any) -> list[str]:
    limit = attribute.text_limit
    if attribute.max_length is not None and limit is not None:
        # The metadata's own limit may be wider than the column, as it is for the tax number.
        limit = min(limit, attribute.max_length)
    if limit is None or not isinstance(value, str) or len(value) <= limit:
        return []
    return [f'"{attribute.label}" length must be equal or less than {limit} characters.']


def _lines_of(attribute: Attribute, value: Any) -> list[str]:
    if is_empty(value):
        must_be_there = attribute.visible and attribute.required and attribute.code not in _EMPTY_IS_ALLOWED
        return [f'"{attribute.label}" is a required value.'] if must_be_there else []
    if attribute.code == "email":
        return emails.problems(value, attribute.label or "")
    if attribute.code == "dob":
        return _birthday_lines(attribute, value)
    return too_long_line(attribute, value)


def _birthday_lines(attribute: Attribute, value: str) -> list[str]:
    if dates.day(value) is not None:
        return []
    if not attribute.visible:
        raise InvalidDate
    return [f'"{attribute.label}" is not a valid date.']
