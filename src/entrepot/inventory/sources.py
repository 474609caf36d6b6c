"""Sources: where goods lie (spec 40-inventory, 3)."""

from __future__ import annotations

from decimal import Decimal

from msgspec import structs
from psycopg import DataError, IntegrityError

from entrepot.inventory.contracts import Source, SourceSearchResults
from entrepot.inventory.errors import SourceNotFound, SourceNotSaved, refuse_if
from entrepot.inventory.geocoding import with_coordinates
from entrepot.inventory.queries import sources as queries
from entrepot.inventory.queries.sources import SourceRow
from entrepot.inventory.rules.validation import source_faults
from entrepot.kit.context import Context
from entrepot.kit.rest.operation import MayUse, operation
from entrepot.kit.search_criteria import SearchCriteria
from entrepot.kit.search_sql import results, search

MAY_SEE_SOURCES = MayUse("Magento_InventoryApi::source")
MAY_EDIT_SOURCES = MayUse("Magento_InventoryApi::source_edit")


@operation(
    "GET /V1/inventory/sources", access=MAY_SEE_SOURCES, service="Magento.InventoryApi.Api.SourceRepository.getList"
)
async def list_sources(ctx: Context, search_criteria: SearchCriteria | None = None) -> SourceSearchResults:
    """By code unless the criteria say otherwise."""
    criteria = search_criteria or SearchCriteria()
    rows, total = await search(ctx.db, queries.SOURCES, criteria)
    page = results([_source(row) for row in rows], criteria, total)
    return SourceSearchResults(items=page.items, search_criteria=page.search_criteria, total_count=page.total_count)


@operation(
    "GET /V1/inventory/sources/{source_code}",
    access=MAY_SEE_SOURCES,
    service="Magento.InventoryApi.Api.SourceRepository.get",
)
async def get_source(ctx: Context, source_code: str) -> Source:
    """Raises SourceNotFound."""
    found = await queries.find(ctx.db, source_code)
    if found is None:
        raise SourceNotFound(value=source_code)
    return _source(found)


@operation(
    "POST /V1/inventory/sources", access=MAY_EDIT_SOURCES, service="Magento.InventoryApi.Api.SourceRepository.save"
)
@operation(
    "PUT /V1/inventory/sources/{source_code}",
    access=MAY_EDIT_SOURCES,
    service="Magento.InventoryApi.Api.SourceRepository.save",
)
async def save_source(ctx: Context, source: Source) -> None:
    """Make a source, or change the one of that code: what is left out of an update stays as it is.

    A new source without coordinates gets those of its address, if they can be found out.

    Raises:
        ValidationFailed: every fault of the input.
        SourceNotSaved: a value that cannot be stored.
    """
    source = await _located(ctx, source)
    refuse_if(source_faults(source))
    try:
        async with ctx.savepoint():
            await queries.save(ctx.db, _values(source))
    except (DataError, IntegrityError) as error:
        raise SourceNotSaved from error


async def replace_source(ctx: Context, source: Source) -> None:
    """Save all of a source, as a form has it: what is left out is nothing afterwards, but `enabled` stays.

    Coordinates that are left out are those of the address, if they can be found out. Raises as `save_source` does;
    nothing is then changed.
    """
    async with ctx.savepoint():
        await ctx.db.execute(queries.EMPTY, source_code=source.source_code or "")
        await save_source(ctx, source)


@operation(
    "GET /V1/inventory/get-sources-assigned-to-stock-ordered-by-priority/{stock_id}",
    access=MAY_SEE_SOURCES,
    service="Magento.InventoryApi.Api.GetSourcesAssignedToStockOrderedByPriority.execute",
)
async def sources_of_stock(ctx: Context, stock_id: int) -> list[Source]:
    """Enabled and disabled ones, in the order in which they are asked; none for an unknown stock."""
    return [_source(row) for row in await ctx.db.all(SourceRow, queries.OF_STOCK, stock_id=stock_id)]


async def is_single_source_mode(ctx: Context) -> bool:
    """Whether fewer than two sources are enabled: then there is nothing to choose between."""
    return int(await ctx.db.value(queries.COUNT_ENABLED)) < 2


async def _located(ctx: Context, source: Source) -> Source:
    if source.latitude or source.longitude or not source.source_code:
        return source
    stored = await queries.find(ctx.db, source.source_code)
    if stored and (stored.latitude or stored.longitude):
        return source
    return await with_coordinates(ctx, source)


def _values(source: Source) -> dict[str, object]:
    values = structs.asdict(source)
    for name in ("use_default_carrier_config", "carrier_links", "extension_attributes"):
        del values[name]
    for name in ("latitude", "longitude"):
        if values[name] is not None:
            values[name] = Decimal(str(values[name]))
    return values


def _source(row: SourceRow) -> Source:
    values = structs.asdict(row)
    for name in ("latitude", "longitude"):
        if values[name] is not None:
            values[name] = float(values[name])
    return Source(**values, use_default_carrier_config=True, carrier_links=[])
