"""Whose orders a page adds up: of all store views, of a website's, of a store's, or of one view."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from msgspec import Struct

from entrepot.admin.page import AdminPage
from entrepot.admin.store_switch import ALL_VIEWS, SINGLE_STORE, StoreSwitch, Switch
from entrepot.kit.scope import is_flag_set
from entrepot.stores.levels import levels

WEBSITE, GROUP, STORE = "website", "group", "store"


class ReportScope(Struct, frozen=True):
    label: str
    store_ids: tuple[int, ...] | None = None
    """None for all, also of views that are gone."""
    pairs: tuple[tuple[str, int], ...] = ()
    """How an address says it: `website/1`, `group/1`, `store/1`."""


ALL = ReportScope(ALL_VIEWS)


def asked_scope(page: AdminPage) -> ReportScope:
    """That of the address; all of the shop for none or an unknown one."""
    known = levels(page.ctx)
    view = known.by_id(page.number(STORE) or 0)
    if view and not view.is_admin:
        return ReportScope(view.name, (view.id,), ((STORE, view.id),))
    group = known.group(page.number(GROUP) or 0)
    if group and group.id:
        views = known.views_of_group(group.id)
        return ReportScope(group.name, tuple(view.id for view in views), ((GROUP, group.id),))
    website = known.website(page.number(WEBSITE) or 0)
    if website and website.id:
        views = known.views_of_website(website.id)
        return ReportScope(website.name, tuple(view.id for view in views), ((WEBSITE, website.id),))
    return ALL


def scope_switch(page: AdminPage, current: ReportScope, href: Callable[[dict[str, Any]], str]) -> StoreSwitch:
    """`href` gives the page's address with these pairs. Without lines where the shop has but one view and hides it."""
    known = levels(page.ctx)
    if len(known.views) <= 2 and is_flag_set(page.ctx.config_default(SINGLE_STORE)):
        return StoreSwitch(current.label, [])

    def line(label: str, depth: int, *pairs: tuple[str, int]) -> Switch:
        return Switch(label, href(dict(pairs)), depth, pairs == current.pairs)

    lines = [line(ALL_VIEWS, 0)]
    for website in known.websites:
        if not website.id:
            continue
        lines.append(line(website.name, 0, (WEBSITE, website.id)))
        for group in known.groups_of(website.id):
            lines.append(line(group.name, 1, (GROUP, group.id)))
            lines += [line(view.name, 2, (STORE, view.id)) for view in known.views_of_group(group.id)]
    return StoreSwitch(current.label, lines)
