"""Indexes over attribute values, for the attributes that lists are filtered by (spec 30-catalog, 1.7).

Each is an expression over the documents, one for the default values and one for those of store views. The migration
makes the same for the attributes that a new shop has. While an index is built the table takes no writes: some seconds
for a hundred thousand products, once, when a merchant marks an attribute.
"""

from __future__ import annotations

from collections.abc import Iterable

from psycopg.sql import SQL, Identifier, Literal

from entrepot.catalog.attributes import Attribute
from entrepot.catalog.products.values import is_value
from entrepot.kit.db import Db

TABLES = ("product", "product_store")
NUMBERS = frozenset({"int", "decimal"})

# The expressions of `listing`, letter for letter, and the order of its lists: otherwise they are not used.
INDEX_OF_TEXT = SQL("create index if not exists {} on {} (fold((attributes ->> {})) nulls first)")
INDEX_OF_NUMBERS = SQL("create index if not exists {} on {} (((attributes ->> {})::numeric) nulls first)")
DROP = SQL("drop index if exists {}")


def deserves_index(attribute: Attribute) -> bool:
    """Long texts are looked for by words, and dates hardly ever."""
    if not is_value(attribute) or attribute.backend_type not in ("varchar", "int", "decimal"):
        return False
    return bool(
        attribute.is_filterable
        or attribute.is_filterable_in_search
        or attribute.is_searchable
        or attribute.is_unique
        or attribute.is_filterable_in_grid
    )


async def ensure_attribute_indexes(db: Db, attributes: Iterable[Attribute]) -> None:
    """Make what is missing for those of the attributes that deserve it."""
    for attribute in attributes:
        if not deserves_index(attribute):
            continue
        template = INDEX_OF_NUMBERS if attribute.backend_type in NUMBERS else INDEX_OF_TEXT
        for table in TABLES:
            name = _name(table, attribute.attribute_code)
            await db.execute(template.format(Identifier(name), Identifier(table), Literal(attribute.attribute_code)))


async def drop_indexes(db: Db, code: str) -> None:
    """Another attribute may get the code, and be of another type."""
    for table in TABLES:
        await db.execute(DROP.format(Identifier(_name(table, code))))


def _name(table: str, code: str) -> str:
    return f"{table}_attribute_{code}"
