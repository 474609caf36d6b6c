"""The whole wiring on one page: which domains there are, who listens to what, and what is served where."""

from __future__ import annotations

from entrepot.kit.context import Services
from entrepot.kit.db import Database
from entrepot.settings import Settings


def new_services(settings: Settings, database: Database) -> Services:
    """What one process has."""
    return Services(settings, database)
