"""The store view that a page shows values of, and the switch to others. All Store Views is the default scope."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from msgspec import Struct

from entrepot.admin.page import AdminPage
from entrepot.kit.scope import StoreView, is_flag_set
from entrepot.stores.levels import levels

SINGLE_STORE = "general/single_store_mode/enabled"
ALL_VIEWS = "All Store Views"


class Switch(Struct, frozen=True):
    """One line of the switch; a website or a store is only a heading, without an address."""

    label: str
    href: str
    depth: int
    is_current: bool


class StoreSwitch(Struct, frozen=True):
    """What `store_switch.html` shows; without lines nothing."""

    label: str
    lines: list[Switch]


def asked_view(page: AdminPage) -> StoreView:
    """The view of the address, `store/2`; the admin store, the default scope, for none or an unknown one."""
    return page.ctx.stores.by_id(page.number("store") or 0) or page.ctx.stores.admin


def pairs_of(view: StoreView) -> dict[str, Any]:
    """How an address says it."""
    return {} if view.is_admin else {"store": view.id}


def store_switch(page: AdminPage, current: StoreView, href: Callable[[dict[str, Any]], str]) -> StoreSwitch:
    """`href` gives the page's address with these pairs. Without lines where the shop has but one view and hides it."""
    known = levels(page.ctx)
    label = ALL_VIEWS if current.is_admin else current.name
    if len(known.views) <= 2 and is_flag_set(page.ctx.config_default(SINGLE_STORE)):
        return StoreSwitch(label, [])
    lines = [Switch(ALL_VIEWS, href({}), 0, current.is_admin)]
    for website in known.websites:
        if not website.id:
            continue
        lines.append(Switch(website.name, "", 0, is_current=False))
        for group in known.groups_of(website.id):
            lines.append(Switch(group.name, "", 1, is_current=False))
            lines += [
                Switch(view.name, href(pairs_of(view)), 2, view.id == current.id)
                for view in known.views_of_group(group.id)
            ]
    return StoreSwitch(label, lines)


def is_one_view(page: AdminPage) -> bool:
    """Whether scopes make no difference to anybody."""
    return len(levels(page.ctx).views) <= 2
