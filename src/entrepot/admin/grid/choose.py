"""Which rows a mass action is for, and what administrators remember about grids."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlsplit

from msgspec import structs
from starlette.responses import RedirectResponse, Response

from entrepot.admin.access import SIGNED_IN, admin_page
from entrepot.admin.grid import address, views
from entrepot.admin.grid.declare import Grid
from entrepot.admin.page import AdminPage
from entrepot.kit.pages import formats
from entrepot.kit.pages.security import own_path

NOTHING_CHOSEN = "An item needs to be selected. Select and try again."
MOST_COLUMNS = 200


async def chosen_ids(grid: Grid, page: AdminPage) -> list[int]:
    """The rows that were ticked; all rows that fit the filters of the page they come from, if that was ticked.

    Without any a message says so.
    """
    if page.form.is_ticked("all"):
        query = dict(parse_qsl(urlsplit(page.form.get("back")).query))
        asked = structs.replace(address.read(grid, query, 1), page=1)
        criteria = address.criteria(grid, asked, formats.known_zone(page.zone))
        criteria.page_size = None
        found = await grid.rows(page.ctx, criteria)
        ids = [int(getattr(row, grid.row_id)) for row in found.rows]
    else:
        ids = [int(id) for id in page.form.all("selected") if id.isascii() and id.isdigit() and int(id) < 2**63]
    if not ids:
        page.error(NOTHING_CHOSEN)
    return ids


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
