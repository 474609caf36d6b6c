"""Payment methods that take money by themselves. Those that the shop comes with do not."""

from __future__ import annotations

from decimal import Decimal
from typing import Protocol, runtime_checkable

from entrepot.kit.context import Context


@runtime_checkable
class CapturingMethod(Protocol):
    """A payment method (`entrepot.payment_methods`) that has this, too, can take the money of an open invoice."""

    async def capture(self, ctx: Context, order_id: int, invoice_id: int, base_amount: Decimal) -> None:
        """Take the money, in the base currency.

        Called inside a transaction, with the order locked, and so never waits for the network: it queues what asks the
        provider. Raises Refused if this cannot be taken; then the invoice stays open.
        """


@runtime_checkable
class VoidingMethod(Protocol):
    """A payment method that has this, too, can let go what it was authorized to take."""

    async def void(self, ctx: Context, order_id: int, invoice_id: int | None) -> None:
        """Let go what the open invoice was to take; without an invoice, all that is still authorized for the order.

        As `capture`: it queues what asks the provider, and raises Refused if it cannot let go. Asked, too, when the
        order is cancelled, which is then refused. The transaction of a whole authorization that is let go is noted by
        who calls this.
        """
