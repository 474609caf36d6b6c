"""The times that the dashboard looks back over, cut into parts: hours, days or months where the shop is."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from msgspec import Struct

from entrepot.sales.reports.intervals import intervals

RangeName = Literal["24h", "7d", "1m", "1y", "2y"]
Step = Literal["hour", "day", "month"]

HOURS, DAYS = 24, 7


class Range(Struct, frozen=True):
    """`parts` are the beginnings of its parts on the clock of the shop; the last one has now in it."""

    name: RangeName
    step: Step
    since: datetime
    parts: tuple[datetime, ...]


def range_of(
    name: RangeName, now: datetime, zone: ZoneInfo, *, month_begins: int = 1, year_begins: tuple[int, int] = (1, 1)
) -> Range:
    """`month_begins` is a day of the month, `year_begins` a month and a day of it: books need not follow the year."""
    if name == "24h":
        return _hours(now, zone)
    today = now.astimezone(zone).date()
    if name in ("7d", "1m"):
        first = today - timedelta(days=DAYS - 1) if name == "7d" else month_of(today, month_begins)
        return _days(name, first, today, zone, "day")
    first = year_of(today, *year_begins)
    if name == "2y":
        first = year_of(first - timedelta(days=1), *year_begins)
    return _days(name, first, today, zone, "month")


def _hours(now: datetime, zone: ZoneInfo) -> Range:
    since = now.astimezone(UTC).replace(minute=0, second=0, microsecond=0) - timedelta(hours=HOURS - 1)
    # An hour that comes twice, when clocks are put back, is one part.
    local = (moment.astimezone(zone) for moment in (since + timedelta(hours=number) for number in range(HOURS)))
    parts = dict.fromkeys(moment.replace(minute=0, tzinfo=None) for moment in local)
    first = next(iter(parts)).replace(tzinfo=zone)
    return Range("24h", "hour", min(first.astimezone(UTC), since), tuple(parts))


def _days(name: RangeName, first: date, today: date, zone: ZoneInfo, step: Literal["day", "month"]) -> Range:
    since = datetime.combine(first, time(), tzinfo=zone).astimezone(UTC)
    return Range(name, step, since, tuple(_midnights(step, first, today)))


def _midnights(step: Literal["day", "month"], first: date, today: date) -> Iterator[datetime]:
    return (datetime.combine(day, time()) for day in intervals(step, first, today))


def month_of(today: date, begins: int) -> date:
    """The first day of the current month of a shop whose months begin on this day; on the last of shorter ones."""
    first = _day(today.year, today.month, begins)
    if first <= today:
        return first
    last_of_previous = today.replace(day=1) - timedelta(days=1)
    return _day(last_of_previous.year, last_of_previous.month, begins)


def year_of(today: date, month: int, day: int) -> date:
    """The first day of the current year of a shop whose years begin on this day."""
    first = _day(today.year, month, day)
    return first if first <= today else _day(today.year - 1, month, day)


def _day(year: int, month: int, day: int) -> date:
    for candidate in range(min(day, 31), 28, -1):
        try:
            return date(year, month, candidate)
        except ValueError:
            continue
    return date(year, month, min(day, 28))
