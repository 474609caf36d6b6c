"""The time that special prices begin and end by."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from entrepot.kit.context import Context

TIME_ZONE = "general/locale/timezone"


def shop_now(ctx: Context) -> datetime:
    """Now in the time zone of the default scope, without zone: dates of products are texts of that calendar."""
    return _in_zone(ctx, ctx.config_default(TIME_ZONE))


def website_day(ctx: Context, website_id: int) -> date:
    """Today in the website's own time zone, by which catalog rules begin and end."""
    return _in_zone(ctx, ctx.config(TIME_ZONE, website_id=website_id)).date()


def _in_zone(ctx: Context, name: str | None) -> datetime:
    return ctx.now.astimezone(ZoneInfo(name or "UTC")).replace(tzinfo=None)
