"""What the address of a report asks for: the time, the store views, the statuses, and what is shown.

?from=2026-11-01&to=2026-11-30&period=day&use=created&status=complete&status=closed&actual=1&empty=1
"""

from __future__ import annotations

from datetime import date
from typing import Any, get_args
from urllib.parse import urlencode

from msgspec import Struct

from entrepot.admin.options import Option
from entrepot.admin.order_options import order_statuses
from entrepot.admin.page import AdminPage
from entrepot.admin.report_scope import ReportScope, asked_scope
from entrepot.kit.pages import formats
from entrepot.sales.reports import Period, ReportAsked, Use

MOST_INTERVALS = 4000
"""Empty rows of ten years of days, and some; further apart nobody meant it."""

PERIODS = (Option("day", "Day"), Option("month", "Month"), Option("year", "Year"))
_PERIODS: tuple[Period, ...] = get_args(Period)
_USES: tuple[Use, ...] = get_args(Use)


class ReportFilter(Struct, frozen=True):
    asked: ReportAsked
    scope: ReportScope
    shows_actual: bool
    shows_empty: bool

    def query(self) -> list[tuple[str, str]]:
        """What the address says behind its question mark."""
        flags = (("actual", self.shows_actual), ("empty", self.shows_empty))
        return [
            ("from", self.asked.first.isoformat()),
            ("to", self.asked.last.isoformat()),
            ("period", self.asked.period),
            ("use", self.asked.use),
            *(("status", status) for status in self.asked.statuses),
            *((name, "1") for name, is_set in flags if is_set),
        ]

    def address(self, page: AdminPage, path: str, pairs: dict[str, Any], *more: tuple[str, str]) -> str:
        return f"{page.url(path, **pairs)}?{urlencode([*self.query(), *more])}"


def read(page: AdminPage) -> ReportFilter:
    """What cannot be read counts as not asked: then it is this month, day by day."""
    query = page.request.query_params
    today = page.ctx.now.astimezone(formats.known_zone(page.zone)).date()
    last = _day(query.get("to")) or today
    first = _day(query.get("from")) or min(last, today).replace(day=1)
    scope = asked_scope(page)
    known = {option.value for option in order_statuses(page.ctx)}
    return ReportFilter(
        ReportAsked(
            period=next((one for one in _PERIODS if one == query.get("period")), "day"),
            first=first,
            last=last,
            use=next((one for one in _USES if one == query.get("use")), "created"),
            store_ids=scope.store_ids,
            statuses=tuple(status for status in query.getlist("status") if status in known),
        ),
        scope,
        shows_actual=query.get("actual") == "1",
        shows_empty=query.get("empty") == "1",
    )


def _day(text: str | None) -> date | None:
    try:
        day = date.fromisoformat(text or "")
    except ValueError:
        return None
    # Neither clocks nor the database go further.
    return day if 1900 <= day.year <= 9000 else None
