"""How a customer's postcode is compared with those of rates (spec 51, 3.3)."""

from __future__ import annotations

import re

from msgspec import Struct

PREFIX_LENGTH = 10
"""Longer postcodes are compared by their beginning, as those of rates are cut to it."""
MAX_DIGITS = 9
ZIP_PLUS_FOUR = re.compile(r"([0-9]+)-[0-9]{4}")
RANGE = re.compile(r"([0-9]{1,9})-([0-9]{1,9})")


class PostcodeSearch(Struct, frozen=True):
    """What rates may say to hold for a postcode."""

    patterns: list[str]
    """In capitals; among them the two for any postcode."""
    zip: int | None = None
    """The number that ranges must contain."""
    ends: str = "empty"
    """What ranges must lie in, as PostgreSQL writes a range."""


def search_for(country_id: str, postcode: str | None) -> PostcodeSearch:
    """American postcodes of nine digits count by their first five; others with a dash are a range of their own."""
    text = (postcode or "").strip().upper()
    if country_id == "US" and (plus_four := ZIP_PLUS_FOUR.fullmatch(text)):
        five = plus_four.group(1)
        return PostcodeSearch(_patterns(five, text), zip=_number(five))
    if (ends := RANGE.fullmatch(text)) and int(ends.group(1)) <= int(ends.group(2)):
        return PostcodeSearch(_patterns(text), ends=f"[{ends.group(1)},{ends.group(2)}]")
    return PostcodeSearch(_patterns(text), zip=_number(text))


def _patterns(postcode: str, *exact: str) -> list[str]:
    beginnings = [f"{postcode[:length]}*" for length in range(1, min(len(postcode), PREFIX_LENGTH) + 1)]
    return list(dict.fromkeys(["", "*", postcode, f"{postcode}*", *exact, *beginnings]))


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= MAX_DIGITS else None
