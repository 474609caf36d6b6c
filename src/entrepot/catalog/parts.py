"""The parts that products have, in the order in which they are saved. Each is declared by the package that owns it."""

from __future__ import annotations

from entrepot.catalog.extensions import ProductPart
from entrepot.catalog.links.part import ProductLinks
from entrepot.catalog.media.part import MediaGallery
from entrepot.catalog.options.part import CustomOptions
from entrepot.catalog.prices.part import TierPrices

PARTS: tuple[ProductPart, ...] = (ProductLinks(), CustomOptions(), MediaGallery(), TierPrices())
"""A field of the product without its part here reads as an empty list, and stays as it is."""

CHECKED_FIRST = frozenset({"product_links", "media_gallery_entries"})
"""Checked before the attribute set and the attributes; the others after them (spec 30-catalog, 1.2)."""
