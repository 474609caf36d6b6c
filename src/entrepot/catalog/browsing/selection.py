"""What a list of products is asked for: where, which of them, in which order, and which part."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from msgspec import Struct

from entrepot.catalog.categories import CategoryDocument

POSITION, RELEVANCE, NAME, PRICE = "position", "relevance", "name", "price"
"""Orders that are no attribute's, or that the index has columns for. Any other is the code of an attribute."""


class PriceRange(Struct, frozen=True):
    """From `low` on, and below `high`; what is None is open. In the currency that prices are shown in."""

    low: Decimal | None = None
    high: Decimal | None = None


class Selection(Struct, frozen=True, kw_only=True):
    category: CategoryDocument | None = None
    """Products of this category, and below it if it is an anchor."""
    words: str | None = None
    """A tsquery: products that have some of these words."""
    within: CategoryDocument | None = None
    """Of these only those of that category too."""
    choices: Mapping[str, int] = {}
    """By code of an attribute: what must stand in `options` of the index. All of them must hold."""
    price: PriceRange | None = None
    order: str = POSITION
    descending: bool = False
    page: int = 1
    """The first is 1. One that lies behind the last is taken for the last."""
    size: int | None = None
    """Products of a page; None is all of them."""
    children: tuple[CategoryDocument, ...] = ()
    """Categories whose shown products are to be counted."""
    counts: bool = True
    """Whether choices, prices and children are to be counted at all."""


class Found(Struct, frozen=True):
    """A page of a selection, and what the whole of it consists of."""

    total: int
    page: int
    """The page that this is."""
    product_ids: list[int]
    choices: Mapping[int, int] = {}
    """How many products have a choice, by what stands for it in `options`."""
    prices: list[tuple[Decimal, int]] = []
    """How many products cost from this amount to below that plus `STEP`, ascending. Steps without products are left
    out."""
    highest_price: Decimal | None = None
    children: Mapping[int, int] = {}
    """How many products are in each of the selection's `children`, or below it if it is an anchor."""


STEP = Decimal(10)
"""Of prices: ranges that are shown consist of whole steps."""
