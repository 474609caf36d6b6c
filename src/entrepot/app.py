"""The whole wiring on one page: which domains there are, who listens to what, and what is served where."""

from __future__ import annotations

from entrepot import access, directory, stores
from entrepot.kit.context import Services
from entrepot.kit.db import Database
from entrepot.kit.rest.dispatcher import Dispatcher
from entrepot.kit.rest.operation import operations_of
from entrepot.settings import Settings

DOMAINS = (stores, directory, access)

CALLERS = (access.by_token, access.by_session)
"""The means to find a REST caller, in the order in which they are tried; who is found by none is a guest."""


def new_services(settings: Settings, database: Database) -> Services:
    """What one process has."""
    return Services(settings, database)


def rest(services: Services) -> Dispatcher:
    """The REST interface over all domains."""
    operations = operations_of(module for domain in DOMAINS for module in domain.OPERATION_MODULES)
    return Dispatcher(services, operations, callers=CALLERS)
