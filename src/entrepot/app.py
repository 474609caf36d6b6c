"""The whole wiring on one page: which domains there are, who listens to what, and what is served where."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from starlette.routing import Router

from entrepot import access, directory, stores
from entrepot.kit.context import Services
from entrepot.kit.db import Database
from entrepot.kit.pages import STATIC
from entrepot.kit.rest.address import is_rest
from entrepot.kit.rest.dispatcher import Dispatcher
from entrepot.kit.rest.openapi import ApiDocument
from entrepot.kit.rest.operation import Operation, operations_of
from entrepot.kit.swagger import swagger_routes
from entrepot.settings import Settings

DOMAINS = (stores, directory, access)

CALLERS = (access.by_token, access.by_session)
"""The means to find a REST caller, in the order in which they are tried; who is found by none is a guest."""

Scope = MutableMapping[str, Any]
Asgi = Callable[[Scope, Any, Any], Awaitable[None]]


def new_services(settings: Settings, database: Database) -> Services:
    """What one process has."""
    return Services(settings, database)


def all_operations() -> list[Operation]:
    """What the REST interface serves."""
    return operations_of(module for domain in DOMAINS for module in domain.OPERATION_MODULES)


def rest(services: Services) -> Dispatcher:
    """The REST interface over all domains."""
    operations = all_operations()
    return Dispatcher(
        services,
        operations,
        callers=CALLERS,
        describer=ApiDocument(operations),
    )


def create_app(services: Services) -> Asgi:
    """Everything that is served over HTTP, by the beginning of the path."""
    api = rest(services)
    mounted: dict[str, Asgi] = {"static": STATIC, "swagger": Router(swagger_routes())}

    async def app(scope: Scope, receive: Any, send: Any) -> None:
        path = scope["path"]
        if is_rest(path):
            await api(scope, receive, send)
        else:
            await mounted[path.split("/", 2)[1]](scope, receive, send)

    return app
