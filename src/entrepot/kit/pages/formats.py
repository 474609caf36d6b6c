"""Money, days and instants as text, by CLDR (spec 10-platform, 9)."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from functools import lru_cache
from typing import Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from babel import Locale, UnknownLocaleError, dates, numbers

Length = Literal["short", "medium", "long", "full"]

# CLDR writes this before AM and PM; nobody types it, so nobody finds or compares a time that has it.
_NARROW_SPACE = "\N{NARROW NO-BREAK SPACE}"


def money(value: Decimal | int | float | str, currency: str, locale: str) -> str:
    """`$1,234.50`, `-$5.00`, `10,00 €`."""
    return numbers.format_currency(Decimal(str(value)), currency, locale=known_locale(locale))


def number(value: Decimal | int, locale: str) -> str:
    """`1,234.5`, without zeros that say nothing."""
    return numbers.format_decimal(Decimal(str(value)).normalize(), locale=known_locale(locale))


def plain(value: Decimal | int, places: int = 0) -> str:
    """`1234.5`, as fields of forms have numbers in every locale, with at least so many places: `1234.50`.

    Read again by `typed` it is the same number.
    """
    whole, _, fraction = f"{Decimal(value):f}".partition(".")
    fraction = fraction.rstrip("0").ljust(places, "0")
    return f"{whole}.{fraction}" if fraction else whole


def day(value: datetime | date | str, zone: str, locale: str, length: Length = "medium") -> str:
    """`Nov 24, 2026`. An instant is seen from the zone; a day is the same everywhere."""
    local = _instant(value).astimezone(known_zone(zone)) if isinstance(value, (datetime, str)) else value
    return dates.format_date(local, length, locale=known_locale(locale))


def instant(value: datetime | str, zone: str, locale: str, length: Length = "medium") -> str:
    """`Nov 24, 2026, 2:04:33 AM`."""
    text = dates.format_datetime(_instant(value), length, tzinfo=known_zone(zone), locale=known_locale(locale))
    return text.replace(_NARROW_SPACE, " ")


def _instant(value: datetime | str) -> datetime:
    """The wire's `YYYY-MM-DD HH:MM:SS` is in UTC."""
    moment = datetime.fromisoformat(value) if isinstance(value, str) else value
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


@lru_cache(maxsize=64)
def known_locale(locale: str) -> Locale:
    """The locale, or the program's own for one that CLDR does not have."""
    try:
        return Locale.parse(locale)
    except (ValueError, UnknownLocaleError):
        return Locale("en", "US")


@lru_cache(maxsize=64)
def known_zone(zone: str) -> ZoneInfo:
    """The time zone, or UTC for one that does not exist."""
    try:
        return ZoneInfo(zone)
    except (ValueError, ZoneInfoNotFoundError):
        return ZoneInfo("UTC")
