"""What the dashboard says of sales: charts, sums, and who and what stands first, of a time and of some store views."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any, get_args

from babel import dates, numbers
from msgspec import Struct

from entrepot import directory
from entrepot.admin.chart import Chart, chart
from entrepot.admin.options import Option
from entrepot.admin.page import AdminPage
from entrepot.admin.report_scope import ReportScope
from entrepot.catalog.browsing import terms
from entrepot.catalog.browsing.terms import SearchTerm
from entrepot.kit.pages import formats
from entrepot.sales.reports import dashboard as sold
from entrepot.sales.reports.dashboard import BestCustomer, BestProduct, Part
from entrepot.sales.reports.ranges import RangeName, Step
from entrepot.taxes import round_price

RANGES = (
    Option("24h", "Last 24 Hours"),
    Option("7d", "Last 7 Days"),
    Option("1m", "Current Month"),
    Option("1y", "YTD"),
    Option("2y", "2YTD"),
)
_NAMES: tuple[RangeName, ...] = get_args(RangeName)
FIRST_SHOWN: RangeName = "7d"
SEARCH_TERMS = "Magento_Reports::report_search"
TERMS = 5
CHARTS = "admin/dashboard/enable_charts"


class PartLine(Struct, frozen=True):
    """A line of the table that says what the charts show."""

    label: str
    orders: str
    revenue: str


class SalesOfRange(Struct, frozen=True):
    charts: tuple[Chart, ...]
    """None where the shop has charts switched off."""
    parts: list[PartLine]
    sums: tuple[tuple[str, str], ...]
    products: Sequence[BestProduct]
    customers: Sequence[BestCustomer]
    currency: str


def asked_range(page: AdminPage) -> RangeName:
    return next((name for name in _NAMES if name == page.parameter("period")), FIRST_SHOWN)


async def sales_of_range(page: AdminPage, name: RangeName, scope: ReportScope) -> SalesOfRange:
    """Three statements."""
    ctx = page.ctx
    asked = sold.current_range(ctx, name)
    parts = await sold.sales_by_part(ctx, asked, scope.store_ids)
    currency = directory.global_currency(ctx)
    labels = [part_label(part.began_at, asked.step, page.locale) for part in parts]
    return SalesOfRange(
        charts=_charts(page, labels, parts, currency) if ctx.config_default(CHARTS) != "0" else (),
        parts=[
            PartLine(label, formats.number(part.orders, page.locale), _money(page, part.revenue, currency))
            for label, part in zip(labels, parts, strict=True)
        ],
        sums=_sums(page, parts, currency),
        products=await sold.best_products(ctx, asked, scope.store_ids),
        customers=await sold.best_customers(ctx, asked, scope.store_ids),
        currency=currency,
    )


def _charts(page: AdminPage, labels: list[str], parts: Sequence[Part], currency: str) -> tuple[Chart, ...]:
    locale = formats.known_locale(page.locale)

    def count(value: Decimal) -> str:
        return formats.number(value, page.locale)

    def short(value: Decimal) -> str:
        return str(numbers.format_compact_currency(value, currency, locale=locale, fraction_digits=1))

    return (
        chart(page.text("Orders"), labels, [part.orders for part in parts], count),
        chart(
            page.text("Amounts"),
            labels,
            [part.revenue for part in parts],
            lambda value: _money(page, value, currency),
            line_text=short,
        ),
    )


def _sums(page: AdminPage, parts: Sequence[Part], currency: str) -> tuple[tuple[str, str], ...]:
    sums = {name: sum((getattr(part, name) for part in parts), Decimal(0)) for name in ("revenue", "tax", "shipping")}
    quantity = sum(part.orders for part in parts)
    return (
        *((name.capitalize(), _money(page, amount, currency)) for name, amount in sums.items()),
        ("Quantity", formats.number(quantity, page.locale)),
    )


def _money(page: AdminPage, value: Decimal, currency: str) -> str:
    return formats.money(round_price(value), currency, page.locale)


def part_label(began_at: datetime, step: Step, locale: str) -> str:
    """`2:00 PM`, `Nov 24`, `Nov 2026`."""
    known: Any = formats.known_locale(locale)
    if step == "hour":
        return dates.format_time(began_at.time(), "short", locale=known).replace("\N{NARROW NO-BREAK SPACE}", " ")
    return dates.format_skeleton("MMMd" if step == "day" else "yMMM", began_at, locale=known)


async def search_terms(page: AdminPage, scope: ReportScope) -> list[tuple[str, Sequence[SearchTerm]]]:
    """Two statements, for who may see them."""
    if not page.may(SEARCH_TERMS):
        return []
    return [
        ("Last Search Terms", await terms.last_terms(page.ctx, TERMS, scope.store_ids)),
        ("Top Search Terms", await terms.top_terms(page.ctx, TERMS, scope.store_ids)),
    ]
