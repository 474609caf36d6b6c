"""What shoppers look through: pages of categories, layered navigation and search over the index of products.

`find` gives a page of a selection with all counts in one statement; `cards_of` what is shown of its products. What can
be sold is asked through `Availability`, which inventory fulfils.
"""

from entrepot.catalog.browsing import terms, words
from entrepot.catalog.browsing.availability import (
    Availability,
    ShelfState,
    availability,
    register_availability,
    shows_out_of_stock,
)
from entrepot.catalog.browsing.cards import Card, cards_of, cross_sells_of, product_links_of, request_paths
from entrepot.catalog.browsing.layers import Layer, LayerOption, attributes_of, choice_of, layers
from entrepot.catalog.browsing.listing import find
from entrepot.catalog.browsing.newest import newest
from entrepot.catalog.browsing.price_ranges import CountedRange, ranges
from entrepot.catalog.browsing.rewrites import Rewrite, find_rewrite
from entrepot.catalog.browsing.selection import (
    NAME,
    POSITION,
    PRICE,
    RELEVANCE,
    Found,
    PriceRange,
    Selection,
)
from entrepot.catalog.browsing.showing import (
    GalleryEntry,
    details_of,
    find_shown_product,
    gallery_of,
    options_of,
)

__all__ = [
    "NAME",
    "POSITION",
    "PRICE",
    "RELEVANCE",
    "Availability",
    "Card",
    "CountedRange",
    "Found",
    "GalleryEntry",
    "Layer",
    "LayerOption",
    "PriceRange",
    "Rewrite",
    "Selection",
    "ShelfState",
    "attributes_of",
    "availability",
    "cards_of",
    "choice_of",
    "cross_sells_of",
    "details_of",
    "find",
    "find_rewrite",
    "find_shown_product",
    "gallery_of",
    "layers",
    "newest",
    "options_of",
    "product_links_of",
    "ranges",
    "register_availability",
    "request_paths",
    "shows_out_of_stock",
    "terms",
    "words",
]
