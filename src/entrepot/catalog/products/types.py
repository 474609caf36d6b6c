"""The kinds of products and what they have in common (spec 30-catalog, 1.8)."""

from __future__ import annotations

from collections.abc import Mapping

SIMPLE, VIRTUAL, BUNDLE = "simple", "virtual", "bundle"
DOWNLOADABLE, GROUPED, CONFIGURABLE = "downloadable", "grouped", "configurable"

LABELS = {
    SIMPLE: "Simple Product",
    VIRTUAL: "Virtual Product",
    BUNDLE: "Bundle Product",
    DOWNLOADABLE: "Downloadable Product",
    GROUPED: "Grouped Product",
    CONFIGURABLE: "Configurable Product",
}

COMPOSITE = frozenset({BUNDLE, CONFIGURABLE, GROUPED})
"""Sold as what they consist of: they have no quantity of their own."""
KEEPS_QUANTITY = frozenset(LABELS) - COMPOSITE
NOT_SHIPPED = frozenset({VIRTUAL, DOWNLOADABLE})

_sold = {SIMPLE, VIRTUAL, DOWNLOADABLE}


def sell(*type_ids: str) -> None:
    """For who brings what a type needs to be sold: from now on there can be new products of it."""
    _sold.update(type_ids)


def is_sold(type_id: str) -> bool:
    """Whether there can be new products of the type. What cannot be sold yet must not look as if it were saved."""
    return type_id in _sold


FIXED_PRICE = "1"


def has_own_price(type_id: str, attributes: Mapping[str, str | None]) -> bool:
    """Whether the price is the product's own value; otherwise it is what the parts cost, and reads 0."""
    if type_id == BUNDLE:
        return attributes.get("price_type") == FIXED_PRICE
    return type_id != CONFIGURABLE
