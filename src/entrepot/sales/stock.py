"""The stock that an order was sold from."""

from __future__ import annotations

from entrepot import inventory
from entrepot.inventory import NoLinkedStock, SalesEvent
from entrepot.kit.context import Context
from entrepot.sales.open_order import OpenOrder


async def stock_of(ctx: Context, order: OpenOrder) -> int | None:
    """The stock of the order's website; None once that sells from none, or the view is gone."""
    view = ctx.stores.by_id(order.store_id) if order.store_id is not None else None
    if view is None:
        return None
    try:
        return await inventory.stock_id_of_store(ctx, view)
    except NoLinkedStock:
        return None


def sales_event(order: OpenOrder, event_type: str) -> SalesEvent:
    """Why the journal has a row."""
    return SalesEvent(event_type=event_type, object_id=str(order.entity_id), object_increment_id=order.increment_id)
