"""From the name of an upload to the file that it becomes below media/catalog/product (spec 30-catalog, 2.3)."""

from __future__ import annotations

import re

from msgspec import Struct

EXTENSIONS = frozenset({"jpg", "jpeg", "gif", "png"})
OF_TYPES = {"image/jpeg": "jpg", "image/gif": "gif", "image/png": "png"}

FORBIDDEN = re.compile(r'[\\/?*:";<>()|{}]')
LONGEST_NAME = 80

_UNCLEAN = re.compile(r"[^a-z0-9_.-]+")
_SEGMENT = r"[A-Za-z0-9_-][A-Za-z0-9_.-]*"
FILE = re.compile(rf"(?:/{_SEGMENT}){{1,6}}\.(?:jpg|jpeg|gif|png)", re.IGNORECASE)
"""A file that may be served: no segment begins with a dot, so none leads out of the folder."""


class FileName(Struct, frozen=True):
    """What a file is called unless the name is taken: `/t/i/tiny1` and `.jpg`."""

    stem: str
    extension: str

    def numbered(self, number: int) -> str:
        """The whole name; the first one has the number 0, which is not written."""
        return f"{self.stem}_{number}{self.extension}" if number else self.stem + self.extension


def extension_of(name: str, mime_type: str) -> str:
    """In lower case without the dot; that of the type where the name has none."""
    _, dot, extension = name.rpartition(".")
    return extension.lower() if dot and extension else OF_TYPES[mime_type]


def file_name(name: str, mime_type: str) -> FileName:
    """Two folders by the first two characters keep each folder small."""
    cleaned = _cleaned(name)
    first, second = (character.replace(".", "_") for character in (cleaned + ".")[:2])
    return FileName(f"/{first}/{second}/{cleaned}", f".{extension_of(name, mime_type)}")


def file_name_in(folder: str, name: str, mime_type: str) -> FileName:
    """For a folder that has no further ones."""
    return FileName(f"{folder}/{_cleaned(name)}", f".{extension_of(name, mime_type)}")


def _cleaned(name: str) -> str:
    base, dot, end = name.rpartition(".")
    cleaned = _UNCLEAN.sub("_", (base if dot and end else name).lower())[:LONGEST_NAME].lstrip(".").rstrip(".")
    if not cleaned.strip("_"):
        # Nothing of the name was left.
        cleaned = "file"
    return cleaned
