"""What a credit memo does to the stock (spec 40, 18; spec 60, 10.5).

                never left a source              had left
returned        the claim on them ends           back to the sources they came from
not returned    they leave for good              nothing: they left when they were shipped
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from decimal import Decimal

from entrepot import inventory
from entrepot.inventory import Deduction, Reservation
from entrepot.inventory.source_selection import DEFAULT_ALGORITHM, InventoryRequest, ItemRequest, select_sources
from entrepot.kit.context import Context
from entrepot.sales.creditmemos.goods import Goods, unshipped_by_sku, way_back
from entrepot.sales.movements import Movement, movements_of, note_returned
from entrepot.sales.open_order import NOTHING, OpenOrder
from entrepot.sales.shipments.skus import current_skus
from entrepot.sales.stock import sales_event, stock_of

EVENT = "creditmemo_created"


async def move_goods(ctx: Context, order: OpenOrder, creditmemo_id: int, goods: Sequence[Goods]) -> None:
    """Do what a memo does to the stock. A constant number of statements."""
    if not goods:
        return
    skus = await current_skus(ctx, [one.item for one in goods])
    movements = await movements_of(ctx, order.entity_id)
    stock_id = await stock_of(ctx, order)
    sources = await inventory.sources_of_stock(ctx, stock_id) if stock_id is not None else []
    codes = [source.source_code or "" for source in sources]
    await _lock(ctx, stock_id, codes, set(skus.values()), movements)
    back = way_back(goods, skus, movements, codes)
    if back:
        await inventory.give_back(ctx, back)
        await note_returned(ctx, order.entity_id, "creditmemo", creditmemo_id, back)
    if stock_id is not None:
        await _let_go(ctx, order, stock_id, unshipped_by_sku(goods, skus, are_returned=False))
        await _release(ctx, order, stock_id, unshipped_by_sku(goods, skus, are_returned=True))


async def _lock(
    ctx: Context, stock_id: int | None, codes: Sequence[str], skus: Collection[str], movements: Sequence[Movement]
) -> None:
    """All that is going to be touched, before anything is: who locks in two steps may wait in a circle."""
    touched = {*codes, *(one.source_code for one in movements)}
    shelves = [(code, sku) for code in touched for sku in skus]
    claims = [(stock_id, sku) for sku in skus] if stock_id is not None else []
    await inventory.lock_shelves(ctx.db, shelves, also=claims)


async def _let_go(ctx: Context, order: OpenOrder, stock_id: int, quantities: Mapping[str, Decimal]) -> None:
    """Take goods that nobody wanted back out of the sources. What is not there cannot be taken; its claim ends, too."""
    if not quantities:
        return
    wanted = InventoryRequest(stock_id, [ItemRequest(sku, qty) for sku, qty in quantities.items()])
    advice = await select_sources(ctx, wanted, DEFAULT_ALGORITHM)
    picks = [
        Deduction(one.source_code or "", one.sku or "", one.qty_to_deduct)
        for one in advice.source_selection_items or ()
        if one.qty_to_deduct
    ]
    if picks:
        await inventory.deduct_all(ctx, picks, stock_id=stock_id, event=sales_event(order, EVENT))
    taken: dict[str, Decimal] = {}
    for pick in picks:
        taken[pick.sku.lower()] = taken.get(pick.sku.lower(), NOTHING) + pick.qty
    await _release(
        ctx, order, stock_id, {sku: qty - taken.get(sku.lower(), NOTHING) for sku, qty in quantities.items()}
    )


async def _release(ctx: Context, order: OpenOrder, stock_id: int, quantities: Mapping[str, Decimal]) -> None:
    event = sales_event(order, EVENT)
    rows = [Reservation(stock_id, sku, qty, event) for sku, qty in quantities.items() if qty > 0]
    if rows:
        await inventory.append(ctx, rows)
