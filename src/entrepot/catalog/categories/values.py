"""From what a request says of attributes to what is stored of them (spec 30-catalog, 5 and 7.4). No I/O.

Everything that is wrong with the values of a category is said in the same form: `CategoryNotSaved` with the reason.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from entrepot.catalog.ascii_text import slug
from entrepot.catalog.attributes import (
    ATTRIBUTES,
    Attribute,
    AttributeValueEmpty,
    effective_scope,
    is_missing,
    name_in_messages,
    normalise,
)
from entrepot.catalog.categories.contracts import Category
from entrepot.catalog.categories.documents import CategoryDocument
from entrepot.catalog.categories.errors import CategoryNotSaved
from entrepot.kit.context import Context
from entrepot.kit.errors import Refused

FIELDS = ("name", "is_active", "include_in_menu", "available_sort_by")
"""Attributes that are fields of the category itself."""

COMPUTED = frozenset({"url_path", "all_children", "path_in_store", "children"})
"""Attributes that follow from the tree, and that clients cannot set."""

USE_CONFIGURATION = frozenset({"available_sort_by", "default_sort_by", "filter_price_range"})
"""Empty, the configuration takes their place; so they are never missing."""

DESIGN = frozenset(
    {
        "custom_design",
        "custom_design_from",
        "custom_design_to",
        "custom_layout_update",
        "custom_use_parent_settings",
        "custom_apply_to_products",
        "page_layout",
    }
)
EDIT_DESIGN = "Magento_Catalog::edit_category_design"

DEFAULT_SORT_BY = "catalog/frontend/default_sort_by"
SORT_NOT_AVAILABLE = "Default Product Listing Sort by does not exist in Available Product Listing Sort By."
NO_URL_KEY = "Invalid URL key"

MAX_INT = 2**31 - 1
MAX_VARCHAR = 255


def is_value(attribute: Attribute) -> bool:
    """Whether the documents hold its values; the others are columns."""
    return attribute.backend_type != "static" and attribute.attribute_code not in COMPUTED


def values_to_write(ctx: Context, category: Category, stored: CategoryDocument | None) -> dict[str, str | None]:
    """What a save has to write, by code; None removes the scope's value. `stored` is None for a new category.

    Raises CategoryNotSaved.
    """
    attributes = {one.attribute_code: one for one in ctx.shared(ATTRIBUTES).categories.values() if is_value(one)}
    values = _read(ctx, category, attributes, stored)
    if stored is None:
        for code, attribute in attributes.items():
            if values.get(code) is None and attribute.default_value:
                values[code] = attribute.default_value
    draft = _Draft(ctx, attributes, values, stored)
    draft.set_url_key()
    draft.check()
    return values


def _read(
    ctx: Context, category: Category, attributes: Mapping[str, Attribute], before: CategoryDocument | None
) -> dict[str, str | None]:
    may_design = ctx.actor.may(EDIT_DESIGN)
    values: dict[str, str | None] = {}
    for code, value in _given(category).items():
        attribute = attributes.get(code)
        if attribute is None or (code in DESIGN and not may_design):
            continue
        try:
            stored = normalise(attribute, image_name(value) if code == "image" else value)
        except Refused as refusal:
            raise CategoryNotSaved(refusal.rendered()) from refusal
        # An empty text is a value where it overrides one. But no image is no value, unless a view shows none.
        overrides = before is not None and (code != "image" or (not ctx.store.is_admin and code in before.defaults))
        if code in USE_CONFIGURATION or not overrides:
            stored = stored or None
        values[code] = stored
    return values


def _given(category: Category) -> dict[str, Any]:
    """By code. A field of the category comes before a custom attribute of its name."""
    given = {one.attribute_code: one.value for one in category.custom_attributes or () if one.attribute_code}
    fields = {code: value for code in FIELDS if (value := getattr(category, code)) is not None}
    return given | fields


def image_name(value: Any) -> Any:
    """What a request says of an image: a file name, `{"delete": 1}`, or what an upload answered, `[{"name": ...}]`."""
    if isinstance(value, list):
        value = value[0] if value else ""
    if isinstance(value, dict):
        return "" if value.get("delete") else value.get("name") or value.get("value") or ""
    return value


class _Draft:
    """A category as it will be after the save, in the scope of the call."""

    def __init__(
        self,
        ctx: Context,
        attributes: Mapping[str, Attribute],
        values: dict[str, str | None],
        stored: CategoryDocument | None,
    ) -> None:
        self.ctx, self.attributes, self.values, self.stored = ctx, attributes, values, stored

    @property
    def is_in_view(self) -> bool:
        return self.stored is not None and not self.ctx.store.is_admin

    def value(self, code: str) -> str | None:
        if code not in self.values:
            return self.stored.attributes.get(code) if self.stored else None
        value = self.values[code]
        if value is None and self.stored and self.is_in_view:
            inherits = effective_scope(self.ctx, self.attributes[code]) != "global"
            return self.stored.defaults.get(code) if inherits else None
        return value

    def set_url_key(self) -> None:
        """Always made of letters and digits, also from a key that was given; without one, from the name."""
        if self.stored and self.stored.level == 0:
            return
        inherits_again = self.is_in_view and self.values.get("url_key", "") is None and self.value("url_key")
        if inherits_again or ("url_key" not in self.values and self.value("url_key")):
            return
        self.values["url_key"] = slug(self.values.get("url_key") or self.value("name") or "")

    def check(self) -> None:
        for code, attribute in self.attributes.items():
            if is_missing(attribute) and code not in USE_CONFIGURATION and not self.value(code):
                raise CategoryNotSaved(AttributeValueEmpty.of(name_in_messages(attribute)).rendered())
        for code, value in self.values.items():
            _check_size(self.attributes[code], value)
        if self.values.get("url_key") == "":
            raise CategoryNotSaved(NO_URL_KEY)
        self._check_sort_order()

    def _check_sort_order(self) -> None:
        available = (self.value("available_sort_by") or "").split(",")
        default = self.value("default_sort_by") or self.ctx.config(DEFAULT_SORT_BY)
        if available != [""] and default not in available:
            raise CategoryNotSaved(SORT_NOT_AVAILABLE)


def _check_size(attribute: Attribute, value: str | None) -> None:
    """Refuse what the columns that Magento keeps values in could not hold."""
    if value is None:
        return
    kind = attribute.backend_type
    if (kind == "int" and abs(int(value)) > MAX_INT) or (kind == "varchar" and len(value) > MAX_VARCHAR):
        raise CategoryNotSaved(f'The value of the "{name_in_messages(attribute)}" attribute is too large.')


def check_position(position: int | None) -> None:
    """Raises CategoryNotSaved."""
    if position is not None and abs(position) > MAX_INT:
        raise CategoryNotSaved("The position is too large.")
