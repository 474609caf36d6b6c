"""By what lists of categories are filtered and sorted (spec 30-catalog, 7.1): columns, and attributes in the scope."""

from __future__ import annotations

from collections.abc import Mapping
from typing import LiteralString

from msgspec import Struct
from psycopg.sql import SQL, Literal

from entrepot.catalog.attributes import ATTRIBUTES
from entrepot.catalog.categories.values import COMPUTED, is_value
from entrepot.kit.context import Context
from entrepot.kit.search_conditions import Field, Kind, Special
from entrepot.kit.search_criteria import SearchCriteria
from entrepot.kit.search_sql import Fields, Listing, search


class Found(Struct, frozen=True):
    category_id: int


COLUMNS: Mapping[str, Field | Special] = {
    "entity_id": Field("c.category_id", "number"),
    "parent_id": Field("c.parent_id", "number"),
    "path": Field("c.path"),
    "level": Field("c.level", "number"),
    "position": Field("c.position", "number"),
    "children_count": Field("c.children_count", "number"),
    "created_at": Field("c.created_at", "datetime"),
    "updated_at": Field("c.updated_at", "datetime"),
    "url_path": Field("coalesce(cs.attributes ->> 'url_path', c.attributes ->> 'url_path')"),
}

SOURCE = """
    category c
    left join category_store cs on cs.category_id = c.category_id and cs.store_id = %(store_id)s
"""

KINDS: Mapping[str, Kind] = {"int": "number", "decimal": "number", "datetime": "datetime"}
VALUES: Mapping[Kind, LiteralString] = {
    "text": "coalesce(cs.attributes ->> {code}, c.attributes ->> {code})",
    "number": "coalesce(cs.attributes ->> {code}, c.attributes ->> {code})::numeric",
    "datetime": "coalesce(cs.attributes ->> {code}, c.attributes ->> {code})::timestamp at time zone 'UTC'",
}


async def find(ctx: Context, criteria: SearchCriteria) -> tuple[list[int], int]:
    """The ids on the page asked for, and how many there are on all pages."""
    attributes = ctx.shared(ATTRIBUTES).categories

    def by_attribute(code: str) -> Field | Special | None:
        attribute = attributes.get(code)
        if attribute is None:
            return None
        if not is_value(attribute) or code in COMPUTED:
            return Field("null::text")
        kind = KINDS.get(attribute.backend_type, "text")
        return Field(SQL(VALUES[kind]).format(code=Literal(code)), kind)

    listing = Listing(
        row=Found,
        columns="c.category_id",
        source=SOURCE,
        fields=Fields(COLUMNS, unknown="eav", attribute=by_attribute),
        default_order="c.category_id",
    )
    found, total = await search(ctx.db, listing, criteria, store_id=ctx.store.id)
    return [one.category_id for one in found], total
