"""The entity types that there are. A higher domain may add its own."""

from __future__ import annotations

from entrepot.data_transfer.entity import EntityType
from entrepot.data_transfer.errors import UnknownEntityType
from entrepot.data_transfer.products import Products
from entrepot.data_transfer.stock_sources import StockSources

_types: dict[str, EntityType] = {}


def register_entity_type(entity: EntityType) -> None:
    """Offer it for imports and exports. A second one of the same code takes the place of the first."""
    _types[entity.code] = entity


def entity_types() -> list[EntityType]:
    """In the order of their registration."""
    return list(_types.values())


def entity_type(code: str) -> EntityType:
    """Raises UnknownEntityType."""
    if (found := _types.get(code)) is None:
        raise UnknownEntityType(code, ", ".join(_types))
    return found


register_entity_type(Products())
register_entity_type(StockSources())
