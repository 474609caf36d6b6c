"""Pictures of products, with the sizes that a browser chooses from. The room that each takes is known beforehand."""

from __future__ import annotations

from msgspec import Struct

from entrepot.catalog.media import SIZES, image_url
from entrepot.kit.context import Context

SMALL, LARGE = "card", "product"


class Picture(Struct, frozen=True):
    src: str
    srcset: str
    """Both sizes with their widths."""
    edge: int
    """Width and height of the square that it is shown in, in pixels."""
    label: str
    full: str = ""
    """The picture as it was uploaded."""


def small(ctx: Context, file: str | None, label: str) -> Picture | None:
    """For a card. None where there is no picture: the template then shows a tile with the initial."""
    return _picture(ctx, file, label, SMALL)


def large(ctx: Context, file: str | None, label: str) -> Picture | None:
    """For the page of the product."""
    return _picture(ctx, file, label, LARGE)


def _picture(ctx: Context, file: str | None, label: str, size: str) -> Picture | None:
    src = image_url(ctx, file, size)
    if src is None:
        return None
    srcset = ", ".join(f"{image_url(ctx, file, one)} {SIZES[one]}w" for one in (SMALL, LARGE))
    return Picture(src, srcset, SIZES[size], label, image_url(ctx, file) or src)


def initial(name: str) -> str:
    """What the tile of a product without a picture shows."""
    return next((letter for letter in name if letter.isalnum()), "·").upper()
