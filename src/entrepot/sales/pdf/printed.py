"""What a document says once it is printed: texts in the language of the store view, and where they belong on the paper.

What stands here knows nothing of orders, and the paper nothing of anything else.
"""

from __future__ import annotations

from pathlib import Path

from msgspec import Struct


class Letterhead(Struct, frozen=True):
    """Who sends it."""

    name: str = ""
    """Stands where there is no logo."""
    address: tuple[str, ...] = ()
    logo: Path | None = None
    """A file that can be read when the paper is made; one that is no picture is left out."""


class Box(Struct, frozen=True):
    """A titled part of the head. `table` has a heading and its lines, each of them in two columns."""

    title: str
    lines: tuple[str, ...]
    table: tuple[tuple[str, str], ...] = ()


class Column(Struct, frozen=True):
    """`share` is its part of the width, of the sum of all shares."""

    label: str
    share: int
    is_right: bool = False


class Line(Struct, frozen=True):
    """A cell for each column; a newline in a cell begins a new line there."""

    cells: tuple[str, ...]
    notes: tuple[str, ...] = ()
    """What was chosen of the product, below its name."""
    is_part: bool = False
    """Whether it is a part of the line before, and stands indented."""


class Total(Struct, frozen=True):
    label: str
    amount: str
    is_grand: bool = False


class Printed(Struct, frozen=True):
    """One document. Its boxes stand two in a row."""

    letterhead: Letterhead
    heading: str
    """`Invoice # 000000001`."""
    facts: tuple[str, ...]
    """Lines below the heading."""
    boxes: tuple[Box, ...]
    columns: tuple[Column, ...]
    name_column: int
    """The column of the products' names, below which notes stand."""
    lines: tuple[Line, ...]
    totals: tuple[Total, ...] = ()
    page: str = "Page %1 of %2"
    """Said at the foot of each page when there are several."""
