"""Where the rows of a grid come from."""

from __future__ import annotations

import inspect
from collections.abc import Awaitable, Callable, Sequence
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from entrepot.admin.grid.declare import Found, Rows
from entrepot.kit.context import Context
from entrepot.kit.search_criteria import Filter, SearchCriteria
from entrepot.kit.search_sql import Listing, search

T = TypeVar("T")


def listing(of: Listing[T], **parameters: Any) -> Rows:
    """The rows of a kit listing; `parameters` are the listing's own."""

    async def rows(ctx: Context, criteria: SearchCriteria) -> Found:
        found, total = await search(ctx.db, of, criteria, **parameters)
        return Found(found, total)

    return rows


def of_operation(operation: Callable[[Context, SearchCriteria], Awaitable[Any]]) -> Rows:
    """The rows of an operation that takes search criteria and gives search results."""

    async def rows(ctx: Context, criteria: SearchCriteria) -> Found:
        results = await operation(ctx, criteria)
        return Found(results.items or (), results.total_count or 0)

    return rows


def in_memory(all_rows: Callable[[Context], Sequence[Any] | Awaitable[Sequence[Any]]]) -> Rows:
    """All rows at once, filtered and sorted here: for lists that stay short, such as users."""

    async def rows(ctx: Context, criteria: SearchCriteria) -> Found:
        given = all_rows(ctx)
        found: list[Any] = [
            row for row in (await given if inspect.isawaitable(given) else given) if _fits_all(row, criteria)
        ]
        for order in reversed(criteria.sort_orders or []):
            found.sort(key=lambda row: _sortable(row, order.field or ""), reverse=order.direction == "DESC")
        size = criteria.page_size or len(found) or 1
        last = max(1, -(-len(found) // size))
        start = (min(criteria.current_page or 1, last) - 1) * size
        return Found(found[start : start + size], len(found))

    return rows


def _fits_all(row: Any, criteria: SearchCriteria) -> bool:
    return all(
        any(_fits(getattr(row, filter.field or ""), filter) for filter in group.filters or [])
        for group in criteria.filter_groups or []
    )


def _fits(value: Any, filter: Filter) -> bool:
    asked = filter.value or ""
    if filter.condition_type == "like":
        part = asked[1:-1].replace("\\%", "%").replace("\\_", "_").replace("\\\\", "\\")
        return part.casefold() in str("" if value is None else value).casefold()
    if filter.condition_type == "eq":
        return _as_text(value) == asked
    bound = _bound(value, asked)
    if value is None or bound is None:
        return False
    return bool(value >= bound if filter.condition_type == "gteq" else value <= bound)


def _bound(value: Any, asked: str) -> Any:
    if isinstance(value, datetime):
        return datetime.fromisoformat(asked).replace(tzinfo=ZoneInfo("UTC"))
    if isinstance(value, date):
        return date.fromisoformat(asked)
    try:
        return Decimal(asked)
    except InvalidOperation:
        return None


def _as_text(value: Any) -> str:
    if isinstance(value, bool):
        return str(int(value))
    return "" if value is None else str(value)


def _sortable(row: Any, field: str) -> tuple[bool, Any]:
    """Nothing is below everything else; text is compared without regard to case."""
    value = getattr(row, field)
    return (value is not None, value.casefold() if isinstance(value, str) else value or 0)
