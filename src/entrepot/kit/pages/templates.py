"""Jinja2, set up so that a template can neither forget to escape nor misspell a name unnoticed.

A face's templates lie in its own package; those that all faces share are named `kit/<name>`. Each is rendered with
`page`, and has `_`, `url`, `asset` and `form_key`, and the filters `money`, `number`, `date` and `datetime`, which know
the page's locale and time zone, and `plain` for numbers in fields.
"""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from jinja2 import Environment, FileSystemLoader, PrefixLoader, StrictUndefined, pass_context
from jinja2.loaders import ChoiceLoader
from jinja2.runtime import Context as Variables
from markupsafe import Markup

from entrepot.kit.pages import formats, texts
from entrepot.kit.pages.static import STATIC, Statics

if TYPE_CHECKING:
    from entrepot.kit.pages.page import Page

KIT_TEMPLATES = Path(__file__).parent / "templates"


class Templates:
    """The templates in a folder, and the kit's."""

    def __init__(self, folder: Path | None = None, statics: Statics = STATIC, **names: Any) -> None:
        """`names` are further globals of the face."""
        kit = PrefixLoader({"kit": FileSystemLoader(KIT_TEMPLATES)})
        self.environment = Environment(
            loader=ChoiceLoader([FileSystemLoader(folder), kit] if folder else [kit]),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self.environment.globals |= {"_": _text, "url": _url, "form_key": _form_key, "asset": statics.url, **names}
        self.environment.filters |= {"money": _money, "number": _number, "date": _date, "datetime": _datetime}
        self.environment.filters["plain"] = formats.plain

    def render(self, template: str, **values: Any) -> str:
        return self.environment.get_template(template).render(**values)


def _page(variables: Variables) -> Page:
    return cast("Page", variables["page"])


@pass_context
def _text(variables: Variables, template: str, *values: Any) -> Markup | str:
    """`_("Order # %1", order.increment_id)`. A value that is markup, such as a link, stays markup."""
    if any(isinstance(value, Markup) for value in values):
        return texts.html(template, *values, locale=_page(variables).locale)
    return texts.text(template, *values, locale=_page(variables).locale)


@pass_context
def _url(variables: Variables, path: str, **pairs: Any) -> str:
    return _page(variables).url(path, **pairs)


@pass_context
def _form_key(variables: Variables) -> Markup:
    """The hidden fields that every form with method post must have."""
    session = _page(variables).session
    field = Markup('<input type="hidden" name="{}" value="{}">')
    return field.format("form_key", session.form_key) + field.format("form_stamp", session.form_stamp)


@pass_context
def _money(variables: Variables, value: Decimal | int, currency: str, locale: str | None = None) -> Markup:
    text = formats.money(value, currency, locale or _page(variables).locale)
    return Markup('<span class="price">{}</span>').format(text)


@pass_context
def _number(variables: Variables, value: Decimal | int, locale: str | None = None) -> str:
    return formats.number(value, locale or _page(variables).locale)


@pass_context
def _date(variables: Variables, value: datetime | date | str, zone: str | None = None) -> str:
    page = _page(variables)
    return formats.day(value, zone or page.zone, page.locale)


@pass_context
def _datetime(variables: Variables, value: datetime | str, zone: str | None = None) -> str:
    page = _page(variables)
    return formats.instant(value, zone or page.zone, page.locale)
