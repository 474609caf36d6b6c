"""Importing a catalogue through the bulk API: `python -m bench.bulk_import [products] [products in a bulk]`.

Products with their stock are sent in bulks, then quantities of all of them once more by source items. Client, server
and PostgreSQL share the machine. Done is when the status of the last bulk says so; how it went on is printed as seen.
"""

from __future__ import annotations

import asyncio
import sys
import time
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Any

from bench.client import Connection
from bench.server import PASSWORD, data_folder, running
from bench.statements import CountingDatabase
from entrepot import migrations
from entrepot.app import new_services, rest
from entrepot.asynchronous import BulkScheduler
from entrepot.asynchronous.execution import CHUNK, execute
from entrepot.kit import postgres
from entrepot.settings import Settings

PRODUCTS = "async/bulk/V1/products"
SOURCE_ITEMS = "async/bulk/V1/inventory/source-items"
COMPLETE, OPEN = 1, 4
POLL_S = 0.25
STEPS = 5
"""How often progress is told, at most."""


def product(number: int) -> dict[str, Any]:
    """A simple product with what an import usually says of one."""
    return {
        "product": {
            "sku": f"bulk-{number:06}",
            "name": f"Bulk product {number} of {('steel', 'wool', 'oak', 'glass')[number % 4]}",
            "attribute_set_id": 4,
            "price": 1 + number % 500 + 0.99,
            "status": 1,
            "visibility": 4,
            "type_id": "simple",
            "weight": 1.5,
            "extension_attributes": {
                "website_ids": [1],
                "category_links": [{"position": 0, "category_id": "2"}],
                "stock_item": {"qty": number % 100, "is_in_stock": number % 100 > 0},
            },
            "custom_attributes": [
                {"attribute_code": "description", "value": f"<p>What is said of product {number} at length.</p>" * 6},
                {"attribute_code": "short_description", "value": f"<p>Product {number} in short.</p>"},
                {"attribute_code": "tax_class_id", "value": "2"},
                {"attribute_code": "url_key", "value": f"bulk-product-{number}"},
                {"attribute_code": "meta_title", "value": f"Product {number}"},
            ],
        }
    }


def quantity(number: int) -> dict[str, Any]:
    return {"source_code": "default", "sku": f"bulk-{number:06}", "quantity": 1 + number % 50, "status": 1}


async def import_all(server: Connection, token: str, route: str, bodies: Sequence[Any], size: int) -> float:
    """Send bulks of this size and wait until all are through; the seconds from the first byte to the last status."""
    began = time.perf_counter()
    bulks = []
    for start in range(0, len(bodies), size):
        accepted = await server.call("POST", f"/rest/{route}", bodies[start : start + size], token)
        assert not accepted["errors"]
        bulks.append(accepted["bulk_uuid"])
    accepted_after = time.perf_counter() - began
    told = 0
    while left := (states := await _states(server, token, bulks))[OPEN]:
        if len(bodies) - left >= told + len(bodies) // STEPS:
            told = len(bodies) - left
            print(f"    {time.perf_counter() - began:5.1f} s: {told} of {len(bodies)} done")
        await asyncio.sleep(POLL_S)
    done_after = time.perf_counter() - began
    assert states[COMPLETE] == len(bodies), states
    print(
        f"  {route}: {len(bodies)} in bulks of {size}: accepted after {accepted_after:.1f} s,"
        f" done after {done_after:.1f} s, {len(bodies) / done_after:.0f}/s"
    )
    return done_after


@asynccontextmanager
async def visitor(url: str) -> AsyncIterator[None]:
    """Somebody who reads in the shop meanwhile: tells how long the answers took."""
    reading = Connection(url)
    times: list[float] = []

    async def read() -> None:
        while True:
            began = time.perf_counter()
            await reading.call("GET", "/rest/V1/directory/currency")
            times.append((time.perf_counter() - began) * 1000)
            await asyncio.sleep(0.01)

    task = asyncio.create_task(read())
    yield
    task.cancel()
    reading.close()
    times.sort()
    print(
        f"    a reader beside it: median {times[len(times) // 2]:.0f} ms, 99 of 100 below"
        f" {times[len(times) * 99 // 100]:.0f} ms, slowest {times[-1]:.0f} ms"
    )


async def _states(server: Connection, token: str, bulks: Sequence[str]) -> Counter[int]:
    """How many operations are in each state; the last bulk first, for the others are through when it is."""
    states: Counter[int] = Counter({OPEN: 0})
    for uuid in bulks:
        status = await server.call("GET", f"/rest/V1/bulk/{uuid}/status", token=token)
        states.update(operation["status"] for operation in status["operations_list"])
    return states


async def count_statements() -> None:
    """How many statements the transaction of a chunk has, BEGIN and COMMIT not counted."""
    with data_folder() as folder:
        postgresql = postgres.start(folder)
        migrations.upgrade(postgresql.url)
        database = CountingDatabase(postgresql.url, max_size=2)
        await database.open()
        services = new_services(Settings(home=folder), database)
        rest(services)
        for route, bodies in (
            ("POST /V1/products", [product(number) for number in range(CHUNK)]),
            ("POST /V1/inventory/source-items", [{"sourceItems": [quantity(number)]} for number in range(CHUNK)]),
        ):
            async with services.work() as ctx:
                accepted = await BulkScheduler().accept(ctx, services.operations[route], bodies)
            await execute(services.work, accepted["bulk_uuid"])
            print(f"  {route}: {database.statements} statements for a chunk of {CHUNK}")
        await database.close()
        postgresql.release()


async def main(count: int, size: int) -> None:
    await count_statements()
    with running() as running_server:
        server = Connection(running_server.url)
        token = await server.call(
            "POST", "/rest/V1/integration/admin/token", {"username": "admin", "password": PASSWORD}
        )
        numbers = range(count)
        async with visitor(running_server.url):
            await import_all(server, token, PRODUCTS, [product(number) for number in numbers], size)
        await import_all(server, token, SOURCE_ITEMS, [{"sourceItems": [quantity(number)]} for number in numbers], size)
        await import_all(server, token, PRODUCTS, [product(number) for number in numbers], size)

        began = time.perf_counter()
        await server.call(
            "POST", "/rest/V1/inventory/source-items", {"sourceItems": [quantity(number) for number in numbers]}, token
        )
        print(f"  V1/inventory/source-items: {count} in one call: {time.perf_counter() - began:.1f} s")
        server.close()


if __name__ == "__main__":
    asyncio.run(main(*(int(given) for given in (sys.argv[1:] + ["10000", "2500"][len(sys.argv) - 1 :]))))
