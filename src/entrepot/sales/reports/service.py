"""Reports, each of one statement over the orders of the time that is asked for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, time, timedelta
from typing import Any, LiteralString, TypeVar

from entrepot.kit.context import Context
from entrepot.kit.pages.formats import known_zone
from entrepot.sales.reports import queries
from entrepot.sales.reports.contracts import (
    BestsellersLine,
    CouponsLine,
    InvoicedLine,
    OrdersLine,
    RefundsLine,
    ReportAsked,
    ShippingLine,
    TaxLine,
)

T = TypeVar("T")

TIME_ZONE = "general/locale/timezone"
WIDEST = timedelta(days=1)
"""Further than any clock is from UTC."""
BEST = 5
"""So many products are bestsellers of an interval."""


async def orders_report(ctx: Context, asked: ReportAsked) -> Sequence[OrdersLine]:
    """What was ordered, and what became of it. Intervals without orders have no line; neither have they elsewhere."""
    return await _lines(ctx, OrdersLine, asked, queries.ORDERS)


async def tax_report(ctx: Context, asked: ReportAsked) -> Sequence[TaxLine]:
    return await _lines(ctx, TaxLine, asked, queries.TAX)


async def invoiced_report(ctx: Context, asked: ReportAsked) -> Sequence[InvoicedLine]:
    return await _lines(
        ctx, InvoicedLine, asked, queries.INVOICED, document=queries.LAST_INVOICE, counted=queries.NOT_CANCELED
    )


async def shipping_report(ctx: Context, asked: ReportAsked) -> Sequence[ShippingLine]:
    return await _lines(ctx, ShippingLine, asked, queries.SHIPPING, document=queries.LAST_SHIPMENT)


async def refunds_report(ctx: Context, asked: ReportAsked) -> Sequence[RefundsLine]:
    return await _lines(
        ctx, RefundsLine, asked, queries.REFUNDS, document=queries.LAST_CREDITMEMO, counted=queries.NOT_CANCELED
    )


async def coupons_report(ctx: Context, asked: ReportAsked) -> Sequence[CouponsLine]:
    return await _lines(ctx, CouponsLine, asked, queries.COUPONS)


async def bestsellers_report(ctx: Context, asked: ReportAsked, most: int = BEST) -> Sequence[BestsellersLine]:
    """The products of which most were ordered in each interval, the first of them first."""
    return await _lines(ctx, BestsellersLine, asked, queries.BESTSELLERS, counted=queries.NOT_CANCELED, most=most)


async def _lines(
    ctx: Context,
    line: type[T],
    asked: ReportAsked,
    query: LiteralString,
    *,
    document: LiteralString = queries.CREATED,
    counted: LiteralString = queries.BEGUN,
    **more: Any,
) -> Sequence[T]:
    used = {"created": queries.CREATED, "updated": queries.UPDATED, "document": document}[asked.use]
    return await ctx.db.all(line, queries.placed(used, counted) + query, **_parameters(ctx, asked), **more)


def _parameters(ctx: Context, asked: ReportAsked) -> dict[str, Any]:
    midnight = time(tzinfo=UTC)
    known = zones(ctx)
    return {
        "period": asked.period,
        "first": asked.first,
        "last": asked.last,
        "since": datetime.combine(asked.first, midnight) - WIDEST,
        "before": datetime.combine(asked.last, midnight) + 2 * WIDEST,
        "zone": default_zone(ctx),
        "zone_store_ids": list(known),
        "zones": list(known.values()),
        "store_ids": None if asked.store_ids is None else list(asked.store_ids),
        "statuses": list(asked.statuses) or None,
    }


def zones(ctx: Context) -> Mapping[int, str]:
    """The time zone of each store view."""
    return {
        view.id: known_zone(ctx.config(TIME_ZONE, store_id=view.id) or "UTC").key
        for view in ctx.stores.views
        if not view.is_admin
    }


def default_zone(ctx: Context) -> str:
    """That of orders whose store view is gone."""
    return known_zone(ctx.config_default(TIME_ZONE) or "UTC").key
