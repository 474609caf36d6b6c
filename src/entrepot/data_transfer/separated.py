r"""Several values in one field: `Default Category/Gear,Default Category/Sale` or `color=Red,size=S|M`.

A separator inside of a value has a backslash before it, and so has a backslash: `AC\/DC`. Other backslashes stand for
themselves, because files that were made by hand have them.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable

PATH = "/"
CHOICES = "|"

CODE = re.compile(r"[a-z][a-z0-9_]*")
CHARACTERS = re.compile(r"\\?.", re.DOTALL)
"""One each, with the backslash that is before it."""


def split(text: str, separator: str) -> list[str]:
    """The parts, with what is escaped in them still escaped; empty ones are left out."""
    return [part.strip() for part in _pieces(text, separator) if part.strip()]


def unescape(text: str, separator: str = ",") -> str:
    return re.sub(rf"\\([\\/|{re.escape(separator)}])", r"\1", text) if "\\" in text else text


def escape(text: str, separator: str = ",") -> str:
    return re.sub(rf"([\\/|{re.escape(separator)}])", r"\\\1", text)


def join(parts: Iterable[str], separator: str, within: str = ",") -> str:
    """What `split` and `unescape` read again as these parts; `within` is the separator of the whole field."""
    return separator.join(escape(part, within) for part in parts)


def pairs(text: str, separator: str, codes: Container[str]) -> list[tuple[str, str]]:
    """`code=value` in order, the values still escaped.

    A part without a code belongs to the value before it: so texts with commas need no backslashes. A part that looks
    like a pair of an unknown code is one: whoever reads it says that there is no such code.
    """
    found: list[tuple[str, str]] = []
    for piece in _pieces(text, separator):
        code, equals, value = piece.partition("=")
        code = code.strip().lower()
        if equals and (code in codes or CODE.fullmatch(code)):
            found.append((code, value))
        elif found:
            found[-1] = (found[-1][0], f"{found[-1][1]}{separator}{piece}")
        elif piece.strip():
            found.append((piece.strip(), ""))
    return found


def _pieces(text: str, separator: str) -> list[str]:
    if "\\" not in text:
        return text.split(separator)
    pieces, begun = [], ""
    for character in CHARACTERS.findall(text):
        if character == separator:
            pieces.append(begun)
            begun = ""
        else:
            begun += character
    return [*pieces, begun]
