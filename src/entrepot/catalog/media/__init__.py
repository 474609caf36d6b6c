"""The pictures and videos of products: their entries and roles, their files, and the addresses that they have."""

from entrepot.catalog.media.addresses import FULL, NO_SELECTION, SIZES, absolute_image_url, image_url

__all__ = [
    "FULL",
    "NO_SELECTION",
    "SIZES",
    "absolute_image_url",
    "image_url",
]
