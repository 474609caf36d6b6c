"""Orders of nothing, invoiced as they are placed, where the shop wants that (spec 60, 9.1)."""

from __future__ import annotations

from entrepot.kit.context import Context
from entrepot.quotes import OrderPlaced
from entrepot.sales.documents import Told
from entrepot.sales.invoices import queries, totals
from entrepot.sales.invoices.create import create
from entrepot.sales.invoices.draft import draft_of
from entrepot.sales.locking import lock_order
from entrepot.sales.statuses import PROCESSING, statuses

FREE = "free"
STATUS = "payment/free/order_status"
ACTION = "payment/free/payment_action"
INVOICES_ALL = "authorize_capture"


async def invoice_what_is_free(ctx: Context, event: OrderPlaced) -> None:
    """Invoice a new order that nothing is paid for. No statement in a shop that leaves such orders to people."""
    status = ctx.config(STATUS, store_id=event.store_id) or ""
    if not statuses(ctx).is_of_state(status, PROCESSING):
        return
    if ctx.config(ACTION, store_id=event.store_id) != INVOICES_ALL:
        return
    if await ctx.db.value(queries.PAYMENT_METHOD, order_id=event.order_id) != FREE:
        return
    order = await lock_order(ctx, event.order_id)
    # Its status stays if it is one of the state that the order comes to.
    order.state, order.status = PROCESSING, status
    draft = draft_of(order, {})
    totals.collect(order, draft)
    await create(ctx, order, draft, Told())
