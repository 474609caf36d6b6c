"""Which field of a form a refusal is about, so that it is told there too and not only on top of the page.

A refusal tells it in one of three ways: by a `field_name` (in camelCase, as interfaces have it), by a line that begins
with the attribute's label in quotes, or by being about one thing only, as those about passwords are. Every form says
which inputs it has, as pairs of a field's name and the id of its input: the names are those that the form sends. A
refusal about anything that the visitor cannot see in the form is told on top only.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from markupsafe import Markup

from entrepot.customers.errors import (
    AlreadySubscribed,
    AttributeRulesBroken,
    EmailMissing,
    EmailOfAnotherUser,
    EmailTaken,
    InvalidDate,
    InvalidSubscriberEmail,
    PasswordHasOuterSpace,
    PasswordIsEmail,
    PasswordsDiffer,
    PasswordTooLong,
    PasswordTooShort,
    PasswordTooSimple,
    WrongPassword,
)
from entrepot.customers.rules.attributes import Attribute
from entrepot.kit.errors import Invalid, Refused
from entrepot.storefront.shop_page import ShopPage

ABOUT: Mapping[type[Refused], str] = {
    EmailMissing: "email",
    EmailTaken: "email",
    InvalidSubscriberEmail: "email",
    EmailOfAnotherUser: "email",
    AlreadySubscribed: "email",
    InvalidDate: "dob",
    PasswordTooLong: "password",
    PasswordTooShort: "password",
    PasswordHasOuterSpace: "password",
    PasswordTooSimple: "password",
    PasswordIsEmail: "password",
    PasswordsDiffer: "password_confirmation",
    WrongPassword: "current_password",
}
"""The field of those refusals that have but one cause."""

_CAPITAL = re.compile(r"(?<!^)(?=[A-Z])")


def tell(
    page: ShopPage,
    refusal: Refused,
    inputs: Mapping[str, str],
    attributes: Sequence[Attribute] = (),
    *,
    instead: Markup | None = None,
) -> None:
    """Every sentence of a refusal as an error of its own, at the field that it is about.

    `inputs` are the ids of the form's inputs by the names of its fields; `instead` is what to say in place of the text.
    """
    for text, field in _sentences(refusal, attributes):
        name = field if field in page.form else f"{field}[]"
        is_there = name in page.form and name in inputs
        page.error(text if instead is None else instead, fields=[inputs[name]] if is_there else [])


def _sentences(refusal: Refused, attributes: Sequence[Attribute]) -> Iterator[tuple[str, str]]:
    """Pairs of a sentence and the name of the field it is about, which is empty when it is about none."""
    for error in refusal.errors if isinstance(refusal, Invalid) else (refusal,):
        if isinstance(error, AttributeRulesBroken):
            yield from ((line, _labelled(line, attributes)) for line in error.lines)
        else:
            yield error.rendered(), _named(error)


def _named(error: Refused) -> str:
    if "field_name" in error.named:
        return _CAPITAL.sub("_", str(error.named["field_name"])).lower()
    return next((field for kind, field in ABOUT.items() if isinstance(error, kind)), "")


def _labelled(line: str, attributes: Sequence[Attribute]) -> str:
    return next((a.code for a in attributes if a.label and line.startswith(f'"{a.label}" ')), "")
