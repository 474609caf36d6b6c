"""Stores > Configuration: a section at a time, in the default scope, a website's or a store view's.

A value is either set in the scope or taken from the wider one. The box beside a field says which; leaving it ticked
deletes what was set.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from msgspec import Struct
from starlette.responses import Response

from entrepot import stores, taxes
from entrepot.admin.access import admin_page
from entrepot.admin.configuration_pictures import UPLOAD, place_of
from entrepot.admin.configuration_sections import CONFIG, allowed_sections, note_of, shown_sections, tabs_of
from entrepot.admin.configuration_tablerates import SECTION as TABLERATES_SECTION
from entrepot.admin.configuration_tablerates import exchange_of
from entrepot.admin.form import Field, Form, Inheritance, Submit
from entrepot.admin.form import Section as FormSection
from entrepot.admin.form.declare import Kind
from entrepot.admin.option_sources import SOURCES
from entrepot.admin.options import Option, Options
from entrepot.admin.page import AdminPage
from entrepot.admin.picture_field import Picture, sent_picture, stored_picture
from entrepot.admin.uploads import received
from entrepot.kit.context import Context
from entrepot.kit.errors import Refused
from entrepot.kit.pages import Form as Posted
from entrepot.kit.pages import formats, typed
from entrepot.kit.pages.typed import Digits
from entrepot.kit.scope import CONFIGURATION, is_flag_set
from entrepot.stores import ConfigValue, Values
from entrepot.stores.configuration import Field as Setting
from entrepot.stores.configuration import OptionSource, Scopes, Section
from entrepot.stores.levels import levels
from entrepot.stores.values import Scope

HOME = "adminhtml/system_config"
SINGLE_STORE = "general/single_store_mode/enabled"
HIDDEN_VALUE = "******"
NUMBER = Digits(16, 12)
LARGEST_COUNT = 10**12
"""Of what is configured, which is stored as text: seconds of a century, and more."""

KINDS: Mapping[str, Kind] = {
    "text": "text",
    "password": "text",
    "obscure": "text",
    "textarea": "textarea",
    "select": "select",
    "multiselect": "multiselect",
    "label": "static",
    "image": "picture",
}


class Place(Struct, frozen=True):
    """The scope that is being configured."""

    scope: Scope
    id: int
    code: str | None
    label: str
    bit: Scopes
    inherits: str
    """What the box beside each field is called."""

    @property
    def pairs(self) -> dict[str, Any]:
        """How the address says it."""
        return {} if self.scope == "default" else {"website" if self.scope == "websites" else "store": self.id}


class Switch(Struct, frozen=True):
    """One line of the scope switcher."""

    label: str
    href: str
    depth: int
    is_current: bool


@admin_page(HOME, CONFIG)
async def configuration(page: AdminPage) -> Response:
    """The first section that the administrator may see."""
    sections = allowed_sections(page.actor)
    return page.redirect(f"{HOME}/edit", section=sections[0].id) if sections else page.denied()


@admin_page(f"{HOME}/edit", CONFIG)
async def edit(page: AdminPage) -> Response:
    section, place = _asked(page)
    if section is None:
        return page.redirect(HOME)
    if not page.may(section.resource):
        return page.denied()
    return await _show(page, section, place)


@admin_page(f"{HOME}/save", CONFIG, post=True, instead=HOME)
async def save(page: AdminPage) -> Response:
    """All fields or, if one is refused, none."""
    section, place = _asked(page)
    if section is None:
        return page.redirect(HOME)
    if not page.may(section.resource):
        return page.denied()
    errors: dict[str, list[str]] = {}
    pictures = await _sent_pictures(page, section, place, errors)
    refusals = [] if errors else await page.attempted(_save(page, section, place, pictures, errors))
    if refusals or errors:
        return await _show(page, section, place, page.form, pictures, errors)
    page.success("You saved the configuration.")
    return page.redirect(f"{HOME}/edit", section=section.id, **place.pairs)


async def _sent_pictures(
    page: AdminPage, section: Section, place: Place, errors: dict[str, list[str]]
) -> dict[str, Picture]:
    """By path."""
    found: dict[str, Picture] = {}
    for path, setting in section.paths():
        field = f"{_name(path)}[value]"
        if setting.input == "image" and setting.scopes & place.bit and field in page.form:
            found[path], problems = await sent_picture(page, place_of(page, path, place.scope, place.id), field)
            if problems:
                errors[field] = [one.rendered() for one in problems]
    return found


@admin_page(UPLOAD, CONFIG, post=True)
async def upload_picture(page: AdminPage) -> Response:
    """A picture of the section of the address."""
    section, _ = _asked(page)
    if section is None or not page.may(section.resource):
        return page.denied()
    return await received(page)


async def _save(
    page: AdminPage, section: Section, place: Place, pictures: Mapping[str, Picture], errors: dict[str, list[str]]
) -> None:
    values = _values(page.ctx)
    refused: Refused | None = None
    for path, setting in section.paths():
        if not setting.scopes & place.bit or setting.input == "label":
            continue
        name, form = _name(path), page.form
        has_row = values.has_row(path, place.scope, place.id)
        if form.is_ticked(f"{name}[inherit]"):
            if has_row:
                await stores.unset_config(page.ctx, path, place.scope, place.code)
        elif f"{name}[value]" in form:
            picture = pictures.get(path)
            value = await picture.saved(page.ctx) if picture else _posted(form, setting, name)
            if has_row and value == _shown_value(page.ctx, path, setting, place):
                continue
            try:
                value = _as_stored(setting, value)
                config = ConfigValue(path=path, value=value, scope=place.scope, scope_code=place.code)
                async with page.ctx.savepoint():
                    await stores.set_config(page.ctx, config)
            except Refused as refusal:
                message = refusal.rendered().replace(path, setting.label)
                errors.setdefault(f"{name}[value]", []).append(message)
                refused = refusal
    if refused is not None:
        raise refused


def _posted(form: Posted, setting: Setting, name: str) -> str:
    if setting.input == "multiselect":
        return ",".join(value for value in form.all(f"{name}[value]") if value)
    text = form.get(f"{name}[value]").replace("\r\n", "\n").replace("\0", "")
    return text if setting.input == "textarea" else text.strip()


def _as_stored(setting: Setting, text: str) -> str:
    """A number as programs read it. Raises Mistyped; its bounds are checked where it is stored."""
    kind = setting.check.kind if setting.check else "anything"
    if not text or (kind == "number_by_group" and text.startswith("{")):
        return text
    if kind in ("number", "number_by_group"):
        return formats.plain(typed.decimal(text, NUMBER, negative=True))
    return str(typed.whole(text, most=LARGEST_COUNT)) if kind in ("digits", "page_size") else text


def _asked(page: AdminPage) -> tuple[Section | None, Place]:
    """The section and the scope of the address; an unknown scope is the default one."""
    section = next((section for section in shown_sections() if section.id == page.parameter("section")), None)
    known = levels(page.ctx)
    website = known.website(page.number("website") or 0)
    view = known.by_id(page.number("store") or 0)
    if view is not None and view.id:
        return section, Place("stores", view.id, view.code, view.name, Scopes.STORE, "Use Website")
    if website is not None and website.id:
        return section, Place("websites", website.id, website.code, website.name, Scopes.WEBSITE, "Use Default")
    return section, Place("default", 0, None, "Default Config", Scopes.DEFAULT, "Use system value")


async def _show(
    page: AdminPage,
    section: Section,
    place: Place,
    posted: Posted | None = None,
    pictures: Mapping[str, Picture] | None = None,
    errors: Mapping[str, list[str]] | None = None,
) -> Response:
    """The section as it is, or as it was sent."""
    form, values = _form(page.ctx, section, place, posted)
    for path, setting in section.paths():
        name = f"{_name(path)}[value]"
        if setting.input == "image" and name in values:
            known = place_of(page, path, place.scope, place.id)
            values[name] = (pictures or {}).get(path) or stored_picture(page.ctx, known, values[name])
    for message in form.labelled(errors or {}):
        page.error("%1", message)
    if section.id == "tax":
        for sentence, views in taxes.warnings(page.ctx):
            page.notice(sentence, views)
    return await form.show(
        page,
        title="Configuration",
        action=page.url(f"{HOME}/save", section=section.id, **place.pairs),
        values=values,
        errors=errors,
        status=422 if errors else 200,
        submits=[Submit("Save Config", kind="primary")],
        template="configuration.html",
        section=section,
        place=place,
        tabs=tabs_of(allowed_sections(page.actor)),
        switches=_switches(page, section, place),
        tablerates=exchange_of(page, place.id)
        if section.id == TABLERATES_SECTION and place.scope == "websites"
        else None,
    )


def _form(ctx: Context, section: Section, place: Place, posted: Posted | None) -> tuple[Form, dict[str, Any]]:
    values: dict[str, Any] = {}
    sections: list[FormSection] = []
    known = _values(ctx)
    for group in section.groups:
        fields = []
        for setting in group.fields:
            if not setting.scopes & place.bit:
                continue
            path = f"{section.id}/{group.id}/{setting.id}"
            name = _name(path)
            inherits = not known.has_row(path, place.scope, place.id)
            value: Any = _shown_value(ctx, path, setting, place) or ""
            if posted is not None:
                inherits = posted.is_ticked(f"{name}[inherit]")
                value = value if inherits else _posted(posted, setting, name)
            values[f"{name}[value]"] = value.split(",") if setting.input == "multiselect" else value
            fields.append(_field(ctx, path, setting, place, inherits=inherits))
        if fields:
            sections.append(FormSection(_element(f"{section.id}/{group.id}"), group.label, tuple(fields)))
    return Form(*sections), values


def _field(ctx: Context, path: str, setting: Setting, place: Place, *, inherits: bool) -> Field:
    name = _name(path)
    group = path.rpartition("/")[0]
    return Field(
        name=f"{name}[value]",
        label=setting.label,
        kind=KINDS.get(setting.input, "text"),
        options=_options(setting),
        is_optional=setting.input == "select" and (setting.can_be_empty or setting.default is None),
        note=note_of(path),
        depends=tuple((_element(f"{group}/{other}"), value) for other, value in setting.depends),
        inheritance=Inheritance(
            f"{name}[inherit]", place.inherits, inherits, _scope_label(setting), _wider_value(ctx, path, setting, place)
        ),
        id=_element(path),
    )


def _options(setting: Setting) -> Options:
    if isinstance(setting.options, OptionSource):
        return SOURCES[setting.options]
    return [Option(option.value, option.label) for option in setting.options]


def _shown_value(ctx: Context, path: str, setting: Setting, place: Place) -> str | None:
    values = _values(ctx)
    match place.scope:
        case "stores":
            value = values.in_store(path, place.id)
        case "websites":
            value = values.in_website(path, place.id)
        case _:
            value = values.in_default(path)
    return HIDDEN_VALUE if setting.encrypted and value else value


def _wider_value(ctx: Context, path: str, setting: Setting, place: Place) -> str:
    """What would hold without a value in this scope."""
    values = _values(ctx)
    if place.scope == "default":
        value = setting.default
    elif place.scope == "websites":
        value = values.in_default(path)
    else:
        view = ctx.stores.by_id(place.id)
        value = values.in_website(path, view.website_id if view else 0)
    return HIDDEN_VALUE if setting.encrypted and value else value or ""


def _scope_label(setting: Setting) -> str:
    if setting.scopes & Scopes.STORE:
        return "[store view]"
    return "[website]" if setting.scopes & Scopes.WEBSITE else "[global]"


def _switches(page: AdminPage, section: Section, place: Place) -> list[Switch]:
    """The scopes; none where the shop has but one view and hides them."""
    known = levels(page.ctx)
    if len(known.views) <= 2 and is_flag_set(page.ctx.config_default(SINGLE_STORE)):
        return []

    def switch(label: str, depth: int, **pairs: Any) -> Switch:
        return Switch(label, page.url(f"{HOME}/edit", section=section.id, **pairs), depth, pairs == place.pairs)

    switches = [switch("Default Config", 0)]
    for website in known.websites:
        if website.id:
            switches.append(switch(website.name, 1, website=website.id))
            switches += [switch(view.name, 2, store=view.id) for view in known.views_of_website(website.id)]
    return switches


def _name(path: str) -> str:
    """The field's name in the form, as Magento's: `groups[url][fields][use_store]`."""
    _, _, rest = path.partition("/")
    group, _, field = rest.rpartition("/")
    return f"groups[{group}][fields][{field}]"


def _element(path: str) -> str:
    return path.replace("/", "_")


def _values(ctx: Context) -> Values:
    values = ctx.shared(CONFIGURATION)
    assert isinstance(values, Values)
    return values
