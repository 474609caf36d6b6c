"""Websites, store groups and store views, and the configuration that is read in their scopes.

Both are kept in memory: `ctx.stores`, `ctx.config(path)`. `levels(ctx)` also has the websites and the groups.
"""

from types import ModuleType

from entrepot.stores.levels import Levels, StoreGroup, Website, levels
from entrepot.stores.values import Values

OPERATION_MODULES: tuple[ModuleType, ...] = ()
"""The modules whose operations the REST API serves."""

__all__ = ["OPERATION_MODULES", "Levels", "StoreGroup", "Values", "Website", "levels"]
