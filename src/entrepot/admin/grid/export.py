"""All rows of a grid as CSV, with the filters and the columns that are shown. It leaves while it is being read."""

from __future__ import annotations

import csv
import io
from collections.abc import AsyncIterator, Mapping, Sequence
from typing import Any

from msgspec import structs
from starlette.responses import Response, StreamingResponse

from entrepot.admin.grid import address
from entrepot.admin.grid.address import Asked
from entrepot.admin.grid.cells import cell_of
from entrepot.admin.grid.declare import Column, Grid
from entrepot.admin.options import Option
from entrepot.admin.page import AdminPage
from entrepot.kit.pages import formats

CHUNK = 1000
FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""A spreadsheet would run a cell that begins so, whoever typed it into whatever form of the shop."""


def csv_response(
    grid: Grid, page: AdminPage, asked: Asked, columns: Sequence[Column], options: Mapping[str, list[Option]]
) -> Response:
    headers = {"content-disposition": f'attachment; filename="{grid.name}.csv"'}
    lines = _lines(grid, page, asked, columns, options)
    return StreamingResponse(lines, media_type="text/csv; charset=utf-8", headers=headers)


async def _lines(
    grid: Grid, page: AdminPage, asked: Asked, columns: Sequence[Column], options: Mapping[str, list[Option]]
) -> AsyncIterator[str]:
    """The page's own transaction is over when the answer leaves, so each chunk has one of its own."""
    yield _line([column.label for column in columns])
    zone = formats.known_zone(page.zone)
    number, last = 1, 1
    while number <= last:
        async with page.ctx.services.work(page.actor) as ctx:
            part = address.criteria(grid, structs.replace(asked, size=CHUNK, page=number), zone)
            found = await grid.rows(ctx, part)
        yield "".join(
            _line([_value(page, column, row, options.get(column.name, ())) for column in columns]) for row in found.rows
        )
        last = -(-found.total // CHUNK)
        number += 1


def _value(page: AdminPage, column: Column, row: Any, options: Sequence[Option]) -> str:
    """As it is shown, but instants as the wire has them and amounts as numbers: others have to read the file."""
    value = column.of(row)
    if value is None:
        return ""
    if column.kind in ("number", "money", "day"):
        return str(value)
    if column.kind == "instant":
        return value if isinstance(value, str) else value.strftime("%Y-%m-%d %H:%M:%S")
    shown = cell_of(page, column, row, options).text
    text = "; ".join(shown) if isinstance(shown, list) else shown
    if column.kind == "picture":
        text = str(value)
    return f"'{text}" if text.startswith(FORMULA) else text


def _line(values: Sequence[str]) -> str:
    out = io.StringIO()
    csv.writer(out).writerow(values)
    return out.getvalue()
