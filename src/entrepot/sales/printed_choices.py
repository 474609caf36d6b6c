"""What was chosen of a line, as it is printed."""

from __future__ import annotations

from typing import Any

import msgspec
from msgspec import Struct, field

from entrepot.sales.contracts import OrderItem
from entrepot.sales.queries.items import ItemRow


class Choice(Struct):
    label: str = ""
    value: str = ""
    print_value: str | None = None


class Choices(Struct):
    attributes_info: list[Choice] = field(default_factory=list)
    options: list[Choice] = field(default_factory=list)


_choices = msgspec.json.Decoder(Choices)


def printed_choices(item: OrderItem) -> list[tuple[str, str]]:
    """Labels and values: of a configurable product's attributes, and the answers to custom options."""
    stored: Any = item.product_options if isinstance(item, ItemRow) else None
    if not stored:
        return []
    kept = _choices.decode(stored)
    return [(one.label, one.print_value or one.value) for one in (*kept.attributes_info, *kept.options)]
