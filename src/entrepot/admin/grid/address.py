"""What a grid's address asks for: filters, keyword, order, page. And the address that asks for something else.

?f.name=jane&f.id.from=10&f.id.to=20&search=boston&sort=-created_at&limit=50&p=2
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime, time, timedelta
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from msgspec import Struct, structs

from entrepot.admin.grid.declare import Column, Grid
from entrepot.kit.errors import raise_any
from entrepot.kit.pages import formats
from entrepot.kit.pages.typed import Digits, Mistyped, decimal
from entrepot.kit.search_criteria import Filter, FilterGroup, SearchCriteria, SortOrder

SIZES = (20, 30, 50, 100, 200)
NUMBER = Digits(19, 12)
"""Of any column: ids, amounts and rates."""
LARGEST_SIZE = 1000
"""Also of a size that is typed into the address."""


class Asked(Struct, frozen=True):
    """`filters` are as in the address, by the parameter's name without its `f.`: `name`, `id.from`, `id.to`."""

    filters: Mapping[str, str]
    search: str
    sort: str
    size: int
    page: int

    def but(self, **changes: object) -> Asked:
        """The same with something else; from the first page, unless the page is what changes."""
        return structs.replace(self, **{"page": 1, **changes})

    def without(self, names: Iterable[str]) -> Asked:
        left = {name: value for name, value in self.filters.items() if name not in set(names)}
        return self.but(filters=left)


def read(grid: Grid, query: Mapping[str, str], size: int) -> Asked:
    """What cannot be read, or names no column, counts as not asked. `size` is the administrator's own."""
    filters = {
        name: value.strip()
        for column in grid.columns
        if column.filters
        for name in names_of(column)
        if (value := query.get(f"f.{name}", "").replace("\0", "")).strip()
    }
    sort = query.get("sort", "")
    column = grid.column(sort.removeprefix("-"))
    return Asked(
        filters=filters,
        search=query.get("search", "").replace("\0", "").strip(),
        sort=sort if column and column.sorts else grid.sort,
        size=min(_positive(query.get("limit"), size), LARGEST_SIZE),
        page=_positive(query.get("p"), 1),
    )


def query_of(grid: Grid, asked: Asked, size: int) -> dict[str, str]:
    """The query that asks for this, leaving out what holds without being said."""
    query = {f"f.{name}": value for name, value in asked.filters.items()}
    if asked.search:
        query["search"] = asked.search
    if asked.sort != grid.sort:
        query["sort"] = asked.sort
    if asked.size != size:
        query["limit"] = str(asked.size)
    if asked.page > 1:
        query["p"] = str(asked.page)
    return query


def address_of(path: str, query: Mapping[str, str]) -> str:
    return f"{path}?{urlencode(query)}" if query else path


def names_of(column: Column) -> tuple[str, ...]:
    return (f"{column.name}.from", f"{column.name}.to") if column.is_range else (column.name,)


def label_of(column: Column, name: str) -> str:
    if name.endswith(".from"):
        return f"{column.label}: from"
    return f"{column.label}: to" if name.endswith(".to") else column.label


def criteria(grid: Grid, asked: Asked, zone: ZoneInfo) -> SearchCriteria:
    """As search criteria. Days that are filtered by are days in the zone.

    Raises Invalid with a Mistyped for each number that is none: without its filter there would be more rows than were
    asked for, and what is done to all rows would be done to these.
    """
    groups, faults = [], []
    for filtered in grid.columns:
        for name in [name for name in names_of(filtered) if name in asked.filters]:
            try:
                condition = _condition(filtered, name, asked.filters[name], zone)
            except Mistyped as fault:
                faults.append(fault.of_field(name, label_of(filtered, name)))
                continue
            if condition is not None:
                groups.append(FilterGroup(filters=[condition]))
    raise_any(faults)
    if asked.search and grid.search:
        like = f"%{escaped(asked.search)}%"
        groups.append(
            FilterGroup(filters=[Filter(field=field, value=like, condition_type="like") for field in grid.search])
        )
    column = grid.column(asked.sort.removeprefix("-"))
    sorts = column and [
        SortOrder(field=column.criteria_field, direction="DESC" if asked.sort.startswith("-") else "ASC")
    ]
    return SearchCriteria(
        filter_groups=groups, sort_orders=sorts or None, page_size=asked.size, current_page=asked.page
    )


def escaped(text: str) -> str:
    """For a search by parts of text: signs that stand for any others stand for themselves."""
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def _condition(column: Column, name: str, value: str, zone: ZoneInfo) -> Filter | None:
    field = column.criteria_field
    if not column.is_range:
        if column.has_choices:
            return Filter(field=field, value=value, condition_type="eq")
        return Filter(field=field, value=f"%{escaped(value)}%", condition_type="like")
    is_from = name.endswith(".from")
    if column.kind in ("day", "instant"):
        try:
            day = date.fromisoformat(value)
        except ValueError:
            return None
        if column.kind == "instant":
            value = _instant(day, zone, is_end=not is_from)
    else:
        value = formats.plain(decimal(value, NUMBER, negative=True))
    return Filter(field=field, value=value, condition_type="gteq" if is_from else "lteq")


def _instant(day: date, zone: ZoneInfo, *, is_end: bool) -> str:
    """The first or the last second of a day in a zone, in UTC."""
    if is_end:
        moment = datetime.combine(day + timedelta(days=1), time(), zone) - timedelta(seconds=1)
    else:
        moment = datetime.combine(day, time(), zone)
    return moment.astimezone(ZoneInfo("UTC")).strftime("%Y-%m-%d %H:%M:%S")


def _positive(text: str | None, otherwise: int) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and 0 < int(text) < 10**9 else otherwise
