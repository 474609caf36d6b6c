"""Search terms: what was looked for before, how often, and with how many results."""

from __future__ import annotations

from collections.abc import Sequence
from typing import LiteralString

from msgspec import Struct
from psycopg.sql import SQL

from entrepot.catalog.browsing.availability import on_offer, shows_out_of_stock
from entrepot.kit.context import Context

LIMIT = "catalog/search/autocomplete_limit"
LONGEST = 255

RECORD = """
    insert into search_term (store_id, query_key, query_text, num_results, popularity, updated_at)
    values (%(store_id)s, fold(%(text)s), %(text)s, %(results)s, 1, %(now)s)
    on conflict (store_id, query_key) do update
    set num_results = excluded.num_results,
        popularity = search_term.popularity + 1,
        updated_at = excluded.updated_at
"""

REDIRECT = """
    select redirect
    from search_term
    where store_id = %(store_id)s
    and query_key = fold(%(text)s)
    and redirect <> ''
"""

# Names of products follow where there are not enough earlier terms. Some of them are enough to choose from: the words
# that most products have would otherwise be read whole for every key that is pressed.
SUGGEST: LiteralString = """
    with candidate as materialized (
        select i.product_id, i.sku, i.type_id, i.name
        from product_index i
        where i.store_id = %(store_id)s
        and i.website_id is not null
        and i.status = 1
        and i.visibility in (3, 4)
        and i.search @@ %(words)s::tsquery
        limit %(window)s
    )
    select title, num_results
    from (
        (
            select 1 as kind, query_text as title, num_results, popularity as weight
            from search_term
            where store_id = %(store_id)s
            and query_key like fold(%(prefix)s) || '%%'
            and num_results > 0
            order by popularity desc, query_key
            limit %(limit)s
        )
        union all
        (
            select distinct 2, coalesce(i.name, ''), 1, 0
            from candidate i
            {salable}
        )
    ) s
    order by kind, weight desc, title
    limit %(limit)s
"""

LAST: LiteralString = """
    select t.query_text, t.num_results, t.popularity
    from search_term t
    where (%(store_ids)s::int[] is null or t.store_id = any(%(store_ids)s::int[]))
    order by t.updated_at desc, t.term_id desc
    limit %(limit)s
"""

TOP: LiteralString = """
    select t.query_text, t.num_results, t.popularity
    from search_term t
    where (%(store_ids)s::int[] is null or t.store_id = any(%(store_ids)s::int[]))
    order by t.popularity desc, t.term_id
    limit %(limit)s
"""

WINDOW = 50
IS_SALABLE: LiteralString = "where i.product_id in ({salable})"


class Suggestion(Struct, frozen=True):
    """As `/search/ajax/suggest/` answers."""

    title: str
    num_results: int


class SearchTerm(Struct, frozen=True):
    """What was looked for, what was found last, and how often it was looked for."""

    query_text: str
    num_results: int
    popularity: int


async def record(ctx: Context, text: str, results: int) -> None:
    """Count one more search for a text in the view of the call."""
    text = text[:LONGEST]
    await ctx.db.execute(RECORD, store_id=ctx.store.id, text=text, results=results, now=ctx.now)


async def redirect(ctx: Context, text: str) -> str | None:
    """Where a merchant sends those who look for this."""
    found: str | None = await ctx.db.value(REDIRECT, store_id=ctx.store.id, text=text[:LONGEST])
    return found


async def suggest(ctx: Context, text: str, words: str | None) -> list[Suggestion]:
    """What begins with the text: earlier terms by popularity, then names of products that have its words."""
    limit = ctx.config(LIMIT) or "8"
    salable, parameters = ("", {}) if shows_out_of_stock(ctx) else on_offer(ctx)
    return await ctx.db.all(
        Suggestion,
        SQL(SUGGEST).format(salable=SQL(IS_SALABLE).format(salable=SQL(salable)) if salable else SQL("")),
        store_id=ctx.store.id,
        prefix=_literal(text),
        words=words or "'-'",
        window=WINDOW,
        limit=int(limit) if limit.isdecimal() else 8,
        **parameters,
    )


async def last_terms(ctx: Context, limit: int, store_ids: Sequence[int] | None = None) -> Sequence[SearchTerm]:
    """What was looked for last, in these store views or in all."""
    return await ctx.db.all(SearchTerm, LAST, limit=limit, store_ids=None if store_ids is None else list(store_ids))


async def top_terms(ctx: Context, limit: int, store_ids: Sequence[int] | None = None) -> Sequence[SearchTerm]:
    """What was looked for most."""
    return await ctx.db.all(SearchTerm, TOP, limit=limit, store_ids=None if store_ids is None else list(store_ids))


def _literal(text: str) -> str:
    """For `like`: what the text itself has of its signs stands for itself."""
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
