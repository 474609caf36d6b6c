"""Which rows a mass action is for, and what administrators remember about grids."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from msgspec import structs
from starlette.responses import RedirectResponse, Response

from entrepot.admin.access import SIGNED_IN, admin_page
from entrepot.admin.grid import address, views
from entrepot.admin.grid.declare import Grid, counted
from entrepot.admin.page import AdminPage
from entrepot.kit.errors import Invalid
from entrepot.kit.pages import formats
from entrepot.kit.pages.security import own_path

NOTHING_CHOSEN = "An item needs to be selected. Select and try again."
MOST_COLUMNS = 200


async def chosen_ids(grid: Grid, page: AdminPage) -> list[int]:
    """The ids of the chosen rows of a grid whose ids are numbers. Without any a message says so."""
    keys = [key for key in await _chosen(grid, page) if key.isascii() and key.isdigit() and int(key) < 2**63]
    return [int(key) for key in _or_say(page, keys)]


async def chosen_keys(grid: Grid, page: AdminPage) -> list[str]:
    """The same for a grid whose ids are texts, such as codes."""
    return _or_say(page, await _chosen(grid, page))


async def _chosen(grid: Grid, page: AdminPage) -> list[str]:
    """The rows that were ticked; all rows that fit the filters of the page they come from, if that was ticked."""
    if page.form.is_ticked("all"):
        query = dict(parse_qsl(urlsplit(page.form.get("back")).query))
        asked = structs.replace(address.read(grid, query, 1), page=1)
        try:
            criteria = address.criteria(grid, asked, formats.known_zone(page.zone))
        except Invalid as refusal:
            page.refused(refusal)
            return []
        criteria.page_size = None
        found = await grid.rows(page.ctx, criteria)
        return [str(getattr(row, grid.row_id)) for row in found.rows]
    return list(dict.fromkeys(page.form.all("selected")))


def confirmed(
    page: AdminPage, question: str, ids: Sequence[Any], yes: str, *, back: str, no: str = "Cancel"
) -> Response | None:
    """None when a mass action was confirmed, else the page that asks and says how many rows it is about."""
    return page.confirmed(page.text(counted(question), len(ids)), yes, back=back, no=no)


def _or_say(page: AdminPage, keys: list[str]) -> list[str]:
    if not keys:
        page.error(NOTHING_CHOSEN)
    return keys


def back_to(grid: Grid, page: AdminPage) -> Response:
    """To the grid as it was filtered when the action was chosen."""
    return page.redirect_to(page.form.get("back"), grid.path)


@admin_page("mui/bookmark/save", SIGNED_IN, post=True)
async def save_view(page: AdminPage) -> Response:
    """Remember the columns or the page size of a grid, and show it again."""
    assert page.user is not None
    form, grid = page.form, page.form.get("grid")[:100]
    back = own_path(page.request, form.get("back")) or page.url("")
    if form.get("reset"):
        await views.forget_columns(page.ctx.db, page.user.user_id, grid)
    elif "columns" in form:
        columns = [name[:100] for name in form.all("columns")[:MOST_COLUMNS] if name]
        await views.save(page.ctx.db, page.user.user_id, grid, columns=columns)
    size = form.get("limit")
    if size.isascii() and size.isdigit() and 0 < int(size) <= address.LARGEST_SIZE:
        await views.save(page.ctx.db, page.user.user_id, grid, page_size=int(size))
        parts = urlsplit(back)
        kept = {name: value for name, value in parse_qsl(parts.query) if name not in ("limit", "p")}
        back = address.address_of(parts.path, kept)
    return RedirectResponse(back, 303)
