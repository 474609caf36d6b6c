"""A grid as its template needs it: headings, rows of cells, tags of filters, pages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from msgspec import Struct
from starlette.responses import Response

from entrepot.admin.grid import address, views
from entrepot.admin.grid.address import SIZES, Asked
from entrepot.admin.grid.cells import Cell, cell_of
from entrepot.admin.grid.declare import Column, Found, Grid, MassAction
from entrepot.admin.grid.export import csv_response
from entrepot.admin.options import Option, resolve
from entrepot.admin.page import AdminPage, Button
from entrepot.kit.errors import Invalid
from entrepot.kit.pages import formats

DEFAULT_SIZE = SIZES[0]


class Row(Struct, frozen=True):
    id: str
    name: str
    """What the row is called in the label of its check box."""
    cells: list[Cell]
    href: str | None


class Heading(Struct, frozen=True):
    column: Column
    href: str | None
    """Sorts by the column, or the other way round; None for one that cannot."""
    sorted: str
    """ascending, descending or nothing: the words of aria-sort."""
    filters: list[tuple[str, str, str]]
    """Name, label and value of each field under the heading."""
    options: list[Option]


class Tag(Struct, frozen=True):
    text: str
    href: str
    """The address without this filter."""


class Action(Struct, frozen=True):
    action: MassAction
    href: str
    options: list[Option]


async def show(grid: Grid, page: AdminPage, buttons: Sequence[Button], values: Mapping[str, Any]) -> Response:
    assert page.user is not None
    view = await views.find(page.ctx.db, page.user.user_id, grid.name)
    size = view.page_size or DEFAULT_SIZE
    asked = address.read(grid, page.request.query_params, size)
    columns = shown_columns(grid, view.columns)
    options = {
        column.name: await resolve(page.ctx, column.options)
        for column in grid.columns
        if column.has_choices and (column in columns or column.name in asked.filters)
    }
    wrong: dict[str, str] = {}
    try:
        criteria = address.criteria(grid, asked, formats.known_zone(page.zone))
    except Invalid as refusal:
        found, wrong = Found((), 0), _say(page, refusal)
    else:
        if page.request.query_params.get("export") == "csv":
            return csv_response(grid, page, asked, columns, options)
        found = await grid.rows(page.ctx, criteria)
    last = max(1, -(-found.total // asked.size))
    current = min(asked.page, last)

    here = page.request.url.path

    def href(wanted: Asked, **more: str) -> str:
        return address.address_of(here, {**address.query_of(grid, wanted, size), **more})

    return page.render(
        grid.template,
        **{
            "grid": grid,
            "title": grid.title,
            "buttons": buttons,
            "asked": asked,
            "wrong": wrong,
            "here": here,
            "own_size": size,
            "headings": [_heading(grid, column, asked, options.get(column.name, []), href) for column in columns],
            "rows": [_row(grid, page, row, columns, options) for row in found.rows],
            "has_filters": any(column.filters for column in columns),
            "tags": _tags(grid, asked, options, href),
            "clear": href(asked.but(filters={}, search="")),
            "total": found.total,
            "sizes": sorted({*SIZES, asked.size}),
            "current": current,
            "last": last,
            "first_row": (current - 1) * asked.size + 1 if found.total else 0,
            "last_row": (current - 1) * asked.size + len(found.rows),
            "previous": href(asked.but(page=current - 1)) if current > 1 else None,
            "next": href(asked.but(page=current + 1)) if current < last else None,
            "export": href(asked.but(page=1), export="csv"),
            "this": href(asked.but(page=current)),
            "all_columns": [(column, column in columns) for column in grid.columns],
            "actions": [
                Action(action, page.url(action.path), await resolve(page.ctx, action.options))
                for action in grid.actions
                if page.may(action.resource)
            ],
            **values,
        },
    )


def _say(page: AdminPage, refusal: Invalid) -> dict[str, str]:
    """What is wrong with filters, by their names."""
    wrong = {str(one.named["field_name"]): one.rendered() for one in refusal.errors}
    for one in refusal.errors:
        page.error(f"{one.named['label']}: {one.rendered()}", fields=(f"filter-{one.named['field_name']}",))
    return wrong


def shown_columns(grid: Grid, chosen: Sequence[str] | None) -> list[Column]:
    """Those that were chosen, in the grid's order; those of the grid where nothing, or nothing known, was."""
    if chosen is not None and (shown := [column for column in grid.columns if column.name in chosen]):
        return shown
    return [column for column in grid.columns if not column.hidden]


def _heading(grid: Grid, column: Column, asked: Asked, options: list[Option], href: Any) -> Heading:
    is_sorted = asked.sort.removeprefix("-") == column.name
    descends = asked.sort.startswith("-")
    other_way = f"-{column.name}" if is_sorted and not descends else column.name
    return Heading(
        column,
        href(asked.but(sort=other_way)) if column.sorts else None,
        ("descending" if descends else "ascending") if is_sorted else "",
        [
            (name, address.label_of(column, name), asked.filters.get(name, ""))
            for name in address.names_of(column)
            if column.filters
        ],
        options,
    )


def _tags(grid: Grid, asked: Asked, options: Mapping[str, list[Option]], href: Any) -> list[Tag]:
    tags = []
    if asked.search and grid.search:
        tags.append(Tag(f"Keyword: {asked.search}", href(asked.but(search=""))))
    for column in grid.columns:
        names = [name for name in address.names_of(column) if name in asked.filters]
        if not names:
            continue
        values = [asked.filters.get(name, "") for name in address.names_of(column)]
        if column.is_range:
            text = _range(*values)
        else:
            text = dict((option.value, option.label) for option in options.get(column.name, [])).get(
                values[0], values[0]
            )
        tags.append(Tag(f"{column.label}: {text}", href(asked.without(names))))
    return tags


def _range(low: str, high: str) -> str:
    if low and high:
        return f"{low} to {high}"
    return f"from {low}" if low else f"to {high}"


def _row(grid: Grid, page: AdminPage, row: Any, columns: Sequence[Column], options: Mapping[str, list[Option]]) -> Row:
    cells = [cell_of(page, column, row, options.get(column.name, [])) for column in columns]
    id = str(getattr(row, grid.row_id))
    named = [cell.text for column, cell in zip(columns, cells, strict=True) if column.kind != "picture"]
    texts = [text for text in named[:2] if isinstance(text, str)]
    return Row(id, " ".join(texts) or id, cells, grid.opens(page, row) if grid.opens else None)
