"""Payment methods that can give money back by themselves."""

from __future__ import annotations

from decimal import Decimal
from typing import Protocol, runtime_checkable

from entrepot.kit.context import Context
from entrepot.quotes.payment_methods import methods
from entrepot.sales.creditmemos import queries


@runtime_checkable
class RefundingMethod(Protocol):
    """A payment method (`entrepot.payment_methods`) that has this, too, can be refunded through its invoices."""

    async def refund(self, ctx: Context, order_id: int, invoice_id: int, base_amount: Decimal) -> None:
        """Give money back, in the base currency.

        Called inside the transaction of the memo, with the order locked, and so never waits for the network: it queues
        what asks the provider. Raises Refused if this payment cannot be given back; then there is no memo.
        """


async def refunding_method(ctx: Context, order_id: int) -> RefundingMethod | None:
    """The method that an order was paid by, if it can give the money back."""
    code: str | None = await ctx.db.value(queries.PAYMENT_METHOD, order_id=order_id)
    method: object = methods().get(code or "")
    return method if isinstance(method, RefundingMethod) else None
