"""An Admin that a real browser can visit, in which every page has something to show."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from msgspec import Struct
from starlette.applications import Starlette
from starlette.routing import Mount

from entrepot import app
from entrepot.admin import admin_app
from entrepot.app import new_services
from entrepot.kit.db import Database
from entrepot.kit.pages import STATIC
from entrepot.settings import Settings
from tests.admin.browser import an_administrator
from tests.admin.whole_shop import WholeShop, a_whole_shop
from tests.browser.live_shop import served
from tests.conftest import RollbackDatabase
from tests.rest_client import RestClient


class LiveAdmin(Struct, frozen=True):
    address: str
    """Of the server; `/admin` is below it."""
    shop: WholeShop
    database: Database


@asynccontextmanager
async def live_whole_shop(database_url: str, home: Path) -> AsyncIterator[LiveAdmin]:
    """`ada` may do everything."""
    settings = Settings(home=home, database_url=database_url)
    shop = await _filled(settings, database_url)
    database = Database(database_url, max_size=4)
    await database.open()
    services = new_services(settings, database)
    pages = Starlette(routes=[Mount("/static", STATIC), Mount("/admin", admin_app(services))])
    async with served(pages) as address:
        yield LiveAdmin(address, shop, database)
    await database.close()


async def _filled(settings: Settings, database_url: str) -> WholeShop:
    """In one transaction, whose calls see each other's work as those of the tests without a browser do."""
    database = RollbackDatabase(database_url, max_size=2)
    await database.open()
    services = new_services(settings, database)
    async with Database.transaction(database) as db:
        database.current = db
        ctx = await services.context(db)
        ada = await an_administrator(ctx)
        shop = await a_whole_shop(ctx, RestClient(app.rest(services)), ada.user_id)
        database.current = None
    await database.close()
    return shop
