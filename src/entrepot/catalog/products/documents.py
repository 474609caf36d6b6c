"""Products as they are stored, for any number of them: read in a scope, and values written into scopes.

Each function is one statement (writing: one per table). Whoever writes calls `refresh` of `changes` at the end, so that
the index and the addresses follow.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from functools import cache

from msgspec import Struct
from psycopg.sql import SQL, Composed, Literal

from entrepot.catalog.attributes import Attribute, effective_scope
from entrepot.catalog.contracts import ProductRef
from entrepot.catalog.drafts import Document
from entrepot.catalog.parts import PARTS
from entrepot.catalog.products import queries
from entrepot.kit.context import Context
from entrepot.kit.scope import ADMIN_STORE_ID, StoreView
from entrepot.stores import levels


async def read(
    ctx: Context, product_ids: Sequence[int], store: StoreView | None = None, *, with_parts: bool = False
) -> list[Document]:
    """In the order of the ids, as the store view (the call's) sees them; unknown ids are left out."""
    scope = store or ctx.store
    found = await ctx.db.all(
        Document,
        _reading(with_parts),
        product_ids=list(product_ids),
        store_id=scope.id,
        website_id=scope.website_id,
    )
    by_id = {document.product_id: document for document in found}
    return [by_id[id] for id in product_ids if id in by_id]


async def lock(ctx: Context, product_ids: Sequence[int]) -> list[Document]:
    """As `read`, without parts; nobody else changes these products until the transaction ends."""
    return await ctx.db.all(Document, queries.LOCK, product_ids=list(product_ids), store_id=ctx.store.id)


@cache
def _reading(with_parts: bool) -> Composed:
    parts = [SQL("{}, {}").format(Literal(part.field), SQL(part.rows)) for part in PARTS] if with_parts else []
    return SQL(queries.READ).format(parts=SQL("json_build_object({})").format(SQL(", ").join(parts)))


async def products_by_sku(ctx: Context, skus: Iterable[str]) -> Mapping[str, ProductRef]:
    """By the SKU in lower case; unknown ones are missing."""
    # No SKU has NUL, and the database refuses to be asked for it.
    wanted = [sku for sku in dict.fromkeys(sku.strip() for sku in skus) if "\0" not in sku]
    found = await ctx.db.all(queries.Found, queries.FIND_BY_SKU, skus=wanted)
    return {one.wanted.lower(): ProductRef(one.product_id, one.sku, one.type_id) for one in found}


async def products_by_id(ctx: Context, product_ids: Iterable[int]) -> Mapping[int, ProductRef]:
    """By id; unknown ones are missing."""
    found = await ctx.db.all(ProductRef, queries.FIND_BY_ID, product_ids=list(product_ids))
    return {one.product_id: one for one in found}


class Values(Struct, frozen=True):
    """Attribute values of one product in one scope: store 0 is the default. None removes what the scope has."""

    product_id: int
    store_id: int
    values: Mapping[str, str | None]


def spread(
    ctx: Context,
    attributes: Mapping[str, Attribute],
    product_id: int,
    values: Mapping[str, str | None],
    store: StoreView | None = None,
) -> list[Values]:
    """Where values go that are set in a store view (the call's): by the scopes of their attributes.

    Those of a website go to each of its views; those of a view to it alone; global ones, and all of a call in the
    admin store, to the default.
    """
    view = store or ctx.store
    if view.is_admin:
        return [Values(product_id, ADMIN_STORE_ID, values)] if values else []
    by_scope: dict[str, dict[str, str | None]] = {"global": {}, "website": {}, "store": {}}
    for code, value in values.items():
        by_scope[effective_scope(ctx, attributes[code])][code] = value
    spread_out = [Values(product_id, ADMIN_STORE_ID, by_scope["global"])] if by_scope["global"] else []
    for one in levels(ctx).views_of_website(view.website_id):
        of_view = {**by_scope["website"], **(by_scope["store"] if one.id == view.id else {})}
        if of_view:
            spread_out.append(Values(product_id, one.id, of_view))
    return spread_out


async def write(ctx: Context, values: Iterable[Values]) -> None:
    """Values as `normalise` gives them, into the documents of their scopes; other values stay."""
    listed = list(values)
    if in_default := [one for one in listed if not one.store_id]:
        await ctx.db.execute(queries.WRITE_DEFAULTS, rows=rows_of(in_default))
    if in_views := [one for one in listed if one.store_id]:
        await ctx.db.execute(queries.WRITE_VIEWS, rows=rows_of(in_views))


def rows_of(values: Iterable[Values]) -> str:
    """JSON for `jsonb_to_recordset`: product_id, store_id, given, removed."""
    return json.dumps(
        [
            {
                "product_id": one.product_id,
                "store_id": one.store_id,
                "given": given(one.values),
                "removed": removed(one.values),
            }
            for one in values
        ]
    )


def given(values: Mapping[str, str | None]) -> dict[str, str]:
    """NUL is left out, which the database cannot hold."""
    return {code: value.replace("\0", "") for code, value in values.items() if value is not None}


def removed(values: Mapping[str, str | None]) -> list[str]:
    return [code for code, value in values.items() if value is None]
