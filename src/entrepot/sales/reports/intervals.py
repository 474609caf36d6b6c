"""The intervals of a report, each by its first day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from entrepot.sales.reports.contracts import Period


def began_on(day: date, period: Period) -> date:
    """The first day of the interval that a day lies in."""
    if period == "year":
        return date(day.year, 1, 1)
    return date(day.year, day.month, 1) if period == "month" else day


def intervals(period: Period, first: date, last: date) -> Iterator[date]:
    """All that have a day in common with the time from the first to the last, in their order."""
    current = began_on(first, period)
    while current <= last:
        yield current
        current = _next(current, period)


def _next(current: date, period: Period) -> date:
    if period == "day":
        return current + timedelta(days=1)
    years, month = (1, current.month) if period == "year" else divmod(current.month, 12)
    return date(current.year + years, month if period == "year" else month + 1, 1)
