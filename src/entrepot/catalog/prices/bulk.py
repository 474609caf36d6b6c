"""What the services that set many prices have in common: products by SKU, rows that fail, values into scopes.

A row that fails is told of in the answer and left out; the others are saved. Messages and their parameters are given
apart, and some messages keep their placeholders: clients fill them in.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from msgspec import Struct

from entrepot.catalog.attributes import ATTRIBUTES, effective_scope
from entrepot.catalog.attributes.rules import normalise
from entrepot.catalog.prices import queries
from entrepot.catalog.prices.contracts import PriceUpdateResult
from entrepot.catalog.prices.errors import PricesNotSaved
from entrepot.catalog.products import documents
from entrepot.catalog.products.changes import refresh
from entrepot.kit.context import Context
from entrepot.kit.errors import Refused
from entrepot.kit.rest.operation import MayUse
from entrepot.stores import levels

ACCESS = MayUse("Magento_Catalog::catalog")

Parameter = str | int | Decimal | None
Failure = tuple[str, Sequence[Parameter]]
"""A message and its parameters."""


class Priced(Struct, frozen=True):
    """A product whose price is asked for or set."""

    wanted: str
    """The SKU as it was asked for."""
    product_id: int
    sku: str
    type_id: str
    price_type: str | None


async def products(ctx: Context, skus: Iterable[str | None]) -> Mapping[str, Priced]:
    """By the SKU in lower case without surrounding spaces, see `key`; unknown ones are missing."""
    wanted = list(dict.fromkeys(key(sku) for sku in skus))
    return {key(one.wanted): one for one in await ctx.db.all(Priced, queries.FIND_PRODUCTS, skus=wanted)}


def key(sku: str | None) -> str:
    return (sku or "").replace("\0", "").strip().lower()


def result(message: str, parameters: Iterable[Parameter]) -> PriceUpdateResult:
    return PriceUpdateResult(message=message, parameters=[None if one is None else text(one) for one in parameters])


def text(value: Parameter) -> str:
    """As it stands in messages: numbers without zeros at the end, nothing for None."""
    if value is None:
        return ""
    return f"{value.normalize():f}" if isinstance(value, Decimal) else str(value)


def store_not_found(sku: str | None, store_id: int | None, tail: str = "", *more: Parameter) -> Failure:
    message = f"Requested store is not found. Row ID: SKU = {text(sku)}, Store ID: {text(store_id)}{tail}."
    return message, (sku, store_id, *more)


def is_store(ctx: Context, store_id: int | None) -> bool:
    return store_id is not None and ctx.stores.by_id(store_id) is not None


# ---------------------------------------------------------------- values of attributes


async def write(ctx: Context, values: Iterable[tuple[int, int, Mapping[str, Decimal | str | None]]]) -> None:
    """Values by product id and store id, each into the scope that its row names.

    Where prices are per website they go to all views of the view's website. Of several rows for one scope the last
    one counts. Raises PricesNotSaved for an amount that is too large.
    """
    attributes = ctx.shared(ATTRIBUTES).products
    per_website = effective_scope(ctx, attributes["price"]) == "website"
    merged: dict[tuple[int, int], dict[str, str | None]] = {}
    for product_id, store_id, given in values:
        try:
            stored = {code: normalise(attributes[code], value) for code, value in given.items()}
        except Refused:
            raise PricesNotSaved from None
        for view_id in _views(ctx, store_id) if per_website else [store_id]:
            merged.setdefault((product_id, view_id), {}).update(stored)
    if not merged:
        return
    product_ids = sorted({product_id for product_id, _ in merged})
    await documents.lock(ctx, product_ids)
    await documents.write(ctx, [documents.Values(*place, of_place) for place, of_place in merged.items()])
    await refresh(ctx, product_ids)


def _views(ctx: Context, store_id: int) -> list[int]:
    view = ctx.stores.by_id(store_id)
    if view is None or view.is_admin:
        return [store_id]
    return [one.id for one in levels(ctx).views_of_website(view.website_id)]


async def remove(ctx: Context, product_ids: Sequence[int], codes: Sequence[str]) -> None:
    """The values of these attributes, in all scopes."""
    if not product_ids:
        return
    await documents.lock(ctx, product_ids)
    await ctx.db.execute(queries.REMOVE_VALUES, product_ids=list(product_ids), codes=list(codes))
    await ctx.db.execute(queries.REMOVE_VALUES_OF_VIEWS, product_ids=list(product_ids), codes=list(codes))
    await refresh(ctx, product_ids)


class Value(Struct, frozen=True):
    """What one scope of a product has itself."""

    product_id: int
    store_id: int
    value: Decimal
    price_from: str | None
    price_to: str | None


async def stored(ctx: Context, skus: Iterable[str], types: frozenset[str], code: str) -> list[tuple[Priced, Value]]:
    """Every stored value of the products of these types, in the order of the SKUs; others are left out."""
    found = {one.product_id: one for one in (await products(ctx, skus)).values() if one.type_id in types}
    rows = await ctx.db.all(ValueRow, queries.LIST_VALUES, product_ids=list(found), code=code)
    place = {id: number for number, id in enumerate(found)}
    values = [Value(row.product_id, row.store_id, Decimal(row.value), row.price_from, row.price_to) for row in rows]
    return [(found[one.product_id], one) for one in sorted(values, key=lambda one: place[one.product_id])]


class ValueRow(Struct, frozen=True):
    product_id: int
    store_id: int
    value: str
    price_from: str | None
    price_to: str | None
