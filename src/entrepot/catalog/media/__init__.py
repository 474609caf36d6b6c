"""Pictures: those of products and their videos, and single ones of categories and logos.

Their entries and roles, their files, and the addresses that they have.
"""

from entrepot.catalog.media.addresses import (
    FULL,
    NO_SELECTION,
    SIZES,
    absolute_image_url,
    image_url,
    single_picture_url,
)

__all__ = [
    "FULL",
    "NO_SELECTION",
    "SIZES",
    "absolute_image_url",
    "image_url",
    "single_picture_url",
]
