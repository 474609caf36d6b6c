"""The cells of a grid: each value as it is read by people."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from babel import dates
from msgspec import Struct

from entrepot.admin.grid.declare import Column, Tone
from entrepot.admin.options import Option
from entrepot.admin.page import AdminPage
from entrepot.kit.pages import formats

FITS = 24
"""So many characters are seen in every cell; a longer text is also its cell's title."""


class Cell(Struct, frozen=True):
    text: str | list[str]
    is_right: bool = False
    title: str = ""
    """More than the text, for who points at it: the exact instant."""
    tone: Tone | None = None
    quantities: Sequence[tuple[str, str]] = ()
    """Places with what is there, in place of the text."""
    picture: str = ""


MOST_QUANTITIES = 5
"""So many places are seen; the others are told to who points at the cell."""


def cell_of(page: AdminPage, column: Column, row: Any, options: Sequence[Option]) -> Cell:
    value = column.of(row)
    if column.kind == "picture":
        # Without a picture a tile with the initial stands for it.
        return Cell(column.initial(row) if column.initial else "", picture=value or "")
    if value is None or value == "":
        return Cell("", column.is_right)
    match column.kind:
        case "quantities":
            return _quantities([(place, plain_number(amount)) for place, amount in value])
        case "choices":
            labels = {option.value: option.label for option in options}
            return Cell([labels.get(str(one), str(one)) for one in value])
        case "lines":
            return Cell([str(line) for line in value])
        case "number":
            return Cell(plain_number(value), is_right=True)
        case "money":
            currency = column.currency(row) if column.currency else "USD"
            return Cell(formats.money(value, currency, page.locale), is_right=True)
        case "day":
            return Cell(formats.day(value, page.zone, page.locale))
        case "instant":
            moment = as_instant(value)
            return Cell(to_the_minute(page, moment), title=moment.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S UTC"))
        case "choice":
            key = str(int(value)) if isinstance(value, bool) else str(value)
            label = next((option.label for option in options if option.value == key), key)
            return Cell(label, tone=(column.tones or {}).get(key))
        case _:
            text = str(value)
            return Cell(text, title=text if len(text) > FITS else "")


def _quantities(shown: Sequence[tuple[str, str]]) -> Cell:
    texts = [f"{place}: {amount}" for place, amount in shown]
    more = "\n".join(texts[MOST_QUANTITIES:])
    return Cell(texts, title=more, quantities=shown[:MOST_QUANTITIES])


def to_the_minute(page: AdminPage, moment: datetime) -> str:
    """An instant as short as a list needs it; the seconds are for who points at it."""
    local = moment.astimezone(formats.known_zone(page.zone))
    time = dates.format_time(local, "short", tzinfo=local.tzinfo, locale=formats.known_locale(page.locale))
    return f"{formats.day(moment, page.zone, page.locale)}, {time}".replace("\N{NARROW NO-BREAK SPACE}", " ")


def plain_number(value: Any) -> str:
    """Without zeros that say nothing and without grouping, so that an id can be copied."""
    return formats.plain(value) if isinstance(value, Decimal) else str(value)


def as_instant(value: datetime | str) -> datetime:
    moment = datetime.fromisoformat(value) if isinstance(value, str) else value
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
