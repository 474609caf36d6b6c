"""From what a request says of attributes to what is stored of them (spec 30-catalog, 1.2, 1.4 and 4.1)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from zoneinfo import ZoneInfo

from entrepot.catalog.ascii_text import slug
from entrepot.catalog.attributes import Attribute, effective_scope, normalise
from entrepot.catalog.contracts import Product
from entrepot.catalog.drafts import Draft
from entrepot.catalog.products.errors import ProductNotSaved
from entrepot.catalog.products.types import CONFIGURABLE
from entrepot.kit.context import Context
from entrepot.kit.errors import Refused

FIELDS = ("name", "price", "status", "visibility", "weight")
"""Attributes that are fields of the product itself."""

NOT_VALUES = frozenset({"tier_price", "quantity_and_stock_status"})
"""Attributes that clients may send, but that are kept elsewhere."""

DESIGN = frozenset(
    {
        "custom_design",
        "page_layout",
        "options_container",
        "custom_layout_update",
        "custom_design_from",
        "custom_design_to",
    }
)
EDIT_DESIGN = "Magento_Catalog::edit_product_design"

MAX_INT = 2**31 - 1
MAX_VARCHAR = 255


def is_value(attribute: Attribute) -> bool:
    """Whether the documents hold its values; the others are columns and tables."""
    return attribute.backend_type != "static" and attribute.attribute_code not in NOT_VALUES


def given_values(product: Product) -> dict[str, Any]:
    """What the request says, by code. A field of the product comes before a custom attribute of its name."""
    given = {one.attribute_code: one.value for one in product.custom_attributes or () if one.attribute_code}
    for code in FIELDS:
        if (value := getattr(product, code)) is not None:
            given[code] = value
    return given


def read_values(draft: Draft, attributes: Mapping[str, Attribute]) -> None:
    """Fill `draft.values` from the request, whatever set and type the product has; refuse what is of a wrong type."""
    draft.values = {}
    for code, value in given_values(draft.product).items():
        attribute = attributes.get(code)
        if attribute is None or not is_value(attribute):
            continue
        try:
            stored = normalise(attribute, value)
        except Refused as refusal:
            draft.refuse(refusal)
            return
        # An empty text is a value where it overrides one.
        draft.values[code] = None if stored == "" and draft.is_new else stored


def keep_applicable(ctx: Context, draft: Draft, of_set: Mapping[str, Attribute]) -> None:
    """Forget values that the set or the type does not have, or that the caller may not set."""
    may_design = ctx.actor.may(EDIT_DESIGN)
    draft.values = {
        code: value
        for code, value in draft.values.items()
        if code in of_set and of_set[code].applies_to(draft.type_id) and (may_design or code not in DESIGN)
    }
    if draft.type_id == CONFIGURABLE:
        draft.values.pop("price", None)
    if draft.stored and not ctx.store.is_admin:
        draft.inherited = {
            code: draft.stored.defaults[code]
            for code, value in draft.values.items()
            if value is None and code in draft.stored.defaults and effective_scope(ctx, of_set[code]) != "global"
        }


def complete(ctx: Context, draft: Draft, of_set: Mapping[str, Attribute]) -> None:
    """Add what a save sets by itself: defaults of a new product, the key of its address, a missing first day."""
    if draft.is_new:
        _set_defaults(draft, of_set)
    _set_url_key(ctx, draft, of_set)
    _set_special_from(ctx, draft, of_set)


def _set_defaults(draft: Draft, of_set: Mapping[str, Attribute]) -> None:
    for code, attribute in of_set.items():
        if draft.values.get(code) is None and is_value(attribute) and attribute.applies_to(draft.type_id):
            draft.values[code] = attribute.default_value or None


def _set_url_key(ctx: Context, draft: Draft, of_set: Mapping[str, Attribute]) -> None:
    if "url_key" not in of_set:
        return
    if key := (draft.values.get("url_key") or "").strip().lower():
        draft.values["url_key"] = key
    elif not draft.value("url_key"):
        # Not so where a view is to inherit its key again.
        draft.values["url_key"] = slug(draft.value("name") or "") or None


def _set_special_from(ctx: Context, draft: Draft, of_set: Mapping[str, Attribute]) -> None:
    """A special price begins today, unless a day was given, or an empty one."""
    if draft.values.get("special_price") is None or draft.value("special_from_date") is not None:
        return
    if "special_from_date" not in of_set or draft.product.custom_attribute("special_from_date") == "":
        return
    zone = ZoneInfo(ctx.config("general/locale/timezone") or "UTC")
    draft.values["special_from_date"] = f"{ctx.now.astimezone(zone):%Y-%m-%d} 00:00:00"


def check_sizes(draft: Draft, of_set: Mapping[str, Attribute]) -> None:
    """Refuse what the columns that Magento keeps values in could not hold."""
    for code, value in draft.values.items():
        if value is None:
            continue
        kind = of_set[code].backend_type
        if (kind == "int" and abs(int(value)) > MAX_INT) or (kind == "varchar" and len(value) > MAX_VARCHAR):
            draft.refuse(ProductNotSaved())
