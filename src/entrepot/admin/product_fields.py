"""The attributes of a product as fields: how each is entered, shown and read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from entrepot.admin.form import Field, Inheritance
from entrepot.admin.form.declare import Kind
from entrepot.admin.options import Option
from entrepot.admin.product_panels import Editing
from entrepot.admin.store_switch import is_one_view
from entrepot.catalog.attributes import Attribute, check_period, choices, effective_scope, is_missing
from entrepot.catalog.attributes.errors import AttributeValueEmpty, FromAfterTo, NegativeAmount
from entrepot.catalog.attributes.rules import is_amount
from entrepot.catalog.contracts import AttributeValue, Product
from entrepot.catalog.products.values import DESIGN, EDIT_DESIGN
from entrepot.kit.pages import formats
from entrepot.kit.pages.typed import CATALOG_AMOUNT, Mistyped, decimal

NOT_A_DATE = "Please enter a valid date."
NOT_OFFERED = "Please select an option."
SCOPES = {"global": "[global]", "website": "[website]", "store": "[store view]"}

KINDS: Mapping[str | None, Kind] = {
    "text": "text",
    "textarea": "textarea",
    "date": "day",
    "boolean": "select",
    "select": "select",
    "multiselect": "multiselect",
    "price": "decimal",
    "weight": "decimal",
}
"""By frontend input. Swatches are selects; pictures have a panel of their own."""

ELSEWHERE = frozenset({"sku", "category_ids", "quantity_and_stock_status", "tier_price"})
"""Attributes that are columns or tables: the form has other fields for them."""

PERIODS = (
    ("special_from_date", "special_to_date"),
    ("news_from_date", "news_to_date"),
    ("custom_design_from", "custom_design_to"),
)


def is_field(editing: Editing, attribute: Attribute) -> bool:
    """Whether the attribute has a field of its own in the form."""
    code = attribute.attribute_code
    if code in ELSEWHERE or not attribute.is_visible or attribute.backend_type == "static":
        return False
    if kind_of(attribute) is None or (code in DESIGN and not editing.page.may(EDIT_DESIGN)):
        return False
    return not attribute.uses_source or attribute.has_option_table or bool(choices(editing.ctx, attribute))


def kind_of(attribute: Attribute) -> Kind | None:
    """None for what is no single field."""
    if attribute.frontend_input in ("swatch_visual", "swatch_text"):
        return "select"
    return KINDS.get(attribute.frontend_input)


def name_of(code: str) -> str:
    return f"product[{code}]"


def default_name(code: str) -> str:
    return f"use_default[{code}]"


def element_of(code: str) -> str:
    return f"product_{code}"


def field_of(editing: Editing, attribute: Attribute) -> Field:
    """The input of an attribute, with whose value it shows."""
    code = attribute.attribute_code
    kind = kind_of(attribute) or "text"
    options = options_of(editing, attribute) if kind in ("select", "multiselect") else []
    return Field(
        name_of(code),
        attribute.label() or code,
        kind,
        required=attribute.is_required,
        options=options,
        is_optional=kind == "select" and not (attribute.is_required and attribute.default_value),
        note=attribute.note or "",
        aliases=(code,),
        scope="" if is_one_view(editing.page) else SCOPES[effective_scope(editing.ctx, attribute)],
        inheritance=_inheritance(editing, attribute),
        id=element_of(code),
    )


def options_of(editing: Editing, attribute: Attribute) -> list[Option]:
    return [Option(choice.value, choice.label) for choice in choices(editing.ctx, attribute)]


def differs_by_view(editing: Editing, attribute: Attribute) -> bool:
    """Whether the view that is edited may have a value of its own."""
    return not editing.view.is_admin and effective_scope(editing.ctx, attribute) != "global"


def inherits(editing: Editing, attribute: Attribute) -> bool:
    """Whether the default value holds in the view: as it is stored, or as the box was ticked."""
    code = attribute.attribute_code
    if not differs_by_view(editing, attribute):
        return False
    if editing.posted is not None and name_of(code) in editing.posted:
        return editing.posted.is_ticked(default_name(code))
    return code not in editing.own


def _inheritance(editing: Editing, attribute: Attribute) -> Inheritance | None:
    if not differs_by_view(editing, attribute):
        return None
    code = attribute.attribute_code
    wider = shown(attribute, editing.defaults.get(code, ""))
    return Inheritance(
        default_name(code),
        "Use Default Value",
        inherits(editing, attribute),
        value=",".join(wider) if isinstance(wider, list) else wider,
    )


def value_of(editing: Editing, attribute: Attribute) -> Any:
    """What the input shows: what was typed, else what is stored."""
    code, posted = attribute.attribute_code, editing.posted
    if inherits(editing, attribute):
        return shown(attribute, editing.defaults.get(code, ""))
    if posted is not None and name_of(code) in posted:
        if attribute.is_multiple:
            return [value for value in posted.all(name_of(code)) if value]
        return posted.get(name_of(code))
    return shown(attribute, editing.value(code))


def shown(attribute: Attribute, stored: str) -> Any:
    """A stored value as an input has it."""
    if attribute.is_multiple:
        return stored.split(",") if stored else []
    if not stored:
        return ""
    if attribute.backend_type == "decimal":
        return amount(Decimal(stored), places=2 if attribute.frontend_input == "price" else 0)
    return stored[:10] if attribute.backend_type == "datetime" else stored


def amount(value: Decimal | None, places: int = 0) -> str:
    """As a field shows it; nothing for None."""
    return "" if value is None else formats.plain(value, places)


def catalog_amount(text: str) -> Decimal:
    """A price or a weight, which may be negative. Raises Mistyped."""
    return decimal(text, CATALOG_AMOUNT, negative=True)


def read_values(editing: Editing, product: Product, attributes: Sequence[Attribute] | None = None) -> None:
    """What was typed, as custom attributes of the product that will be saved; what is wrong as errors of the fields.

    `attributes` are those of the product's set and type unless others are given.
    """
    posted = editing.posted
    assert posted is not None
    given = product.custom_attributes if product.custom_attributes is not None else []
    for attribute in editing.attributes if attributes is None else attributes:
        code = attribute.attribute_code
        if not is_field(editing, attribute) or name_of(code) not in posted:
            continue
        if inherits(editing, attribute):
            if code in editing.own:
                given.append(AttributeValue(code, None))
            continue
        given.append(AttributeValue(code, _read(editing, attribute)))
    product.custom_attributes = given
    _check_periods(editing, {one.attribute_code: one.value for one in given})


def _read(editing: Editing, attribute: Attribute) -> Any:
    """The value to be stored; None for none."""
    posted, code = editing.posted, attribute.attribute_code
    assert posted is not None
    name = name_of(code)
    if attribute.is_multiple:
        value: Any = [one for one in posted.all(name) if one] or None
    else:
        text = posted.get(name).replace("\r\n", "\n")
        value = text if attribute.frontend_input == "textarea" else text.strip()
    if not value:
        if is_missing(attribute) and code not in FILLED_LATER:
            editing.wrong(name, AttributeValueEmpty.of(attribute.label() or code).rendered())
        # An empty text in a view says that it has none; in the default scope there is nothing to override.
        is_text = attribute.backend_type in ("varchar", "text") and not attribute.is_multiple
        return "" if value == "" and is_text and differs_by_view(editing, attribute) else None
    return _checked(editing, attribute, value)


FILLED_LATER: frozenset[str] = frozenset({"url_key"})


def _checked(editing: Editing, attribute: Attribute, value: Any) -> Any:
    name = name_of(attribute.attribute_code)
    if attribute.uses_source:
        # A choice that is not offered any more may stay.
        offered = {choice.value for choice in choices(editing.ctx, attribute)}
        offered |= set(editing.value(attribute.attribute_code).split(","))
        if not offered.issuperset(value if attribute.is_multiple else [value]):
            editing.wrong(name, NOT_OFFERED)
        return value
    if attribute.backend_type == "decimal":
        return _number(editing, attribute, value)
    if attribute.backend_type == "datetime":
        try:
            date.fromisoformat(value)
        except ValueError:
            editing.wrong(name, NOT_A_DATE)
    return value


def _number(editing: Editing, attribute: Attribute, text: str) -> Decimal | None:
    name = name_of(attribute.attribute_code)
    try:
        number = catalog_amount(text)
    except Mistyped as fault:
        editing.wrong(name, fault.rendered())
        return None
    if number < 0 and is_amount(attribute):
        editing.wrong(name, NegativeAmount().rendered())
    return number


def _check_periods(editing: Editing, given: Mapping[str | None, Any]) -> None:
    for first, last in PERIODS:
        if name_of(last) in editing.errors or name_of(first) in editing.errors:
            continue
        try:
            check_period(given.get(first, editing.value(first)[:10]), given.get(last, editing.value(last)[:10]))
        except FromAfterTo as refusal:
            editing.wrong(name_of(last), refusal.rendered())
