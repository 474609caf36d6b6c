"""Goods leave a source, or return to it (spec 40-inventory, 16 to 18)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from entrepot.inventory.changed_quantities import follow_quantities
from entrepot.inventory.contracts import Deduction, Reservation, SalesEvent
from entrepot.inventory.errors import NotEnoughInSource, SourceItemNotFound
from entrepot.inventory.locks import lock_shelves
from entrepot.inventory.products import sku_key
from entrepot.inventory.quantities import facts_of
from entrepot.inventory.queries import source_items as queries
from entrepot.inventory.queries.source_items import SourceItemRow
from entrepot.inventory.reservations import append_locked
from entrepot.inventory.rules.salability import StockFacts
from entrepot.kit.context import Context


async def deduct(
    ctx: Context, source_code: str, quantities: Mapping[str, Decimal], *, stock_id: int, event: SalesEvent
) -> None:
    """Take quantities by sku from one source, all or nothing; see `deduct_all`."""
    await deduct_all(
        ctx, [Deduction(source_code, sku, qty) for sku, qty in quantities.items()], stock_id=stock_id, event=event
    )


async def deduct_all(ctx: Context, lines: Sequence[Deduction], *, stock_id: int, event: SalesEvent) -> None:
    """Take goods from sources, and release the claims on them in the order's stock: one row of +qty per line.

    What can be sold does not change by it. Lines whose stock is not managed are skipped. Whether a source is enabled
    or linked, and the status of its item, is not asked. A constant number of statements.

    Raises:
        SourceItemNotFound: the source has no item of the sku, or there is no such source.
        NotEnoughInSource: less than that lies there.
        In both cases nothing is deducted.
    """
    pairs = [(line.source_code, line.sku) for line in lines]
    await lock_shelves(ctx.db, pairs, also=[(stock_id, line.sku) for line in lines])
    found = await facts_of(ctx, stock_id, [line.sku for line in lines])
    managed = _managed(lines, found)
    if not managed:
        return
    taken = _summed(managed)
    _check_there_is_enough(managed, taken, await _items(ctx, taken))
    await ctx.db.execute(
        queries.ADD,
        source_codes=[source_code for source_code, _ in taken],
        keys=[key for _, key in taken],
        quantities=[-qty for qty in taken.values()],
    )
    await follow_quantities(ctx, pairs)
    rows = [Reservation(stock_id, line.sku, line.qty, event) for line in managed]
    await append_locked(ctx, rows, found.values())


async def give_back(ctx: Context, lines: Sequence[Deduction]) -> None:
    """Put goods back into the sources they came from. No claim changes, so they can be sold again.

    The status of an item stays. Lines whose stock is not managed are skipped. A constant number of statements.
    """
    pairs = [(line.source_code, line.sku) for line in lines]
    await lock_shelves(ctx.db, pairs)
    # Only how the product is sold is looked at, and that is the same in all stocks.
    managed = _managed(lines, await facts_of(ctx, 0, [line.sku for line in lines]))
    if not managed:
        return
    spelling = {sku_key(line.sku): line.sku for line in managed}
    returned = _summed(managed)
    await ctx.db.execute(
        queries.GIVE_BACK,
        source_codes=[source_code for source_code, _ in returned],
        skus=[spelling[key] for _, key in returned],
        quantities=list(returned.values()),
    )
    await follow_quantities(ctx, pairs)


def _managed(lines: Iterable[Deduction], found: Mapping[str, StockFacts]) -> list[Deduction]:
    return [line for line in lines if found[sku_key(line.sku)].settings.manage_stock]


def _summed(lines: Iterable[Deduction]) -> dict[tuple[str, str], Decimal]:
    """By source code and sku, both in lower case."""
    sums: dict[tuple[str, str], Decimal] = {}
    for line in lines:
        pair = (line.source_code.lower(), sku_key(line.sku))
        sums[pair] = sums.get(pair, Decimal(0)) + line.qty
    return sums


async def _items(ctx: Context, pairs: Iterable[tuple[str, str]]) -> dict[tuple[str, str], SourceItemRow]:
    wanted = list(pairs)
    rows = await ctx.db.all(
        SourceItemRow, queries.FIND, source_codes=[code for code, _ in wanted], keys=[key for _, key in wanted]
    )
    return {(row.source_code.lower(), sku_key(row.sku)): row for row in rows}


def _check_there_is_enough(
    lines: Iterable[Deduction],
    taken: Mapping[tuple[str, str], Decimal],
    items: Mapping[tuple[str, str], SourceItemRow],
) -> None:
    for line in lines:
        pair = (line.source_code.lower(), sku_key(line.sku))
        if pair not in items:
            raise SourceItemNotFound(line.source_code, line.sku)
        if items[pair].quantity < taken[pair]:
            raise NotEnoughInSource(sku=line.sku)
