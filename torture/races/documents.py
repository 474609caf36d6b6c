"""Guests buy while others edit the sources, move goods between them, and make documents of the orders."""

from __future__ import annotations

import asyncio
import random
from collections import Counter
from collections.abc import Awaitable, Callable

from torture.client import Connection, Failed
from torture.crowd import PATIENCE_S
from torture.guests import PLENTY, Journal, ordering
from torture.shop import Shop

NEAR, FAR = "near", "far"
GUESTS = 4
CLERKS = 3
REFUSALS = (400, 404)
STOCK = 1_000_000


async def set_up(shop: Shop) -> None:
    """The website sells from two sources, which have plenty of everything."""
    for code in (NEAR, FAR):
        source = {"source_code": code, "name": code, "postcode": "1", "country_id": "US", "enabled": True}
        await shop.admin("POST", "inventory/sources", {"source": source})
    channels = {"sales_channels": [{"type": "website", "code": "base"}]}
    stock = {"stock": {"name": "Two", "extension_attributes": channels}}
    stock_id = await shop.admin("POST", "inventory/stocks", stock)
    links = [{"stock_id": stock_id, "source_code": code, "priority": 1} for code in (NEAR, FAR)]
    await shop.admin("POST", "inventory/stock-source-links", {"links": links})
    await shop.admin("POST", "inventory/source-items", {"sourceItems": _source_items(STOCK)})


async def documents(shop: Shop, journal: Journal, lasting_s: float) -> tuple[str, list[str]]:
    """Eight people work on whatever orders there are, three of them on documents and one each on the rest."""
    seen: Counter[str] = Counter()
    odd: list[str] = []
    until = asyncio.get_running_loop().time() + lasting_s
    token = await shop.token()

    async def work(act: Callable[[Connection], Awaitable[None]]) -> None:
        async with Connection(shop.port, token, patience_s=PATIENCE_S) as clerk:
            while asyncio.get_running_loop().time() < until:
                await act(clerk)

    async def call(clerk: Connection, what: str, path: str, body: object) -> None:
        try:
            answer = await clerk.call("POST", f"/rest/all/V1/{path}", body)
        except Failed as failure:
            odd.append(f"{what}: {type(failure).__name__}")
            return
        seen[f"{what} {answer.status}"] += 1
        if answer.status != 200 and answer.status not in REFUSALS:
            odd.append(f"{what}: {answer}")

    async def work_on_an_order(clerk: Connection) -> None:
        if not journal.acknowledged:
            await asyncio.sleep(0.1)
            return
        order_id = random.choice(list(journal.acknowledged.values())[-30:])
        what, path, body = random.choice(_steps(order_id))
        await call(clerk, what, path, body)

    async def edit(clerk: Connection) -> None:
        items = random.sample(_source_items(STOCK + random.randint(0, 1000)), len(PLENTY))
        await call(clerk, "edit", "inventory/source-items", {"sourceItems": items})

    async def move(clerk: Connection) -> None:
        origin, destination = random.sample((NEAR, FAR), 2)
        items = [{"sku": sku, "qty": 1} for sku in random.sample(list(PLENTY), 3)]
        body = {"originSourceCode": origin, "destinationSourceCode": destination, "items": items}
        await call(clerk, "transfer", "inventory/bulk-partial-source-transfer", body)

    async with ordering(shop.port, list(PLENTY), GUESTS, journal, patience_s=PATIENCE_S):
        await asyncio.gather(work(edit), work(move), *(work(work_on_an_order) for _ in range(CLERKS)))
    done = {what: seen[f"{what} 200"] for what in ("edit", "transfer", "invoice", "ship", "cancel", "refund")}
    faults = [f"{len(odd)} odd answers, such as {odd[0]}"] if odd else []
    faults += [f"not one {what} was done" for what, times in done.items() if not times]
    return f"{seen.total()} calls beside orders, done {done}", faults


def _steps(order_id: int) -> list[tuple[str, str, object]]:
    source = {"arguments": {"extension_attributes": {"source_code": random.choice((NEAR, FAR))}}}
    return [
        ("invoice", f"order/{order_id}/invoice", {"capture": True}),
        ("ship", f"order/{order_id}/ship", source),
        ("cancel", f"orders/{order_id}/cancel", None),
        ("refund", f"order/{order_id}/refund", {}),
    ]


def _source_items(quantity: int) -> list[dict[str, object]]:
    return [
        {"sku": sku, "source_code": code, "quantity": quantity, "status": 1} for sku in PLENTY for code in (NEAR, FAR)
    ]
