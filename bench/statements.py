"""How many SQL statements a call costs, BEGIN and COMMIT not counted."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from bench.server import data_folder
from entrepot import migrations
from entrepot.app import new_services, rest
from entrepot.kit import postgres
from entrepot.kit.db import Database, Db
from entrepot.kit.rest.request import Request
from entrepot.settings import Settings


class CountingDatabase(Database):
    """Remembers the statements of the last transaction."""

    statements = 0

    @asynccontextmanager
    async def transaction(self, supposed: int | None = None) -> AsyncIterator[Db]:
        async with super().transaction(supposed) as db:
            yield db
            self.statements = db.statements


async def count_statements() -> None:
    """Print a line per call of the customer's part."""
    from bench.rest import PASSWORD, account

    with data_folder() as folder:
        server = postgres.start(folder)
        migrations.upgrade(server.url)
        database = CountingDatabase(server.url, max_size=1)
        await database.open()
        dispatcher = rest(new_services(Settings(home=folder), database))

        async def call(method: str, route: str, body: Any = None, token: str | None = None) -> Any:
            headers = {"content-type": "application/json", "host": "shop.test"}
            if token:
                headers["authorization"] = f"Bearer {token}"
            sent = b"" if body is None else json.dumps(body).encode()
            answer, _ = await dispatcher.answer(Request(method, f"/rest/V1/{route}", "", headers, sent))
            print(f"{database.statements:3} statements  {method:5} /V1/{route}  {answer.status}")
            return answer.body

        email = "jdoe@example.com"
        await call("GET", "directory/currency")
        await call("POST", "customers", account(email))
        token = await call("POST", "integration/customer/token", {"username": email, "password": PASSWORD})
        me = await call("GET", "customers/me", token=token)
        await call("PUT", "customers/me", {"customer": me}, token)
        await call("GET", "customers/me/billingAddress", token=token)
        await database.close()
        server.release()
