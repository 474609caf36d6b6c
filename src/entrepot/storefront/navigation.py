"""Layered navigation beside a list of products: what can be chosen, with counts, and what is chosen (30-catalog, 9)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from msgspec import Struct

from entrepot.catalog import CategoryDocument, browsing, categories, find_shown_category
from entrepot.catalog.attributes import ATTRIBUTES, Attribute
from entrepot.catalog.browsing import Found, PriceRange
from entrepot.kit.pages.formats import money
from entrepot.storefront import shown_prices
from entrepot.storefront.list_address import CATEGORY, PRICE, ListAddress

if TYPE_CHECKING:
    from entrepot.storefront.shop_page import ShopPage

SETTINGS = "catalog/layered_navigation"
RANGE = re.compile(r"([0-9]{1,12}(?:\.[0-9]{1,4})?)?-([0-9]{1,12}(?:\.[0-9]{1,4})?)?")
CENT = Decimal("0.01")


class Chosen(Struct, frozen=True):
    """What the address narrows a list down by; what makes no sense in it is left out."""

    within: CategoryDocument | None
    price: PriceRange | None
    attributes: Sequence[Attribute]
    """All by which this kind of list can be narrowed down."""
    choices: Mapping[str, int]
    """By attribute code."""
    labels: Mapping[str, str]
    """Of what is chosen, by the name of its parameter."""
    values: Mapping[str, str]
    """The parameters as the address has them."""
    children: Sequence[CategoryDocument]
    """Categories that can be chosen next."""


class Tag(Struct, frozen=True):
    """Something chosen, and the same list without it."""

    name: str
    value: str
    url: str


class Option(Struct, frozen=True):
    label: str
    url: str
    products: int


class Filter(Struct, frozen=True):
    code: str
    label: str
    options: Sequence[Option]


class Navigation(Struct, frozen=True):
    tags: Sequence[Tag]
    clear: str
    """The same list with nothing chosen."""
    filters: Sequence[Filter]
    has_counts: bool


NOTHING = Chosen(None, None, (), {}, {}, {}, ())
"""Of a list that cannot be narrowed down."""


async def chosen(page: ShopPage, below: CategoryDocument, *, in_search: bool) -> Chosen:
    """What the address of a list of the products below a category chooses. One to four statements."""
    labels: dict[str, str] = {}
    values: dict[str, str] = {}
    within = await _within(page, below)
    if within is not None:
        labels[CATEGORY], values[CATEGORY] = within.attributes.get("name", ""), page.parameter(CATEGORY)
    price = price_range(page.parameter(PRICE))
    if price is not None:
        labels[PRICE], values[PRICE] = range_label(page, price), page.parameter(PRICE)
    choices: dict[str, int] = {}
    attributes = browsing.attributes_of(page.ctx, in_search=in_search)
    for attribute in attributes:
        code = attribute.attribute_code
        if found := browsing.choice_of(page.ctx, attribute, page.parameter(code)):
            choices[code], labels[code] = found
            values[code] = page.parameter(code)
    return Chosen(within, price, attributes, choices, labels, values, await _children(page, within or below))


def price_range(text: str) -> PriceRange | None:
    """`10-20`, `90-` or `-10`; None for anything else."""
    match = RANGE.fullmatch(text)
    if match is None or not (match[1] or match[2]):
        return None
    return PriceRange(Decimal(match[1]) if match[1] else None, Decimal(match[2]) if match[2] else None)


def range_label(page: ShopPage, range: PriceRange) -> str:
    """`$10.00 - $19.99`; the last one `$90.00 and above`."""
    currency = shown_prices.currency_of(page.ctx)
    low = money(range.low or Decimal(0), currency, page.locale)
    if range.high is None:
        return page.text("%1 and above", low)
    return f"{low} - {money(max(range.high - CENT, Decimal(0)), currency, page.locale)}"


def navigation(page: ShopPage, picked: Chosen, found: Found, at: ListAddress) -> Navigation:
    names = {CATEGORY: page.text("Category"), PRICE: _price_name(page)}
    for attribute in picked.attributes:
        names[attribute.attribute_code] = attribute.label(page.ctx.store.id)
    tags = [Tag(names[code], label, at.with_(**{code: None})) for code, label in picked.labels.items()]
    filters = [
        _categories(page, picked, found, at),
        _prices(page, picked, found, at),
        *_layers(page, picked, found, at),
    ]
    return Navigation(
        tags,
        at.without(list(picked.labels)),
        [one for one in filters if one is not None],
        page.ctx.flag(f"{SETTINGS}/display_product_count"),
    )


def _categories(page: ShopPage, picked: Chosen, found: Found, at: ListAddress) -> Filter | None:
    options = [
        Option(child.attributes.get("name", ""), at.with_(**{CATEGORY: str(child.category_id)}), products)
        for child in picked.children
        if (products := found.children.get(child.category_id, 0))
    ]
    return Filter(CATEGORY, page.text("Category"), options) if options else None


def _prices(page: ShopPage, picked: Chosen, found: Found, at: ListAddress) -> Filter | None:
    price = page.ctx.shared(ATTRIBUTES).product(PRICE)
    if picked.price is not None or price is None or not price.is_filterable:
        return None
    counted = browsing.ranges(found.prices, found.highest_price, lambda field: page.ctx.config(f"{SETTINGS}/{field}"))
    options = [
        Option(range_label(page, one.range), at.with_(**{PRICE: _written(one.range)}), one.products) for one in counted
    ]
    return Filter(PRICE, _price_name(page), options) if options else None


def _layers(page: ShopPage, picked: Chosen, found: Found, at: ListAddress) -> list[Filter]:
    left = [one for one in picked.attributes if one.attribute_code not in picked.choices]
    return [
        Filter(
            layer.code,
            layer.label,
            [
                Option(option.label, at.with_(**{layer.code: option.value}) if option.products else "", option.products)
                for option in layer.options
            ],
        )
        for layer in browsing.layers(page.ctx, left, found)
    ]


def _price_name(page: ShopPage) -> str:
    price = page.ctx.shared(ATTRIBUTES).product(PRICE)
    return price.label(page.ctx.store.id) if price else page.text("Price")


def _written(range: PriceRange) -> str:
    return f"{_plain(range.low)}-{_plain(range.high)}"


def _plain(amount: Decimal | None) -> str:
    return "" if amount is None else f"{amount.normalize():f}"


async def _within(page: ShopPage, below: CategoryDocument) -> CategoryDocument | None:
    """The category that is chosen, if it is one below the page's own that can be seen."""
    id = page.number(CATEGORY)
    found = await find_shown_category(page.ctx, id) if id else None
    return found if found and below.category_id in found.path_ids[:-1] else None


async def _children(page: ShopPage, category: CategoryDocument) -> list[CategoryDocument]:
    ids = [int(id) for id in category.children.split(",") if id]
    return await categories.documents.read(page.ctx, ids) if ids else []
