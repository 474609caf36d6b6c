"""The websites, groups and views of the installation, as each process keeps them in memory."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

from entrepot.kit.context import Context
from entrepot.kit.db import Db
from entrepot.kit.scope import ADMIN_STORE_ID, STORES, StoreView
from entrepot.stores import queries
from entrepot.stores.queries import StoreGroup, Website


class Levels:
    """The store directory of the kit, with the two levels above the views."""

    def __init__(self, websites: Sequence[Website], groups: Sequence[StoreGroup], views: Sequence[StoreView]) -> None:
        self.websites = tuple(websites)
        """By id, the admin website included."""
        self.groups = tuple(groups)
        """By id, the group of the admin store included."""
        self.views = tuple(views)
        """By id, the admin store included."""
        self._websites = {website.id: website for website in websites}
        self._websites_by_code = {website.code: website for website in websites}
        self._groups = {group.id: group for group in groups}
        self._views = {view.id: view for view in views}
        self._views_by_code = {view.code: view for view in views}

    @property
    def admin(self) -> StoreView:
        return self._views[ADMIN_STORE_ID]

    @cached_property
    def default(self) -> StoreView:
        """Where a call without a store code takes place. There always is one: changes that would end it are refused."""
        found = self.default_of_website(self.default_website.id)
        if found is None:
            raise LookupError("the default website has no store view")
        return found

    @cached_property
    def default_website(self) -> Website:
        return next(website for website in self.websites if website.is_default)

    def by_code(self, code: str) -> StoreView | None:
        """Compares exactly."""
        return self._views_by_code.get(code)

    def by_id(self, store_id: int) -> StoreView | None:
        return self._views.get(store_id)

    def default_of_website(self, website_id: int) -> StoreView | None:
        """The default view of the default group; None while the website has no group or the group no view."""
        website = self._websites.get(website_id)
        group = self._groups.get(website.default_group_id) if website else None
        view = self._views.get(group.default_store_id) if group else None
        # 0 means "none yet", except in the admin website, where it is the admin store.
        return view if view and view.website_id == website_id else None

    def website(self, website_id: int) -> Website | None:
        return self._websites.get(website_id)

    def website_by_code(self, code: str) -> Website | None:
        """Compares exactly."""
        return self._websites_by_code.get(code)

    def group(self, group_id: int) -> StoreGroup | None:
        return self._groups.get(group_id)

    def groups_of(self, website_id: int) -> list[StoreGroup]:
        return [group for group in self.groups if group.website_id == website_id]

    def views_of_website(self, website_id: int) -> list[StoreView]:
        return [view for view in self.views if view.website_id == website_id]

    def views_of_group(self, group_id: int) -> list[StoreView]:
        return [view for view in self.views if view.group_id == group_id]


def levels(ctx: Context) -> Levels:
    """The levels as of this transaction; `ctx.stores` is the same object under the kit's narrower type."""
    found = ctx.stores
    assert isinstance(found, Levels)
    return found


async def load_levels(db: Db) -> Levels:
    return Levels(
        await db.all(Website, queries.LIST_WEBSITES),
        await db.all(StoreGroup, queries.LIST_GROUPS),
        await db.all(StoreView, queries.LIST_VIEWS),
    )


STORES.load = load_levels
