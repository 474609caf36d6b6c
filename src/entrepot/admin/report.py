"""A report: lines by interval, with their totals, as a page and as CSV. Each is declared once, as data."""

from __future__ import annotations

import csv
import io
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Literal

from babel import dates
from msgspec import Struct
from starlette.responses import Response

from entrepot import directory
from entrepot.admin.grid.export import FORMULA
from entrepot.admin.options import Option
from entrepot.admin.order_options import order_statuses
from entrepot.admin.page import AdminPage
from entrepot.admin.report_filter import MOST_INTERVALS, PERIODS, ReportFilter, read
from entrepot.admin.report_scope import scope_switch
from entrepot.kit.context import Context
from entrepot.kit.pages import formats
from entrepot.sales.reports import Period, ReportAsked, intervals
from entrepot.taxes import round_price

Kind = Literal["text", "number", "percent", "money"]

WRONG_TIME = "The first day must not be later than the last."
TOO_LONG = "There are too many intervals. Choose a longer period or a shorter time."


@dataclass(frozen=True)
class ReportColumn:
    """`name` is an attribute of the lines."""

    name: str
    label: str
    kind: Kind = "money"
    is_actual: bool = False
    """Shown only with actual values."""
    is_added: bool = True
    """Whether a sum over all lines means something."""

    @property
    def is_right(self) -> bool:
        return self.kind != "text"

    @property
    def has_total(self) -> bool:
        return self.is_added and self.kind in ("number", "money")


class Rows(Struct, frozen=True):
    """The lines of one interval, as text. An empty one may have no line at all."""

    label: str
    lines: list[list[str]]


@dataclass(frozen=True)
class Report:
    name: str
    path: str
    title: str
    lines: Callable[[Context, ReportAsked], Awaitable[Sequence[Any]]]
    columns: tuple[ReportColumn, ...]
    uses: tuple[Option, ...] = (Option("created", "Order Created"), Option("updated", "Order Updated"))
    """The dates that can count; one is no choice."""
    has_statuses: bool = True

    async def show(self, page: AdminPage) -> Response:
        """The page, or its lines as CSV if that is what was asked for."""
        asked = read(page)
        columns = [column for column in self.columns if asked.shows_actual or not column.is_actual]
        if error := _mistake(asked):
            return self._page(page, asked, columns, [], error)
        lines = await self.lines(page.ctx, asked.asked)
        if page.parameter("export") == "csv":
            return _csv(self, asked, columns, lines)
        return self._page(page, asked, columns, lines, "")

    def _page(
        self, page: AdminPage, asked: ReportFilter, columns: Sequence[ReportColumn], lines: Sequence[Any], error: str
    ) -> Response:
        pairs: dict[str, Any] = dict(asked.scope.pairs)
        return page.render(
            "report.html",
            title=self.title,
            report=self,
            asked=asked,
            columns=columns,
            rows=_rows(page, asked, columns, lines) if not error else [],
            totals=_totals(page, columns, lines) if lines else [],
            error=error,
            periods=PERIODS,
            statuses=order_statuses(page.ctx),
            has_actual=any(column.is_actual for column in self.columns),
            form=page.url(self.path, **pairs),
            export=asked.address(page, self.path, pairs, ("export", "csv")),
            switch=scope_switch(page, asked.scope, lambda pairs: asked.address(page, self.path, pairs)),
        )


def _mistake(asked: ReportFilter) -> str:
    first, last = asked.asked.first, asked.asked.last
    if first > last:
        return WRONG_TIME
    is_long = asked.shows_empty and asked.asked.period == "day" and (last - first).days >= MOST_INTERVALS
    return TOO_LONG if is_long else ""


def _by_interval(asked: ReportFilter, lines: Sequence[Any]) -> list[tuple[date, list[Any]]]:
    found: dict[date, list[Any]] = {}
    if asked.shows_empty:
        found = {day: [] for day in intervals(asked.asked.period, asked.asked.first, asked.asked.last)}
    for line in lines:
        found.setdefault(line.began_on, []).append(line)
    return list(found.items())


def _rows(page: AdminPage, asked: ReportFilter, columns: Sequence[ReportColumn], lines: Sequence[Any]) -> list[Rows]:
    currency = directory.global_currency(page.ctx)

    def text(column: ReportColumn, value: Any) -> str:
        return _shown(page, column, value, currency)

    nothing = [_shown(page, column, 0, currency) if column.has_total else "" for column in columns]
    return [
        Rows(
            interval_label(began_on, asked.asked.period, page.locale),
            [[text(column, getattr(line, column.name)) for column in columns] for line in of_it] or [nothing],
        )
        for began_on, of_it in _by_interval(asked, lines)
    ]


def _shown(page: AdminPage, column: ReportColumn, value: Any, currency: str) -> str:
    if value is None or column.kind == "text":
        return value or ""
    if column.kind == "money":
        return formats.money(round_price(Decimal(value)), currency, page.locale)
    return formats.number(value, page.locale) + ("%" if column.kind == "percent" else "")


def _totals(page: AdminPage, columns: Sequence[ReportColumn], lines: Sequence[Any]) -> list[str]:
    currency = directory.global_currency(page.ctx)
    return [
        _shown(page, column, _sum(column, lines), currency) if column.has_total else "" for column in columns
    ]  # fmt: skip


def _sum(column: ReportColumn, lines: Sequence[Any]) -> Decimal:
    return sum((Decimal(getattr(line, column.name)) for line in lines), Decimal(0))


def interval_label(began_on: date, period: Period, locale: str) -> str:
    """`Nov 24, 2026`, `Nov 2026`, `2026`."""
    known = formats.known_locale(locale)
    if period == "year":
        return str(began_on.year)
    if period == "month":
        return dates.format_skeleton("yMMM", began_on, locale=known)
    return dates.format_date(began_on, "medium", locale=known)


def _csv(report: Report, asked: ReportFilter, columns: Sequence[ReportColumn], lines: Sequence[Any]) -> Response:
    """Days as the wire has them and amounts as numbers: others have to read the file."""
    out = io.StringIO()
    write = csv.writer(out).writerow
    write(["Interval", *(column.label for column in columns)])
    for began_on, of_it in _by_interval(asked, lines):
        label = _wire(began_on, asked.asked.period)
        for line in of_it:
            write([label, *(_plain(column, getattr(line, column.name)) for column in columns)])
        if not of_it:
            write([label, *(_plain(column, Decimal(0)) if column.has_total else "" for column in columns)])
    write(["Total", *(_plain(column, _sum(column, lines)) if column.has_total else "" for column in columns)])
    headers = {"content-disposition": f'attachment; filename="{report.name}.csv"'}
    return Response(out.getvalue(), media_type="text/csv; charset=utf-8", headers=headers)


def _wire(began_on: date, period: Period) -> str:
    return began_on.isoformat()[: {"day": 10, "month": 7, "year": 4}[period]]


def _plain(column: ReportColumn, value: Any) -> str:
    if value is None:
        return ""
    if column.kind == "text":
        return f"'{value}" if value.startswith(FORMULA) else value
    return str(round_price(Decimal(value))) if column.kind == "money" else formats.plain(value)
