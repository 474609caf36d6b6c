"""How an administrator wants to see a grid: which columns, and how many rows a page."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from entrepot.kit.db import Db

FIND = """
    select columns, page_size
    from admin_view
    where user_id = %(user_id)s
      and grid = %(grid)s
"""

SAVE = """
    insert into admin_view (user_id, grid, columns, page_size)
    values (%(user_id)s, %(grid)s, %(columns)s, %(page_size)s)
    on conflict (user_id, grid) do update
    set columns = coalesce(excluded.columns, admin_view.columns),
        page_size = coalesce(excluded.page_size, admin_view.page_size)
"""

FORGET_COLUMNS = """
    update admin_view
    set columns = null
    where user_id = %(user_id)s
      and grid = %(grid)s
"""


class View(Struct, frozen=True):
    """None where the administrator never chose."""

    columns: list[str] | None = None
    page_size: int | None = None


async def find(db: Db, user_id: int, grid: str) -> View:
    return await db.one_or_none(View, FIND, user_id=user_id, grid=grid) or View()


async def save(
    db: Db, user_id: int, grid: str, *, columns: Sequence[str] | None = None, page_size: int | None = None
) -> None:
    """Remember what is given; the rest stays as it was."""
    chosen = None if columns is None else list(columns)
    await db.execute(SAVE, user_id=user_id, grid=grid, columns=chosen, page_size=page_size)


async def forget_columns(db: Db, user_id: int, grid: str) -> None:
    """Back to the columns that the grid shows at first."""
    await db.execute(FORGET_COLUMNS, user_id=user_id, grid=grid)
