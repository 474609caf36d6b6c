"""What an entity type declares, so that the one mechanism can import and export it.

An import reads a file in chunks of rows, each in a transaction of its own. `save` gets a chunk and does all it can of
it with a number of statements that does not depend on the number of rows; for every row that it does not save it gives
problems. It may also raise what the database refuses: it is then called again with parts of the chunk.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence
from enum import StrEnum
from typing import Literal, Protocol

from msgspec import Struct, field

from entrepot.kit.context import Context
from entrepot.kit.jobs import Work


class Behavior(StrEnum):
    """What an import does with what is there: Magento's names and words."""

    APPEND = "append"
    """Add and change."""
    REPLACE = "replace"
    """Delete what the rows name, and make it anew."""
    DELETE = "delete"


REPORT_COLUMN = "import_error"
"""What a report of refused rows adds. An import passes over it, so that nobody has to take it out again."""


class Row(Struct, frozen=True):
    """One record of a file."""

    line: int
    """On which it begins, from 1; the header is on line 1."""
    fields: Sequence[str]
    """As the file has them, without regard to columns."""
    values: Mapping[str, str]
    """By column, those that are not empty, without the space that an export puts before formulas."""


class Problem(Struct, frozen=True):
    """Why a row is refused."""

    line: int
    column: str
    """Empty when it is about the row as a whole."""
    message: str


class Saved(Struct):
    """What became of a chunk. Rows without a problem are saved."""

    created: int = 0
    updated: int = 0
    deleted: int = 0
    problems: list[Problem] = field(default_factory=list)

    def add(self, other: Saved) -> None:
        self.created += other.created
        self.updated += other.updated
        self.deleted += other.deleted
        self.problems.extend(other.problems)


class Options(Struct, frozen=True):
    """How a file is to be understood."""

    behavior: Behavior = Behavior.APPEND
    is_dry_run: bool = False
    value_separator: str = ","
    """Between several values in one field."""


class Filter(Struct, frozen=True):
    """By what an export can be narrowed down: texts by a part, numbers by one value or by a range."""

    column: str
    kind: Literal["text", "number"] = "text"


class Bounds(Struct, frozen=True):
    """What a filter asks for: a part of a text; a number, or the ends of a range."""

    value: str = ""
    at_least: str = ""
    at_most: str = ""


class Wanted(Struct, frozen=True):
    """What of an entity type is to be exported."""

    filters: Mapping[str, Bounds] = field(default_factory=dict)
    """By column."""
    skipped: frozenset[str] = frozenset()
    """Columns to leave out."""
    value_separator: str = ","


class EntityType(Protocol):
    """One kind of thing that can be imported and exported."""

    code: str
    label: str
    together: str
    """Rows that follow each other with the same value in this column are never in different chunks."""
    passes: int
    """How often an import goes through the file; a check only goes through it once."""
    columns: Sequence[str]
    """What an export has, in this order."""
    filters: Sequence[Filter]

    def read_header(self, ctx: Context, header: Sequence[str], behavior: Behavior) -> Sequence[str]:
        """The columns that an import passes over, by which nobody is misled. Raises ColumnsMissing, ColumnsInvalid."""

    async def save(self, ctx: Context, rows: Sequence[Row], options: Options, number: int) -> Saved:
        """Save a chunk in the pass of this number, from 0."""

    def export(self, work: Work, wanted: Wanted) -> AsyncIterator[Sequence[Sequence[str]]]:
        """The rows in chunks, with all `columns`; each chunk is read in a transaction of its own."""
