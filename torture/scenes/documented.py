"""Calls made from the document that the shop publishes, by an administrator and by a customer, for ten minutes."""

from __future__ import annotations

import asyncio
import time
from collections import Counter

from tests.contract.calls_by_document import call_all
from torture.client import Connection
from torture.crowd import shown
from torture.log import traces
from torture.scene import Scene, Stage
from torture.shop import Shop

ADMINISTRATOR_S, CUSTOMER_S = 480, 120
EXAMPLES = 10
"""Calls of each operation in each round; the rounds differ by their seed."""
PATIENCE_S = 60


async def documented(stage: Stage) -> None:
    async with stage.shop(jobs_apart=True) as shop:
        for who, token, lasting_s in (
            ("an administrator", await shop.token(), ADMINISTRATOR_S),
            ("a customer", await a_customer(shop), CUSTOMER_S),
        ):
            statuses, faults, rounds = await asyncio.to_thread(call, shop, token, lasting_s)
            seen = f"{statuses.total()} calls by {who} in {rounds} rounds: {dict(sorted(statuses.items()))}"
            stage.figure(seen, shown(faults))
        stage.figure("nothing unforeseen in the log", traces(shop))


async def a_customer(shop: Shop) -> str:
    account = {"email": "cleo@example.com", "firstname": "Cleo", "lastname": "Curious"}
    async with Connection(shop.port) as guest:
        await guest.good("POST", "/rest/default/V1/customers", {"customer": account, "password": "Password1"})
        login = {"username": "cleo@example.com", "password": "Password1"}
        token: str = await guest.good("POST", "/rest/default/V1/integration/customer/token", login)
    return token


def call(shop: Shop, token: str, lasting_s: float) -> tuple[Counter[int], list[str], int]:
    """Again and again with other values, until the time is over."""
    until = time.monotonic() + lasting_s
    statuses: Counter[int] = Counter()
    faults: list[str] = []
    rounds = 0
    while time.monotonic() < until:
        rounds += 1
        made, failures = call_all(
            f"http://127.0.0.1:{shop.port}",
            {"Authorization": f"Bearer {token}"},
            EXAMPLES,
            patience_s=PATIENCE_S,
            seed=rounds,
            is_over=lambda: time.monotonic() > until,
        )
        statuses += made
        faults += failures
    return statuses, faults, rounds


SCENES = (Scene("documented", documented, "calls made from the API document", bound_s=720, nightly_only=True),)
