"""By what lists of products are filtered and sorted (spec 30-catalog, 1.7): any attribute, in the scope of the call.

The index of products has what lists are asked for most, in every scope. Of other attributes a value in a store view is
the view's own, else the default, in two tables; `view_values` finds products by it where it has indexes. A statement
reads only what its criteria name. Whatever PostgreSQL believes of the values, it has an index to look a product up by
in everything that is joined, so that no list costs more than one pass over the products.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import LiteralString

from msgspec import Struct
from psycopg.sql import SQL, Composable, Literal

from entrepot.catalog.attributes import ATTRIBUTES
from entrepot.catalog.products.values import is_value
from entrepot.catalog.products.view_values import is_found, value_in
from entrepot.kit.context import Context
from entrepot.kit.scope import StoreView
from entrepot.kit.search_conditions import ON_TEXT, Bound, Field, Special, condition
from entrepot.kit.search_criteria import Filter, SearchCriteria, SortOrder
from entrepot.kit.search_sql import Fields, Listing, search, search_uncounted


class Found(Struct, frozen=True):
    product_id: int


SKU = Field("p.sku")
PART_OF_SKU = Field("i.sku")


def _sku(name: str, value: str, bind: Bound) -> Composable:
    """Whole SKUs are found by an index of products, parts of them by one of the index."""
    return condition(PART_OF_SKU if name in ON_TEXT else SKU, name, value, bind)


COLUMNS: dict[str, Field | Special] = {
    "entity_id": Field("p.product_id", "number"),
    "sku": Special(_sku),
    "attribute_set_id": Field("p.attribute_set_id", "number"),
    "created_at": Field("p.created_at", "datetime"),
    "updated_at": Field("p.updated_at", "datetime"),
    "has_options": Field("p.has_options::int", "number"),
    "required_options": Field("p.required_options::int", "number"),
}
"""Of products themselves, the same in every scope."""

# What most products have alike counts as without statistics: no index could find it, and before PostgreSQL has analysed
# what was imported it would take two such conditions for hardly any product.
INDEXED: dict[str, Field | Special] = {
    # Kinds are named in plain letters: it need not be looked for accents.
    "type_id": Field("i.type_id", folded="lower(i.type_id)", has_statistics=False),
    "name": Field("i.name", folded="i.name_key"),
    "status": Field("i.status", "number", has_statistics=False),
    "visibility": Field("i.visibility", "number", has_statistics=False),
    "tax_class_id": Field("i.tax_class_id", "number", has_statistics=False),
    "price": Field("i.price", "number"),
    "special_price": Field("i.special_price", "number"),
    "special_from_date": Field("i.special_from at time zone 'UTC'", "datetime", has_statistics=False),
    "special_to_date": Field("i.special_to at time zone 'UTC'", "datetime", has_statistics=False),
    "news_from_date": Field("i.new_from at time zone 'UTC'", "datetime", has_statistics=False),
    "news_to_date": Field("i.new_to at time zone 'UTC'", "datetime", has_statistics=False),
}
"""Of the index, as the scope has them."""

OF_INDEX, OF_PRODUCT, OF_VIEW = "product_index", "product", "product_store"

SOURCES: Mapping[frozenset[str], LiteralString] = {
    frozenset(): "product p",
    frozenset({OF_PRODUCT}): "product p",
    frozenset({OF_INDEX}): """
        (select * from product_index where store_id = %(store_id)s) i
        cross join lateral (select i.product_id, i.sku) p
    """,
    frozenset({OF_INDEX, OF_PRODUCT}): """
        (select * from product_index where store_id = %(store_id)s) i
        join product p on p.product_id = i.product_id
    """,
    frozenset({OF_PRODUCT, OF_VIEW}): """
        product p
        left join product_store ps on ps.product_id = p.product_id and ps.store_id = %(store_id)s
    """,
    frozenset({OF_INDEX, OF_PRODUCT, OF_VIEW}): """
        (select * from product_index where store_id = %(store_id)s) i
        join product p on p.product_id = i.product_id
        left join product_store ps on ps.product_id = p.product_id and ps.store_id = %(store_id)s
    """,
}
"""What is read from, by the tables whose columns are named: one row for each product."""

_further: dict[str, Field | Special] = {}


def register_field(name: str, field: Field | Special) -> None:
    """Let lists be filtered by what a higher domain knows of the product `p`, by its `product_id` or `sku`."""
    _further[name] = field


async def find(ctx: Context, criteria: SearchCriteria) -> tuple[list[int], int, StoreView]:
    """The ids on the page asked for, how many there are on all pages, and the view in which they are to be read."""
    scope = _scope(ctx, criteria)
    found, total = await search(ctx.db, _listing(ctx, scope, criteria), criteria, store_id=scope.id)
    return [one.product_id for one in found], total, scope


async def find_uncounted(ctx: Context, criteria: SearchCriteria) -> list[int]:
    """The ids on the page asked for."""
    scope = _scope(ctx, criteria)
    found = await search_uncounted(ctx.db, _listing(ctx, scope, criteria), criteria, store_id=scope.id)
    return [one.product_id for one in found]


def _listing(ctx: Context, scope: StoreView, criteria: SearchCriteria) -> Listing[Found]:
    counted = _tables_of_filters(ctx, scope, criteria)
    return Listing(
        row=Found,
        columns="p.product_id",
        source=SOURCES[counted | _tables_of_order(ctx, scope, criteria)],
        counted=SOURCES[counted],
        fields=_fields(ctx, scope, criteria),
        default_order="p.product_id",
    )


@dataclass(frozen=True)
class ProductFields(Fields):
    """Sorting by something is other than filtering by it: a position is that in the category which is asked for."""

    sorted_by: Callable[[str], Field | None] = lambda name: None

    def to_sort(self, name: str) -> Field | None:
        return self.sorted_by(name)


def _fields(ctx: Context, scope: StoreView, criteria: SearchCriteria) -> ProductFields:
    attributes = ctx.shared(ATTRIBUTES).products

    def by_attribute(code: str) -> Field | None:
        attribute = attributes.get(code)
        return value_in(scope, attribute) if attribute else None

    def sorted_by(name: str) -> Field | None:
        if name == "position":
            return _position(criteria)
        known = SKU if name == "sku" else COLUMNS.get(name) or INDEXED.get(name)
        return known if isinstance(known, Field) else by_attribute(name)

    named = (
        COLUMNS
        | INDEXED
        | _further
        | {
            "category_id": Special(_in_category, apart=True),
            "category_ids": Special(_in_category, apart=True),
            "website_id": Special(_in_website, apart=True),
            "store": Special(_in_store(ctx), apart=True),
            "store_id": Special(_in_store(ctx), apart=True),
        }
    )
    return ProductFields(named, unknown="eav", attribute=by_attribute, sorted_by=sorted_by)


# ---------------------------------------------------------------- tables


def _tables_of_filters(ctx: Context, scope: StoreView, criteria: SearchCriteria) -> frozenset[str]:
    """The tables that a count has to read."""
    return _tables(
        _tables_of(ctx, scope, filter, alone=len(group.filters or ()) == 1)
        for group in criteria.filter_groups or ()
        for filter in group.filters or ()
    )


def _tables_of_order(ctx: Context, scope: StoreView, criteria: SearchCriteria) -> frozenset[str]:
    return _tables(_tables_of(ctx, scope, sort, alone=False) for sort in criteria.sort_orders or ())


def _tables(named: Iterable[frozenset[str]]) -> frozenset[str]:
    return frozenset().union(*named)


def _tables_of(ctx: Context, scope: StoreView, named: Filter | SortOrder, *, alone: bool) -> frozenset[str]:
    """Those whose columns a filter, which is the only one of its group or not, or a sort order needs."""
    condition_name = named.condition_type if isinstance(named, Filter) else None
    if named.field in INDEXED or (named.field == "sku" and condition_name in ON_TEXT):
        return frozenset({OF_INDEX})
    if named.field in COLUMNS:
        return frozenset({OF_PRODUCT})
    attribute = ctx.shared(ATTRIBUTES).products.get(named.field or "")
    if attribute is None or not is_value(attribute):
        return frozenset()
    if scope.is_admin:
        return frozenset({OF_PRODUCT})
    return frozenset() if alone and is_found(attribute, condition_name) else frozenset({OF_PRODUCT, OF_VIEW})


# ---------------------------------------------------------------- what is no attribute

EXCLUDING = ("neq", "nin")


def _numbers(value: str) -> list[int]:
    """The ids in a list with commas; what is none is passed over."""
    return [int(part) for part in value.split(",") if part.strip().isdecimal() and len(part.strip()) < 10]


def _in_category(name: str, value: str, bind: Bound) -> Composable:
    return _assigned(IN_CATEGORY, name, _numbers(value), bind)


def _in_website(name: str, value: str, bind: Bound) -> Composable:
    return _assigned(IN_WEBSITE, name, _numbers(value), bind)


IN_CATEGORY = SQL(
    "exists (select from product_category c where c.product_id = p.product_id and c.category_id = any({}::int[]))"
)
IN_WEBSITE = SQL(
    "exists (select from product_website w where w.product_id = p.product_id and w.website_id = any({}::int[]))"
)


def _assigned(among: SQL, name: str, ids: Sequence[int], bind: Bound) -> Composable:
    return SQL("not {}" if name in EXCLUDING else "{}").format(among.format(bind(list(ids))))


def _in_store(ctx: Context) -> Callable[[str, str, Bound], Composable]:
    def is_sold(name: str, value: str, bind: Bound) -> Composable:
        view = _view(ctx, value)
        if view is not None and view.is_admin:
            return SQL("true")
        return _assigned(IN_WEBSITE, name, [view.website_id] if view else [], bind)

    return is_sold


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
