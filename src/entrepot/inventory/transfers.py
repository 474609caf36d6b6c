"""Goods move from one source to another: all of a sku, or part of it (spec 40-inventory, 20).

Reservations never move: they belong to stocks.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from entrepot.inventory.bulk import MAY_EDIT_PRODUCTS
from entrepot.inventory.changed_quantities import follow_quantities
from entrepot.inventory.contracts import PartialTransferItem
from entrepot.inventory.errors import (
    NoSuchDestination,
    NoSuchOrigin,
    TransferItemMissing,
    TransferNotAvailable,
    TransferOnItself,
    TransferValidationFailed,
    refuse_if,
)
from entrepot.inventory.locks import lock_shelves
from entrepot.inventory.products import products_by_sku, sku_key
from entrepot.inventory.queries import low_quantity, source_items
from entrepot.inventory.queries import transfers as queries
from entrepot.inventory.queries.source_items import SourceItemRow
from entrepot.inventory.queries.sources import codes
from entrepot.inventory.rules.products import has_source_items
from entrepot.kit.context import Context
from entrepot.kit.errors import Refused
from entrepot.kit.rest.operation import operation


@operation(
    "POST /V1/inventory/bulk-product-source-transfer",
    access=MAY_EDIT_PRODUCTS,
    service="Magento.InventoryCatalogApi.Api.BulkInventoryTransfer.execute",
)
async def transfer(
    ctx: Context, skus: list[str], origin_source: str, destination_source: str, unassign_from_origin: bool
) -> bool:
    """Move all that lies in the origin to the destination, with its status; always true.

    The origin's items are deleted, or stay with nothing and out of stock. Skus that it has no item of, unknown skus
    and products made of others are passed over. Raises ValidationFailed.
    """
    known = await codes(ctx.db, [origin_source, destination_source])
    refuse_if(_source_faults(known, origin_source, destination_source))
    origin, destination = known[origin_source.lower()], known[destination_source.lower()]
    products = await products_by_sku(ctx, skus)
    keys = sorted(key for key, product in products.items() if has_source_items(product))
    if not keys:
        return True

    pairs = [(source_code, key) for key in keys for source_code in (origin, destination)]
    await lock_shelves(ctx.db, pairs)
    await ctx.db.execute(queries.RECEIVE_ALL, origin=origin, destination=destination, keys=keys)
    await ctx.db.execute(queries.REMOVE if unassign_from_origin else queries.EMPTY, origin=origin, keys=keys)
    await ctx.db.execute(low_quantity.COPY, origin=origin, destination=destination, keys=keys)
    if unassign_from_origin:
        await ctx.db.execute(low_quantity.DELETE, source_codes=[origin] * len(keys), keys=keys)
    await follow_quantities(ctx, pairs)
    return True


@operation(
    "POST /V1/inventory/bulk-partial-source-transfer",
    access=MAY_EDIT_PRODUCTS,
    service="Magento.InventoryCatalogApi.Api.BulkPartialInventoryTransfer.execute",
)
async def transfer_part(
    ctx: Context, origin_source_code: str, destination_source_code: str, items: list[PartialTransferItem]
) -> None:
    """Move these quantities. What arrives is in stock; the origin's status stays.

    Raises TransferValidationFailed: every fault, by item; nothing is moved.
    """
    known = await codes(ctx.db, [origin_source_code, destination_source_code])
    faults = list(_source_faults(known, origin_source_code, destination_source_code))
    origin = known.get(origin_source_code.lower(), origin_source_code)
    destination = known.get(destination_source_code.lower(), destination_source_code)
    pairs = [(source_code, item.sku or "") for item in items for source_code in (origin, destination)]
    await lock_shelves(ctx.db, pairs)
    rows = await ctx.db.all(
        SourceItemRow,
        source_items.FIND,
        source_codes=[source_code for source_code, _ in pairs],
        keys=[sku_key(sku) for _, sku in pairs],
    )
    there = {(row.source_code, sku_key(row.sku)): row.quantity for row in rows}
    wanted = _summed(items)
    faults.extend(_item_faults(items, wanted, there, origin, destination))
    refuse_if(faults, TransferValidationFailed)

    await ctx.db.execute(
        queries.MOVE,
        origin=origin,
        destination=destination,
        keys=list(wanted),
        quantities=list(wanted.values()),
    )
    await follow_quantities(ctx, pairs)


def _source_faults(known: Mapping[str, str], origin: str, destination: str) -> Iterator[Refused]:
    if origin.lower() not in known:
        yield NoSuchOrigin(source_code=origin)
    if destination.lower() not in known:
        yield NoSuchDestination(source_code=destination)
    if origin.lower() == destination.lower():
        yield TransferOnItself()


def _summed(items: Sequence[PartialTransferItem]) -> dict[str, Decimal]:
    wanted: dict[str, Decimal] = {}
    for item in items:
        key = sku_key(item.sku or "")
        wanted[key] = wanted.get(key, Decimal(0)) + (item.qty or Decimal(0))
    return wanted


def _item_faults(
    items: Sequence[PartialTransferItem],
    wanted: Mapping[str, Decimal],
    there: Mapping[tuple[str, str], Decimal],
    origin: str,
    destination: str,
) -> Iterator[Refused]:
    for item in items:
        sku, qty = item.sku or "", item.qty or Decimal(0)
        key = sku_key(sku)
        if (origin, key) not in there:
            yield TransferItemMissing(sku, origin)
            continue
        if qty <= 0 or there[origin, key] < wanted[key]:
            yield TransferNotAvailable(sku=sku)
        if (destination, key) not in there:
            yield TransferItemMissing(sku, destination)
