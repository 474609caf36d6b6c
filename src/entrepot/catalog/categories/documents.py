"""Categories as they are stored, for any number of them: read in a scope, and written into scopes."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from msgspec import Struct

from entrepot.catalog.attributes import ATTRIBUTES, effective_scope
from entrepot.kit.context import Context
from entrepot.kit.scope import ADMIN_STORE_ID, StoreView
from entrepot.stores import levels


class CategoryDocument(Struct, frozen=True):
    """A category seen in one scope: its own columns and all attribute values."""

    category_id: int
    parent_id: int
    path: str
    level: int
    position: int
    children_count: int
    """All descendants, not only the direct ones."""
    children: str
    """The ids of the direct children that are active in the scope, by position."""
    created_at: str
    updated_at: str
    attributes: dict[str, str]
    """By code: the scope's value, else the default one."""
    defaults: dict[str, str]
    """By code, the default values alone."""
    own: dict[str, str]
    """By code, what the scope itself has; nothing in the admin store, whose values are the default ones."""

    @property
    def path_ids(self) -> list[int]:
        """From the root to the category itself."""
        return [int(id) for id in self.path.split("/")]

    @property
    def is_active(self) -> bool:
        return self.attributes.get("is_active") == "1"

    @property
    def is_anchor(self) -> bool:
        return self.attributes.get("is_anchor") == "1"


READ = """
    select c.category_id, c.parent_id, c.path, c.level, c.position, c.children_count,
           (
               select coalesce(string_agg(child.category_id::text, ',' order by child.position, child.category_id), '')
               from category child
               left join category_store own on own.category_id = child.category_id and own.store_id = %(store_id)s
               where child.parent_id = c.category_id
               and coalesce(own.attributes ->> 'is_active', child.attributes ->> 'is_active') = '1'
           ) as children,
           to_char(c.created_at, 'YYYY-MM-DD HH24:MI:SS') as created_at,
           to_char(c.updated_at, 'YYYY-MM-DD HH24:MI:SS') as updated_at,
           c.attributes || coalesce(cs.attributes, '{}') as attributes,
           c.attributes as defaults,
           coalesce(cs.attributes, '{}') as own
    from category c
    left join category_store cs on cs.category_id = c.category_id and cs.store_id = %(store_id)s
    where c.category_id = any(%(category_ids)s::bigint[])
"""

WRITE_DEFAULT = """
    update category
    set attributes = (attributes || %(given)s::jsonb) - %(removed)s::text[],
        position = coalesce(%(position)s, position),
        updated_at = %(now)s
    where category_id = %(category_id)s
"""

WRITE_VIEWS = """
    insert into category_store (category_id, store_id, attributes)
    select %(category_id)s, w.store_id, (coalesce(s.attributes, '{}') || w.given) - w.removed
    from jsonb_to_recordset(%(rows)s::jsonb) as w (store_id int, given jsonb, removed text[])
    left join category_store s on s.category_id = %(category_id)s and s.store_id = w.store_id
    order by w.store_id
    on conflict (category_id, store_id) do update
    set attributes = excluded.attributes
"""

Values = Mapping[str, str | None]
"""By code, as `normalise` gives them; None removes what the scope has."""


async def read(ctx: Context, category_ids: Sequence[int], store: StoreView | None = None) -> list[CategoryDocument]:
    """In the order of the ids, as the store view (the call's) sees them; unknown ids are left out."""
    scope = store or ctx.store
    found = await ctx.db.all(CategoryDocument, READ, category_ids=list(category_ids), store_id=scope.id)
    by_id = {one.category_id: one for one in found}
    return [by_id[id] for id in category_ids if id in by_id]


async def write(ctx: Context, category_id: int, values: Values, position: int | None = None) -> None:
    """Values into the scopes that their attributes have in the view of the call, and the time of the change.

    Those of a view go to it alone, those of a website to each of its views, global ones to the default; so do all of a
    call in the admin store.
    """
    scopes = _scopes(ctx, values)
    default = scopes.pop(ADMIN_STORE_ID, {})
    await ctx.db.execute(
        WRITE_DEFAULT,
        category_id=category_id,
        given=json.dumps(given(default)),
        removed=_removed(default),
        position=position,
        now=ctx.now,
    )
    if scopes:
        rows = [{"store_id": id, "given": given(own), "removed": _removed(own)} for id, own in scopes.items()]
        await ctx.db.execute(WRITE_VIEWS, category_id=category_id, rows=json.dumps(rows))


def _scopes(ctx: Context, values: Values) -> dict[int, dict[str, str | None]]:
    """By store id."""
    attributes = ctx.shared(ATTRIBUTES).categories
    spread: dict[int, dict[str, str | None]] = {}
    for code, value in values.items():
        scope = "global" if ctx.store.is_admin else effective_scope(ctx, attributes[code])
        for store_id in _store_ids(ctx, scope):
            spread.setdefault(store_id, {})[code] = value
    return spread


def _store_ids(ctx: Context, scope: str) -> list[int]:
    if scope == "global":
        return [ADMIN_STORE_ID]
    if scope == "website":
        return [view.id for view in levels(ctx).views_of_website(ctx.store.website_id)]
    return [ctx.store.id]


def given(values: Values) -> dict[str, str]:
    """What is to be set. NUL is left out, which the database cannot hold."""
    return {code: value.replace("\0", "") for code, value in values.items() if value is not None}


def _removed(values: Values) -> list[str]:
    return [code for code, value in values.items() if value is None]
