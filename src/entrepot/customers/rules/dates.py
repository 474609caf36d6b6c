"""Dates as clients send them, read into values or not at all."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime

_FORMATS = ("%Y-%m-%d %H:%M:%S", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M", "%Y-%m-%d")
_DAY_FIRST = re.compile(r"\d{4}-\d{2}-\d{2}")


def day(text: str) -> date | None:
    """`YYYY-MM-DD`, with or without a time, or the digits of a Unix time; None for anything else."""
    moment = instant(text)
    return moment.date() if moment else None


def instant(text: str) -> datetime | None:
    """An instant in UTC, of the same forms; with an offset (`+02:00`, `Z`) it is converted."""
    text = text.strip()
    if text.isascii() and text.isdigit():
        try:
            return datetime.fromtimestamp(int(text), UTC)
        except (OverflowError, OSError, ValueError):
            return None
    for form in _FORMATS:
        try:
            return datetime.strptime(text, form).replace(tzinfo=UTC)
        except ValueError:
            continue
    # Python also reads dates without dashes and week dates, which no client of the API sends on purpose.
    if not _DAY_FIRST.match(text):
        return None
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    return found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)
