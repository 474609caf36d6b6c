from __future__ import annotations

import sys
from typing import Any

import pytest

from entrepot.asynchronous import BulkScheduler, service
from entrepot.asynchronous.contracts import LOGS
from entrepot.kit.context import Actor, ActorType, Context, Services
from entrepot.kit.rest.dispatcher import Dispatcher
from entrepot.kit.rest.operation import operations_of
from entrepot.kit.rest.request import Request
from tests.asynchronous import things
from tests.rest_client import RestClient

CALLERS = {
    "admin": Actor(ActorType.ADMIN, 3, frozenset({"Magento_Test::things", LOGS})),
    "clerk": Actor(ActorType.INTEGRATION, 4, frozenset({"Magento_Test::things"})),
    "customer": Actor(ActorType.CUSTOMER, 12),
}


async def identify(ctx: Context, request: Request) -> Actor | None:
    """The token is the caller's name."""
    return CALLERS.get(request.headers.get("authorization", "").removeprefix("Bearer "))


@pytest.fixture
async def rest(services: Services, ctx: Context, monkeypatch: pytest.MonkeyPatch) -> RestClient:
    """The REST interface with a domain of things, called by an administrator."""
    await ctx.db.execute(things.TABLE)
    operations = operations_of([service, sys.modules[things.__name__]])
    monkeypatch.setattr(services, "operations", {operation.route: operation for operation in operations})
    return RestClient(Dispatcher(services, operations, callers=[identify], scheduler=BulkScheduler()), "admin")


def thing(name: str, price: Any = 1, **more: Any) -> dict[str, Any]:
    return {"thing": {"name": name, "price": price, **more}}
