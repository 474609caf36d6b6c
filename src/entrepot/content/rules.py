"""Decisions about terms and conditions, without I/O."""

from __future__ import annotations

import re

from entrepot.content.errors import InvalidHeight

HEIGHT = re.compile(r"(?P<number>\d+(?:\.\d+)?|\.\d+)(?P<unit>px|pt|em|ex|%)?")


def content_height(given: str) -> str | None:
    """A length of CSS as it is kept: a bare number counts pixels, and 0 is none. Raises InvalidHeight."""
    text = given.strip().lower()
    if not text:
        return None
    found = HEIGHT.fullmatch(text)
    if found is None:
        raise InvalidHeight
    if not float(found["number"]):
        return None
    return text if found["unit"] else f"{text}px"
