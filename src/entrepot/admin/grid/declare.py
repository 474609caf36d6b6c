"""What a grid is made of."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal, NamedTuple

from starlette.responses import Response

from entrepot.admin.options import Options
from entrepot.admin.page import AdminPage, Button
from entrepot.kit.context import Context
from entrepot.kit.search_criteria import SearchCriteria

Kind = Literal["text", "number", "money", "choice", "choices", "day", "instant", "lines", "quantities", "picture"]
"""How a value is shown, aligned and filtered: text by a part of it, choices by one, numbers and times by a range.
`lines` are several texts below each other, `choices` several choices, `quantities` several `Quantity`. A `picture` is
an address, or the empty text where there is none."""

Tone = Literal["good", "warn", "bad", "plain"]


class Found(NamedTuple):
    """One page of rows, and how many rows there are on all pages."""

    rows: Sequence[Any]
    total: int


Rows = Callable[[Context, SearchCriteria], Awaitable[Found]]


class Quantity(NamedTuple):
    """How much there is of something in one place, or in words why there is no number."""

    place: str
    amount: Decimal | str


@dataclass(frozen=True)
class Column:
    """`name` is an attribute of the rows and, unless `field` is another, the field of the criteria."""

    name: str
    label: str
    kind: Kind = "text"
    options: Options = ()
    """The choices of a `choice`: what the filter offers and how values are shown."""
    hidden: bool = False
    """Whether it is shown only to those who choose it."""
    filters: bool = True
    sorts: bool = True
    field: str = ""
    value: Callable[[Any], Any] | None = None
    """What is shown, where it is not the attribute itself."""
    currency: Callable[[Any], str] | None = None
    tones: Mapping[str, Tone] | None = None
    """Choices that are states get a badge of this tone, by value."""
    initial: Callable[[Any], str] | None = None
    """The letter that stands for a missing picture."""

    @property
    def criteria_field(self) -> str:
        return self.field or self.name

    @property
    def is_range(self) -> bool:
        return self.kind in ("number", "money", "day", "instant", "quantities")

    @property
    def has_choices(self) -> bool:
        return self.kind in ("choice", "choices")

    @property
    def is_right(self) -> bool:
        return self.kind in ("number", "money")

    def of(self, row: Any) -> Any:
        return self.value(row) if self.value else getattr(row, self.name)


def counted(question: str) -> str:
    """The question with `%1` for how many it is about, wherever it says so itself."""
    return question if "%1" in question else f"{question} (%1 selected)"


@dataclass(frozen=True)
class MassAction:
    """Something done to all chosen rows: a form sent to `path` with their ids as `selected`."""

    path: str
    label: str
    resource: str
    confirm: str = ""
    """The question asked first, in words, with `%1` for the number of rows; none when the action can be taken back."""
    yes: str = ""
    """The button that says yes; the label without it."""
    no: str = "Cancel"
    """The button that says no."""
    kind: str = ""
    """danger for what cannot be undone."""
    choice: str = ""
    """The name of a field whose options are offered with the action, such as the group to assign."""
    options: Options = ()

    @property
    def question(self) -> str:
        return counted(self.confirm)


@dataclass(frozen=True)
class Grid:
    """A list and all that can be done with it. See the package."""

    name: str
    """By which an administrator's choice of columns is remembered; Magento's name of the listing."""
    path: str
    title: str
    rows: Rows
    columns: tuple[Column, ...]
    sort: str
    """The column it is sorted by at first; a leading minus sorts descending."""
    row_id: str = "id"
    opens: Callable[[AdminPage, Any], str | None] | None = None
    """Where a click on a row leads."""
    open_label: str = "Edit"
    actions: tuple[MassAction, ...] = ()
    search: tuple[str, ...] = ()
    """The fields of the criteria in which a keyword is looked for; without any there is no keyword search."""
    search_hint: str = ""
    empty: str = "There is nothing here yet."
    """Said when there are no rows at all; the first of the page's buttons is then offered as the next step."""
    template: str = "grid.html"
    """One that extends it, for a grid some of whose cells are fields (block `cell`)."""

    @property
    def is_selectable(self) -> bool:
        return bool(self.actions)

    def column(self, name: str) -> Column | None:
        return next((column for column in self.columns if column.name == name), None)

    async def show(self, page: AdminPage, *, buttons: Sequence[Button] = (), **values: Any) -> Response:
        """The page of the grid, or its rows as CSV if that is what was asked for."""
        from entrepot.admin.grid.show import show

        return await show(self, page, buttons, values)
