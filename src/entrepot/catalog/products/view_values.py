"""Values of attributes in a scope, for lists: read from the documents, or found by the indexes over them.

A value in a store view is the view's own, else the default. An index can give neither, because it is of one table. But
where a value of either table fits, and the view has none that does not fit, the value that holds does fit.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import LiteralString

from psycopg.sql import SQL, Composable, Literal

from entrepot.catalog.attributes import Attribute
from entrepot.catalog.products.attribute_indexes import deserves_index
from entrepot.catalog.products.values import is_value
from entrepot.kit.scope import StoreView
from entrepot.kit.search_conditions import Bound, Field, Finder, Kind, condition

OTHERS = frozenset({"neq", "nin", "nlike", "null", "notnull", "nfinset", "seq", "sneq", "is"})
"""Conditions that do not pick out products by a value they have."""

KINDS: Mapping[str, Kind] = {"int": "number", "decimal": "number", "datetime": "datetime"}
VALUES: Mapping[Kind, LiteralString] = {
    "text": "{}.attributes ->> {}",
    "number": "({}.attributes ->> {})::numeric",
    "datetime": "({}.attributes ->> {})::timestamp at time zone 'UTC'",
}

# Whichever way it is joined, each product can be looked up in both tables by its id.
FOUND = SQL(
    """p.product_id in (
        select d.product_id from product d where {default}
        union all
        select o.product_id from product_store o where o.store_id = {store_id} and {own}
    )
    and not exists (
        select
        from product_store n
        where n.product_id = p.product_id
        and n.store_id = {store_id}
        and n.attributes ->> {code} is not null
        and ({never}) is not true
    )"""
)


def is_found(attribute: Attribute, condition_name: str | None) -> bool:
    """Whether indexes find the products that fulfil such a condition."""
    return deserves_index(attribute) and (condition_name or "eq") not in OTHERS


def value_in(scope: StoreView, attribute: Attribute) -> Field:
    """The value that holds in a scope, of the product `p` and its row `ps` of the view."""
    if not is_value(attribute):
        return Field("null::text")
    default = _value("p", attribute)
    if scope.is_admin:
        return default
    own = _value("ps", attribute)
    value = SQL("coalesce({}, {})").format(own.column, default.column)
    return Field(value, default.kind, has_statistics=False, finder=_finder(scope, attribute))


def _value(alias: LiteralString, attribute: Attribute) -> Field:
    """A value in one of the two tables, as the indexes have it."""
    kind = KINDS.get(attribute.backend_type, "text")
    expression = SQL(VALUES[kind]).format(SQL(alias), Literal(attribute.attribute_code))
    return Field(expression, kind, has_statistics=deserves_index(attribute))


def _finder(scope: StoreView, attribute: Attribute) -> Finder:
    def find(name: str, value: str, bind: Bound) -> Composable | None:
        if not is_found(attribute, name):
            return None
        default, own, never = (condition(_value(alias, attribute), name, value, bind) for alias in ("d", "o", "n"))
        return FOUND.format(
            default=default, own=own, never=never, store_id=Literal(scope.id), code=Literal(attribute.attribute_code)
        )

    return find
