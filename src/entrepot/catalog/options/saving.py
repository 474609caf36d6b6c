"""Storing custom options: those of any number of products with the same statements.

Titles go to the store view of the call, where they differ from what it shows; prices as well where prices are per
website, then to all views of the website. All else, and everything that is new, holds everywhere.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, LiteralString

from msgspec import Struct, field

from entrepot.catalog.attributes.shared import PRICE_SCOPE, PRICES_PER_WEBSITE
from entrepot.catalog.contracts import CustomOption, CustomOptionValue
from entrepot.catalog.options import queries, rules
from entrepot.catalog.options.types import TYPES, is_select
from entrepot.kit.context import Context
from entrepot.kit.scope import ADMIN_STORE_ID
from entrepot.stores import levels

Row = dict[str, Any]


class Given(Struct, frozen=True):
    """The options that a call gives to a product."""

    product_id: int
    options: Sequence[CustomOption]


class _Rows(Struct):
    """What goes into the tables."""

    options: list[Row] = field(default_factory=list)
    titles: list[Row] = field(default_factory=list)
    prices: list[Row] = field(default_factory=list)
    values: list[Row] = field(default_factory=list)
    value_titles: list[Row] = field(default_factory=list)
    value_prices: list[Row] = field(default_factory=list)
    unpriced: list[int] = field(default_factory=list)
    """Options that have no price of their own any more."""


async def stored_options(ctx: Context, product_ids: Sequence[int]) -> dict[int, dict[int, Row]]:
    """By product id and option id, as the store view of the call sees them."""
    found = await ctx.db.all(_Stored, queries.LIST_STORED, product_ids=list(product_ids), store_id=ctx.store.id)
    return {one.product_id: {row["option_id"]: row for row in one.options or ()} for one in found}


class _Stored(Struct, frozen=True):
    product_id: int
    options: list[Row] | None


async def save(ctx: Context, given: Sequence[Given], *, complete: bool) -> list[int]:
    """Store options that were checked; the ids of all of them in the order given.

    An option with the id of one that the product has changes that one, any other is new. `complete` where the options
    are all that the products are to have; otherwise their other ones stay.
    """
    product_ids = [one.product_id for one in given]
    stored = await stored_options(ctx, product_ids)
    before = [stored.get(one.product_id, {}).get(option.option_id or 0) for one in given for option in one.options]
    listed = [(one.product_id, option) for one in given for option in one.options]
    ids = await _option_ids(ctx, before)
    rows = _Rows()
    value_ids = await _value_ids(ctx, listed, before)
    for (product_id, option), old, option_id, of_values in zip(listed, before, ids, value_ids, strict=True):
        _add_option(ctx, rows, product_id, option_id, option, old)
        old_values = _values_by_id(old)
        for value, value_id in zip(_values(option), of_values, strict=True):
            _add_value(ctx, rows, option_id, value_id, value, old_values.get(value_id))
    if complete:
        await ctx.db.execute(queries.DELETE_OTHER_OPTIONS, product_ids=product_ids, kept=ids)
    await _put(ctx, rows, ids)
    return ids


async def _put(ctx: Context, rows: _Rows, option_ids: Sequence[int]) -> None:
    if not rows.options:
        return
    kept = [row["option_type_id"] for row in rows.values]
    await ctx.db.execute(queries.DELETE_OTHER_VALUES, option_ids=list(option_ids), kept=kept)
    if rows.unpriced:
        await ctx.db.execute(queries.DELETE_PRICES, option_ids=rows.unpriced)
    statements: list[tuple[LiteralString, list[Row]]] = [
        (queries.PUT_OPTIONS, rows.options),
        (queries.PUT_TITLES, rows.titles),
        (queries.PUT_PRICES, rows.prices),
        (queries.PUT_VALUES, rows.values),
        (queries.PUT_VALUE_TITLES, rows.value_titles),
        (queries.PUT_VALUE_PRICES, rows.value_prices),
    ]
    for statement, of_table in statements:
        if of_table:
            await ctx.db.execute(statement, rows=json.dumps(of_table))


# ---------------------------------------------------------------- ids


async def _option_ids(ctx: Context, before: Sequence[Row | None]) -> list[int]:
    """Those of stored options, and new ones. An id that is named twice is taken once."""
    seen: set[int] = set()
    ids: list[int | None] = []
    for old in before:
        id = old["option_id"] if old else None
        ids.append(None if id in seen else id)
        seen.add(id or 0)
    return _filled(ids, await _new_ids(ctx, queries.NEW_OPTION_IDS, ids.count(None)))


async def _value_ids(
    ctx: Context, listed: Sequence[tuple[int, CustomOption]], before: Sequence[Row | None]
) -> list[list[int]]:
    """For each option those of its values, in their order."""
    known: list[list[int | None]] = []
    seen: set[int] = set()
    for (_, option), old in zip(listed, before, strict=True):
        stored = _values_by_id(old)
        ids: list[int | None] = []
        for value in _values(option):
            id = value.option_type_id
            ids.append(id if id in stored and id not in seen else None)
            seen.add(id or 0)
        known.append(ids)
    count = sum(ids.count(None) for ids in known)
    new = iter(await _new_ids(ctx, queries.NEW_VALUE_IDS, count))
    return [[next(new) if id is None else id for id in ids] for ids in known]


def _filled(ids: Sequence[int | None], new: Sequence[int]) -> list[int]:
    left = iter(new)
    return [next(left) if id is None else id for id in ids]


async def _new_ids(ctx: Context, statement: LiteralString, count: int) -> list[int]:
    return await ctx.db.values(statement, count=count) if count else []


def _values(option: CustomOption) -> Sequence[CustomOptionValue]:
    return option.values or () if is_select(option.type) else ()


def _values_by_id(old: Row | None) -> dict[int, Row]:
    return {value["option_type_id"]: value for value in (old or {}).get("values") or ()}


# ---------------------------------------------------------------- rows


def _add_option(
    ctx: Context, rows: _Rows, product_id: int, option_id: int, option: CustomOption, old: Row | None
) -> None:
    if old is not None and old["option_id"] != option_id:
        old = None
    type = option.type or ""
    rows.options.append(
        {
            "option_id": option_id,
            "product_id": product_id,
            "type": type,
            "is_require": option.is_require,
            "sort_order": option.sort_order,
            "sku": None if is_select(type) else _clean(option.sku),
            "max_characters": option.max_characters,
            "file_extension": rules.cleaned_extensions(option.file_extension),
            "image_size_x": option.image_size_x,
            "image_size_y": option.image_size_y,
            "is_other_kind": old is not None and TYPES[old["type"]].group != TYPES[type].group,
        }
    )
    rows.titles += _titles(ctx, option_id, _clean(option.title) or "", old)
    if is_select(type):
        rows.unpriced.append(option_id)
    else:
        rows.prices += _prices(ctx, option_id, option.price, option.price_type, old)


def _add_value(
    ctx: Context, rows: _Rows, option_id: int, value_id: int, value: CustomOptionValue, old: Row | None
) -> None:
    rows.values.append(
        {"option_type_id": value_id, "option_id": option_id, "sort_order": value.sort_order, "sku": _clean(value.sku)}
    )
    rows.value_titles += _titles(ctx, value_id, _clean(value.title) or "", old)
    if value.price is not None:
        rows.value_prices += _prices(ctx, value_id, value.price, value.price_type, old)
    elif old is None:
        rows.value_prices += _prices(ctx, value_id, 0, "fixed", None)


def _titles(ctx: Context, id: int, title: str, old: Row | None) -> list[Row]:
    if old is None:
        return [{"id": id, "store_id": ADMIN_STORE_ID, "title": title}]
    if not ctx.store.is_admin and old["title"] == title:
        # A view that says nothing else goes on to inherit.
        return []
    return [{"id": id, "store_id": ctx.store.id, "title": title}]


def _prices(ctx: Context, id: int, price: object, price_type: str | None, old: Row | None) -> list[Row]:
    row = {"id": id, "price": str(price), "price_type": price_type}
    per_website = ctx.config_default(PRICE_SCOPE) == PRICES_PER_WEBSITE
    if old is None or ctx.store.is_admin or not per_website:
        return [row | {"store_id": ADMIN_STORE_ID}]
    if _is_shown(price, price_type, old):
        return []
    return [row | {"store_id": view.id} for view in levels(ctx).views_of_website(ctx.store.website_id)]


def _is_shown(price: object, price_type: str | None, old: Row) -> bool:
    shown = rules.decimal(old["price"])
    return shown is not None and shown == price and old["price_type"] == price_type


def _clean(text: str | None) -> str | None:
    """Without NUL, which the database cannot hold."""
    return None if text is None else text.replace("\0", "")
