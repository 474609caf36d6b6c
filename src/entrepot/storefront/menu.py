"""The menu of categories that every page has (spec 80-admin-storefront, 10)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from msgspec import Struct

from entrepot.catalog import MenuItem, category_tree
from entrepot.storefront.addresses import address

if TYPE_CHECKING:
    from entrepot.storefront.shop_page import ShopPage

MOST = 150
"""Entries of a menu: of a larger tree the deepest levels are left out. They are reached from the pages above them."""


class MenuEntry(Struct, frozen=True):
    name: str
    url: str
    is_current: bool
    """Whether it is the page itself, or on the way to it."""
    children: Sequence[MenuEntry]


async def load(page: ShopPage) -> list[MenuEntry]:
    """One statement."""
    tree = await category_tree(page.ctx)
    return [_entry(page, item, depth_that_fits(tree)) for item in tree]


def depth_that_fits(tree: Sequence[MenuItem], most: int = MOST) -> int:
    """How many levels there may be, at least one."""
    depth, count, level = 0, 0, list(tree)
    while level and (not depth or count + len(level) <= most):
        depth, count = depth + 1, count + len(level)
        level = [child for item in level for child in item.children]
    return max(depth, 1)


def _entry(page: ShopPage, item: MenuItem, depth: int) -> MenuEntry:
    children = [_entry(page, child, depth - 1) for child in item.children] if depth > 1 else []
    path = item.request_path or f"catalog/category/view/id/{item.category_id}"
    is_current = page.path == path or any(child.is_current for child in children)
    return MenuEntry(item.name, address(page, path), is_current, children)
