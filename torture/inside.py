"""The shop's own functions over its database, in this process: for what would take long to set up through its doors."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from entrepot.app import new_services
from entrepot.kit.context import Services
from entrepot.kit.db import Database
from entrepot.settings import Settings
from torture.shop import Shop


@asynccontextmanager
async def inside(shop: Shop) -> AsyncIterator[Services]:
    """`async with services.work() as ctx:` is a transaction, which the shop sees in its next request."""
    database = Database(shop.database_url, max_size=2)
    await database.open()
    try:
        yield new_services(Settings(home=shop.home, database_url=shop.database_url), database)
    finally:
        await database.close()
