"""Orders cancelled: what is neither paid nor shipped (spec 60, 5.3)."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from entrepot import inventory, promotions
from entrepot.inventory import Reservation, SalesEvent
from entrepot.kit.context import Context
from entrepot.kit.rest.operation import MayUse, operation
from entrepot.sales import states
from entrepot.sales.change import write_order
from entrepot.sales.claims import Released, released_by
from entrepot.sales.events import OrderCancelled
from entrepot.sales.history import note
from entrepot.sales.locking import lock_order
from entrepot.sales.open_order import NOTHING, OpenItem, OpenOrder
from entrepot.sales.shipments.skus import current_skus
from entrepot.sales.statuses import CANCELED, COMPLETE, PROCESSING, statuses
from entrepot.sales.stock import sales_event, stock_of
from entrepot.sales.voiding import let_go

EVENT = "order_canceled"


@operation(
    "POST /V1/orders/{id}/cancel",
    access=MayUse("Magento_Sales::cancel"),
    service="Magento.Sales.Api.OrderManagement.cancel",
)
async def cancel_order(ctx: Context, id: int) -> bool:
    """Cancel what is not invoiced and give its claims on the stock back; False, and nothing happens, if none is.

    What a gateway still holds of the money is let go, unless an open invoice waits for it.

    Raises:
        IdNeeded, NoSuchOrder.
        Refused: the gateway cannot let go; nothing has changed.
    """
    order = await lock_order(ctx, id)
    if not states.can_cancel(order):
        return False
    voided = "" if states.waits_for_money(order) else await let_go(ctx, order)
    await cancel_locked(ctx, order)
    if voided:
        await note(ctx, order, voided)
    return True


async def cancel_locked(ctx: Context, order: OpenOrder) -> None:
    """Cancel an order that is locked, whatever its state is: one whose payment is denied is still under review."""
    released = released_by(order)
    order.state = _cancelled_state(order)
    changed = [item for item in order.items if _cancel_item(item, states.to_cancel(order, item))]
    _cancel_totals(order)
    order.status = statuses(ctx).default_of(order.state)
    await write_order(ctx, order, changed)
    await _give_claims_back(ctx, order, released)
    await promotions.give_back(ctx, order.rule_ids, order.coupon_code, order.customer_id)
    await ctx.publish(OrderCancelled(order.entity_id, order.increment_id, order.store_id))


def _cancelled_state(order: OpenOrder) -> str:
    """Cancelled, unless there is money to give back: then there may still be something to ship for it."""
    refundable = [item for item in order.items if states.to_refund(order, item)]
    if any(states.to_ship(order, item) > states.to_cancel(order, item) for item in refundable):
        return PROCESSING
    return COMPLETE if refundable else CANCELED


def _cancel_item(item: OpenItem, qty: Decimal) -> bool:
    """Whether anything of the line was left to cancel."""
    if not qty:
        return False
    compensation = item.discount_tax_compensation_amount or NOTHING
    item.qty_canceled += qty
    item.tax_canceled = (item.tax_canceled or NOTHING) + item.tax_amount * qty / item.qty_ordered
    item.discount_tax_compensation_canceled = (
        item.discount_tax_compensation_canceled or NOTHING
    ) + compensation * qty / item.qty_ordered
    return True


def _cancel_totals(order: OpenOrder) -> None:
    """What is cancelled of each amount is what was not invoiced of it, and of the total what was not paid."""
    for name in ("subtotal", "tax", "shipping", "discount"):
        of = name if name == "subtotal" else f"{name}_amount"
        for base in ("base_", ""):
            whole = abs(getattr(order, f"{base}{of}") or NOTHING)
            invoiced = abs(getattr(order, f"{base}{name}_invoiced") or NOTHING)
            setattr(order, f"{base}{name}_canceled", whole - invoiced)
    order.total_canceled = (order.grand_total or NOTHING) - (order.total_paid or NOTHING)
    order.base_total_canceled = (order.base_grand_total or NOTHING) - (order.base_total_paid or NOTHING)


async def _give_claims_back(ctx: Context, order: OpenOrder, released: Sequence[Released]) -> None:
    """To the skus that the goods have now: that of a line has what its options add, and products are renamed."""
    if not released:
        return
    stock_id = await stock_of(ctx, order)
    if stock_id is not None:
        event: SalesEvent = sales_event(order, EVENT)
        skus = await current_skus(ctx, [one.item for one in released])
        await inventory.append(
            ctx, [Reservation(stock_id, skus[one.item.item_id], one.qty, event) for one in released]
        )  # fmt: skip
