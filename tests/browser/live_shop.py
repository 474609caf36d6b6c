"""A storefront that a real browser can visit: a server of its own over a database that keeps what is written."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import uvicorn

from entrepot.app import create_app, new_services
from entrepot.kit.context import Services
from entrepot.kit.db import Database
from entrepot.settings import Settings
from tests.storefront.makers import a_customer, a_view, a_website, an_address


@asynccontextmanager
async def live_shop(database_url: str, home: Path) -> AsyncIterator[str]:
    """The address of a shop with a second website `us`, two languages, and three customers in it."""
    database = Database(database_url, max_size=4)
    await database.open()
    services = new_services(Settings(home=home, database_url=database_url), database)
    await _fill(services)
    async with served(create_app(services)) as address:
        yield address
    await database.close()


@asynccontextmanager
async def served(app: Any) -> AsyncIterator[str]:
    """The address at which an ASGI application is served meanwhile."""
    server = uvicorn.Server(uvicorn.Config(app, port=0, log_level="warning", lifespan="off", ws="none"))
    serving = asyncio.create_task(server.serve())
    while not server.started:  # noqa: ASYNC110 -- uvicorn tells it in no other way
        await asyncio.sleep(0.01)
    yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    server.should_exit = True
    await serving


async def _fill(services: Services) -> None:
    async with services.work() as ctx:
        us = await a_website(ctx)
        await a_view(ctx, us.group_id, "us_es", "Español")
        await a_customer(ctx, us, addresses=[an_address()])
        long: dict[str, Any] = {"default_billing": None, "default_shipping": None}
        others = [
            an_address(**long),
            an_address(
                firstname="Wilhelmina-Konstantina",
                lastname="Featherstonehaugh-Cholmondeley",
                company="Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch Ltd",
                street=["1234 A Street With A Rather Long Name Indeed", "Building 7, Entrance C, 14th Floor"],
                **long,
            ),
        ]
        await a_customer(
            ctx,
            us,
            email="wilhelmina.featherstonehaugh-cholmondeley@a-rather-long-domain-name.example.com",
            firstname="Wilhelmina-Konstantina Featherstonehaugh",
            addresses=others,
        )
        await a_customer(ctx, us, email="new@example.com", firstname="Noor")
