"""Pictures of render info: one for each place where the default theme lists products."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

from entrepot.catalog.drafts import Document
from entrepot.catalog.media import absolute_image_url
from entrepot.catalog.media.addresses import SIZES
from entrepot.catalog.render.contracts import Image
from entrepot.kit.context import Context
from entrepot.kit.pages import STATIC
from entrepot.stores import base_url

CODES = {
    "recently_viewed_products_grid_content_widget": ("small_image", "card"),
    "recently_viewed_products_list_content_widget": ("small_image", "card"),
    "recently_viewed_products_images_names_widget": ("thumbnail", "grid"),
    "recently_compared_products_grid_content_widget": ("small_image", "card"),
    "recently_compared_products_list_content_widget": ("small_image", "card"),
    "recently_compared_products_images_names_widget": ("thumbnail", "grid"),
}
"""By the theme's code: the role of the picture, and its size with us."""

NO_PICTURE = "no-picture.svg"


def images(ctx: Context, product: Document) -> list[Image]:
    """One of each code. The numbers are those of the square that the picture lies in."""
    return [_image(ctx, product, code, role, size) for code, (role, size) in CODES.items()]


def _image(ctx: Context, product: Document, code: str, role: str, size: str) -> Image:
    edge = Decimal(SIZES[size])
    return Image(
        url=absolute_image_url(ctx, product.attributes.get(role), size) or _no_picture(ctx),
        code=code,
        height=edge,
        width=edge,
        label=product.attributes.get(f"{role}_label") or product.attributes.get("name", ""),
        resized_width=edge,
        resized_height=edge,
    )


def _no_picture(ctx: Context) -> str:
    return base_url(ctx, ctx.store, security_of(ctx)) + STATIC.url(NO_PICTURE).lstrip("/")


def security_of(ctx: Context) -> Literal["secure", "unsecure"]:
    """Which of the shop's addresses the caller uses."""
    return "secure" if ctx.base_url.startswith("https:") else "unsecure"
