"""What the dispatcher costs an operation, without sockets and without a database.

    python -m bench.dispatcher

400 operations are registered. The target is 15 µs a call.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, cast

from entrepot.kit.context import Context, Services
from entrepot.kit.db import Database, Db
from entrepot.kit.rest.attribute_types import ATTRIBUTE_TYPES, NoAttributes
from entrepot.kit.rest.contract import Always, Contract, contract
from entrepot.kit.rest.dispatcher import Dispatcher
from entrepot.kit.rest.operation import ANONYMOUS, Operation, operation
from entrepot.kit.rest.request import Request
from entrepot.kit.scope import STORES, StoreView
from entrepot.kit.shared import SharedState
from entrepot.settings import Settings

CALLS = 20_000


@contract("Bench.Api.Data.ItemInterface")
class Item(Contract):
    sku: Always[str] = None
    qty: Always[float] = None


@contract("Bench.Api.Data.CartInterface")
class Cart(Contract):
    id: Always[int] = None
    email: str | None = None
    items: list[Item] | None = None


@operation("GET /V1/bench/carts/{cart_id}", access=ANONYMOUS, service="Bench.Cart.Api.Carts.get")
async def get_cart(ctx: Context, cart_id: int) -> Cart:
    return Cart(cart_id, "jdoe@example.com", [Item("24-MB01", 2.0)])


@operation("POST /V1/bench/carts", access=ANONYMOUS, service="Bench.Cart.Api.Carts.save")
async def save_cart(ctx: Context, cart: Cart) -> int:
    return len(cart.items or [])


def four_hundred() -> list[Operation]:
    """Two that are called, and others with paths like Magento's."""
    declared: list[Operation] = [*get_cart.__dict__["__operations__"], *save_cart.__dict__["__operations__"]]
    get, save = declared
    for number in range(199):
        declared.append(get._replace(path=f"/V1/area{number % 20}/thing{number}/{{cart_id}}"))
        declared.append(save._replace(path=f"/V1/area{number % 20}/thing{number}"))
    return declared


class OneStore:
    """A shop with the default store view only."""

    admin = StoreView(0, "admin", "Admin", 0, "admin", 0)
    default = StoreView(1, "default", "Default Store View", 1, "base", 1)
    views = (admin, default)

    def by_code(self, code: str) -> StoreView | None:
        return self.default if code == "default" else None

    def by_id(self, store_id: int) -> StoreView | None:
        return self.views[store_id]

    def default_of_website(self, website_id: int) -> StoreView | None:
        return self.default


class NoDatabase(Database):
    """Transactions that cost nothing."""

    @asynccontextmanager
    async def transaction(self, supposed: int | None = None) -> AsyncIterator[Db]:
        yield Db(cast(Any, None), version=1)


class LoadedOnce:
    version = 1

    def __init__(self) -> None:
        self.state = SharedState(1, {STORES.name: OneStore(), ATTRIBUTE_TYPES.name: NoAttributes()})

    async def current(self, *_: Any) -> SharedState:
        return self.state


BODY = (
    b'{"cart": {"email": "jdoe@example.com", "items": [{"sku": "24-MB01", "qty": 2}, {"sku": "24-MB02", "qty": 1},'
    b' {"sku": "24-MB03", "qty": 1}, {"sku": "24-MB04", "qty": 1}, {"sku": "24-MB05", "qty": 4}]}}'
)
CASES = {
    "GET": Request("GET", "/rest/default/V1/bench/carts/7", headers={"accept": "*/*"}),
    "POST of 5 items": Request("POST", "/rest/V1/bench/carts", headers={"content-type": "application/json"}, body=BODY),
}


async def main() -> None:
    services = Services(Settings(), NoDatabase("postgresql:///none"))
    services.states = cast(Any, LoadedOnce())
    dispatcher = Dispatcher(services, four_hundred())
    for name, request in CASES.items():
        best = min([await _microseconds(dispatcher, request) for _ in range(5)])
        print(f"{name:16} {best:6.1f} µs a call, {len(dispatcher.operations)} operations")


async def _microseconds(dispatcher: Dispatcher, request: Request) -> float:
    started = time.perf_counter()
    for _ in range(CALLS):
        # A fresh one each time, so that what is parsed lazily is parsed.
        fresh = Request(request.method, request.path, request.query, request.headers, request.body)
        answer, _ = await dispatcher.answer(fresh)
        assert answer.status == 200, answer.body
    return (time.perf_counter() - started) / CALLS * 1e6


if __name__ == "__main__":
    asyncio.run(main())
