"""The form of a category: which attributes it shows in which section, and what is read from it.

Fields are named as the attributes. In a store view a box beside each says that the default value holds; in the default
scope some have such a box for what the configuration says.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

from entrepot import catalog
from entrepot.admin.form import Field, Form, Inheritance, Numbers, Section
from entrepot.admin.form.declare import Kind
from entrepot.admin.options import Option
from entrepot.admin.page import AdminPage
from entrepot.admin.picture_field import PROBLEMS
from entrepot.catalog.attributes import ATTRIBUTES, Attribute
from entrepot.catalog.categories import Category, CategoryDocument
from entrepot.catalog.categories.contracts import AttributeValue
from entrepot.catalog.categories.errors import CategoryNotSaved
from entrepot.catalog.categories.values import DEFAULT_SORT_BY, EDIT_DESIGN, USE_CONFIGURATION
from entrepot.kit.context import Context
from entrepot.kit.errors import Refused
from entrepot.kit.pages import formats
from entrepot.kit.pages.typed import CATALOG_AMOUNT, decimal

KEEP_OLD_URLS = "url_key_create_redirect"
SAVE_HISTORY = "catalog/seo/save_rewrites_history"
PRICE_STEP = "catalog/layered_navigation/price_range_step"

SECTIONS: Sequence[tuple[str, str, Sequence[tuple[str, str, Kind]]]] = (
    (
        "general",
        "General",
        (
            ("is_active", "Enable Category", "checkbox"),
            ("include_in_menu", "Include in Menu", "checkbox"),
            ("name", "Category Name", "text"),
        ),
    ),
    (
        "content",
        "Content",
        (
            ("image", "Category Image", "picture"),
            ("description", "Description", "textarea"),
            ("landing_page", "Add CMS Block", "select"),
        ),
    ),
    (
        "display_settings",
        "Display Settings",
        (
            ("display_mode", "Display Mode", "select"),
            ("is_anchor", "Anchor", "checkbox"),
            ("available_sort_by", "Available Product Listing Sort By", "multiselect"),
            ("default_sort_by", "Default Product Listing Sort By", "select"),
            ("filter_price_range", "Layered Navigation Price Step", "decimal"),
        ),
    ),
    (
        "search_engine_optimization",
        "Search Engine Optimization",
        (
            ("url_key", "URL Key", "text"),
            ("meta_title", "Meta Title", "text"),
            ("meta_keywords", "Meta Keywords", "textarea"),
            ("meta_description", "Meta Description", "textarea"),
        ),
    ),
    (
        "design",
        "Design",
        (
            ("custom_use_parent_settings", "Use Parent Category Settings", "checkbox"),
            ("custom_design", "Theme", "select"),
            ("page_layout", "Layout", "select"),
            ("custom_layout_update", "Layout Update XML", "textarea"),
            ("custom_apply_to_products", "Apply Design to Products", "checkbox"),
        ),
    ),
    (
        "schedule_design_update",
        "Schedule Design Update",
        (
            ("custom_design_from", "Schedule Update From", "day"),
            ("custom_design_to", "To", "day"),
        ),
    ),
)
"""Magento's sections and labels."""

DESIGN_SECTIONS = frozenset({"design", "schedule_design_update"})
CLOSED = frozenset({"display_settings", "search_engine_optimization", *DESIGN_SECTIONS})
SCOPES = {"global": "[global]", "website": "[website]", "store": "[store view]"}
NOTES = {
    "is_anchor": "An anchor also shows the products of the categories below it, and can be narrowed down by filters.",
    "url_key": "Leave it empty to have it made from the name.",
}


def category_form(ctx: Context, document: CategoryDocument | None) -> Form:
    """The fields that can be filled in: a select whose choices nobody can look up yet has nothing to choose.

    `ctx` is in the view that is edited; `document` is None for a new category.
    """
    sections = []
    for id, label, listed in SECTIONS:
        if id in DESIGN_SECTIONS and not ctx.actor.may(EDIT_DESIGN):
            continue
        fields = [
            _field(ctx, attribute, label, kind, document)
            for code, label, kind in listed
            if (attribute := ctx.shared(ATTRIBUTES).categories.get(code)) and _is_shown(ctx, attribute, kind, document)
        ]
        if id == "search_engine_optimization" and document is not None and document.level > 1:
            fields.insert(1, Field(KEEP_OLD_URLS, "Create Permanent Redirect for old URL", "checkbox"))
        sections.append(Section(id, label, tuple(fields), is_open=id not in CLOSED))
    return Form(*sections)


def _is_shown(ctx: Context, attribute: Attribute, kind: Kind, document: CategoryDocument | None) -> bool:
    # Nothing leads to the root of a shop by an address of its own.
    if attribute.attribute_code == "url_key" and document is not None and document.level == 1:
        return False
    return kind not in ("select", "multiselect") or bool(catalog.attributes.choices(ctx, attribute))


def _field(ctx: Context, attribute: Attribute, label: str, kind: Kind, document: CategoryDocument | None) -> Field:
    code = attribute.attribute_code
    choices = catalog.attributes.choices(ctx, attribute) if kind in ("select", "multiselect") else ()
    return Field(
        code,
        label,
        kind,
        required=attribute.is_required and code not in USE_CONFIGURATION and kind != "checkbox",
        options=[Option(choice.value, choice.label) for choice in choices],
        is_optional=kind == "select" and code != "default_sort_by" and all(choice.value for choice in choices),
        note=NOTES.get(code, ""),
        aliases=(attribute.frontend_label,),
        errors=PROBLEMS if kind == "picture" else (),
        max_length=255 if attribute.backend_type == "varchar" and kind == "text" else None,
        scope="" if _inheritance(ctx, attribute, document) else SCOPES[attribute.scope],
        inheritance=_inheritance(ctx, attribute, document),
    )


def _inheritance(ctx: Context, attribute: Attribute, document: CategoryDocument | None) -> Inheritance | None:
    code, scope = attribute.attribute_code, SCOPES[attribute.scope]
    if not ctx.store.is_admin:
        if attribute.scope == "global" or document is None:
            return None
        wider = document.defaults.get(code)
        if wider is None and code in USE_CONFIGURATION:
            wider = configured(ctx, attribute)
        return Inheritance(
            f"use_default[{code}]", "Use Default Value", code not in document.own, scope, shown(attribute, wider)
        )
    if code in USE_CONFIGURATION:
        is_inherited = document is None or not document.attributes.get(code)
        return Inheritance(
            f"use_config[{code}]",
            "Use Config Settings",
            is_inherited,
            scope,
            shown(attribute, configured(ctx, attribute)),
        )
    return None


def configured(ctx: Context, attribute: Attribute) -> str | None:
    """What holds for a category that says nothing."""
    match attribute.attribute_code:
        case "available_sort_by":
            return ",".join(choice.value for choice in catalog.attributes.choices(ctx, attribute))
        case "default_sort_by":
            return ctx.config(DEFAULT_SORT_BY)
        case _:
            return ctx.config(PRICE_STEP)


def shown(attribute: Attribute, stored: str | None) -> str:
    """A stored value as its field has it."""
    if not stored:
        return ""
    if attribute.backend_type == "decimal":
        return _number(stored)
    return stored[:10] if attribute.backend_type == "datetime" else stored


def _number(text: str) -> str:
    try:
        return formats.plain(Decimal(text))
    except InvalidOperation:
        return text


NEW = {"is_active": "1", "include_in_menu": "1", "is_anchor": "1", "display_mode": "PRODUCTS"}


def values_of(ctx: Context, form: Form, document: CategoryDocument | None) -> dict[str, Any]:
    """What the fields show of a category; of a new one, what most will have."""
    known = ctx.shared(ATTRIBUTES).categories
    stored: Mapping[str, str] = document.attributes if document else NEW
    values: dict[str, Any] = {}
    for field in form.fields:
        if field.name == KEEP_OLD_URLS:
            values[field.name] = ctx.flag(SAVE_HISTORY)
            continue
        attribute = known[field.name]
        value = stored.get(field.name)
        if not value and field.name in USE_CONFIGURATION:
            value = configured(ctx, attribute)
        values[field.name] = _as_field(field, shown(attribute, value))
    return values


def _as_field(field: Field, value: str) -> Any:
    if field.kind == "multiselect":
        return [part for part in value.split(",") if part]
    return value == "1" if field.kind == "checkbox" else value


def typed_form(form: Form, page: AdminPage) -> Form:
    """The form with its boxes as they were sent."""
    changes: dict[str, dict[str, Any]] = {}
    for field in form.fields:
        if (box := field.inheritance) is not None:
            ticked = page.form.is_ticked(box.name)
            changes[field.name] = {
                "inheritance": Inheritance(box.name, box.label, ticked, scope=box.scope, value=box.value)
            }
    return form.with_fields(**changes)


def sent(page: AdminPage, form: Form, numbers: Numbers, *, category_id: int | None, parent_id: int | None) -> Category:
    """What the form says, with its `numbers`. None takes the wider value; what was not sent stays what it was."""
    values: list[AttributeValue] = []
    for field in form.fields:
        if field.name == KEEP_OLD_URLS:
            continue
        if field.inheritance and page.form.is_ticked(field.inheritance.name):
            values.append(AttributeValue(field.name, None))
        elif field.name in page.form:
            values.append(AttributeValue(field.name, _sent(page, field, numbers)))
    return Category(id=category_id, parent_id=parent_id, custom_attributes=values)


def _sent(page: AdminPage, field: Field, numbers: Numbers) -> Any:
    if field.kind == "multiselect":
        return [value for value in page.form.all(field.name) if value]
    if field.kind == "checkbox":
        return "1" if page.form.is_ticked(field.name) else "0"
    if field.kind == "decimal":
        return numbers.read(field.name, _amount)
    text = page.form.get(field.name).replace("\r\n", "\n")
    return text if field.kind == "textarea" else text.strip()


def _amount(text: str) -> str:
    return formats.plain(decimal(text, CATALOG_AMOUNT))


ABOUT = {"URL key": "url_key", "Sort by": "default_sort_by"}
"""By words in the reason."""


def errors_at(form: Form, refusals: Sequence[Refused]) -> dict[str, list[str]]:
    """The reasons at the fields that they name: all of them come in the same refusal."""
    found: dict[str, list[str]] = {}
    for refusal in refusals:
        if not isinstance(refusal, CategoryNotSaved):
            continue
        reason = str(refusal.positional[0])
        for field in form.fields:
            is_named = any(f'"{name}"' in reason for name in (field.label, *field.aliases) if name)
            if is_named or any(words in reason and code == field.name for words, code in ABOUT.items()):
                found.setdefault(field.name, []).append(reason)
                break
    return found
