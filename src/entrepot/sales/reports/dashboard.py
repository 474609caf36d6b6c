"""What a shop sold in the time that a dashboard looks back over. Each function is one statement over these orders."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from msgspec import Struct

from entrepot.kit.context import Context
from entrepot.kit.pages.formats import known_zone
from entrepot.sales.reports import dashboard_queries as queries
from entrepot.sales.reports.contracts import NOTHING
from entrepot.sales.reports.ranges import Range, RangeName, range_of
from entrepot.sales.reports.service import default_zone

MONTH_BEGINS = "reports/dashboard/mtd_start"
YEAR_BEGINS = "reports/dashboard/ytd_start"
MOST = 5

StoreIds = Sequence[int] | None


class Part(Struct, frozen=True):
    """An hour, a day or a month on the clock of the shop."""

    began_at: datetime
    orders: int = 0
    revenue: Decimal = NOTHING
    tax: Decimal = NOTHING
    shipping: Decimal = NOTHING


class BestProduct(Struct, frozen=True):
    product_id: int | None
    name: str
    price: Decimal
    """At which it was sold last."""
    qty: Decimal


class BestCustomer(Struct, frozen=True):
    customer_id: int
    name: str
    orders: int
    total: Decimal

    @property
    def average(self) -> Decimal:
        return self.total / self.orders


def current_range(ctx: Context, name: RangeName) -> Range:
    """As of now, with months and years that begin when the shop's do."""
    month = ctx.config_default(MONTH_BEGINS) or ""
    year = [int(part) for part in (ctx.config_default(YEAR_BEGINS) or "").split(",") if part.isdecimal()]
    return range_of(
        name,
        ctx.now,
        _zone(ctx),
        month_begins=max(int(month), 1) if month.isdecimal() else 1,
        year_begins=(year[0], year[1]) if len(year) == 2 and 1 <= year[0] <= 12 and year[1] >= 1 else (1, 1),
    )


def _zone(ctx: Context) -> ZoneInfo:
    return known_zone(default_zone(ctx))


async def sales_by_part(ctx: Context, asked: Range, store_ids: StoreIds = None) -> list[Part]:
    """One for each part of the range, also where nothing was sold."""
    rows = await ctx.db.all(
        Part, queries.PARTS, step=asked.step, zone=default_zone(ctx), **_parameters(ctx, asked, store_ids)
    )
    found = {row.began_at: row for row in rows}
    return [found.get(began_at) or Part(began_at) for began_at in asked.parts]


async def best_products(ctx: Context, asked: Range, store_ids: StoreIds = None) -> Sequence[BestProduct]:
    """Those of which most were ordered."""
    return await ctx.db.all(BestProduct, queries.BESTSELLERS, most=MOST, **_parameters(ctx, asked, store_ids))


async def best_customers(ctx: Context, asked: Range, store_ids: StoreIds = None) -> Sequence[BestCustomer]:
    """Those with most orders."""
    return await ctx.db.all(BestCustomer, queries.CUSTOMERS, most=MOST, **_parameters(ctx, asked, store_ids))


def _parameters(ctx: Context, asked: Range, store_ids: StoreIds) -> dict[str, Any]:
    return {
        "since": asked.since,
        "until": ctx.now,
        "store_ids": None if store_ids is None else list(store_ids),
    }
