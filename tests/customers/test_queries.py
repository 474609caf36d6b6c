"""Every statement of the domain suits the schema."""

import importlib
import pkgutil

import pytest
from psycopg import AsyncClientCursor

from entrepot.customers import queries

STATEMENTS = {
    f"{module.name}.{name}": text
    for module in pkgutil.iter_modules(queries.__path__)
    for name, text in vars(importlib.import_module(f"entrepot.customers.queries.{module.name}")).items()
    if name.isupper() and isinstance(text, str) and name not in ("COLUMNS", "SELECT", "LOCK_TABLE")
}


class Anything(dict[str, None]):
    """Every parameter is null."""

    def __missing__(self, key):
        return None


@pytest.mark.parametrize("name", sorted(STATEMENTS))
async def test_a_statement_can_be_planned(db, name):
    cursor = AsyncClientCursor(db.connection)
    await cursor.execute("explain " + STATEMENTS[name], Anything())
