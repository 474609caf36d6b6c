"""Decisions about codes, names, defaults and configuration values, without a database."""

from __future__ import annotations

import re
from collections.abc import Iterable
from zoneinfo import available_timezones

from entrepot.kit.errors import InvalidFieldValue, Refused, RequiredField
from entrepot.stores.configuration import SECTIONS, Field, Scopes
from entrepot.stores.configuration import field as find_field
from entrepot.stores.errors import (
    DefaultViewNeeded,
    InvalidStoreCode,
    InvalidWebsiteCode,
    NameRequired,
    OutsideItsScopes,
    ReservedStoreCode,
    UnknownPath,
)
from entrepot.stores.levels import Levels
from entrepot.stores.values import Scope

CODE = re.compile(r"[a-z]+[a-z0-9_]*", re.IGNORECASE | re.ASCII)

RESERVED_CODE = re.compile(r"all|async|schema|v[0-9]+|rest|static|media|swagger", re.IGNORECASE)
"""What stands in paths where a store view's code may stand too, and would no longer be found."""

SCOPES: dict[Scope, Scopes] = {"default": Scopes.DEFAULT, "websites": Scopes.WEBSITE, "stores": Scopes.STORE}

HIDDEN_VALUE = "******"
"""What is shown of an encrypted value; a form that sends it back has not touched the field."""

FULL_ACCESS = "Magento_Backend::all"


def is_code(code: str) -> bool:
    """Whether a website or a store view may have it: a letter, then letters, digits and underscores."""
    return CODE.fullmatch(code) is not None


def is_taken(code: str, others: Iterable[str]) -> bool:
    """Codes differ by more than case."""
    return code.lower() in {other.lower() for other in others}


def website_faults(code: str, name: str) -> list[Refused]:
    faults: list[Refused] = []
    if not is_code(code):
        faults.append(InvalidWebsiteCode())
    if not name.strip():
        faults.append(RequiredField(field_name="name"))
    return faults


def group_faults(code: str, name: str) -> list[Refused]:
    return [
        RequiredField(field_name=field_name)
        for field_name, value in (("name", name), ("code", code))
        if not value.strip()
    ]


def view_faults(code: str, name: str) -> list[Refused]:
    faults: list[Refused] = []
    if not is_code(code):
        faults.append(InvalidStoreCode())
    elif RESERVED_CODE.fullmatch(code):
        faults.append(ReservedStoreCode(code))
    if not name.strip():
        faults.append(NameRequired())
    return faults


def check_default_view(levels: Levels) -> None:
    """Calls without a store code take place in the default view of the default website: it must exist and be active."""
    default = next((website for website in levels.websites if website.is_default), None)
    view = levels.default_of_website(default.id) if default else None
    if view is None or not view.is_active:
        raise DefaultViewNeeded


def settable_field(path: str) -> Field:
    """The field at a path. Raises UnknownPath also for a path that only has a built-in default."""
    found = find_field(path)
    if found is None:
        raise UnknownPath(path)
    return found


def check_scope(path: str, field: Field, scope: Scope) -> None:
    if not field.scopes & SCOPES[scope]:
        raise OutsideItsScopes(path, scope)


def check_value(path: str, field: Field, value: str) -> None:
    """Refuse what the field's own check refuses, and an unknown time zone: every page would stumble over it."""
    fits = field.check is None or field.check.accepts(value)
    if path == "general/locale/timezone":
        fits = value in available_timezones()
    if not fits:
        raise InvalidFieldValue(value=value, field_name=path)


def resource_of(path: str) -> str:
    """What a caller needs beside `Magento_Config::config`. A path outside the Admin's sections takes full access."""
    section = path.partition("/")[0]
    return next((found.resource for found in SECTIONS if found.id == section), FULL_ACCESS)
