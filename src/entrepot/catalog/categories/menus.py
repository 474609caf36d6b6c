"""What shop pages need of categories: the menu, the way to a category, the category at an address.

Nothing of it is kept in memory. A process keeps what is of the size of a configuration (docs/decisions/0018), and drops
all of it with every change: a tree of some thousand names, changed by every import, would cost each process far more
than the one statement that reads the menu of a page from an index.
"""

from __future__ import annotations

from typing import LiteralString

from msgspec import Struct, field

from entrepot.catalog.categories import documents
from entrepot.catalog.categories.addresses import SUFFIX
from entrepot.catalog.categories.documents import CategoryDocument
from entrepot.kit.context import Context
from entrepot.kit.scope import StoreView
from entrepot.stores import levels

MAX_DEPTH = "catalog/navigation/max_depth"


class Crumb(Struct, frozen=True):
    """A category on the way to another one."""

    category_id: int
    name: str
    request_path: str
    """Its address in the store view, without a slash in front; empty for one without address."""


class MenuItem(Struct):
    """A category in the menu."""

    category_id: int
    name: str
    request_path: str
    children: list[MenuItem] = field(default_factory=list)


class MenuRow(Struct, frozen=True):
    category_id: int
    parent_id: int
    name: str
    url_path: str


SHOWN: LiteralString = """
    select c.category_id, c.parent_id,
           coalesce(v.a ->> 'name', '') as name, coalesce(v.a ->> 'url_path', '') as url_path
    from category root
    join category c on c.path like root.path || '/%%'
    left join category_store cs on cs.category_id = c.category_id and cs.store_id = %(store_id)s
    cross join lateral (select c.attributes || coalesce(cs.attributes, '{}') as a) v
    where root.category_id = %(root_id)s
    and v.a ->> 'is_active' = '1'
"""

MENU: LiteralString = (
    SHOWN
    + """
    and v.a ->> 'include_in_menu' = '1'
    and (%(depth)s::int = 0 or c.level <= root.level + %(depth)s::int)
    order by c.level, c.position, c.category_id
"""
)

WAY: LiteralString = (
    SHOWN
    + """
    and c.category_id = any(%(category_ids)s::int[])
    order by c.level
"""
)

AT_PATH = """
    select entity_id
    from url_rewrite
    where request_path = %(path)s
    and store_id = %(store_id)s
    and entity_type = 'category'
    and redirect_type = 0
"""


def root_category_id(ctx: Context, store: StoreView | None = None) -> int:
    """The category under which the menu of the store view (the call's) begins; 0 for the admin store."""
    group = levels(ctx).group((store or ctx.store).group_id)
    return group.root_category_id if group else 0


async def category_tree(ctx: Context, store: StoreView | None = None) -> list[MenuItem]:
    """The menu of a store view (the call's), down to the configured depth. One statement.

    What lies below a category that is not active, or not in the menu, is left out with it.
    """
    view = store or ctx.store
    depth = ctx.config(MAX_DEPTH, store_id=view.id) or "0"
    root_id = root_category_id(ctx, view)
    rows = await ctx.db.all(
        MenuRow, MENU, store_id=view.id, root_id=root_id, depth=int(depth) if depth.isdecimal() else 0
    )
    suffix = _suffix(ctx, view)
    top = MenuItem(root_id, "", "")
    items = {root_id: top}
    for row in rows:
        if parent := items.get(row.parent_id):
            item = MenuItem(row.category_id, row.name, _request_path(row.url_path, suffix))
            items[row.category_id] = item
            parent.children.append(item)
    return top.children


async def breadcrumbs(ctx: Context, category: CategoryDocument) -> list[Crumb]:
    """The active categories from below the root of the store view to this one, itself included."""
    rows = await ctx.db.all(
        MenuRow, WAY, store_id=ctx.store.id, root_id=root_category_id(ctx), category_ids=category.path_ids
    )
    suffix = _suffix(ctx, ctx.store)
    return [Crumb(row.category_id, row.name, _request_path(row.url_path, suffix)) for row in rows]


async def find_category_by_path(ctx: Context, path: str) -> CategoryDocument | None:
    """The category that shoppers see at an address of the store view; None where there is none to be seen."""
    category_id = await ctx.db.value(AT_PATH, path=path.replace("\0", ""), store_id=ctx.store.id)
    return await find_shown_category(ctx, category_id) if category_id else None


async def find_shown_category(ctx: Context, category_id: int) -> CategoryDocument | None:
    """A category that shoppers may see: active, and below the root of the store view. None for any other."""
    for category in await documents.read(ctx, [category_id]):
        if category.is_active and root_category_id(ctx) in category.path_ids[:-1]:
            return category
    return None


def _suffix(ctx: Context, view: StoreView) -> str:
    return ctx.config(SUFFIX, store_id=view.id) or ""


def _request_path(url_path: str, suffix: str) -> str:
    return url_path and url_path + suffix
