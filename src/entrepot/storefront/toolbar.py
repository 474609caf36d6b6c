"""Above and below a list of products: how many there are, in which order, how many on a page, and the other pages."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from msgspec import Struct

from entrepot.catalog.attributes import ATTRIBUTES
from entrepot.catalog.browsing import POSITION, RELEVANCE, Found
from entrepot.storefront.list_address import DIRECTION, LIMIT, MODE, ORDER, PAGE, ListAddress

if TYPE_CHECKING:
    from entrepot.storefront.shop_page import ShopPage

GRID, LIST = "grid", "list"
MODES = {"grid": (GRID,), "list": (LIST,), "grid-list": (GRID, LIST), "list-grid": (LIST, GRID)}
ALL = "all"
DESCENDING, ASCENDING = "desc", "asc"
NEIGHBOURS = 2
"""Pages on each side of the current one that have links."""


class Choice(Struct, frozen=True):
    label: str
    url: str
    is_current: bool


class Wishes(Struct, frozen=True):
    """What the toolbar's part of an address asks for, where it may."""

    mode: str
    modes: Sequence[str]
    sizes: Sequence[str]
    size: str
    orders: Sequence[tuple[str, str]]
    """Codes and labels."""
    order: str
    descending: bool
    page: int

    @property
    def limit(self) -> int | None:
        return None if self.size == ALL else int(self.size)


class Toolbar(Struct, frozen=True):
    total: int
    first: int
    last: int
    """The places of the first and the last product of this page, from 1."""
    mode: str
    modes: Sequence[Choice]
    orders: Sequence[Choice]
    order_label: str
    descending: bool
    other_direction: str
    sizes: Sequence[Choice]
    pages: Sequence[Choice]
    """Some of them; a label of `…` stands for those left out."""
    previous: str | None
    following: str | None


def wishes(page: ShopPage, orders: Sequence[tuple[str, str]], default_order: str) -> Wishes:
    """Whatever else an address says is not heard."""
    config = page.ctx.config
    modes = MODES.get(config("catalog/frontend/list_mode") or "", (GRID, LIST))
    asked_mode = page.parameter(MODE)
    mode = asked_mode if asked_mode in modes else modes[0]
    sizes = _sizes(config(f"catalog/frontend/{mode}_per_page_values"))
    if page.ctx.flag("catalog/frontend/list_allow_all"):
        sizes = [*sizes, ALL]
    default_size = (config(f"catalog/frontend/{mode}_per_page") or "").strip()
    default_size = default_size if default_size in sizes else sizes[0]
    asked_size = page.parameter(LIMIT)
    codes = [code for code, _ in orders]
    asked_order = page.parameter(ORDER)
    order = asked_order if asked_order in codes else default_order
    default_direction = DESCENDING if order == RELEVANCE else ASCENDING
    direction = page.parameter(DIRECTION, default_direction)
    return Wishes(
        mode,
        modes,
        sizes,
        asked_size if asked_size in sizes else default_size,
        orders,
        order,
        direction == DESCENDING if direction in (DESCENDING, ASCENDING) else default_direction == DESCENDING,
        page.number(PAGE) or 1,
    )


def sort_orders(page: ShopPage, available: str | None, *, in_search: bool) -> list[tuple[str, str]]:
    """Codes and labels; `available` are the codes that a category allows, by commas, or nothing for all of them."""
    first = (RELEVANCE, page.text("Relevance")) if in_search else (POSITION, page.text("Position"))
    sortable = page.ctx.shared(ATTRIBUTES).sortable
    every = [first, *((one.attribute_code, one.label(page.ctx.store.id)) for one in sortable)]
    allowed = [code for code in (available or "").split(",") if code]
    chosen = [one for one in every if one[0] in allowed] if allowed else every
    return chosen or every


def toolbar(page: ShopPage, wanted: Wishes, found: Found, at: ListAddress) -> Toolbar:
    size = wanted.limit or max(found.total, 1)
    last_page = max(1, -(-found.total // size))
    first = (found.page - 1) * size + 1 if found.total else 0
    names = {GRID: page.text("Grid"), LIST: page.text("List")}
    return Toolbar(
        total=found.total,
        first=first,
        last=min(first + size - 1, found.total) if found.total else 0,
        mode=wanted.mode,
        modes=[
            Choice(names[mode], at.with_(**{MODE: mode, LIMIT: None}), mode == wanted.mode) for mode in wanted.modes
        ],
        orders=[
            Choice(label, at.with_(**{ORDER: code, DIRECTION: None}), code == wanted.order)
            for code, label in wanted.orders
        ],
        order_label=next(label for code, label in wanted.orders if code == wanted.order),
        descending=wanted.descending,
        other_direction=at.with_(**{DIRECTION: ASCENDING if wanted.descending else DESCENDING}),
        sizes=[
            Choice(page.text("All") if one == ALL else one, at.with_(**{LIMIT: one}), one == wanted.size)
            for one in wanted.sizes
        ],
        pages=_pages(found.page, last_page, at),
        previous=at.on_page(found.page - 1) if found.page > 1 else None,
        following=at.on_page(found.page + 1) if found.page < last_page else None,
    )


def _pages(current: int, last: int, at: ListAddress) -> list[Choice]:
    """The first, the last, and those around the current one."""
    if last == 1:
        return []
    near = range(current - NEIGHBOURS, current + NEIGHBOURS + 1)
    shown = sorted({1, last, *(number for number in near if 1 <= number <= last)})
    pages: list[Choice] = []
    for before, number in zip([0, *shown], shown, strict=False):
        if number > before + 1:
            pages.append(Choice("…", "", is_current=False))
        pages.append(Choice(str(number), at.on_page(number), number == current))
    return pages


def _sizes(text: str | None) -> list[str]:
    sizes = [size.strip() for size in (text or "").split(",")]
    return [size for size in sizes if size.isdecimal() and int(size) > 0] or ["9"]
