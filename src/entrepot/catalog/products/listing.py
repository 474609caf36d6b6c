"""By what lists of products are filtered and sorted (spec 30-catalog, 1.7): any attribute, in the scope of the call.

A value in a store view is the view's own, else the default. An index can give neither of it, because it is of one
table. So a filter in a view first takes the products of which either value fits, by the indexes of both tables, and
then looks at the value that holds.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import LiteralString

from msgspec import Struct
from psycopg.sql import SQL, Composable, Literal

from entrepot.catalog.attributes import ATTRIBUTES, Attribute
from entrepot.catalog.products.values import is_value
from entrepot.kit.context import Context
from entrepot.kit.scope import StoreView
from entrepot.kit.search_conditions import Bound, Field, Kind, Special, condition
from entrepot.kit.search_criteria import Filter, SearchCriteria
from entrepot.kit.search_sql import Fields, Listing, search


class Found(Struct, frozen=True):
    product_id: int


COLUMNS: dict[str, Field | Special] = {
    "entity_id": Field("p.product_id", "number"),
    "sku": Field("p.sku"),
    "type_id": Field("p.type_id"),
    "attribute_set_id": Field("p.attribute_set_id", "number"),
    "created_at": Field("p.created_at", "datetime"),
    "updated_at": Field("p.updated_at", "datetime"),
    "has_options": Field("p.has_options::int", "number"),
    "required_options": Field("p.required_options::int", "number"),
}

_further: dict[str, Field | Special] = {}


def register_field(name: str, field: Field | Special) -> None:
    """Let lists be filtered by what a higher domain knows of the product `p`, such as how much of it there is."""
    _further[name] = field


OTHERS = frozenset({"neq", "nin", "nlike", "null", "notnull", "nfinset", "seq", "sneq", "is"})
"""Conditions that do not pick out products by a value they have."""

KINDS: Mapping[str, Kind] = {"int": "number", "decimal": "number", "datetime": "datetime"}
VALUES: Mapping[Kind, LiteralString] = {
    "text": "{}.attributes ->> {}",
    "number": "({}.attributes ->> {})::numeric",
    "datetime": "({}.attributes ->> {})::timestamp at time zone 'UTC'",
}


async def find(ctx: Context, criteria: SearchCriteria) -> tuple[list[int], int, StoreView]:
    """The ids on the page asked for, how many there are on all pages, and the view in which they are to be read."""
    scope = _scope(ctx, criteria)
    listing = Listing(
        row=Found,
        columns="p.product_id",
        source="product p left join product_store ps on ps.product_id = p.product_id and ps.store_id = %(store_id)s",
        fields=_fields(ctx, scope, criteria),
        default_order="p.product_id",
    )
    found, total = await search(ctx.db, listing, criteria, store_id=scope.id)
    return [one.product_id for one in found], total, scope


@dataclass(frozen=True)
class ProductFields(Fields):
    """Filters and sort orders differ: only the former can be narrowed down by indexes first."""

    sorted_by: Callable[[str], Field | None] = lambda name: None

    def to_sort(self, name: str) -> Field | None:
        return self.sorted_by(name)


def _fields(ctx: Context, scope: StoreView, criteria: SearchCriteria) -> ProductFields:
    attributes = ctx.shared(ATTRIBUTES).products

    def filtered_by(code: str) -> Field | Special | None:
        attribute = attributes.get(code)
        return _filter(attribute, scope) if attribute else None

    def sorted_by(name: str) -> Field | None:
        if name == "position":
            return _position(criteria)
        if isinstance(column := COLUMNS.get(name), Field):
            return column
        attribute = attributes.get(name)
        return _value_in(scope, attribute) if attribute else None

    named = (
        COLUMNS
        | _further
        | {
            "category_id": Special(_in_category, apart=True),
            "category_ids": Special(_in_category, apart=True),
            "website_id": Special(_in_website, apart=True),
            "store": Special(_in_store(ctx), apart=True),
            "store_id": Special(_in_store(ctx), apart=True),
        }
    )
    return ProductFields(named, unknown="eav", attribute=filtered_by, sorted_by=sorted_by)


# ---------------------------------------------------------------- attributes


def _value(alias: LiteralString, attribute: Attribute) -> Field:
    """A value in one of the two tables, as the indexes have it."""
    kind = KINDS.get(attribute.backend_type, "text")
    return Field(SQL(VALUES[kind]).format(SQL(alias), Literal(attribute.attribute_code)), kind)


def _value_in(scope: StoreView, attribute: Attribute) -> Field:
    """The value that holds in a scope."""
    if not is_value(attribute):
        return Field("null::text")
    default = _value("p", attribute)
    if scope.is_admin:
        return default
    own = _value("ps", attribute)
    return Field(SQL("coalesce({}, {})").format(own.column, default.column), default.kind)


def _filter(attribute: Attribute, scope: StoreView) -> Field | Special:
    holds = _value_in(scope, attribute)
    if scope.is_admin or not is_value(attribute):
        return holds
    default, own = _value("d", attribute), _value("o", attribute)

    def narrowed(name: str, value: str, bind: Bound) -> Composable:
        exact = condition(holds, name, value, bind)
        if name in OTHERS:
            return exact
        return EITHER.format(
            exact=exact,
            default=condition(default, name, value, bind),
            own=condition(own, name, value, bind),
            store_id=Literal(scope.id),
        )

    return Special(narrowed)


EITHER = SQL(
    """{exact} and p.product_id in (
        select d.product_id from product d where {default}
        union all
        select o.product_id from product_store o where o.store_id = {store_id} and {own}
    )"""
)


# ---------------------------------------------------------------- what is no attribute

EXCLUDING = ("neq", "nin")


def _numbers(value: str) -> list[int]:
    """The ids in a list with commas; what is none is passed over."""
    return [int(part) for part in value.split(",") if part.strip().isdecimal() and len(part.strip()) < 10]


def _in_category(name: str, value: str, bind: Bound) -> Composable:
    found = SQL("(select c.product_id from product_category c where c.category_id = any({}::int[]))").format(
        bind(_numbers(value))
    )
    return SQL("p.product_id not in {}" if name in EXCLUDING else "p.product_id in {}").format(found)


def _in_website(name: str, value: str, bind: Bound) -> Composable:
    return _assigned(_numbers(value), name in EXCLUDING, bind)


def _assigned(website_ids: Sequence[int], excluding: bool, bind: Bound) -> Composable:
    found = SQL(
        "exists (select from product_website w where w.product_id = p.product_id and w.website_id = any({}::int[]))"
    ).format(bind(list(website_ids)))
    return SQL("not {}" if excluding else "{}").format(found)


def _in_store(ctx: Context) -> Callable[[str, str, Bound], Composable]:
    def condition(name: str, value: str, bind: Bound) -> Composable:
        view = _view(ctx, value)
        if view is not None and view.is_admin:
            return SQL("true")
        return _assigned([view.website_id] if view else [], name in EXCLUDING, bind)

    return condition


def _view(ctx: Context, value: str) -> StoreView | None:
    """By code or id."""
    found = ctx.stores.by_code(value)
    return found or (ctx.stores.by_id(int(value)) if value.isdecimal() else None)


def _scope(ctx: Context, criteria: SearchCriteria) -> StoreView:
    """The view that a filter names, else that of the call."""
    for filter in _filters(criteria):
        if filter.field in ("store", "store_id") and (view := _view(ctx, filter.value or "")):
            return view
    return ctx.store


def _position(criteria: SearchCriteria) -> Field | None:
    """The place in the category; None unless the list is filtered by one."""
    for filter in _filters(criteria):
        if filter.field in ("category_id", "category_ids") and filter.condition_type not in EXCLUDING:
            ids = _numbers(filter.value or "")
            if len(ids) == 1:
                return Field(POSITION.format(category_id=Literal(ids[0])), "number")
    return None


POSITION = SQL(
    "select c.position from product_category c where c.product_id = p.product_id and c.category_id = {category_id}"
)


def _filters(criteria: SearchCriteria) -> list[Filter]:
    return [filter for group in criteria.filter_groups or () for filter in group.filters or ()]
