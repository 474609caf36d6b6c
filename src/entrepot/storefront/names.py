"""Names, as the website wants them written and asked for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from msgspec import Struct

from entrepot.customers.rules.attributes import Attribute
from entrepot.kit.context import Context

PARTS = ("prefix", "firstname", "middlename", "lastname", "suffix")
AUTOCOMPLETE = {
    "prefix": "honorific-prefix",
    "firstname": "given-name",
    "middlename": "additional-name",
    "lastname": "family-name",
    "suffix": "honorific-suffix",
}
OPTIONS = {"prefix": "customer/address/prefix_options", "suffix": "customer/address/suffix_options"}


class Named(Protocol):
    """An account or an address."""

    prefix: str | None
    firstname: str | None
    middlename: str | None
    lastname: str | None
    suffix: str | None


class NameField(Struct, frozen=True):
    """A part of the name that forms of this website have."""

    name: str
    label: str
    required: bool
    autocomplete: str
    options: Sequence[str] = ()
    """What may be chosen, when the shop does not leave it to the visitor."""


def fields(ctx: Context, attributes: Sequence[Attribute]) -> list[NameField]:
    """Those that the attributes of a customer or an address show."""
    by_code = {attribute.code: attribute for attribute in attributes}
    return [
        NameField(part, by_code[part].label or part, by_code[part].required, AUTOCOMPLETE[part], _options(ctx, part))
        for part in PARTS
        if by_code[part].visible
    ]


def full_name(named: Named, attributes: Sequence[Attribute]) -> str:
    """The visible parts of a name, in the order in which they are said."""
    shown = {attribute.code for attribute in attributes if attribute.visible}
    parts = [getattr(named, part) for part in PARTS if part in shown]
    return " ".join(part.strip() for part in parts if part and part.strip())


def _options(ctx: Context, part: str) -> list[str]:
    listed = ctx.config(OPTIONS[part]) if part in OPTIONS else None
    return [option.strip() for option in (listed or "").split(";") if option.strip()]
