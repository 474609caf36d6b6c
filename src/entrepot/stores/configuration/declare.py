"""The words in which `fields/` is written: one call a field, its id, label and scopes first."""

from collections.abc import Mapping

from entrepot.stores.configuration.checks import Check
from entrepot.stores.configuration.model import Field, Group, Input, Option, OptionSource, Scopes, Section
from entrepot.stores.configuration.options import EMAIL_SENDERS, YES_NO

D = Scopes.DEFAULT
W = Scopes.WEBSITE
DW = Scopes.DEFAULT | Scopes.WEBSITE
DWS = Scopes.DEFAULT | Scopes.WEBSITE | Scopes.STORE
NOWHERE = Scopes(0)

Depends = Mapping[str, str]
Options = tuple[Option, ...] | OptionSource
NOTHING: Depends = {}


def section(id: str, label: str, *groups: Group, tab: str, resource: str, sort_order: int) -> Section:
    return Section(id, label, tab, resource, sort_order, groups)


def group(id: str, label: str, *fields: Field) -> Group:
    return Group(id, label, fields)


def text(
    id: str,
    label: str,
    scopes: Scopes,
    default: str | None = None,
    *,
    check: Check | None = None,
    depends: Depends = NOTHING,
    can_be_empty: bool = False,
) -> Field:
    return Field(id, label, "text", scopes, default, (), check, tuple(depends.items()), can_be_empty)


def textarea(id: str, label: str, scopes: Scopes, default: str | None = None, *, depends: Depends = NOTHING) -> Field:
    return Field(id, label, "textarea", scopes, default, depends=tuple(depends.items()))


def select(
    id: str,
    label: str,
    scopes: Scopes,
    options: Options,
    default: str | None = None,
    *,
    depends: Depends = NOTHING,
    can_be_empty: bool = False,
) -> Field:
    return Field(id, label, "select", scopes, default, options, None, tuple(depends.items()), can_be_empty)


def multiselect(
    id: str,
    label: str,
    scopes: Scopes,
    options: Options,
    default: str | None = None,
    *,
    depends: Depends = NOTHING,
    can_be_empty: bool = False,
) -> Field:
    return Field(id, label, "multiselect", scopes, default, options, None, tuple(depends.items()), can_be_empty)


def yes_no(id: str, label: str, scopes: Scopes, default: str | None = None, *, depends: Depends = NOTHING) -> Field:
    return select(id, label, scopes, YES_NO, default, depends=depends)


def sender(id: str, label: str, scopes: Scopes, default: str, *, depends: Depends = NOTHING) -> Field:
    """Whose name and address a mail bears: one of the groups of the section `trans_email`."""
    return select(id, label, scopes, EMAIL_SENDERS, default, depends=depends)


def email_template(id: str, label: str, scopes: Scopes, default: str, *, depends: Depends = NOTHING) -> Field:
    return select(id, label, scopes, OptionSource.EMAIL_TEMPLATES, default, depends=depends)


def special(
    input: Input,
    id: str,
    label: str,
    scopes: Scopes,
    default: str | None = None,
    *,
    depends: Depends = NOTHING,
    encrypted: bool = False,
) -> Field:
    """A field whose input is one of its kind."""
    return Field(id, label, input, scopes, default, depends=tuple(depends.items()), encrypted=encrypted)
