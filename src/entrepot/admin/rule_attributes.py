"""What the conditions of cart price rules may ask for, how it is called, and how it is compared."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from entrepot.admin.option_sources import countries, states
from entrepot.admin.options import Option
from entrepot.catalog.attributes import ATTRIBUTES, Attribute, choices
from entrepot.catalog.attributes.attribute import PRODUCT as PRODUCT_ENTITY
from entrepot.kit.context import Context
from entrepot.promotions.conditions import ADDRESS, COMBINE, FOUND, PRODUCT, PRODUCT_COMBINE, SUBSELECT
from entrepot.quotes.carriers import carriers
from entrepot.quotes.payment_methods import Settings, methods

Kind = Literal["text", "number", "choice", "choices", "categories", "day"]

LABELS = {
    "==": "is",
    "!=": "is not",
    ">=": "equals or greater than",
    "<=": "equals or less than",
    ">": "greater than",
    "<": "less than",
    "{}": "contains",
    "!{}": "does not contain",
    "()": "is one of",
    "!()": "is not one of",
    "<=>": "is undefined",
}
OF_KIND: dict[Kind, tuple[str, ...]] = {
    "text": ("==", "!=", ">=", "<=", ">", "<", "{}", "!{}", "()", "!()", "<=>"),
    "number": ("==", "!=", ">=", "<=", ">", "<", "()", "!()"),
    "choice": ("==", "!=", "()", "!()", "<=>"),
    "choices": ("{}", "!{}", "()", "!()", "==", "!=", "<=>"),
    "categories": ("==", "!=", "()", "!()"),
    "day": ("==", ">=", "<="),
}
SEVERAL = ("()", "!()", "{}", "!{}")
"""Comparisons with more than one choice."""
SUMS = (Option("qty", "total quantity"), Option("base_row_total", "total amount"))
ONLY = {"parent": " (Parent Only)", "children": " (Children Only)"}
IN_CART = (
    ("quote_item_price", "Price in cart"),
    ("quote_item_qty", "Quantity in cart"),
    ("quote_item_row_total", "Row total in cart"),
)
OF_CART: tuple[tuple[str, str, Kind], ...] = (
    ("base_subtotal", "Subtotal (Excl. Tax)", "number"),
    ("base_subtotal_with_discount", "Subtotal (after discounts)", "number"),
    ("total_qty", "Total Items Quantity", "number"),
    ("weight", "Total Weight", "number"),
    ("payment_method", "Payment Method", "choice"),
    ("shipping_method", "Shipping Method", "choice"),
    ("postcode", "Shipping Postcode", "text"),
    ("region", "Shipping Region", "text"),
    ("region_id", "Shipping State/Province", "choice"),
    ("country_id", "Shipping Country", "choice"),
)


class Asked(Struct, frozen=True):
    """Something that a condition asks for."""

    label: str
    kind: Kind = "text"
    choices: tuple[Option, ...] = ()

    @property
    def operators(self) -> list[Option]:
        return [Option(code, LABELS[code]) for code in OF_KIND[self.kind]]


def asked_of_cart(ctx: Context, name: str) -> Asked:
    for code, label, kind in OF_CART:
        if code == name:
            return Asked(label, kind, tuple(_choices_of_cart(ctx, name)))
    return Asked(name)


def _choices_of_cart(ctx: Context, name: str) -> list[Option]:
    store_id = ctx.store.id
    if name == "country_id":
        return countries(ctx)
    if name == "region_id":
        return states(ctx)
    if name == "payment_method":
        return [Option(code, Settings(ctx, code, store_id).title or code) for code in methods()]
    if name != "shipping_method":
        return []
    found = []
    for code in carriers():
        title = ctx.config(f"carriers/{code}/title", store_id=store_id) or code
        method = {"tablerate": "bestway"}.get(code, code)
        found.append(Option(f"{code}_{method}", ctx.config(f"carriers/{code}/name", store_id=store_id) or code, title))
    return found


def asked_of_goods(ctx: Context, name: str) -> Asked:
    scope, separator, code = name.rpartition("::")
    only = ONLY.get(scope, "") if separator else ""
    for known, label in IN_CART:
        if known == code:
            return Asked(label + only, "number")
    if code == "attribute_set_id":
        sets = ctx.shared(ATTRIBUTES).sets_of(PRODUCT_ENTITY)
        found = tuple(Option(str(one.attribute_set_id), one.attribute_set_name) for one in sets)
        return Asked("Attribute Set" + only, "choice", found)
    if code == "category_ids":
        return Asked("Category" + only, "categories")
    attribute = ctx.shared(ATTRIBUTES).products.get(code)
    if attribute is None:
        return Asked(name)
    return Asked((attribute.label() or code) + only, _kind(attribute), _choices(ctx, attribute))


def _kind(attribute: Attribute) -> Kind:
    if attribute.is_multiple:
        return "choices"
    if attribute.uses_source:
        return "choice"
    if attribute.backend_type == "datetime":
        return "day"
    return "number" if attribute.backend_type in ("decimal", "int") else "text"


def _choices(ctx: Context, attribute: Attribute) -> tuple[Option, ...]:
    if not attribute.uses_source:
        return ()
    return tuple(Option(choice.value, choice.label) for choice in choices(ctx, attribute))


def new_in_cart(ctx: Context) -> list[Option]:
    """What may be added among conditions on a cart."""
    return [
        Option(FOUND, "Product attribute combination"),
        Option(SUBSELECT, "Products subselection"),
        Option(COMBINE, "Conditions combination"),
        *(Option(f"{ADDRESS}|{code}", label, "Cart Attribute") for code, label, _ in OF_CART),
    ]


def new_of_goods(ctx: Context) -> list[Option]:
    """What may be added among conditions on goods: what is in the cart, and the attributes meant for it."""
    known = ctx.shared(ATTRIBUTES).for_promo_rules
    codes = dict.fromkeys(("attribute_set_id", "category_ids", "sku", *(one.attribute_code for one in known)))
    scoped = [f"{scope}::{code}" for code in ("category_ids", "quote_item_price", "quote_item_qty") for scope in ONLY]
    in_cart = [*(code for code, _ in IN_CART), *(name for name in scoped if "quote" in name)]
    attributes = [*codes, *(name for name in scoped if "quote" not in name)]
    return [
        Option(PRODUCT_COMBINE, "Conditions combination"),
        *(Option(f"{PRODUCT}|{name}", asked_of_goods(ctx, name).label, "Cart Item Attribute") for name in in_cart),
        *sorted(
            (Option(f"{PRODUCT}|{name}", asked_of_goods(ctx, name).label, "Product Attribute") for name in attributes),
            key=lambda option: option.label,
        ),
    ]
