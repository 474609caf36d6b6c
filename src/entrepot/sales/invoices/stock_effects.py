"""Goods that are not shipped leave their sources when they are paid (spec 60, 10.4; 40, 17)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal

from entrepot import catalog, inventory
from entrepot.inventory import Deduction, Reservation
from entrepot.inventory.source_selection import DEFAULT_ALGORITHM, InventoryRequest, ItemRequest, select_sources
from entrepot.kit.context import Context
from entrepot.sales.invoices.draft import Draft
from entrepot.sales.movements import note_taken
from entrepot.sales.open_order import NOTHING, OpenItem, OpenOrder
from entrepot.sales.quantities import share
from entrepot.sales.states import BUNDLE
from entrepot.sales.stock import sales_event, stock_of

EVENT = "invoice_created"


async def take_goods(
    ctx: Context, order: OpenOrder, goods: Iterable[tuple[OpenItem, Decimal]], invoice_id: int
) -> None:
    """Take virtual goods out of the sources of the order's stock, the first by priority first.

    What is not there (it was sold on order) cannot be taken; the claim on it ends all the same, as it has been handed
    over. No statement for an invoice that has none of them, else a constant number.
    """
    quantities = await _quantities(ctx, list(goods))
    stock_id = await stock_of(ctx, order) if quantities else None
    if stock_id is None:
        return
    await _lock(ctx, stock_id, quantities)
    wanted = InventoryRequest(stock_id, [ItemRequest(sku, qty) for sku, qty in quantities.items()])
    advice = await select_sources(ctx, wanted, DEFAULT_ALGORITHM)
    taken = [
        Deduction(one.source_code or "", one.sku or "", one.qty_to_deduct)
        for one in advice.source_selection_items or ()
        if one.qty_to_deduct
    ]
    event = sales_event(order, EVENT)
    if taken:
        await inventory.deduct_all(ctx, taken, stock_id=stock_id, event=event)
        await note_taken(ctx, order.entity_id, "invoice", invoice_id, taken)
    for one in taken:
        key = next(sku for sku in quantities if sku.lower() == one.sku.lower())
        quantities[key] -= one.qty
    rest = [Reservation(stock_id, sku, qty, event) for sku, qty in quantities.items() if qty > 0]
    if rest:
        await inventory.append(ctx, rest)


def goods_of(order: OpenOrder, draft: Draft) -> Iterator[tuple[OpenItem, Decimal]]:
    """What leaves with the invoice: the items that lie somewhere and are not shipped, each with its quantity."""
    for line in draft.stored:
        if line.is_paid_elsewhere:
            continue
        parts = order.parts(line.item)
        if not parts:
            goods = [(line.item, line.qty)]
        elif line.item.product_type == BUNDLE:
            goods = [(part, share(part, line.item) * line.qty) for part in parts]
        else:
            # Ordered of the line is as much as of the product that was chosen for it.
            goods = [(parts[0], line.qty)]
        yield from ((item, qty) for item, qty in goods if item.is_virtual)


async def _quantities(ctx: Context, goods: list[tuple[OpenItem, Decimal]]) -> dict[str, Decimal]:
    """By the skus that the products have now; products that are gone keep the order's."""
    if not goods:
        return {}
    known = await catalog.products_by_id(ctx, {item.product_id for item, _ in goods if item.product_id is not None})
    sums: dict[str, Decimal] = {}
    for item, qty in goods:
        product = known.get(item.product_id) if item.product_id is not None else None
        sku = product.sku if product else item.sku or ""
        sums[sku] = sums.get(sku, NOTHING) + qty
    return sums


async def _lock(ctx: Context, stock_id: int, quantities: dict[str, Decimal]) -> None:
    """All that is going to be touched, before anything is: who locks in two steps may wait in a circle."""
    sources = await inventory.sources_of_stock(ctx, stock_id)
    shelves = [(source.source_code or "", sku) for source in sources for sku in quantities]
    await inventory.lock_shelves(ctx.db, shelves, also=[(stock_id, sku) for sku in quantities])
