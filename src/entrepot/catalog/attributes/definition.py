"""What an attribute becomes when a client makes or changes it (spec 30-catalog, 6.3). Plain functions."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from msgspec import UNSET, Struct, UnsetType, structs

from entrepot.catalog.ascii_text import slug
from entrepot.catalog.attributes.attribute import (
    ARRAY_BACKEND,
    BOOLEAN_SOURCE,
    DATE_BACKEND,
    PRICE_BACKEND,
    TABLE_SOURCE,
    Attribute,
)
from entrepot.catalog.attributes.contracts import CatalogAttribute
from entrepot.catalog.attributes.errors import AttributeCodeReserved
from entrepot.catalog.attributes.reserved_codes import RESERVED
from entrepot.kit.errors import InvalidFieldValue, RequiredField


class Input(Struct, frozen=True):
    """What the choice of an input decides about an attribute."""

    backend_type: str
    backend_model: str | None = None
    source_model: str | None = None
    frontend_input: str | None = None
    """What is kept as the input, when it is not the one that was chosen."""
    swatch_type: str | None = None
    is_wysiwyg_enabled: bool = False


INPUTS: Mapping[str, Input] = {
    "text": Input("varchar"),
    "textarea": Input("text"),
    "texteditor": Input("text", frontend_input="textarea", is_wysiwyg_enabled=True),
    "date": Input("datetime", DATE_BACKEND),
    "boolean": Input("int", source_model=BOOLEAN_SOURCE),
    "multiselect": Input("varchar", ARRAY_BACKEND, TABLE_SOURCE),
    "select": Input("int", source_model=TABLE_SOURCE),
    "price": Input("decimal", PRICE_BACKEND),
    "media_image": Input("varchar"),
    "swatch_visual": Input("int", source_model=TABLE_SOURCE, frontend_input="select", swatch_type="visual"),
    "swatch_text": Input("int", source_model=TABLE_SOURCE, frontend_input="select", swatch_type="text"),
    "weee": Input("static", "Magento\\Weee\\Model\\Attribute\\Backend\\Weee\\Tax"),
    "gallery": Input("varchar"),
}
SCOPES = ("global", "website", "store")
CODE = re.compile(r"[a-z][a-z_0-9]{0,30}")
WELL_FORMED = re.compile(r"[a-z][a-z_0-9]{0,29}[a-z0-9]")
LONGEST_GENERATED_CODE = 30
LARGEST_INTEGER = 2**31 - 1


class Further(Struct, frozen=True, kw_only=True):
    """What forms may say of an attribute beside what REST has a field for."""

    is_filterable: int | UnsetType = UNSET
    """0, 1 or 2: REST has but yes and no."""
    search_weight: int | UnsetType = UNSET
    swatch_type: str | UnsetType | None = UNSET


def new_attribute(given: CatalogAttribute, entity_type_id: int, random_code: str, further: Further) -> Attribute:
    """The attribute to be inserted; its id is 0, labels and options are not in it.

    `random_code` is for a label of which no ASCII letter is left. Raises RequiredField, InvalidFieldValue or
    AttributeCodeReserved, in this order of checks: labels, code, input, reserved codes.
    """
    if not given.frontend_labels and not given.default_frontend_label:
        raise RequiredField(field_name="frontend_label")
    label = default_label(given)
    if not label:
        raise InvalidFieldValue(field_name="frontend_label", value=None)
    code = given.attribute_code or generated_code(label, random_code)
    if given.attribute_code and not CODE.fullmatch(code):
        raise InvalidFieldValue(field_name="attribute_code", value=code)
    chosen = INPUTS.get(given.frontend_input or "")
    if chosen is None:
        raise InvalidFieldValue(field_name="frontend_input", value=given.frontend_input)
    if code in RESERVED:
        raise AttributeCodeReserved(code)
    return changed_attribute(_blank(entity_type_id, code, label, given.frontend_input, chosen), given, further)


def _blank(entity_type_id: int, code: str, label: str, frontend_input: str | None, chosen: Input) -> Attribute:
    """A new attribute as it is when nothing further is said."""
    return Attribute(
        attribute_id=0,
        entity_type_id=entity_type_id,
        attribute_code=code,
        frontend_label=label,
        frontend_input=chosen.frontend_input or frontend_input,
        backend_type=chosen.backend_type,
        backend_model=chosen.backend_model,
        source_model=chosen.source_model,
        frontend_class=None,
        scope="global",
        is_required=False,
        is_user_defined=True,
        is_unique=False,
        default_value=None,
        note=None,
        is_visible=True,
        is_wysiwyg_enabled=chosen.is_wysiwyg_enabled,
        is_html_allowed_on_front=False,
        used_for_sort_by=False,
        is_filterable=0,
        is_filterable_in_search=False,
        is_used_in_grid=False,
        is_visible_in_grid=False,
        is_filterable_in_grid=False,
        position=0,
        apply_to=(),
        is_searchable=False,
        search_weight=1,
        is_visible_in_advanced_search=False,
        is_comparable=False,
        is_used_for_promo_rules=False,
        is_visible_on_front=False,
        used_in_product_listing=False,
        validation_rules=(),
        swatch_type=chosen.swatch_type,
    )


BOOLEANS = (
    "is_required",
    "is_visible",
    "is_wysiwyg_enabled",
    "is_html_allowed_on_front",
    "used_for_sort_by",
    "is_filterable_in_search",
    "is_used_in_grid",
    "is_visible_in_grid",
    "is_filterable_in_grid",
)
DIGITS = (
    "is_searchable",
    "is_visible_in_advanced_search",
    "is_comparable",
    "is_used_for_promo_rules",
    "is_visible_on_front",
    "used_in_product_listing",
    "is_unique",
)
"""Flags that travel as `0` and `1`."""
TEXTS = ("note", "frontend_class", "default_value")
"""Sent empty they are removed."""


def changed_attribute(existing: Attribute, given: CatalogAttribute, further: Further) -> Attribute:
    """The attribute with what the request says; what it leaves out is kept. Labels and options are not looked at.

    Code, input and kind of an attribute never change. Raises InvalidFieldValue for an unknown scope.
    """
    changes: dict[str, Any] = {name: value for name in BOOLEANS if (value := getattr(given, name)) is not None}
    changes |= {name: is_on(value) for name in DIGITS if (value := getattr(given, name)) is not None}
    changes |= {name: value or None for name in TEXTS if (value := getattr(given, name)) is not None}
    if given.scope is not None:
        if given.scope not in SCOPES:
            raise InvalidFieldValue(field_name="scope", value=given.scope)
        changes["scope"] = given.scope
    if given.position is not None:
        changes["position"] = bounded(given.position)
    if given.apply_to is not None:
        changes["apply_to"] = tuple(dict.fromkeys(type_id for type_id in given.apply_to if type_id))
    if given.is_filterable is not None and given.is_filterable != (existing.is_filterable > 0):
        changes["is_filterable"] = int(given.is_filterable)
    if given.validation_rules is not None:
        changes["validation_rules"] = [
            {"key": rule.key or "", "value": rule.value or ""} for rule in given.validation_rules
        ]
    if label := default_label(given):
        changes["frontend_label"] = label
    changes |= {name: value for name, value in structs.asdict(further).items() if value is not UNSET}
    return _consistent(structs.replace(existing, **changes))


def _consistent(attribute: Attribute) -> Attribute:
    """What some flags say about others."""
    html = attribute.is_html_allowed_on_front
    return structs.replace(
        attribute,
        is_html_allowed_on_front=html or (attribute.frontend_input == "textarea" and attribute.is_wysiwyg_enabled),
        is_visible_in_advanced_search=attribute.is_visible_in_advanced_search and attribute.is_searchable,
    )


def default_label(given: CatalogAttribute) -> str:
    """`default_frontend_label`, else the label of store 0; empty when neither is given."""
    if given.default_frontend_label:
        return given.default_frontend_label
    return next((one.label for one in given.frontend_labels or [] if one.store_id == 0 and one.label), "")


def store_labels(given: CatalogAttribute) -> dict[int, str] | None:
    """The labels of store views; None when the request does not speak of them. Raises InvalidFieldValue."""
    if given.frontend_labels is None:
        return None
    labels: dict[int, str] = {}
    for one in given.frontend_labels:
        if one.store_id is None:
            raise InvalidFieldValue(field_name="store_id", value=None)
        if one.store_id and one.label:
            labels[one.store_id] = one.label
    return labels


def generated_code(label: str, random_code: str) -> str:
    """A code made from the label."""
    code = slug(label, "_")[:LONGEST_GENERATED_CODE]
    return code if WELL_FORMED.fullmatch(code) else f"attr_{code or random_code}"


def is_on(flag: str) -> bool:
    return flag.lower() not in ("", "0", "false")


def bounded(number: int) -> int:
    """The nearest number that an integer column holds."""
    return max(-LARGEST_INTEGER, min(LARGEST_INTEGER, number))
