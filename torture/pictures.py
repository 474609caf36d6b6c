"""Files that say they are pictures: some are small and become huge, some are none, some have names that lead away."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from io import BytesIO
from typing import NamedTuple

from PIL import Image

SIGNATURE = b"\x89PNG\r\n\x1a\n"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><script>alert(1)</script></svg>'
PAGE = b"<!doctype html><script>alert(1)</script>"
NAMES = (
    "../../../../tmp/own.png",
    "..\\..\\own.png",
    "/etc/own.png",
    "a/b/c.png",
    "own.php",
    "own.png.php",
    "own.html",
    "own.svg",
    ".htaccess",
    "..",
    "own\0.png",
    "own.png\r\nX: y",
    "a" * 300 + ".png",
    '"><script>alert(1)</script>.png',
    "con.png",
    "own.png/",
    "%2e%2e%2fown.png",
    "",
)


class Upload(NamedTuple):
    what: str
    content: bytes
    type: str = "image/png"
    name: str = "own.png"
    is_good: bool | None = False
    """Whether it must be taken; None where it may."""

    def __str__(self) -> str:
        return self.what


def uploads() -> Iterator[Upload]:
    good = picture()
    yield Upload("a picture", good, is_good=True)
    yield Upload("24 million pixels", picture((6000, 4000)), is_good=True)
    yield Upload("26 million pixels", picture((6500, 4000)))
    yield Upload("2,500 million pixels", png(50_000, 50_000))
    yield Upload("as wide as can be", png(2**31 - 1, 1))
    yield Upload("no pixels", png(0, 0))
    yield Upload(
        "a text of 200 MB", png(8, 8, (b"zTXt", b"k\0\0" + zlib.compress(bytes(200_000_000), 9))), is_good=None
    )
    yield Upload(
        "a profile of 200 MB", png(8, 8, (b"iCCP", b"k\0\0" + zlib.compress(bytes(200_000_000), 9))), is_good=None
    )
    yield Upload("1,000 frames", animation(1000, (400, 400)), "image/gif", "own.gif")
    yield Upload("half a picture", picture((800, 800))[:2000])
    yield Upload("a picture of another kind", good, "image/jpeg", "own.jpg")
    yield Upload("a bitmap", picture(format="BMP"), "image/bmp", "own.bmp")
    yield Upload("SVG", SVG, "image/svg+xml", "own.svg")
    yield Upload("SVG as PNG", SVG)
    yield Upload("a page", PAGE, "text/html", "own.html")
    yield Upload("a page as PNG", PAGE)
    yield Upload("a page that begins as GIF", b"GIF89a" + PAGE, "image/gif", "own.gif")
    yield Upload("a picture that ends as a page", good + PAGE, is_good=None)
    yield Upload("nothing", b"")
    for name in NAMES:
        yield Upload(f"the name {name[:40]!r}", good, name=name, is_good=None)


def picture(size: tuple[int, int] = (8, 8), format: str = "PNG") -> bytes:
    out = BytesIO()
    Image.new("RGB", size, "navy").save(out, format)
    return out.getvalue()


def animation(frames: int, size: tuple[int, int]) -> bytes:
    out = BytesIO()
    first, *more = [Image.new("L", size, number % 2 * 255) for number in range(frames)]
    first.save(out, "GIF", save_all=True, append_images=more)
    return out.getvalue()


def png(width: int, height: int, *chunks: tuple[bytes, bytes]) -> bytes:
    """A small file that says this size (PNG, 11.2.2), with these chunks before its pixels."""
    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    rows = zlib.compress(bytes((1 + (width + 7) // 8) * height)) if width * height < 1_000_000 else zlib.compress(b"")
    parts = [(b"IHDR", head), *chunks, (b"IDAT", rows), (b"IEND", b"")]
    return SIGNATURE + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)) for kind, data in parts
    )
