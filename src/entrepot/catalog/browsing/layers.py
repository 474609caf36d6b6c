"""Layered navigation: by what a selection may be narrowed down further, with counts (spec 30-catalog, 9)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct

from entrepot.catalog.attributes import ATTRIBUTES, Attribute, choices
from entrepot.catalog.browsing.selection import Found
from entrepot.catalog.products.index import choice_key
from entrepot.kit.context import Context

WITH_RESULTS = 1
"""Of `is_filterable`: only options that lead to products. 2 is all of them."""
PRICE_CODE = "price"
MOST_OPTIONS = 60
"""Of one attribute that are shown: of more than these, those with most products."""


class LayerOption(Struct, frozen=True):
    value: str
    label: str
    products: int


class Layer(Struct, frozen=True):
    code: str
    label: str
    options: Sequence[LayerOption]


def attributes_of(ctx: Context, *, in_search: bool) -> Sequence[Attribute]:
    """Those with choices that lists of this kind are narrowed down by, in order."""
    known = ctx.shared(ATTRIBUTES)
    found = known.filterable_in_search if in_search else known.filterable
    return [one for one in found if one.uses_source and one.attribute_code != PRICE_CODE]


def choice_of(ctx: Context, attribute: Attribute, value: str) -> tuple[int, str] | None:
    """What stands for a choice in the index, and its label; None for a value that the attribute does not have."""
    for choice in choices(ctx, attribute):
        if choice.value == value and value.isdecimal():
            return choice_key(attribute, value), choice.label
    return None


def layers(ctx: Context, attributes: Iterable[Attribute], found: Found) -> list[Layer]:
    """The attributes that have something to choose."""
    made = []
    for attribute in attributes:
        options = _options(ctx, attribute, found.choices)
        if any(option.products for option in options):
            made.append(Layer(attribute.attribute_code, attribute.label(ctx.store.id), options))
    return made


def _options(ctx: Context, attribute: Attribute, counts: Mapping[int, int]) -> list[LayerOption]:
    options = [
        LayerOption(choice.value, choice.label, counts.get(choice_key(attribute, choice.value), 0))
        for choice in choices(ctx, attribute)
        if choice.value.isdecimal()
    ]
    if attribute.is_filterable in (0, WITH_RESULTS):
        options = [option for option in options if option.products]
    if len(options) <= MOST_OPTIONS:
        return options
    least = sorted((option.products for option in options), reverse=True)[MOST_OPTIONS - 1]
    return [option for option in options if option.products >= least][:MOST_OPTIONS]
