"""Where the pictures of products are served."""

from __future__ import annotations

from types import MappingProxyType
from typing import Literal
from urllib.parse import quote

from entrepot.kit.context import Context
from entrepot.stores import media_url

NO_SELECTION = "no_selection"
"""The value of a role (image, small_image, thumbnail, swatch_image) that no picture has."""

FULL = "full"
"""The picture as it was uploaded."""

SIZES = MappingProxyType({"grid": 75, "card": 300, "product": 700})
"""The sizes that are made, by name: the longer edge in pixels. Smaller pictures stay as they are."""


def image_url(ctx: Context, file: str | None, size: str = FULL) -> str | None:
    """The path of a picture on this host, for pages: /media/catalog/product/cache/card/t/i/tiny1.jpg

    None for a missing picture: `file`, an entry's file or the value of a role, is None, empty or `no_selection`. With
    the media's own address in the configuration (`web/secure/base_media_url`) it is a whole URL there. Nothing is
    read: whether the file exists shows when it is asked for. Raises LookupError for an unknown size.
    """
    below = _below_media(file, size)
    return None if below is None else file_url(ctx, below)


def file_url(ctx: Context, below: str) -> str:
    """The same for any file below media, with its name as an address has it: catalog/category/shirts.jpg"""
    if ctx.config(f"web/{_security(ctx)}/base_media_url"):
        return media_url(ctx, ctx.store, _security(ctx)) + below
    return "/media/" + below


def single_picture_url(ctx: Context, folder: str, name: str | None) -> str | None:
    """That of a picture that belongs to no product, by the name that is stored; some clients store its whole path."""
    if not name:
        return None
    return quote(name) if name.startswith("/") else file_url(ctx, quote(f"{folder}/{name}"))


def absolute_image_url(ctx: Context, file: str | None, size: str = FULL) -> str | None:
    """As `image_url`, but always with scheme and host, for who is not on one of our pages."""
    below = _below_media(file, size)
    if below is None:
        return None
    return media_url(ctx, ctx.store, _security(ctx)) + below


def _security(ctx: Context) -> Literal["secure", "unsecure"]:
    return "secure" if ctx.base_url.startswith("https:") else "unsecure"


def _below_media(file: str | None, size: str) -> str | None:
    if size != FULL and size not in SIZES:
        raise LookupError(f"no size {size!r} of pictures")
    if not file or file == NO_SELECTION:
        return None
    folder = "catalog/product" if size == FULL else f"catalog/product/cache/{size}"
    return f"{folder}/{quote(file.lstrip('/'))}"
