"""Whether an upload is a picture that a shop can show. Nothing is stored here.

Uploads are decoded once to their end, so that a page never shows half a picture. That takes processor time and memory:
it happens in two threads of its own, and only for pictures within the limits.
"""

from __future__ import annotations

import asyncio
import base64
import binascii
import warnings
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from typing import TypeVar

from PIL import Image

from entrepot.catalog.contracts import ImageContent
from entrepot.catalog.media import names
from entrepot.catalog.media.errors import (
    ContentMissing,
    ContentNotDecoded,
    NameForbidden,
    NoPicture,
    PictureDamaged,
    PictureTooLarge,
    WrongExtension,
    WrongMimeType,
)
from entrepot.kit.errors import Refused

T = TypeVar("T")

LARGEST_BYTES = 10 * 1024 * 1024
LARGEST_PIXELS = 25_000_000
"""Of one frame: 100 MB where each pixel has four bytes."""
LARGEST_ANIMATION = 4 * LARGEST_PIXELS
"""Of all frames together, each of which costs the processor time."""

MIME_TYPES = {"JPEG": "image/jpeg", "MPO": "image/jpeg", "GIF": "image/gif", "PNG": "image/png"}
"""By Pillow's names. MPO is what many telephones write: a JPEG with further pictures behind it."""
RECOGNISED = ("JPEG", "PNG", "GIF", "WEBP", "BMP", "TIFF")
"""Formats whose beginning is looked at. Others count as no picture: each decoder is a way in for an attacker."""

# Pillow raises for more than twice as many pixels; between once and twice it would only warn, where we refuse.
Image.MAX_IMAGE_PIXELS = LARGEST_PIXELS
warnings.filterwarnings("ignore", category=Image.DecompressionBombWarning)

_THREADS = ThreadPoolExecutor(2, thread_name_prefix="pictures")


async def in_thread(function: Callable[..., T], *arguments: object) -> T:
    """Run what decodes a picture, of which never more than two are in memory at once."""
    return await asyncio.get_running_loop().run_in_executor(_THREADS, function, *arguments)


async def check(content: ImageContent | None) -> None:
    """In the order of spec 30-catalog, 2.2. Raises a Refused of `errors`."""
    if content is None:
        raise ContentMissing
    await in_thread(_check, content)


def decoded(content: ImageContent) -> bytes:
    """Raises ContentNotDecoded; white space is allowed, and padding may be left out."""
    try:
        text = (content.base64_encoded_data or "").encode("ascii").translate(None, b" \t\r\n").rstrip(b"=")
        data = base64.b64decode(text + b"=" * (-len(text) % 4), validate=True)
    except (binascii.Error, ValueError):
        raise ContentNotDecoded from None
    if not data:
        raise ContentNotDecoded
    return data


def _check(content: ImageContent) -> None:
    data, name = decoded(content), content.name or ""
    with _opened(data, ContentNotDecoded) as picture:
        true_type = MIME_TYPES.get(picture.format or "")
        if true_type is None or content.type != true_type:
            raise WrongMimeType
        if not name or names.FORBIDDEN.search(name):
            raise NameForbidden
        if names.extension_of(name, true_type) not in names.EXTENSIONS:
            raise WrongExtension
        _decode(picture)


def check_file(name: str, data: bytes) -> str:
    """The true MIME type of a file with a clean name, whatever was said of it. For the threads of `in_thread`.

    Raises NoPicture, PictureTooLarge, PictureDamaged or WrongExtension.
    """
    with _opened(data, NoPicture) as picture:
        true_type = MIME_TYPES.get(picture.format or "")
        if true_type is None:
            raise NoPicture
        if names.extension_of(name, true_type) not in names.EXTENSIONS:
            raise WrongExtension
        _decode(picture)
    return true_type


def _opened(data: bytes, otherwise: type[Refused]) -> Image.Image:
    if len(data) > LARGEST_BYTES:
        raise _too_large()
    try:
        return Image.open(BytesIO(data), formats=RECOGNISED)
    except Image.DecompressionBombError:
        raise _too_large() from None
    except Exception:
        # Whatever a decoder stumbles over, it is no picture.
        raise otherwise from None


def _decode(picture: Image.Image) -> None:
    """To the end. A JPEG is decoded at an eighth of its size, for which all of it has to be read too."""
    width, height = picture.size
    if width * height > LARGEST_PIXELS:
        raise _too_large()
    try:
        picture.draft("RGB", (max(width // 8, 1), max(height // 8, 1)))
        picture.load()
        if picture.format == "GIF":
            _decode_animation(picture)
    except Image.DecompressionBombError:
        raise _too_large() from None
    except PictureTooLarge:
        raise
    except Exception:
        raise PictureDamaged from None


def _decode_animation(picture: Image.Image) -> None:
    pixels, frame = picture.width * picture.height, 0
    while True:
        frame += 1
        try:
            picture.seek(frame)
        except EOFError:
            return
        pixels += picture.width * picture.height
        if picture.width * picture.height > LARGEST_PIXELS or pixels > LARGEST_ANIMATION:
            raise _too_large()
        picture.load()


def _too_large() -> PictureTooLarge:
    return PictureTooLarge(LARGEST_BYTES // 1024**2, LARGEST_PIXELS // 1_000_000)
