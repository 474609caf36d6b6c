"""Confirmations of orders that are sent when somebody says so, or never."""

from __future__ import annotations

from entrepot.kit.context import Context
from entrepot.sales.confirmation import send_confirmation
from entrepot.sales.contracts import Order

WITHHOLD = """
    update sales_order
    set send_email = 0
    where entity_id = %(order_id)s
    and email_sent is null
"""

SENT = """
    update sales_order
    set send_email = 1,
        email_sent = 1
    where entity_id = %(order_id)s
"""


async def withhold_confirmation(ctx: Context, order_id: int) -> None:
    """Send no confirmation of an order that was placed in this transaction."""
    await ctx.db.execute(WITHHOLD, order_id=order_id)


async def confirm_now(ctx: Context, order: Order) -> None:
    """Send it now, whether or not it was sent before."""
    await send_confirmation(ctx, order)
    await ctx.db.execute(SENT, order_id=order.entity_id)
