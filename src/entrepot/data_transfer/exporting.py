"""An export: the rows of an entity type as CSV, in parts, as they are read."""

from __future__ import annotations

from collections.abc import AsyncIterator

from entrepot.data_transfer.entity import EntityType, Wanted
from entrepot.data_transfer.errors import NothingToExport
from entrepot.data_transfer.formulas import quoted
from entrepot.data_transfer.service import line
from entrepot.kit.jobs import Work


def columns_of(entity: EntityType, wanted: Wanted) -> list[str]:
    """Those that are not skipped. Raises NothingToExport when all are."""
    columns = [column for column in entity.columns if column not in wanted.skipped]
    if not columns:
        raise NothingToExport
    return columns


async def export(work: Work, entity: EntityType, wanted: Wanted, separator: str = ",") -> AsyncIterator[str]:
    """The header, then the rows. What a spreadsheet would run as a formula is quoted (`formulas`).

    Each part is read in a transaction of its own, so what is changed meanwhile may be in it or not.
    """
    columns = columns_of(entity, wanted)
    places = [entity.columns.index(column) for column in columns]
    yield line(columns, separator)
    async for rows in entity.export(work, wanted):
        yield "".join(line([quoted(row[place]) for place in places], separator) for row in rows)
