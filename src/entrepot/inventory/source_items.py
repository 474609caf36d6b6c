"""Source items: how much of a sku lies in a source (spec 40-inventory, 6)."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import structs
from psycopg import DataError, IntegrityError

from entrepot.inventory.changed_quantities import follow_quantities
from entrepot.inventory.contracts import SourceItem, SourceItemSearchResults
from entrepot.inventory.errors import EmptyInput, SourceItemNotSaved, refuse_if
from entrepot.inventory.locks import lock_shelves
from entrepot.inventory.products import sku_key
from entrepot.inventory.queries import low_quantity
from entrepot.inventory.queries import source_items as queries
from entrepot.inventory.queries.sources import codes
from entrepot.inventory.rules.validation import source_item_faults
from entrepot.inventory.sources import MAY_SEE_SOURCES
from entrepot.kit.context import Context
from entrepot.kit.errors import Refused
from entrepot.kit.rest.in_bulk import Call, in_bulk
from entrepot.kit.rest.operation import operation
from entrepot.kit.search_criteria import SearchCriteria
from entrepot.kit.search_sql import results, search


@operation(
    "GET /V1/inventory/source-items",
    access=MAY_SEE_SOURCES,
    service="Magento.InventoryApi.Api.SourceItemRepository.getList",
)
async def list_source_items(ctx: Context, search_criteria: SearchCriteria) -> SourceItemSearchResults:
    """In the order in which they were made unless the criteria say otherwise."""
    rows, total = await search(ctx.db, queries.ITEMS, search_criteria)
    page = results([SourceItem(**structs.asdict(row)) for row in rows], search_criteria, total)
    return SourceItemSearchResults(items=page.items, search_criteria=page.search_criteria, total_count=page.total_count)


@operation(
    "POST /V1/inventory/source-items",
    access=MAY_SEE_SOURCES,
    service="Magento.InventoryApi.Api.SourceItemsSave.execute",
)
async def save_source_items(ctx: Context, source_items: list[SourceItem]) -> None:
    """Write quantities and statuses; the quantities replace what is there. Skus need not be in the catalogue.

    Raises:
        EmptyInput.
        ValidationFailed: every fault of every item; nothing is saved.
        SourceItemNotSaved: an unknown source, or a value that cannot be stored; nothing is saved.
    """
    if not source_items:
        raise EmptyInput
    refuse_if(fault for item in source_items for fault in source_item_faults(item))
    named = {_code(item) for item in source_items}
    if named - (await codes(ctx.db, list(named))).keys():
        raise SourceItemNotSaved
    try:
        async with ctx.savepoint():
            await write_source_items(ctx, source_items)
    except (DataError, IntegrityError) as error:
        raise SourceItemNotSaved from error


@in_bulk(save_source_items)
async def save_source_items_in_bulk(ctx: Context, calls: Sequence[Call]) -> list[Exception | None]:
    """Up to the first call that names an item which an earlier one has named. A value that no column holds raises."""
    count = _apart([call["source_items"] for call in calls])
    lists: list[list[SourceItem]] = [call["source_items"] for call in calls[:count]]
    outcomes = [_fault(items) for items in lists]
    known = await codes(ctx.db, list({_code(item) for items in lists for item in items}))
    for place, items in enumerate(lists):
        if outcomes[place] is None and not {_code(item) for item in items} <= known.keys():
            outcomes[place] = SourceItemNotSaved()
    if good := [item for items, fault in zip(lists, outcomes, strict=True) if fault is None for item in items]:
        await write_source_items(ctx, good)
    return outcomes


def _apart(lists: Sequence[Sequence[SourceItem]]) -> int:
    """How many lists, from the first one on, have no item in common."""
    seen: set[tuple[str, str]] = set()
    for place, items in enumerate(lists):
        pairs = {(_code(item), sku_key(item.sku or "")) for item in items}
        if pairs & seen:
            return place
        seen |= pairs
    return len(lists)


def _fault(items: Sequence[SourceItem]) -> Exception | None:
    if not items:
        return EmptyInput()
    try:
        refuse_if(fault for item in items for fault in source_item_faults(item))
    except Refused as refusal:
        return refusal
    return None


def _code(item: SourceItem) -> str:
    return (item.source_code or "").lower()


@operation(
    "POST /V1/inventory/source-items-delete",
    access=MAY_SEE_SOURCES,
    service="Magento.InventoryApi.Api.SourceItemsDelete.execute",
)
async def delete_source_items(ctx: Context, source_items: list[SourceItem]) -> None:
    """Delete items with their low quantity thresholds; pairs that there are not are passed over. Raises EmptyInput."""
    if not source_items:
        raise EmptyInput
    await remove_source_items(ctx, [(item.source_code or "", item.sku or "") for item in source_items])


async def write_source_items(ctx: Context, items: Sequence[SourceItem]) -> None:
    """Write items that are known to be valid, and what follows them."""
    pairs = [(item.source_code or "", item.sku or "") for item in items]
    await lock_shelves(ctx.db, pairs)
    await ctx.db.execute(
        queries.SAVE,
        source_codes=[source_code for source_code, _ in pairs],
        skus=[sku for _, sku in pairs],
        quantities=[item.quantity for item in items],
        statuses=[item.status for item in items],
    )
    await follow_quantities(ctx, pairs)


async def remove_source_items(ctx: Context, pairs: Sequence[tuple[str, str]]) -> int:
    """Delete these pairs of source code and sku, and what hangs on them; how many items there were."""
    named = {
        "source_codes": [source_code for source_code, _ in pairs],
        "keys": [sku_key(sku) for _, sku in pairs],
    }
    await lock_shelves(ctx.db, pairs)
    deleted = await ctx.db.execute(queries.DELETE, **named)
    await ctx.db.execute(low_quantity.DELETE, **named)
    await follow_quantities(ctx, pairs)
    return deleted
