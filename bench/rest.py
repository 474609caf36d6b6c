"""Calls of the customer's part over sockets, and the SQL statements that each costs.

    python -m bench.rest [--seconds 10] [--connections 16]

Client, server and PostgreSQL share the machine. `me` is GET /V1/customers/me; `customer` creates an account and gets a
token for it, two calls of which each computes one argon2id hash.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import time
from collections.abc import Awaitable, Callable
from pathlib import Path

import uvloop

from bench.client import Connection
from bench.server import running
from bench.statements import count_statements

ADDRESS = {
    "default_billing": True,
    "default_shipping": True,
    "firstname": "Jane",
    "lastname": "Doe",
    "region": {"region_id": 43},
    "country_id": "US",
    "postcode": "10755",
    "city": "Purchase",
    "street": ["123 Oak Ave"],
    "telephone": "512-555-1111",
}
PASSWORD = "Password1"

Step = Callable[[Connection], Awaitable[None]]


def account(email: str) -> dict[str, object]:
    return {
        "customer": {"email": email, "firstname": "Jane", "lastname": "Doe", "addresses": [ADDRESS]},
        "password": PASSWORD,
    }


async def create_with_token(connection: Connection) -> str:
    email = f"jdoe{random.randrange(10**12)}@example.com"
    await connection.call("POST", "/rest/V1/customers", account(email))
    token: str = await connection.call(
        "POST", "/rest/V1/integration/customer/token", {"username": email, "password": PASSWORD}
    )
    return token


async def closed_loop(url: str, step: Step, *, connections: int, seconds: float) -> list[float]:
    """Seconds of each step, of `connections` clients that each begin the next step when the last has ended."""
    times: list[float] = []
    end = time.perf_counter() + seconds

    async def client() -> None:
        connection = Connection(url)
        while (began := time.perf_counter()) < end:
            await step(connection)
            times.append(time.perf_counter() - began)
        connection.close()

    await asyncio.gather(*(client() for _ in range(connections)))
    return sorted(times)


def report(name: str, times: list[float], seconds: float) -> None:
    p50, p99 = (times[min(len(times) - 1, int(len(times) * q))] * 1000 for q in (0.5, 0.99))
    print(f"{name:10} {len(times) / seconds:8.0f} /s   p50 {p50:7.2f} ms   p99 {p99:7.2f} ms")


async def measure(url: str, connections: int, seconds: float) -> None:
    token = await create_with_token(Connection(url))

    async def me(connection: Connection) -> None:
        await connection.call("GET", "/rest/V1/customers/me", token=token)

    async def customer(connection: Connection) -> None:
        await create_with_token(connection)

    for name, step in (("me", me), ("customer", customer)):
        await closed_loop(url, step, connections=connections, seconds=1)
        report(name, await closed_loop(url, step, connections=connections, seconds=seconds), seconds)


def resident_mb(pid: int) -> float:
    """The memory of a process as Linux tells it."""
    line = next(line for line in Path(f"/proc/{pid}/status").read_text().splitlines() if line.startswith("VmRSS"))
    return int(line.split()[1]) / 1024


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=10)
    parser.add_argument("--connections", type=int, default=16)
    options = parser.parse_args()
    with running("--no-worker") as server:
        print(f"from an empty folder to the first answer: {server.started_s:.2f} s")
        uvloop.run(measure(server.url, options.connections, options.seconds))
        print(f"memory of the server afterwards: {resident_mb(server.pid):.0f} MB")
    uvloop.run(count_statements())


if __name__ == "__main__":
    main()
