"""The configuration values that are set, and the search for one through the scopes (spec 10-platform, 2)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Literal

from entrepot.kit.db import Db
from entrepot.kit.scope import CONFIGURATION
from entrepot.stores import queries
from entrepot.stores.configuration import default
from entrepot.stores.queries import ValueRow

Scope = Literal["default", "websites", "stores"]


class Values:
    """Each search ends at the first row there is, even when its value is empty or null."""

    def __init__(self, rows: Iterable[ValueRow], website_of: Mapping[int, int]) -> None:
        self._rows = {(row.scope, row.scope_id, row.path): row.value for row in rows}
        self._website_of = website_of
        self._in_stores: dict[tuple[str, int], str | None] = {}
        """What was found for store views, which is asked for again in every call."""

    def in_store(self, path: str, store_id: int) -> str | None:
        """The admin store, and a view that there is not, have no website: they read the default scope."""
        if (place := (path, store_id)) not in self._in_stores:
            self._in_stores[place] = self._find_in_store(path, store_id)
        return self._in_stores[place]

    def _find_in_store(self, path: str, store_id: int) -> str | None:
        if (row := ("stores", store_id, path)) in self._rows:
            return self._rows[row]
        website_id = self._website_of.get(store_id)
        return self.in_default(path) if website_id is None else self.in_website(path, website_id)

    def in_website(self, path: str, website_id: int) -> str | None:
        if (row := ("websites", website_id, path)) in self._rows:
            return self._rows[row]
        return self.in_default(path)

    def in_default(self, path: str) -> str | None:
        if (row := ("default", 0, path)) in self._rows:
            return self._rows[row]
        return default(path)

    def has_row(self, path: str, scope: Scope, scope_id: int) -> bool:
        """Whether the value is set in that very scope, and not taken from a wider one."""
        return (scope, scope_id, path) in self._rows


async def load_values(db: Db) -> Values:
    rows = await db.all(ValueRow, queries.LIST_VALUES)
    website_of: dict[int, int] = dict(await db.all(tuple, queries.LIST_WEBSITES_OF_VIEWS))
    return Values(rows, website_of)


CONFIGURATION.load = load_values
