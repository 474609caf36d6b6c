"""Categories by the names on their way from the root: `Default Category/Gear/Bags`. Those that are missing are made."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager

from entrepot import catalog
from entrepot.catalog.categories import CategoryDocument, documents, listing
from entrepot.catalog.categories.contracts import Category
from entrepot.data_transfer.separated import PATH, join, split, unescape
from entrepot.kit.context import Context
from entrepot.kit.errors import Refused
from entrepot.kit.search_criteria import SearchCriteria

ROOT_ID = 1
"""Of the whole tree; it has no place in paths."""


class CategoryNotMade(Refused):
    """A path without names, or a category whose address another one has."""

    message = 'Category "%1" has not been created. %2'


class CategoryPaths:
    """All categories of the shop, as of one transaction."""

    def __init__(self, ctx: Context, found: Sequence[CategoryDocument]) -> None:
        self.ctx = ctx
        names = {one.category_id: one.attributes.get("name", "") for one in found}
        self._names: Mapping[int, tuple[str, ...]] = {
            one.category_id: tuple(names.get(id, "") for id in one.path_ids if id != ROOT_ID) for one in found
        }
        self._ids: dict[tuple[str, ...], int] = {}
        for id, path in sorted(self._names.items()):
            self._ids.setdefault(_folded(path), id)

    @classmethod
    async def load(cls, ctx: Context) -> CategoryPaths:
        """Three statements."""
        admin = ctx.in_store(ctx.stores.admin)
        ids, _ = await listing.find(admin, SearchCriteria())
        return cls(admin, await documents.read(admin, ids))

    @property
    def count(self) -> int:
        return len(self._ids)

    @asynccontextmanager
    async def attempt(self) -> AsyncIterator[None]:
        """What the block has made is gone, and made anew when it is asked for again, if the block raises."""
        known = dict(self._ids)
        try:
            async with self.ctx.savepoint():
                yield
        except BaseException:
            self._ids = known
            raise

    async def ids(self, field: str, separator: str) -> list[int]:
        """The categories of a field, those that are missing made under their parents. Raises CategoryNotMade."""
        return [await self._id(path, separator) for path in split(field, separator)]

    def field(self, category_ids: Sequence[int], separator: str) -> str:
        """What `ids` reads as these categories."""
        paths = [self._names[id] for id in category_ids if self._names.get(id)]
        return separator.join(join(path, PATH, separator) for path in paths)

    async def _id(self, path: str, separator: str) -> int:
        names = tuple(unescape(name, separator) for name in split(path, PATH))
        if not names:
            raise CategoryNotMade(path, "It has no name.")
        parent_id = ROOT_ID
        for length in range(1, len(names) + 1):
            key = _folded(names[:length])
            if key not in self._ids:
                self._ids[key] = await self._make(names[length - 1], parent_id, path)
            parent_id = self._ids[key]
        return parent_id

    async def _make(self, name: str, parent_id: int, path: str) -> int:
        category = Category(parent_id=parent_id, name=name, is_active=True, include_in_menu=True)
        try:
            async with self.ctx.savepoint():
                return await catalog.categories.create_category(self.ctx, category)
        except Refused as refusal:
            raise CategoryNotMade(path, refusal.rendered()) from refusal


def _folded(path: Sequence[str]) -> tuple[str, ...]:
    return tuple(name.strip().casefold() for name in path)
