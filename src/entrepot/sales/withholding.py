"""Orders whose customers are not told."""

from __future__ import annotations

from entrepot.kit.context import Context

WITHHOLD = """
    update sales_order
    set send_email = 0
    where entity_id = %(order_id)s
    and email_sent is null
"""


async def withhold_confirmation(ctx: Context, order_id: int) -> None:
    """Send no confirmation of an order that was placed in this transaction."""
    await ctx.db.execute(WITHHOLD, order_id=order_id)
