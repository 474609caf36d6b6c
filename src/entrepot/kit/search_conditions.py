"""How one filter becomes a condition in SQL, for every condition and kind of column (spec 00-webapi, 13.2).

Values arrive as text and are read as MySQL reads them, because clients rely on it: a number is the numeric beginning of
the text, else 0; an instant that is none is the zero date, which lies before all others. So no value is an error. The
one exception is a regular expression that PostgreSQL cannot read: `search_sql.search` refuses it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from decimal import Context, Decimal
from typing import Any, Literal, LiteralString, NamedTuple

from psycopg.sql import SQL, Composable, Placeholder

Kind = Literal["text", "number", "datetime", "date", "set"]


class Bound:
    """The parameters of a statement under construction: called with a value, it gives the placeholder for it."""

    def __init__(self) -> None:
        self.parameters: dict[str, Any] = {}

    def __call__(self, value: Any) -> Composable:
        name = f"criteria_{len(self.parameters)}"
        self.parameters[name] = value
        return Placeholder(name)


Finder = Callable[[str, str, "Bound"], Composable | None]
"""Given the condition's name, the value and what binds values: the same condition in other words, or None."""


@dataclass(frozen=True, slots=True)
class Field:
    """A column, or an expression over columns (its percent signs doubled), that criteria may filter and sort by.

    text        text; compared by `fold()`, so that is what to index
    number      any number; a boolean column is `Field("is_active::int", "number")`
    datetime    timestamptz; compared by whole seconds, since that is what clients see of it
    date        date
    set         an array, which to clients is its elements joined by commas
    """

    expression: LiteralString | Composable
    kind: Kind = "text"
    folded: LiteralString | None = None
    """Of a text: the column that has its `fold()`, where there is one."""
    has_statistics: bool = True
    """Whether PostgreSQL knows which values are frequent: it does of columns, and of expressions with an index."""
    finder: Finder | None = None
    """What finds the rows by an index where the condition itself cannot."""

    @property
    def column(self) -> Composable:
        expression = SQL(self.expression) if isinstance(self.expression, str) else self.expression
        return SQL("({})").format(expression)

    @property
    def text(self) -> Composable:
        """The value as clients see it, for the conditions that look at text."""
        return AS_TEXT[self.kind].format(x=self.column)

    @property
    def folded_text(self) -> Composable:
        return SQL("({})").format(SQL(self.folded)) if self.folded else SQL("fold({})").format(self.text)

    @property
    def compared(self) -> Composable:
        """What takes part in comparisons and what rows sort by."""
        return self.folded_text if self.kind in ("text", "set") else self.column


@dataclass(frozen=True, slots=True)
class Special:
    """A filter that is more than a comparison with a column, such as the category that a product is in."""

    condition: Callable[[str, str, Bound], Composable]
    """Given the condition's name, the value and what binds values to the statement."""
    apart: bool = False
    """Whether it must hold whatever the other filters of its group say."""


def condition(
    field: Field | Special, name: str | None, value: str | None, bind: Bound, *, alone: bool = False
) -> Composable:
    """The condition of one filter. Without a name it is `eq`; a value that is absent counts as an empty text.

    `alone`: every row must fulfil it, so that an index may find the rows.
    """
    value = storable(value or "")
    name = name or "eq"
    if isinstance(field, Special):
        return field.condition(name, value, bind)
    if alone and field.finder and (found := field.finder(name, value, bind)):
        return found
    made = _comparison(field, name, value, bind)
    # Of a comparison without statistics the planner supposes that one row in 200 fulfils it, of two that it is one in
    # 40,000, and for so few rows it may well loop over a whole table. Inside of `coalesce` it is every second row.
    return made if field.has_statistics else SQL("coalesce({}, false)").format(made)


def _comparison(field: Field, name: str, value: str, bind: Bound) -> Composable:
    if name in ON_TEXT:
        return ON_TEXT[name].format(x=field.text, folded=field.folded_text, v=bind(_for_text(name, value)))
    if name == "null" or (name == "seq" and not value) or (name == "is" and value.lower() in ("", "null")):
        return SQL("{} is null").format(field.column)
    if name == "notnull" or (name == "sneq" and not value) or (name == "is" and value.lower() == "not null"):
        return SQL("{} is not null").format(field.column)
    kind = KINDS[field.kind]
    name = SAME_AS.get(name, name)
    if name in ("in", "nin"):
        return kind.comparisons[name].format(x=field.compared, v=kind.values(value.split(","), bind))
    comparison = kind.comparisons.get(name, kind.comparisons["eq"])
    return comparison.format(x=field.compared, v=kind.value.format(v=bind(kind.read(value))))


def storable(text: str) -> str:
    """Text that PostgreSQL takes: without NUL, as Magento drops it too, and without halves of surrogate pairs."""
    return text.replace("\0", "").encode("utf-8", "replace").decode()


def number(text: str) -> int | Decimal:
    """The number that MySQL reads at the beginning of a text, else 0.

    Whole numbers stay int, so that PostgreSQL can use an integer column's index. Beyond what a float holds a number
    is infinite, or 0.
    """
    found = NUMBER.match(text)
    if found is None:
        return 0
    value = PRECISION.create_decimal(found[1])
    if not value:
        return 0
    if value.is_infinite() or value.adjusted() > 307:
        return Decimal("-Infinity" if value.is_signed() else "Infinity")
    if value.adjusted() < -307:
        return 0
    if abs(value) < 2**63 and value == value.to_integral_value():
        return int(value)
    return value


NUMBER = re.compile(r"\s*([+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?)")
PRECISION = Context(prec=60, traps=[])


def numbers(texts: list[str]) -> list[int] | list[Decimal]:
    """Numbers of one type, because the elements of an array have one."""
    read = [number(text) for text in texts]
    whole = [value for value in read if isinstance(value, int)]
    return whole if len(whole) == len(read) else [Decimal(value) for value in read]


def instant(text: str) -> str:
    """The instant that MySQL reads at the beginning of a text, as PostgreSQL reads it; the zero date is -infinity."""
    found = INSTANT.match(text)
    if found is None:
        return ZERO_DATE
    try:
        return datetime(*(int(part or 0) for part in found.groups())).isoformat(" ")  # type: ignore[arg-type]
    except ValueError:
        return ZERO_DATE


ZERO_DATE = "-infinity"
INSTANT = re.compile(
    r"\s*([0-9]{4})[-/.]([0-9]{1,2})[-/.]([0-9]{1,2})(?![0-9])(?:[T\s]+([0-9]{1,2})(?::([0-9]{1,2})(?::([0-9]{1,2}))?)?)?"
)


def instants(texts: list[str]) -> list[str]:
    return [instant(text) for text in texts]


def _for_text(name: str, value: str) -> str:
    """The value as the conditions of ON_TEXT want it."""
    if name in ("like", "nlike"):
        return _wildcards(value)
    return f"{ANY_TEXT}{_wildcards(value)}{ANY_TEXT}" if name == "fulltext" else value


def _wildcards(pattern: str) -> str:
    r"""A pattern with stand-ins for its wildcards and its `\` resolved. A `\` at the end stands for itself."""
    pattern = pattern.replace(ANY_TEXT, "\ufffd").replace(ANY_CHARACTER, "\ufffd")
    return PATTERN_PART.sub(lambda part: WILDCARDS.get(part[0]) or part[0][-1], pattern)


ANY_TEXT, ANY_CHARACTER = "\ue000", "\ue001"
"""Stand for the wildcards until the text is folded: folding may itself turn a character into %, _ or a backslash."""

PATTERN_PART = re.compile(r"\\.|[%_]", re.DOTALL)
WILDCARDS = {"%": ANY_TEXT, "_": ANY_CHARACTER}

# Percent signs are doubled, because psycopg reads single ones as placeholders.
LIKE: LiteralString = r"""like translate(
    regexp_replace(fold({v}::text), '([\\%%_])', '\\\1', 'g'), U&'\E000\E001', '%%_'
)"""

ON_TEXT = {
    "like": SQL("{folded} " + LIKE),
    "nlike": SQL("{folded} not " + LIKE),
    "fulltext": SQL("{folded} " + LIKE),
    # A regular expression cannot be folded: \D is not \d.
    "regexp": SQL("{x} ~* {v}::text"),
    "finset": SQL("fold({v}::text) = any(string_to_array({folded}, ','))"),
    "nfinset": SQL("fold({v}::text) <> all(string_to_array({folded}, ','))"),
}

AS_TEXT: dict[Kind, SQL] = {
    "text": SQL("{x}"),
    "number": SQL("{x}::text"),
    "datetime": SQL("to_char({x}, 'YYYY-MM-DD HH24:MI:SS')"),
    "date": SQL("to_char({x}, 'YYYY-MM-DD')"),
    "set": SQL("array_to_string({x}, ',')"),
}

SAME_AS = {"moreq": "gteq", "from": "gteq", "to": "lteq", "seq": "eq", "sneq": "neq"}

PLAIN: dict[str, SQL] = {
    "eq": SQL("{x} = {v}"),
    "neq": SQL("{x} <> {v}"),
    "gt": SQL("{x} > {v}"),
    "lt": SQL("{x} < {v}"),
    "gteq": SQL("{x} >= {v}"),
    "lteq": SQL("{x} <= {v}"),
    "in": SQL("{x} = any({v})"),
    "nin": SQL("{x} <> all({v})"),
}
BY_SECOND = PLAIN | {
    "eq": SQL("date_trunc('second', {x}) = {v}"),
    "neq": SQL("date_trunc('second', {x}) <> {v}"),
    "gt": SQL("{x} >= {v} + interval '1 second'"),
    "lteq": SQL("{x} < {v} + interval '1 second'"),
    "in": SQL("date_trunc('second', {x}) = any({v})"),
    "nin": SQL("date_trunc('second', {x}) <> all({v})"),
}


class Comparing(NamedTuple):
    """How columns of a kind compare: the operators, and how the value is read and cast, alone and as a list."""

    comparisons: dict[str, SQL]
    read: Callable[[str], Any]
    value: SQL
    values: Callable[[list[str], Bound], Composable]


def _texts(values: list[str], bind: Bound) -> Composable:
    """Each folded by itself: the planner makes it one constant, which an index or a hash looks up at once."""
    folded = [SQL("fold({}::text)").format(bind(value)) for value in values]
    return SQL("array[{}]").format(SQL(", ").join(folded))


def _numbers(values: list[str], bind: Bound) -> Composable:
    return bind(numbers(values))


def _instants(as_type: LiteralString) -> Callable[[list[str], Bound], Composable]:
    return lambda values, bind: SQL("{}::{}[]").format(bind(instants(values)), SQL(as_type))


TEXT = Comparing(PLAIN, str, SQL("fold({v}::text)"), _texts)
KINDS: dict[Kind, Comparing] = {
    "text": TEXT,
    "number": Comparing(PLAIN, number, SQL("{v}"), _numbers),
    "datetime": Comparing(BY_SECOND, instant, SQL("{v}::timestamptz"), _instants("timestamptz")),
    "date": Comparing(PLAIN, instant, SQL("{v}::timestamp"), _instants("timestamp")),
    "set": TEXT,
}
