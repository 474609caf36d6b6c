"""What inventory needs to know of a product, and what skus are compared by."""

from __future__ import annotations

from entrepot.catalog.contracts import ProductRef

TYPES_WITH_SOURCE_ITEMS = frozenset({"simple", "virtual", "downloadable"})
"""Goods that lie somewhere. Products of other types are made of these."""


def has_source_items(product: ProductRef) -> bool:
    return product.type_id in TYPES_WITH_SOURCE_ITEMS


def sku_key(sku: str) -> str:
    """What skus are compared by."""
    return sku.lower()


__all__ = ["TYPES_WITH_SOURCE_ITEMS", "ProductRef", "has_source_items", "sku_key"]
