"""The form of a product attribute: its sections, what they show of one, and what is read from them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from msgspec import UNSET

from entrepot.admin.form import Field, Form, Numbers, Section, as_int
from entrepot.admin.options import YES_NO, Option
from entrepot.admin.page import AdminPage
from entrepot.catalog.attributes import Attribute, Further
from entrepot.catalog.attributes.contracts import FrontendLabel, ProductAttribute
from entrepot.catalog.attributes.errors import AttributeCodeReserved, AttributeCodeTaken
from entrepot.catalog.attributes.product_attributes import TYPES
from entrepot.kit.context import Context
from entrepot.kit.pages import Form as Posted
from entrepot.kit.pages.typed import integer

INPUTS = [Option(value, label) for value, label in TYPES.items()]
SCOPES = (Option("store", "Store View"), Option("website", "Website"), Option("global", "Global"))
VALIDATION = (
    Option("", "None"),
    Option("validate-number", "Decimal Number"),
    Option("validate-digits", "Integer Number"),
    Option("validate-email", "Email"),
    Option("validate-url", "URL"),
    Option("validate-alpha", "Letters"),
    Option("validate-alphanum", "Letters (a-z, A-Z) or Numbers (0-9)"),
)
LAYERED = (Option("0", "No"), Option("1", "Filterable (with results)"), Option("2", "Filterable (no results)"))
WEIGHTS = [Option(str(weight), str(weight)) for weight in range(1, 11)]

PROPERTIES = Section(
    "base_fieldset",
    "Attribute Properties",
    (
        Field("frontend_label", "Default label", required=True, max_length=255),
        Field("frontend_input", "Catalog Input Type for Store Owner", "select", options=INPUTS, required=True),
        Field("is_required", "Values Required", "select", options=YES_NO),
    ),
)
OPTIONS = Section("options", "Manage Options", template="attribute_options.html")
ADVANCED = Section(
    "advanced_fieldset",
    "Advanced Attribute Properties",
    (
        Field(
            "attribute_code",
            "Attribute Code",
            max_length=31,
            errors=(AttributeCodeReserved, AttributeCodeTaken),
            note="Lower-case letters, digits and underscores, a letter first. Without one it is made from the label.",
        ),
        Field("scope", "Scope", "select", options=SCOPES, note="Where a value can differ."),
        Field("default_value_text", "Default Value", max_length=255, depends=(("frontend_input", "text"),)),
        Field("default_value_textarea", "Default Value", "textarea", depends=(("frontend_input", "textarea"),)),
        Field("default_value_date", "Default Value", "day", depends=(("frontend_input", "date"),)),
        Field(
            "default_value_yesno", "Default Value", "select", options=YES_NO, depends=(("frontend_input", "boolean"),)
        ),
        Field("is_unique", "Unique Value", "select", options=YES_NO, note="Not shared with other products."),
        Field("frontend_class", "Input Validation for Store Owner", "select", options=VALIDATION),
        Field("is_used_in_grid", "Add to Column Options", "select", options=YES_NO),
        Field("is_filterable_in_grid", "Use in Filter Options", "select", options=YES_NO),
    ),
    is_open=False,
)
STOREFRONT = Section(
    "front_fieldset",
    "Storefront Properties",
    (
        Field("is_searchable", "Use in Search", "select", options=YES_NO),
        Field("search_weight", "Search Weight", "select", options=WEIGHTS, depends=(("is_searchable", "1"),)),
        Field(
            "is_visible_in_advanced_search",
            "Visible in Advanced Search",
            "select",
            options=YES_NO,
            depends=(("is_searchable", "1"),),
        ),
        Field("is_comparable", "Comparable on Storefront", "select", options=YES_NO),
        Field("is_filterable", "Use in Layered Navigation", "select", options=LAYERED),
        Field("is_filterable_in_search", "Use in Search Results Layered Navigation", "select", options=YES_NO),
        Field("position", "Position", "number", note="Of the attribute in layered navigation."),
        Field("is_used_for_promo_rules", "Use for Promo Rule Conditions", "select", options=YES_NO),
        Field("is_wysiwyg_enabled", "Enable WYSIWYG", "select", options=YES_NO),
        Field("is_html_allowed_on_front", "Allow HTML Tags on Storefront", "select", options=YES_NO),
        Field("is_visible_on_front", "Visible on Catalog Pages on Storefront", "select", options=YES_NO),
        Field("used_in_product_listing", "Used in Product Listing", "select", options=YES_NO),
        Field("used_for_sort_by", "Used for Sorting in Product Listing", "select", options=YES_NO),
    ),
    is_open=False,
)

FLAGS = (
    "is_required",
    "is_used_in_grid",
    "is_filterable_in_grid",
    "is_filterable_in_search",
    "is_wysiwyg_enabled",
    "is_html_allowed_on_front",
    "used_for_sort_by",
)
DIGITS = (
    "is_unique",
    "is_searchable",
    "is_visible_in_advanced_search",
    "is_comparable",
    "is_used_for_promo_rules",
    "is_visible_on_front",
    "used_in_product_listing",
)
"""Flags that the wire type has as `0` and `1`."""

WITH_OPTIONS = ("select", "multiselect", "swatch_visual", "swatch_text")
TEXTS = ("text", "textarea")
CHOSEN = (*WITH_OPTIONS, "boolean")
"""Inputs by whose values lists can be narrowed down, beside price."""
DEFAULTS = {
    "text": "default_value_text",
    "textarea": "default_value_textarea",
    "texteditor": "default_value_textarea",
    "date": "default_value_date",
    "boolean": "default_value_yesno",
}
"""The field of the default value, by input. Options have their own mark for it; other inputs have none."""
LEFT_OUT: dict[str, tuple[str, ...]] = {
    "frontend_class": TEXTS,
    "is_wysiwyg_enabled": ("textarea",),
    "is_html_allowed_on_front": TEXTS,
    "is_filterable": (*CHOSEN, "price"),
    "is_filterable_in_search": (*CHOSEN, "price"),
    "position": (*CHOSEN, "price"),
    "is_unique": ("text", "textarea", "date", "price"),
}
"""Fields that only these inputs have."""


def attribute_form(ctx: Context, attribute: Attribute | None) -> Form:
    """What matters to the kind of the attribute; of a new one everything, as nobody knows its kind yet."""
    labels = Section("labels", "Manage Labels", tuple(_label_fields(ctx)), is_open=False, note=LABELS_NOTE)
    if attribute is None:
        return Form(PROPERTIES, OPTIONS, ADVANCED, labels, STOREFRONT)
    sections = [PROPERTIES, ADVANCED, labels, STOREFRONT]
    if attribute.has_option_table:
        sections.insert(1, OPTIONS)
    form = Form(*sections).with_fields(
        frontend_input={"kind": "static", "required": False},
        attribute_code={"is_readonly": True, "note": ""},
        **{name: {"depends": ()} for name in DEFAULTS.values()},
    )
    input = input_of(attribute)
    form = form.without(
        *(name for name, inputs in LEFT_OUT.items() if input not in inputs and not _is_on(attribute, name))
    )
    if attribute.is_price:
        form = form.with_fields(scope={"kind": "static", "options": (), "note": "The configuration of prices decides."})
    return form.without(*(name for name in DEFAULTS.values() if name != DEFAULTS.get(input)))


LABELS_NOTE = "What the attribute is called in each store view; without an entry by its default label."


def _is_on(attribute: Attribute, name: str) -> bool:
    return bool(getattr(attribute, name))


def _label_fields(ctx: Context) -> list[Field]:
    return [Field(f"label[{view.id}]", view.name, max_length=255) for view in ctx.stores.views if not view.is_admin]


def input_of(attribute: Attribute) -> str:
    """As it was chosen when the attribute was made."""
    if attribute.swatch_type:
        return f"swatch_{attribute.swatch_type}"
    return attribute.frontend_input or ""


NEW: dict[str, Any] = {
    "frontend_input": "text",
    "scope": "global",
    "search_weight": "1",
    "is_filterable": "0",
    "position": "0",
}


def values_of(form: Form, attribute: Attribute | None) -> dict[str, Any]:
    if attribute is None:
        return {**dict.fromkeys((*FLAGS, *DIGITS), "0"), **NEW}
    values: dict[str, Any] = {}
    for field in form.fields:
        if field.name.startswith("label["):
            values[field.name] = attribute.labels.get(int(field.name[6:-1]), "")
        elif field.name in DEFAULTS.values():
            values[field.name] = _default(attribute)
        elif field.name == "frontend_input":
            values[field.name] = TYPES.get(input_of(attribute), input_of(attribute) or "None")
        else:
            values[field.name] = _shown(attribute, field.name)
    return values


def _shown(attribute: Attribute, name: str) -> str:
    value = getattr(attribute, name)
    if isinstance(value, bool):
        return str(int(value))
    if name == "scope" and attribute.is_price:
        return next(option.label for option in SCOPES if option.value == value)
    return "" if value is None else str(value)


def _default(attribute: Attribute) -> str:
    value = attribute.default_value or ""
    return value[:10] if attribute.frontend_input == "date" else value


def sent(
    page: AdminPage, form: Form, attribute: Attribute | None, numbers: Numbers
) -> tuple[ProductAttribute, Further]:
    """What the form says; what it does not show stays as it is."""
    posted = page.form
    names = {field.name for field in form.fields if field.name in posted}
    given = ProductAttribute(
        attribute_code=attribute.attribute_code if attribute else posted.get("attribute_code").strip() or None,
        attribute_id=attribute.attribute_id if attribute else None,
        frontend_input=None if attribute else posted.get("frontend_input"),
        default_frontend_label=posted.get("frontend_label").strip() or None,
        frontend_labels=_labels(page.ctx, posted),
        scope=None if attribute and attribute.is_price else posted.get("scope") or None,
    )
    for name in FLAGS:
        if name in names:
            setattr(given, name, posted.is_ticked(name))
    for name in DIGITS:
        if name in names:
            setattr(given, name, "1" if posted.is_ticked(name) else "0")
    if "frontend_class" in names:
        given.frontend_class = posted.get("frontend_class")
    input = input_of(attribute) if attribute else posted.get("frontend_input")
    if (default := DEFAULTS.get(input)) in names and default is not None:
        given.default_value = posted.get(default).replace("\r\n", "\n").strip()
    given.position = numbers.read("position", integer) if "position" in names else None
    return given, _further(posted, names)


def _further(posted: Posted, names: set[str]) -> Further:
    filterable = min(max(as_int(posted.get("is_filterable")) or 0, 0), 2)
    weight = min(max(as_int(posted.get("search_weight")) or 1, 1), 10)
    return Further(
        is_filterable=filterable if "is_filterable" in names else UNSET,
        search_weight=weight if "search_weight" in names else UNSET,
    )


def _labels(ctx: Context, posted: Posted) -> list[FrontendLabel]:
    views: Sequence[Any] = [view for view in ctx.stores.views if not view.is_admin]
    return [FrontendLabel(view.id, posted.get(f"label[{view.id}]").strip() or None) for view in views]
