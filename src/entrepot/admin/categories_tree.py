"""The tree of categories as pages show it: on the left of a category, and as choices of where to put one.

A small tree is sent whole. Of a large one only the way to the category that is open: what lies below the others comes
when they are opened, by a script or by their links.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from msgspec import Struct

from entrepot import catalog
from entrepot.admin.options import Option
from entrepot.catalog.categories import CategoryDocument, CategoryTree
from entrepot.kit.context import Context
from entrepot.kit.scope import StoreView

ROOT_ID = 1
INDENT = "\N{EM SPACE}"
SENT_WHOLE = 300
"""So many categories are sent at once."""


class Branch(Struct, frozen=True):
    """A category in the tree."""

    id: int
    name: str
    count: int
    is_active: bool
    is_root: bool
    """Roots of stores stay where they are."""
    is_current: bool
    is_open: bool
    has_children: bool
    children: list[Branch]
    """Empty also for those that come when it is opened."""


async def branches(ctx: Context, view: StoreView, current: CategoryDocument | None) -> list[Branch]:
    """All root categories; of a store view the one that its menu begins with."""
    top = await root(ctx, view)
    whole = sum(1 for _ in _all(top)) <= SENT_WHOLE
    path = set(current.path_ids) if current else set()
    current_id = current.category_id if current else 0
    return [_branch(node, path, current_id, whole, depth=0) for node in top]


async def root(ctx: Context, view: StoreView) -> list[CategoryTree]:
    """The topmost categories that can be edited in the view."""
    if view.is_admin:
        return (await catalog.categories.get_tree(ctx, ROOT_ID)).children_data or []
    in_view = ctx.in_store(view)
    return [await catalog.categories.get_tree(in_view, catalog.root_category_id(in_view))]


async def below(ctx: Context, view: StoreView, category_id: int) -> list[Branch]:
    """The children of a category that has been opened. Raises CategoryNotFound."""
    node = await catalog.categories.get_tree(ctx.in_store(view), category_id, 2)
    return [_branch(child, set(), 0, False, depth=1) for child in node.children_data or ()]


def _branch(node: CategoryTree, path: Collection[int], current_id: int, whole: bool, *, depth: int) -> Branch:
    id, children = node.id or 0, node.children_data or []
    is_sent = whole or id in path
    return Branch(
        id=id,
        name=node.name or "",
        count=node.product_count or 0,
        is_active=bool(node.is_active),
        is_root=node.level == 1,
        is_current=id == current_id,
        is_open=id in path or (whole and depth == 0),
        has_children=bool(children),
        children=[_branch(child, path, current_id, whole, depth=depth + 1) for child in children] if is_sent else [],
    )


def _all(nodes: Collection[CategoryTree]) -> Iterator[CategoryTree]:
    """In the order in which they are printed below each other."""
    for node in nodes:
        yield node
        yield from _all(node.children_data or ())


async def targets(ctx: Context, moved: CategoryDocument) -> list[Option]:
    """Where a category can go: every category that does not lie below it, indented."""
    tree = await catalog.categories.get_tree(ctx, ROOT_ID)
    return [
        Option(str(node.id), INDENT * ((node.level or 1) - 1) + (node.name or ""))
        for node in _without(tree.children_data or (), moved.category_id)
    ]


def _without(nodes: Collection[CategoryTree], left_out: int) -> Iterator[CategoryTree]:
    for node in nodes:
        if node.id != left_out:
            yield node
            yield from _without(node.children_data or (), left_out)


class Place(Struct, frozen=True):
    """Below which category, and behind which of its children: None the last of them, 0 none of them."""

    parent_id: int
    after_id: int | None


async def place_of(ctx: Context, moved_id: int, target: CategoryDocument, place: str) -> Place:
    """`first` and `last` are inside the target, `before` and `behind` beside it."""
    if place == "behind":
        return Place(target.parent_id, target.category_id)
    if place == "before":
        parent = await catalog.categories.get_tree(ctx, target.parent_id, 1)
        siblings = [node.id or 0 for node in parent.children_data or () if node.id != moved_id]
        at = siblings.index(target.category_id) if target.category_id in siblings else 0
        return Place(target.parent_id, siblings[at - 1] if at else 0)
    return Place(target.category_id, 0 if place == "first" else None)
