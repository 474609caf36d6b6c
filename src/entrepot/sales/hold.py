"""Orders held back, and let go on (spec 60, 5.4)."""

from __future__ import annotations

from entrepot.kit.context import Context
from entrepot.kit.errors import Refused
from entrepot.kit.rest.operation import MayUse, operation
from entrepot.sales import states
from entrepot.sales.change import write_order
from entrepot.sales.locking import lock_order
from entrepot.sales.open_order import OpenOrder
from entrepot.sales.statuses import HOLDED, NEW, PROCESSING, statuses

SERVICE = "Magento.Sales.Api.OrderManagement"


class CannotHold(Refused):
    """The order is finished, held already, or its payment is looked into."""

    message = "A hold action is not available."


class CannotUnhold(Refused):
    """The order is not on hold."""

    message = "You cannot remove the hold."


@operation("POST /V1/orders/{id}/hold", access=MayUse("Magento_Sales::hold"), service=f"{SERVICE}.hold")
async def hold_order(ctx: Context, id: int) -> bool:
    """Put it on hold, and remember what it was. Raises IdNeeded, NoSuchOrder, CannotHold."""
    order = await lock_order(ctx, id)
    if not states.can_hold(order):
        raise CannotHold
    order.hold_before_state, order.hold_before_status = order.state, order.status
    order.state, order.status = HOLDED, statuses(ctx).default_of(HOLDED)
    await write_order(ctx, order)
    return True


@operation("POST /V1/orders/{id}/unhold", access=MayUse("Magento_Sales::unhold"), service=f"{SERVICE}.unHold")
async def unhold_order(ctx: Context, id: int) -> bool:
    """Make it what it was before it was held. Raises IdNeeded, NoSuchOrder, CannotUnhold."""
    order = await lock_order(ctx, id)
    if not states.can_unhold(order):
        raise CannotUnhold
    order.state, order.status = _before(ctx, order)
    order.hold_before_state = order.hold_before_status = None
    await write_order(ctx, order)
    return True


def _before(ctx: Context, order: OpenOrder) -> tuple[str, str]:
    """An order that was held where it comes from does not say what it was: then what was done with it tells."""
    is_begun = bool(order.total_invoiced) or any(item.qty_invoiced or item.qty_shipped for item in order.items)
    state = order.hold_before_state or (PROCESSING if is_begun else NEW)
    return state, order.hold_before_status or statuses(ctx).default_of(state)
