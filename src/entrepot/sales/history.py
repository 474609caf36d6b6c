"""What the shop itself notes in the history of an order."""

from __future__ import annotations

from entrepot.kit.context import Context
from entrepot.sales.open_order import OpenOrder
from entrepot.sales.queries import order_comments as queries

OF_ORDER = "order"


async def note(ctx: Context, order: OpenOrder, comment: str) -> None:
    """With the status that the order has by now. The customer neither sees it nor is told."""
    await ctx.db.execute(
        queries.ADD,
        order_id=order.entity_id,
        status=order.status,
        comment=comment,
        is_customer_notified=0,
        is_visible_on_front=0,
        entity_name=OF_ORDER,
        now=ctx.now,
    )
