"""Criteria against a real table: what every condition selects on every kind of column, order, pages, the echo."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec import Struct
from psycopg.sql import SQL, Composable

from entrepot.kit.db import Db, Query
from entrepot.kit.errors import InvalidFieldValue, Refused
from entrepot.kit.search_conditions import Bound, Field, Special, instant, number, numbers
from entrepot.kit.search_criteria import Filter, FilterGroup, SearchCriteria, SortOrder, where
from entrepot.kit.search_sql import (
    Fields,
    InvalidAttributeName,
    InvalidSortDirection,
    InvalidSortField,
    Listing,
    order_clause,
    results,
    search,
    search_uncounted,
    where_clause,
)


class Thing(Struct):
    id: int


def made_in(condition: str, value: str, bind: Bound) -> Composable:
    """A filter that is no comparison with a column of the listing."""
    return SQL("exists (select from making where making.thing_id = thing.id and making.place = {})").format(bind(value))


NAMED: dict[str, Field | Special] = {
    "id": Field("id", "number"),
    "name": Field("name"),
    "price": Field("price", "number"),
    "weight": Field("weight", "number"),
    "sold_at": Field("sold_at", "datetime"),
    "day": Field("day", "date"),
    "tags": Field("tags", "set"),
    "made_in": Special(made_in),
}
THINGS = Listing(row=Thing, columns="id", source="thing", fields=Fields(NAMED), default_order="id")

# Number 4 has no value at all. The instants show to clients without their fractions.
TABLE = r"""
    create temporary table thing (
        id int primary key,
        name text,
        price numeric(12, 4),
        weight float8,
        sold_at timestamptz,
        day date,
        tags text[]
    ) on commit drop;

    insert into thing (id, name, price, weight, sold_at, day, tags)
    values
        (1, 'Apple', 10, 1.5, '2019-01-01 10:00:00.7', '2019-01-01', '{red,Green}'),
        (2, 'Épicé ', 2.5, 1e300, '2019-01-01 10:00:01', '2019-01-02', '{green}'),
        (3, '50%_a\b', 0, -1, '2020-02-29 00:00:00', '2020-02-29', '{}'),
        (4, null, null, null, null, null, null),
        (5, '', -1, 0, '1970-01-01 00:00:00', '1970-01-01', '{"", blue}');

    create temporary table making (thing_id int, place text) on commit drop;
    insert into making values (1, 'Lyon'), (2, 'Lyon'), (3, 'Rome');
"""


@pytest.fixture
async def things(db: Db) -> AsyncIterator[Db]:
    # Several statements at once are possible only without parameters.
    await db.connection.execute(TABLE)
    yield db


async def found(db: Db, criteria: SearchCriteria, listing: Listing[Thing] = THINGS) -> list[int]:
    return [thing.id for thing in (await search(db, listing, criteria))[0]]


@pytest.mark.parametrize(
    ("field", "condition", "value", "expected"),
    [
        # Text: no regard to case, accents, trailing spaces; null is never selected by a comparison.
        ("name", "eq", "APPLE  ", [1]),
        ("name", "eq", "epice", [2]),
        ("name", "eq", "", [5]),
        ("name", None, "apple", [1]),
        ("name", "", "apple", [1]),
        ("name", "EQUALS", "apple", [1]),
        ("name", "LIKE", "a%", []),
        ("name", "eq", None, [5]),
        ("name", "neq", "Apple", [2, 3, 5]),
        ("name", "gt", "apple", [2]),
        ("name", "gteq", "apple", [1, 2]),
        ("name", "moreq", "apple", [1, 2]),
        ("name", "from", "apple", [1, 2]),
        ("name", "lt", "apple", [3, 5]),
        ("name", "lteq", "apple", [1, 3, 5]),
        ("name", "to", "apple", [1, 3, 5]),
        ("name", "in", "apple,EPICE", [1, 2]),
        ("name", "in", "apple, epice", [1]),
        ("name", "in", "", [5]),
        ("name", "nin", "apple,epice", [3, 5]),
        ("name", "null", None, [4]),
        ("name", "null", "ignored", [4]),
        ("name", "notnull", None, [1, 2, 3, 5]),
        ("name", "is", "NULL", [4]),
        ("name", "is", "not null", [1, 2, 3, 5]),
        ("name", "is", "apple", [1]),
        ("name", "seq", "", [4]),
        ("name", "seq", "apple", [1]),
        ("name", "sneq", "", [1, 2, 3, 5]),
        ("name", "sneq", "apple", [2, 3, 5]),
        ("name", "like", "a%", [1]),
        ("name", "like", "apple", [1]),
        ("name", "like", "ppl", []),
        ("name", "like", "_PICE", [2]),
        ("name", "like", r"50\%\_a\\b", [3]),
        ("name", "like", r"50\%%", [3]),
        ("name", "like", r"50\_%", []),
        ("name", "like", "50\\%\\_a\\\\b\\", []),
        ("name", "like", "%\\", []),
        ("name", "like", "", [5]),
        ("name", "like", "%", [1, 2, 3, 5]),
        # A full-width percent sign is no wildcard, though it loses its width in the comparison.
        ("name", "like", "50\uff05%", [3]),
        ("name", "like", "\uff05", []),
        ("name", "like", "\ue000", []),
        ("name", "nlike", "a%", [2, 3, 5]),
        ("name", "fulltext", "PL", [1]),
        ("name", "fulltext", "a\\", [3]),
        ("name", "finset", "apple", [1]),
        ("name", "regexp", "^a.*e$", [1]),
        ("name", "regexp", "[0-9]+%", [3]),
        ("name", "eq", "ap\0ple", [1]),
        ("name", "eq", "apple\ud800", []),
        # Numbers.
        ("price", "eq", "10", [1]),
        ("price", "eq", "10.0", [1]),
        ("price", "eq", "  +1e1kg", [1]),
        ("price", "eq", "free", [3]),
        ("price", "eq", "", [3]),
        ("price", "eq", "2.5", [2]),
        ("price", "neq", "10", [2, 3, 5]),
        ("price", "gt", "2.5", [1]),
        ("price", "gteq", ".25e1", [1, 2]),
        ("price", "moreq", "2.5", [1, 2]),
        ("price", "from", "2.5", [1, 2]),
        ("price", "lt", "0", [5]),
        ("price", "lteq", "0", [3, 5]),
        ("price", "to", "0", [3, 5]),
        ("price", "in", "10,2.5,x", [1, 2, 3]),
        ("price", "in", "10,0", [1, 3]),
        ("price", "nin", "10,2.5", [3, 5]),
        ("price", "null", None, [4]),
        ("price", "notnull", None, [1, 2, 3, 5]),
        ("price", "seq", "", [4]),
        ("price", "seq", "10", [1]),
        ("price", "sneq", "", [1, 2, 3, 5]),
        ("price", "like", "1%", [1]),
        ("price", "nlike", "1%", [2, 3, 5]),
        ("price", "finset", "10.0000", [1]),
        ("price", "nfinset", "10.0000", [2, 3, 5]),
        ("price", "fulltext", ".5", [2]),
        ("price", "regexp", "^-", [5]),
        ("price", "whatever", "10", [1]),
        ("price", "lt", "1e999999999999999999999999", [1, 2, 3, 5]),
        ("price", "gt", "-1e999999999999999999999999", [1, 2, 3, 5]),
        ("price", "eq", "1e-999999999999999999999999", [3]),
        ("price", "eq", "0e999999", [3]),
        ("price", "lt", "9" * 5000, [1, 2, 3, 5]),
        ("price", "gt", "0." + "1" * 20000, [1, 2]),
        ("weight", "eq", "1.5", [1]),
        ("weight", "lt", "1e400", [1, 2, 3, 5]),
        ("weight", "gt", "1e-400", [1, 2]),
        ("weight", "in", "1.5,0,1e400", [1, 5]),
        ("id", "eq", "3", [3]),
        ("id", "lt", "9223372036854775807", [1, 2, 3, 4, 5]),
        ("id", "lt", "9223372036854775808", [1, 2, 3, 4, 5]),
        ("id", "in", "1,2.5,3", [1, 3]),
        ("id", "in", "1,99999999999,3", [1, 3]),
        # Instants: by the second that clients see.
        ("sold_at", "eq", "2019-01-01 10:00:00", [1]),
        ("sold_at", "eq", "2020-02-29", [3]),
        ("sold_at", "neq", "2019-01-01 10:00:00", [2, 3, 5]),
        ("sold_at", "gt", "2019-01-01 10:00:00", [2, 3]),
        ("sold_at", "gteq", "2019-01-01 10:00:00", [1, 2, 3]),
        ("sold_at", "moreq", "2019-1-1T10", [1, 2, 3]),
        ("sold_at", "from", "2019-01-01 10:00:01", [2, 3]),
        ("sold_at", "lt", "2019-01-01 10:00:00", [5]),
        ("sold_at", "lteq", "2019-01-01 10:00:00", [1, 5]),
        ("sold_at", "to", "2019-01-01", [5]),
        ("sold_at", "to", "2020-02-29", [1, 2, 3, 5]),
        ("sold_at", "in", "2019-01-01 10:00:00,2020-02-29,x", [1, 3]),
        ("sold_at", "nin", "2019-01-01 10:00:00,x", [2, 3, 5]),
        ("sold_at", "gt", "None", [1, 2, 3, 5]),
        ("sold_at", "gteq", "None", [1, 2, 3, 5]),
        ("sold_at", "neq", "None", [1, 2, 3, 5]),
        ("sold_at", "lt", "None", []),
        ("sold_at", "lteq", "None", []),
        ("sold_at", "eq", "", []),
        ("sold_at", "gteq", "2019-02-30", [1, 2, 3, 5]),
        ("sold_at", "gteq", "2019-01-01 25:00:00", [1, 2, 3, 5]),
        ("sold_at", "gteq", "0000-00-00 00:00:00", [1, 2, 3, 5]),
        ("sold_at", "lteq", "9999-12-31 23:59:59", [1, 2, 3, 5]),
        ("sold_at", "lteq", "294277-01-01", []),
        ("sold_at", "null", None, [4]),
        ("sold_at", "notnull", None, [1, 2, 3, 5]),
        ("sold_at", "seq", "", [4]),
        ("sold_at", "like", "2019-01-01 10:00:00", [1]),
        ("sold_at", "nlike", "2019%", [3, 5]),
        ("sold_at", "finset", "2019-01-01 10:00:00", [1]),
        ("sold_at", "fulltext", "02-29", [3]),
        ("sold_at", "regexp", "^1970", [5]),
        # Dates.
        ("day", "eq", "2019-01-01", [1]),
        ("day", "eq", "2019-01-01 10:00:00", []),
        ("day", "gteq", "2019-01-01 10:00:00", [2, 3]),
        ("day", "lteq", "2019-01-02", [1, 2, 5]),
        ("day", "gt", "none", [1, 2, 3, 5]),
        ("day", "lt", "none", []),
        ("day", "in", "2019-01-01,2019-01-02", [1, 2]),
        ("day", "nin", "2019-01-01,2019-01-02", [3, 5]),
        ("day", "like", "2019%", [1, 2]),
        ("day", "sneq", "", [1, 2, 3, 5]),
        # Sets.
        ("tags", "finset", "GREEN", [1, 2]),
        ("tags", "finset", "gre", []),
        ("tags", "finset", "red,green", []),
        ("tags", "finset", "", [5]),
        ("tags", "nfinset", "green", [3, 5]),
        ("tags", "eq", "red,green", [1]),
        ("tags", "eq", "", [3]),
        ("tags", "neq", "green", [1, 3, 5]),
        ("tags", "in", "green,x", [2]),
        ("tags", "like", "%green", [1, 2]),
        ("tags", "null", None, [4]),
        # A filter of its own making.
        ("made_in", "eq", "Lyon", [1, 2]),
    ],
)
async def test_a_filter_selects_what_its_condition_says(things, field, condition, value, expected):
    criteria = SearchCriteria(
        filter_groups=[FilterGroup(filters=[Filter(field=field, value=value, condition_type=condition)])]
    )

    assert await found(things, criteria) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("12abc", 12),
        ("-3.50", Decimal("-3.50")),
        ("1e3", 1000),
        ("1e", 1),
        (".", 0),
        ("0x1A", 0),
        ("\u0663", 0),
        ("--1", 0),
        ("1e308", Decimal("Infinity")),
        ("1e" + "9" * 100, Decimal("Infinity")),
    ],
)
def test_a_number_is_the_numeric_beginning_of_a_text(text, expected):
    assert (number(text), type(number(text))) == (expected, type(expected))


def test_numbers_of_an_array_have_one_type():
    assert [type(value) for value in numbers(["1", "2.5"])] == [Decimal, Decimal]
    assert [type(value) for value in numbers(["1", "x"])] == [int, int]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2019-03-04", "2019-03-04 00:00:00"),
        ("2019-03-04 05:06", "2019-03-04 05:06:00"),
        ("2019-03-04T05:06:07.89Z", "2019-03-04 05:06:07"),
        ("2019/3/4", "2019-03-04 00:00:00"),
        ("2019-03", "-infinity"),
        ("2019-03-045", "-infinity"),
        ("yesterday", "-infinity"),
    ],
)
def test_an_instant_is_read_at_the_beginning_of_a_text(text, expected):
    assert instant(text) == expected


async def test_filters_of_a_group_are_joined_by_or_and_groups_by_and(things):
    criteria = SearchCriteria(
        filter_groups=[
            FilterGroup(filters=[Filter("name", "apple"), Filter("name", "epice"), Filter("price", "0")]),
            FilterGroup(filters=[]),
            FilterGroup(),
            FilterGroup(filters=[Filter("price", "5", "lt"), Filter("name", None, "null")]),
        ]
    )

    assert await found(things, criteria) == [2, 3]


async def test_a_filter_that_stands_apart_must_hold_whatever_its_group_says(things):
    fields = Fields({**NAMED, "made_in": Special(made_in, apart=True)})
    group = FilterGroup(filters=[Filter("made_in", "Lyon"), Filter("name", "apple"), Filter("price", "0")])

    assert await found(things, SearchCriteria(filter_groups=[group])) == [1, 2, 3]
    assert await found(things, SearchCriteria(filter_groups=[group]), replace(THINGS, fields=fields)) == [1]


async def test_what_a_listing_is_restricted_to_holds_for_every_page(things):
    listing = replace(THINGS, only="id = %(one)s or id = %(other)s")

    rows, total = await search(things, listing, where("price", "0", "gteq"), one=1, other=5)

    assert ([row.id for row in rows], total) == ([1], 1)


# --- names ---


@pytest.mark.parametrize("name", ["colour", "", None, "name; drop table thing", "made in"])
async def test_a_flat_table_refuses_a_filter_by_an_unknown_field(things, name):
    with pytest.raises(InvalidFieldValue) as refused:
        await found(things, where(name, "x"))

    assert refused.value.message == 'Invalid value of "%value" provided for the %fieldName field.'
    assert refused.value.parameters == {"value": name or "", "fieldName": "field"}


async def test_a_flat_table_refuses_to_sort_by_an_unknown_field(things):
    for name in ("colour", "made_in", ""):
        with pytest.raises(InvalidFieldValue) as refused:
            await found(things, SearchCriteria(sort_orders=[SortOrder(name, "ASC")]))
        assert refused.value.parameters == {"value": name, "fieldName": "field"}


@pytest.mark.parametrize("name", ["colour", "", None])
async def test_attributes_refuse_a_filter_by_an_unknown_one(things, name):
    listing = replace(THINGS, fields=Fields(NAMED, unknown="eav"))

    with pytest.raises(InvalidAttributeName) as refused:
        await found(things, where(name, "x"), listing)

    assert refused.value.message == 'The "%1" attribute name is invalid. Reset the name and try again.'
    assert refused.value.parameters == (name or "",)


async def test_attributes_pass_over_an_unknown_sort_order(things):
    listing = replace(THINGS, fields=Fields(NAMED, unknown="eav"))
    orders = [SortOrder("colour", "ASC"), SortOrder(None, "ASC"), SortOrder("made_in"), SortOrder("id", "DESC")]

    assert await found(things, SearchCriteria(sort_orders=orders), listing) == [5, 4, 3, 2, 1]


async def test_an_expression_is_one_operand_whatever_its_operators(things):
    listing = replace(
        THINGS,
        fields=Fields({"in_stock": Field("(price > 0 or null)::int", "number"), "sum": Field("1 + id", "number")}),
    )

    assert await found(things, where("in_stock", "1"), listing) == [1, 2]
    assert await found(things, where("sum", "3", "in"), listing) == [2]


async def test_names_may_be_compared_without_regard_to_case(things):
    listing = replace(THINGS, fields=Fields(NAMED, any_case=True))

    assert await found(things, where("Name", "apple"), listing) == [1]
    with pytest.raises(InvalidFieldValue):
        await found(things, where("Name", "apple"))


async def test_attributes_may_be_looked_up_by_name(things):
    fields = Fields(NAMED, "eav", attribute=lambda name: Field(SQL("price * 2"), "number") if name == "twice" else None)
    listing = replace(THINGS, fields=fields)

    assert await found(things, where("twice", "5"), listing) == [2]
    assert await found(things, SearchCriteria(sort_orders=[SortOrder("twice", "ASC")]), listing) == [4, 5, 3, 2, 1]
    with pytest.raises(InvalidAttributeName):
        await found(things, where("thrice", "5"), listing)


# --- order ---


@pytest.mark.parametrize(
    ("orders", "expected"),
    [
        ([], [1, 2, 3, 4, 5]),
        ([("name", "ASC")], [4, 5, 3, 1, 2]),
        ([("name", "asc")], [4, 5, 3, 1, 2]),
        ([("name", "DESC")], [2, 1, 3, 5, 4]),
        ([("name", None)], [2, 1, 3, 5, 4]),
        ([("price", "ASC")], [4, 5, 3, 2, 1]),
        ([("price", "DESC")], [1, 2, 3, 5, 4]),
        ([("sold_at", "ASC")], [4, 5, 1, 2, 3]),
        ([("tags", "ASC")], [4, 3, 5, 2, 1]),
        ([("odd", "DESC"), ("id", "DESC")], [5, 3, 1, 4, 2]),
        ([("odd", "DESC")], [1, 3, 5, 2, 4]),
    ],
)
async def test_rows_are_sorted_as_asked_and_else_in_the_default_order(things, orders, expected):
    listing = replace(THINGS, fields=Fields({**NAMED, "odd": Field("id %% 2", "number")}))
    criteria = SearchCriteria(sort_orders=[SortOrder(field, direction) for field, direction in orders])

    assert await found(things, criteria, listing) == expected


@pytest.mark.parametrize(
    ("orders", "clause"),
    [
        ([("name", "ASC")], "fold((name)) asc nulls first, id"),
        ([("name", "ASC"), ("id", "DESC"), ("price", "ASC")], "fold((name)) asc nulls first, (id) desc"),
        ([("id", "ASC")], "(id) asc"),
        ([("id", None)], "(id) desc"),
    ],
)
def test_the_unique_field_is_sorted_as_its_index_is_and_settles_the_order(orders, clause):
    criteria = SearchCriteria(sort_orders=[SortOrder(field, direction) for field, direction in orders])

    assert order_clause(THINGS.fields, criteria, THINGS.default_order).as_string() == clause


async def test_a_page_that_is_not_counted_is_the_one_that_a_search_finds(things):
    for page in (0, 1, 2, 3, 9):
        criteria = SearchCriteria(page_size=2, current_page=page)
        assert await search_uncounted(things, THINGS, criteria) == (await search(things, THINGS, criteria))[0]
    assert len(await search_uncounted(things, THINGS, SearchCriteria())) == 5


async def test_a_direction_that_is_none_is_refused(things):
    for direction in ("up", "", "ASC "):
        with pytest.raises(InvalidSortDirection) as refused:
            await found(things, SearchCriteria(sort_orders=[SortOrder("name", direction)]))
        assert refused.value.rendered() == (
            "The sort order has to be specified as ASC for ascending order or DESC for descending order."
        )


async def test_a_sort_field_with_other_characters_is_refused(things):
    for name in ("na-me", "name desc", "namé", "name\n"):
        with pytest.raises(InvalidSortField) as refused:
            await found(things, SearchCriteria(sort_orders=[SortOrder(name, "ASC")]))
        assert refused.value.message == "Sort order field %1 contains restricted symbols"
        assert refused.value.parameters == (name,)


# --- regular expressions ---


async def test_a_regular_expression_that_is_none_is_refused_and_the_transaction_goes_on(things):
    group = FilterGroup(filters=[Filter("name", "^a", "regexp"), Filter("tags", "(", "regexp")])

    with pytest.raises(InvalidFieldValue) as refused:
        await found(things, SearchCriteria(filter_groups=[group]))

    assert refused.value.parameters == {"value": "(", "fieldName": "value"}
    assert await found(things, where("name", "apple")) == [1]


# --- pages ---


@pytest.mark.parametrize(
    ("size", "page", "expected", "statements"),
    [
        (None, None, [1, 2, 3, 4, 5], 1),
        (0, 3, [1, 2, 3, 4, 5], 1),
        (-1, None, [1, 2, 3, 4, 5], 1),
        (2, None, [1, 2], 2),
        (2, 0, [1, 2], 2),
        (2, -5, [1, 2], 2),
        (2, 1, [1, 2], 2),
        (2, 2, [3, 4], 2),
        (2, 3, [5], 2),
        (2, 4, [5], 2),
        (2, 10**30, [5], 2),
        (5, 1, [1, 2, 3, 4, 5], 2),
        (5, 2, [1, 2, 3, 4, 5], 2),
        (6, 1, [1, 2, 3, 4, 5], 1),
        (10**30, 1, [1, 2, 3, 4, 5], 1),
        (10**30, 2, [1, 2, 3, 4, 5], 2),
    ],
)
async def test_a_page_takes_at_most_two_statements(things, size, page, expected, statements):
    before = things.statements

    rows, total = await search(things, THINGS, SearchCriteria(page_size=size, current_page=page))

    assert ([row.id for row in rows], total) == (expected, 5)
    assert things.statements - before == statements


async def test_an_empty_answer_has_no_page_beyond_the_first(things):
    for page in (1, 2):
        criteria = where("name", "nothing")
        criteria.page_size, criteria.current_page = 2, page
        assert await search(things, THINGS, criteria) == ([], 0)


class ChangedAfterCounting(Db):
    """Another transaction that commits between the two statements."""

    change = SQL("")

    async def value(self, query: Query, /, **parameters: Any) -> Any:
        counted = await super().value(query, **parameters)
        await self.connection.execute(self.change)
        return counted


@pytest.mark.parametrize(
    ("change", "page", "expected", "total"),
    [
        ("delete from thing where id > 3", 2, [3], 3),
        ("insert into thing (id) values (6), (7)", 3, [5, 6], 6),
        ("insert into thing (id) values (6)", 2, [3, 4], 5),
    ],
)
async def test_a_page_never_contradicts_its_total(things, change, page, expected, total):
    db = ChangedAfterCounting(things.connection)
    db.change = SQL(change)

    rows, counted = await search(db, THINGS, SearchCriteria(page_size=2, current_page=page))

    assert ([row.id for row in rows], counted) == (expected, total)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    size=st.integers(1, 7),
    sort=st.sampled_from([None, "id", "name", "price", "day", "tags"]),
    direction=st.sampled_from([None, "ASC", "desc"]),
    condition=st.sampled_from([None, "notnull", "null"]),
)
async def test_pages_one_after_the_other_are_the_whole_and_the_total_stays(things, size, sort, direction, condition):
    criteria = where("name", "", condition) if condition else SearchCriteria()
    criteria.sort_orders = [SortOrder(sort, direction)] if sort else None
    whole = await found(things, criteria)
    pages: list[int] = []
    criteria.page_size = size

    for page in range(1, -(-len(whole) // size) + 1):
        criteria.current_page = page
        rows, total = await search(things, THINGS, criteria)
        assert total == len(whole)
        pages += [row.id for row in rows]

    assert pages == whole


# --- whatever a client sends ---

CONDITIONS = [
    *("eq", "neq", "like", "nlike", "in", "nin", "gt", "lt", "gteq", "lteq", "moreq", "from", "to", "null", "notnull"),
    *("finset", "nfinset", "is", "seq", "sneq", "regexp", "fulltext"),
]
ANYTHING = st.text(st.characters(exclude_categories=()))
VALUES = (
    ANYTHING
    | st.text("0123456789+-.eE ,", max_size=40)
    | st.text("0123456789-: T", max_size=25)
    | st.text("ab%_\\\uff05\uff3c\uff3f\ue000 ", max_size=12)
    | st.datetimes().map(str)
    | st.floats().map(str)
    | st.integers().map(str)
)


@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    field=st.sampled_from([*NAMED]) | ANYTHING,
    condition=st.sampled_from(CONDITIONS) | ANYTHING | st.none(),
    value=VALUES | st.none(),
    unknown=st.sampled_from(["flat", "eav"]),
)
async def test_no_filter_is_more_than_refused(things, field, condition, value, unknown):
    listing = replace(THINGS, fields=Fields(NAMED, unknown=unknown))
    group = FilterGroup(filters=[Filter(field, value, condition)])
    try:
        await search(things, listing, SearchCriteria(filter_groups=[group]))
    except Refused:
        assert field not in NAMED or condition == "regexp"
    assert await found(things, where("id", "1")) == [1]


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(value=VALUES, field=st.sampled_from(["name", "price", "weight", "sold_at", "day", "tags"]))
async def test_a_condition_and_its_opposite_divide_the_rows_that_have_a_value(things, field, value):
    for condition, opposite in [("eq", "neq"), ("in", "nin"), ("like", "nlike"), ("gt", "lteq"), ("lt", "gteq")]:
        both = [
            *await found(things, where(field, value, condition)),
            *await found(things, where(field, value, opposite)),
        ]
        assert sorted(both) == [1, 2, 3, 5]


@given(field=ANYTHING | st.none(), direction=ANYTHING | st.none(), unknown=st.sampled_from(["flat", "eav"]))
@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
async def test_no_sort_order_is_more_than_refused(things, field, direction, unknown):
    listing = replace(THINGS, fields=Fields(NAMED, unknown=unknown))
    try:
        await search(things, listing, SearchCriteria(sort_orders=[SortOrder(field, direction)]))
    except Refused as refused:
        assert refused.status == 400
    assert await found(things, where("id", "1")) == [1]


# --- the echo ---


def test_the_answer_repeats_the_criteria_as_understood():
    criteria = SearchCriteria(
        filter_groups=[
            FilterGroup(filters=[Filter("sku", "a%", "like"), Filter("sku", "b"), Filter("sku", None, "")]),
            FilterGroup(),
        ],
        sort_orders=[SortOrder("name", "asc"), SortOrder("id")],
        page_size=2,
        current_page=0,
    )

    answer = results(["x"], criteria, 7)

    assert (answer.items, answer.total_count) == (["x"], 7)
    assert answer.search_criteria == SearchCriteria(
        filter_groups=[
            FilterGroup(filters=[Filter("sku", "a%", "like"), Filter("sku", "b", "eq"), Filter("sku", None, "eq")]),
            FilterGroup(filters=[]),
        ],
        sort_orders=[SortOrder("name", "ASC"), SortOrder("id", None)],
        page_size=2,
        current_page=0,
    )
    assert criteria.sort_orders == [SortOrder("name", "asc"), SortOrder("id")]


def test_criteria_without_anything_are_repeated_with_their_groups_only():
    assert results([], SearchCriteria(), 0).search_criteria == SearchCriteria(filter_groups=[])


async def test_many_filters_are_one_condition(things):
    filters = [Filter("id", str(number), "eq") for number in range(3, 3000)]

    assert await found(things, SearchCriteria(filter_groups=[FilterGroup(filters=filters)])) == [3, 4, 5]


def test_a_condition_can_be_had_alone_with_its_parameters():
    statement, parameters = where_clause(Fields(NAMED), where("price", "7", "gt"))

    assert statement.as_string() == "(((price) > %(criteria_0)s))"
    assert parameters == {"criteria_0": 7}
