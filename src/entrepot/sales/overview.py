"""Orders as people look over them: lines of a list, and what all of them come to."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from msgspec import Struct

from entrepot import directory
from entrepot.kit.context import Context
from entrepot.kit.search_criteria import SearchCriteria
from entrepot.kit.search_sql import search
from entrepot.sales.queries import grid as queries
from entrepot.sales.queries.grid import ORDER_LINES, FiguresRow, OrderLine
from entrepot.taxes import round_price

__all__ = ["Figures", "OrderLine", "figures", "search_order_lines"]


class Figures(Struct, frozen=True):
    """What was sold since ever, without what was cancelled or refunded, in the currency of the shop."""

    sold: Decimal
    average: Decimal
    """Of one order; 0 without any."""
    orders: int
    currency: str


async def search_order_lines(ctx: Context, criteria: SearchCriteria) -> tuple[Sequence[OrderLine], int]:
    """The orders on the page that the criteria ask for, and how many there are on all pages. Two statements."""
    return await search(ctx.db, ORDER_LINES, criteria)


async def figures(ctx: Context, store_ids: Sequence[int] | None = None) -> Figures:
    """Of these store views, or of all orders. One statement, which reads all of them."""
    row = await ctx.db.one(FiguresRow, queries.FIGURES, store_ids=None if store_ids is None else list(store_ids))
    average = row.sold / row.orders if row.orders else Decimal(0)
    return Figures(round_price(row.sold), round_price(average), row.orders, directory.global_currency(ctx))
