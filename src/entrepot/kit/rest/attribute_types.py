"""The types of custom attributes, which shops make at run time. Whoever owns attributes gives the loader."""

from __future__ import annotations

from typing import Protocol

from entrepot.kit.db import Db
from entrepot.kit.shared import Shared


class AttributeTypes(Protocol):
    def type_of(self, entity: str, code: str) -> str | None:
        """`string`, `int`, `double`, `bool`, `int[]`, `string[]`; None for any value (static or unknown codes)."""


class NoAttributes:
    """A shop without attributes of its own."""

    def type_of(self, entity: str, code: str) -> str | None:
        return None


async def _none(db: Db) -> AttributeTypes:
    return NoAttributes()


ATTRIBUTE_TYPES: Shared[AttributeTypes] = Shared("attribute_types", load=_none)
