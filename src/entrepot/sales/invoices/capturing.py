"""How the money of a new invoice comes in."""

from __future__ import annotations

from enum import Enum

from entrepot.kit.context import Context
from entrepot.quotes.payment_methods import methods
from entrepot.sales.invoices import queries
from entrepot.sales.invoices.gateways import CapturingMethod


class Capture(Enum):
    """As forms of the Admin call it."""

    ONLINE = "online"
    """The gateway takes it."""
    OFFLINE = "offline"
    """It was paid elsewhere."""
    LATER = "not_capture"
    """The invoice stays open until it is captured."""


async def capturing_method(ctx: Context, order_id: int) -> CapturingMethod | None:
    """The method that an order is paid by, if it can take money by itself."""
    code: str | None = await ctx.db.value(queries.PAYMENT_METHOD, order_id=order_id)
    method: object = methods().get(code or "")
    return method if isinstance(method, CapturingMethod) else None
