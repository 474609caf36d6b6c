"""The types of custom options (spec 31-product-types, 6.1)."""

from __future__ import annotations

from typing import NamedTuple

TEXT, FILE, SELECT, DATE = "Text", "File", "Select", "Date"


class OptionType(NamedTuple):
    label: str
    group: str


TYPES = {
    "field": OptionType("Field", TEXT),
    "area": OptionType("Area", TEXT),
    "file": OptionType("File", FILE),
    "drop_down": OptionType("Drop-down", SELECT),
    "radio": OptionType("Radio Buttons", SELECT),
    "checkbox": OptionType("Checkbox", SELECT),
    "multiple": OptionType("Multiple Select", SELECT),
    "date": OptionType("Date", DATE),
    "date_time": OptionType("Date & Time", DATE),
    "time": OptionType("Time", DATE),
}
"""By code, in the order in which clients see them."""


def is_select(type: str | None) -> bool:
    """Whether it is answered by choosing from its values, which have the prices."""
    return type in TYPES and TYPES[type].group == SELECT
