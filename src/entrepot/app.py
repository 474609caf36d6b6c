"""The whole wiring on one page: which domains there are, who listens to what, and what is served where."""

from __future__ import annotations

from entrepot import directory, stores
from entrepot.kit.context import Services
from entrepot.kit.db import Database
from entrepot.kit.rest.dispatcher import Dispatcher
from entrepot.kit.rest.operation import operations_of
from entrepot.settings import Settings

DOMAINS = (stores, directory)


def new_services(settings: Settings, database: Database) -> Services:
    """What one process has."""
    return Services(settings, database)


def rest(services: Services) -> Dispatcher:
    """The REST interface over all domains."""
    return Dispatcher(services, operations_of(module for domain in DOMAINS for module in domain.OPERATION_MODULES))
