"""Which types the values of attributes have in requests (spec 00-webapi, 4.4, and 30-catalog, 1.2 and 1.4)."""

from __future__ import annotations

from collections.abc import Mapping

from entrepot.catalog.attributes.attribute import ARRAY_BACKEND, CATEGORY_IDS_BACKEND
from entrepot.catalog.attributes.queries import loading
from entrepot.catalog.attributes.queries.loading import TypeRow
from entrepot.kit.db import Db
from entrepot.kit.rest.attribute_types import ATTRIBUTE_TYPES

BY_BACKEND_TYPE = {"varchar": "string", "text": "string", "datetime": "string", "int": "int", "decimal": "double"}
BY_BACKEND_MODEL: Mapping[str | None, str | None] = {
    CATEGORY_IDS_BACKEND: "int[]",
    # A stock, {"is_in_stock": true, "qty": 1}, which is accepted and not looked at.
    "Magento\\Catalog\\Model\\Product\\Attribute\\Backend\\Stock": None,
    # Rows with customer groups and quantities.
    "Magento\\Catalog\\Model\\Product\\Attribute\\Backend\\Tierprice": None,
    # A file name, {"delete": 1}, or what an upload answered.
    "Magento\\Catalog\\Model\\Category\\Attribute\\Backend\\Image": None,
    # One text of ids, or a list of them.
    ARRAY_BACKEND: None,
}
AVAILABLE_SORT_BY = "available_sort_by"


def value_type(row: TypeRow) -> str | None:
    """None for any value."""
    if row.code == AVAILABLE_SORT_BY:
        return "string[]"
    if row.backend_model in BY_BACKEND_MODEL:
        return BY_BACKEND_MODEL[row.backend_model]
    if row.frontend_input == "multiselect":
        return None
    return BY_BACKEND_TYPE.get(row.backend_type)


class CatalogTypes:
    """The types of the attributes of products and categories."""

    def __init__(self, types: Mapping[tuple[str, str], str | None]) -> None:
        self._types = types

    def type_of(self, entity: str, code: str) -> str | None:
        return self._types.get((entity, code))


async def load_types(db: Db) -> CatalogTypes:
    return CatalogTypes({(row.entity, row.code): value_type(row) for row in await db.all(TypeRow, loading.TYPES)})


ATTRIBUTE_TYPES.load = load_types
