"""How search criteria become SQL and a page of results (spec 00-webapi, 5.4 and 13).

A domain declares what can be listed once, in its `queries`, and its operation is two lines:

    GROUPS = Listing(
        row=Group,
        columns="customer_group_id as id, code, tax_class_id, tax_class_name",
        source="customer_group join tax_class using (tax_class_id)",
        fields=Fields({"id": Field("customer_group_id", "number"), "code": Field("code")}),
        default_order="customer_group_id",
    )

    groups, total = await search(ctx.db, GROUPS, criteria)
    return results(groups, criteria, total)
"""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager, nullcontext
from dataclasses import dataclass
from typing import Any, Generic, Literal, LiteralString, TypeVar

from psycopg.errors import InvalidRegularExpression
from psycopg.sql import SQL, Composable, Composed

from entrepot.kit.db import Db
from entrepot.kit.errors import InvalidFieldValue, Refused
from entrepot.kit.search_conditions import Bound, Field, Special, condition, storable
from entrepot.kit.search_criteria import Filter, FilterGroup, SearchCriteria, SearchResults, SortOrder

T = TypeVar("T")


class InvalidAttributeName(Refused):
    """A filter by an attribute that the entity does not have."""

    message = 'The "%1" attribute name is invalid. Reset the name and try again.'


class InvalidSortDirection(Refused):
    message = "The sort order has to be specified as %1 for ascending order or %2 for descending order."


class InvalidSortField(Refused):
    message = "Sort order field %1 contains restricted symbols"


@dataclass(frozen=True)
class Fields:
    """What criteria may name."""

    named: Mapping[str, Field | Special]
    """By the API's names; in lower case if `any_case`."""
    unknown: Literal["flat", "eav"] = "flat"
    """What an unknown name is: refused, or (eav) refused as an attribute in filters and passed over in sort orders."""
    any_case: bool = False
    attribute: Callable[[str], Field | Special | None] | None = None
    """Asked for names that are not in `named`."""

    def find(self, name: str) -> Field | Special | None:
        name = name.lower() if self.any_case else name
        return self.named.get(name) or (self.attribute(name) if self.attribute else None)

    def to_filter(self, name: str | None) -> Field | Special:
        """Raises InvalidAttributeName or InvalidFieldValue."""
        if field := self.find(name or ""):
            return field
        if self.unknown == "eav":
            raise InvalidAttributeName(name or "")
        raise InvalidFieldValue(value=name or "", field_name="field")

    def to_sort(self, name: str) -> Field | None:
        """None where an unknown name is passed over; raises InvalidFieldValue."""
        field = self.find(name)
        if isinstance(field, Field):
            return field
        if self.unknown == "eav":
            return None
        raise InvalidFieldValue(value=name, field_name="field")


@dataclass(frozen=True)
class Listing(Generic[T]):
    """Something that can be searched. The parts of the statement are constants; their parameters go to `search`."""

    row: type[T]
    columns: LiteralString
    source: LiteralString
    """What follows `from`. It must give one row per item."""
    fields: Fields
    default_order: LiteralString
    """Must be unique for each row: it also settles the order of rows that are equal in the sort orders asked for."""
    only: LiteralString = "true"
    """What holds for every row, whatever the criteria."""
    counted: LiteralString | None = None
    """For the count, a source of as many rows with the columns that filters name."""


async def search(db: Db, listing: Listing[T], criteria: SearchCriteria, **parameters: Any) -> tuple[list[T], int]:
    """The rows of the page that the criteria ask for, and how many rows there are on all pages.

    One statement, or two where the page does not tell the total. Without a page size the page is everything; a page
    beyond the last one is the last one. `parameters` are the listing's own; their names may not begin with
    `criteria_` or `page_`. Raises Refused for criteria that cannot be followed.
    """
    async with _pages(db, listing, criteria, parameters) as pages:
        return await pages.read(db, listing.row, criteria.page_size or 0, criteria.current_page or 1)


async def search_uncounted(db: Db, listing: Listing[T], criteria: SearchCriteria, **parameters: Any) -> list[T]:
    """As `search`, for whoever does not tell the total: rows are counted only to find the last page."""
    async with _pages(db, listing, criteria, parameters) as pages:
        return await pages.read_uncounted(db, listing.row, criteria.page_size or 0, criteria.current_page or 1)


@asynccontextmanager
async def _pages(
    db: Db, listing: Listing[Any], criteria: SearchCriteria, parameters: Mapping[str, Any]
) -> AsyncIterator[_Pages]:
    """The statements of a list. In the block a regular expression that PostgreSQL cannot read is refused."""
    order = order_clause(listing.fields, criteria, listing.default_order)
    where, bound = where_clause(listing.fields, criteria)
    where = SQL("where ({}) and {}").format(SQL(listing.only), where)
    pages = _Pages(
        SQL("select count(*) from {} {}").format(SQL(listing.counted or listing.source), where),
        SQL("select {} from {} {} order by {} limit %(page_limit)s::bigint offset %(page_offset)s::bigint").format(
            SQL(listing.columns), SQL(listing.source), where, order
        ),
        {**parameters, **bound},
    )
    patterns = [filter.value or "" for filter in _filters(criteria) if filter.condition_type == "regexp"]
    try:
        async with db.savepoint() if patterns else nullcontext():
            yield pages
    except InvalidRegularExpression as error:
        raise InvalidFieldValue(value=await _unreadable(db, patterns), field_name="value") from error


def where_clause(fields: Fields, criteria: SearchCriteria) -> tuple[Composed, dict[str, Any]]:
    """The condition of all filters, and its parameters. Their names begin with `criteria_`."""
    bind = Bound()
    all_of: list[Composable] = []
    for group in criteria.filter_groups or []:
        any_of: list[Composable] = []
        filters = group.filters or []
        for filter in filters:
            field = fields.to_filter(filter.field)
            apart = isinstance(field, Special) and field.apart
            one = condition(field, filter.condition_type, filter.value, bind, alone=len(filters) == 1)
            (all_of if apart else any_of).append(SQL("({})").format(one))
        if any_of:
            all_of.append(SQL("({})").format(SQL(" or ").join(any_of)))
    return SQL(" and ").join(all_of or [SQL("true")]), bind.parameters


def order_clause(fields: Fields, criteria: SearchCriteria, default_order: LiteralString) -> Composed:
    """What follows `order by`. A sort order without direction descends; nulls are below everything else."""
    orders: list[Composable] = []
    unique = default_order.removesuffix(" desc")
    is_settled = False
    for sort in criteria.sort_orders or []:
        name, ascending = _checked(sort)
        if name is None or not (field := fields.to_sort(name)) or is_settled:
            continue
        if field.kind == "number" and field.expression == unique:
            # It is never null; its index would not be used if nulls were mentioned.
            orders.append(SQL("{} asc" if ascending else "{} desc").format(field.column))
            is_settled = True
        else:
            orders.append(SQL("{} asc nulls first" if ascending else "{} desc nulls last").format(field.compared))
    return SQL(", ").join(orders if is_settled else [*orders, SQL(default_order)])


def results(items: Sequence[T], criteria: SearchCriteria, total: int) -> SearchResults[T]:
    """The answer of a list call. It repeats the criteria as they were understood."""
    return SearchResults(items=list(items), search_criteria=_understood(criteria), total_count=total)


@dataclass(frozen=True)
class _Pages:
    count: Composed
    page: Composed
    parameters: Mapping[str, Any]

    async def read(self, db: Db, row: type[T], size: int, number: int) -> tuple[list[T], int]:
        """Rows may come and go between the statements; a total that the page proves wrong is set right."""
        if size <= 0:
            items = await self._rows(db, row, None, 0)
            return items, len(items)
        total, offset = 0, 0
        if number > 1:
            total = await self._total(db)
            last = max(1, -(-total // size))
            offset = (min(number, last) - 1) * size
        items = await self._rows(db, row, min(size, LARGEST), offset)
        if len(items) < size and (items or not offset):
            return items, offset + len(items)
        if number <= 1:
            total = await self._total(db)
        return items, max(total, offset + len(items))

    async def read_uncounted(self, db: Db, row: type[T], size: int, number: int) -> list[T]:
        if size <= 0:
            return await self._rows(db, row, None, 0)
        items = await self._rows(db, row, min(size, LARGEST), min((max(number, 1) - 1) * size, LARGEST))
        if items or number <= 1:
            return items
        return (await self.read(db, row, size, number))[0]

    async def _total(self, db: Db) -> int:
        return int(await db.value(self.count, **self.parameters, page_limit=None))

    async def _rows(self, db: Db, row: type[T], limit: int | None, offset: int) -> list[T]:
        return await db.all(row, self.page, **self.parameters, page_limit=limit, page_offset=offset)


LARGEST = 2**62
"""More than any table holds, less than PostgreSQL's bigint refuses."""


async def _unreadable(db: Db, patterns: Sequence[str]) -> str:
    """The first of these regular expressions that PostgreSQL refuses."""
    for pattern in patterns:
        try:
            async with db.savepoint():
                await db.value("select '' ~* %(pattern)s::text", pattern=storable(pattern))
        except InvalidRegularExpression:
            return pattern
    # It compiles, but is too complex for the rows it was tried on.
    return patterns[0]


def _filters(criteria: SearchCriteria) -> list[Filter]:
    return [filter for group in criteria.filter_groups or [] for filter in group.filters or []]


RESTRICTED = re.compile(r"[^a-zA-Z0-9_]")


def _checked(sort: SortOrder) -> tuple[str | None, bool]:
    """The field and whether it ascends."""
    if sort.field is not None and RESTRICTED.search(sort.field):
        raise InvalidSortField(sort.field)
    if sort.direction is not None and sort.direction.upper() not in ("ASC", "DESC"):
        raise InvalidSortDirection("ASC", "DESC")
    return sort.field, (sort.direction or "").upper() == "ASC"


def _understood(criteria: SearchCriteria) -> SearchCriteria:
    """Every filter with its condition, directions in capitals; order and page only if they were given."""
    groups = [
        FilterGroup(
            filters=[
                Filter(field=filter.field, value=filter.value, condition_type=filter.condition_type or "eq")
                for filter in group.filters or []
            ]
        )
        for group in criteria.filter_groups or []
    ]
    sorts = criteria.sort_orders and [
        SortOrder(field=sort.field, direction=sort.direction and sort.direction.upper())
        for sort in criteria.sort_orders
    ]
    return SearchCriteria(
        filter_groups=groups,
        sort_orders=sorts,
        page_size=criteria.page_size,
        current_page=criteria.current_page,
    )
