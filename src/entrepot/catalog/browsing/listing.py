"""A page of products with the counts of layered navigation, in one statement (docs/decisions/0024-search.md)."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, LiteralString

from msgspec import Struct
from psycopg.sql import SQL, Composed

from entrepot import directory
from entrepot.catalog.attributes import ATTRIBUTES, choices
from entrepot.catalog.browsing import queries
from entrepot.catalog.browsing.availability import on_offer, shows_out_of_stock
from entrepot.catalog.browsing.selection import (
    NAME,
    POSITION,
    PRICE,
    RELEVANCE,
    STEP,
    Found,
    PriceRange,
    Selection,
)
from entrepot.catalog.categories import CategoryDocument
from entrepot.catalog.prices import final_price_sql
from entrepot.kit.context import Context

IN_CATALOG, IN_SEARCH, IN_BOTH = 2, 3, 4
"""Visibility: where a product can be come across. 1 is nowhere."""

ORDERS: Mapping[str, LiteralString] = {
    POSITION: "s.position",
    RELEVANCE: "s.score",
    NAME: "s.name_key",
    PRICE: "s.shown_price",
}


class Row(Struct, frozen=True):
    total: int
    page: int
    product_ids: list[int]
    choices: dict[str, int] = {}
    prices: list[tuple[str, int]] = []
    highest_price: Decimal | None = None
    children: dict[str, int] = {}


async def find(ctx: Context, selection: Selection, customer_group_id: int, currency: str) -> Found:
    """The products of a selection, as a customer of a group sees them in the store view of the call.

    One statement, and one for each category of the selection that is an anchor with others below it.
    """
    parameters: dict[str, Any] = {"store_id": ctx.store.id, "page": selection.page, "size": selection.size}
    statement = SQL("with {placed}{candidate}{shown}{size}{page}").format(
        placed=await _placed(ctx, selection.category, parameters),
        candidate=await _candidate(ctx, selection, parameters),
        shown=_shown(ctx, selection, customer_group_id, currency, parameters),
        size=SQL(queries.SIZE),
        page=_page(ctx, selection, parameters),
    )
    row = await ctx.db.one(Row, statement, **parameters)
    return Found(
        row.total,
        row.page,
        row.product_ids,
        choices={int(choice): products for choice, products in row.choices.items()},
        prices=[(Decimal(low), products) for low, products in row.prices],
        highest_price=row.highest_price,
        children={int(id): products for id, products in row.children.items()},
    )


async def _with_those_below(ctx: Context, category: CategoryDocument) -> list[int]:
    """The ids of the categories whose products a category shows."""
    if not category.is_anchor or not category.children_count:
        return [category.category_id]
    return await ctx.db.values(queries.BELOW, category_id=category.category_id, below=f"{category.path}/%")


async def _placed(ctx: Context, category: CategoryDocument | None, parameters: dict[str, Any]) -> SQL:
    if category is None:
        return SQL("")
    parameters["category_id"] = category.category_id
    parameters["category_ids"] = await _with_those_below(ctx, category)
    return SQL(queries.PLACED)


async def _candidate(ctx: Context, selection: Selection, parameters: dict[str, Any]) -> Composed:
    conditions: LiteralString = ""
    score: LiteralString = "0"
    parameters["visibilities"] = [IN_SEARCH if selection.category is None else IN_CATALOG, IN_BOTH]
    if selection.choices:
        conditions += queries.HAS_CHOICES
        parameters["chosen"] = sorted(selection.choices.values())
    if selection.words is not None:
        conditions += queries.HAS_WORDS
        score = queries.SCORE
        parameters["words"] = selection.words
    if selection.within is not None:
        conditions += queries.IS_WITHIN
        parameters["within_ids"] = await _with_those_below(ctx, selection.within)
    has_places = selection.category is not None
    return SQL(queries.CANDIDATE).format(
        position=SQL("p.position" if has_places else "0"),
        score=SQL(score),
        placed=SQL(queries.JOIN_PLACED if has_places else ""),
        conditions=SQL(conditions),
    )


def _shown(
    ctx: Context, selection: Selection, customer_group_id: int, currency: str, parameters: dict[str, Any]
) -> Composed:
    price, price_parameters = final_price_sql(ctx, customer_group_id)
    rate = directory.rate(ctx, directory.base_currency(ctx), currency)
    parameters |= {**price_parameters, "rate": rate, "step": STEP}
    salable: Composed | SQL = SQL("")
    if not shows_out_of_stock(ctx):
        query, stock_parameters = on_offer(ctx)
        parameters |= stock_parameters
        salable = SQL(queries.IS_SALABLE).format(salable=SQL(query))
    return SQL(queries.SHOWN).format(
        price=SQL(price), salable=salable, price_condition=_price_condition(selection.price, parameters)
    )


def _price_condition(range: PriceRange | None, parameters: dict[str, Any]) -> SQL:
    if range is None:
        return SQL("true")
    parameters |= {"low": range.low, "high": range.high}
    return SQL(queries.COSTS)


def _page(ctx: Context, selection: Selection, parameters: dict[str, Any]) -> Composed:
    by, further = _order(ctx, selection.order, parameters)
    direction: LiteralString = " desc nulls last" if selection.descending else " nulls last"
    order: LiteralString = (
        by + direction + (", s.product_id desc" if selection.order == RELEVANCE else ", s.product_id")
    )
    page = SQL(queries.PAGE).format(further=SQL(further), order=SQL(order))
    if not selection.counts:
        return page + SQL(queries.FROM_SIZE)
    parameters |= {
        "child_ids": [child.category_id for child in selection.children],
        "child_paths": [child.path for child in selection.children],
        "child_is_anchor": [child.is_anchor for child in selection.children],
    }
    return page + SQL(queries.COUNTS) + SQL(queries.FROM_SIZE)


def _order(ctx: Context, code: str, parameters: dict[str, Any]) -> tuple[LiteralString, LiteralString]:
    """What to sort by, and what else has to be read for it."""
    if code in ORDERS:
        return ORDERS[code], ""
    attribute = ctx.shared(ATTRIBUTES).products[code]
    parameters["order_code"] = code
    if attribute.uses_source:
        parameters["order_values"] = [choice.value for choice in choices(ctx, attribute)]
        return queries.BY_LABEL, queries.DOCUMENTS
    if attribute.backend_type in ("decimal", "int"):
        return queries.BY_NUMBER, queries.DOCUMENTS
    return queries.BY_TEXT, queries.DOCUMENTS
