"""Where a page is: the way to it from the home page."""

from __future__ import annotations

from msgspec import Struct


class Crumb(Struct, frozen=True):
    name: str
    url: str
