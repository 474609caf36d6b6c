"""Payments that their provider or the shop looks into before an order goes on: accepted, or denied (spec 60, 15.3).

A gateway brings orders into the state `payment_review`; nothing else is done with them until that is decided.
"""

from __future__ import annotations

from typing import Protocol, runtime_checkable

from entrepot.kit.context import Context
from entrepot.kit.errors import Refused
from entrepot.quotes.payment_methods import methods
from entrepot.sales import states
from entrepot.sales.cancel import cancel_locked
from entrepot.sales.change import write_order
from entrepot.sales.history import note
from entrepot.sales.invoices.settling import open_invoices, settle, take_out, tell_paid
from entrepot.sales.locking import lock_order
from entrepot.sales.open_order import OpenItem, OpenOrder
from entrepot.sales.queries import payments as queries
from entrepot.sales.queries.payments import Payment
from entrepot.sales.statuses import PROCESSING, statuses


@runtime_checkable
class ReviewedMethod(Protocol):
    """A payment method (`entrepot.payment_methods`) that has this, too, lets the shop decide about its payments.

    Called inside a transaction, with the order locked, and so never waits for the network: it queues what tells the
    provider. Raises Refused where this payment cannot be decided; then the order stays under review.
    """

    async def accept_payment(self, ctx: Context, order_id: int) -> None:
        """The money is wanted."""

    async def deny_payment(self, ctx: Context, order_id: int) -> None:
        """It is not; the order will be cancelled."""


class NotUnderReview(Refused):
    """Nothing is left to decide, or the method lets nobody decide."""

    message = "We can't update the payment right now."


async def can_review(ctx: Context, order: OpenOrder) -> bool:
    """Whether the shop decides about the payment. One statement, none where the state says no."""
    if not states.is_under_review(order):
        return False
    payment = await ctx.db.one_or_none(Payment, queries.OF_ORDER, order_id=order.entity_id)
    return isinstance(_method_of(payment), ReviewedMethod)


async def accept_payment(ctx: Context, order_id: int) -> None:
    """Take the money, and go on with the order. Its open invoices are paid by it.

    Raises IdNeeded, NoSuchOrder, NotUnderReview, or what the method refuses with.
    """
    order, payment, method = await _open(ctx, order_id)
    await method.accept_payment(ctx, order_id)
    invoices = await open_invoices(ctx, order_id)
    for invoice in invoices:
        await settle(ctx, order, invoice)
    # A suspicion does not outlast it: `fraud` is a status of this state, too.
    order.state, order.status = PROCESSING, statuses(ctx).default_of(PROCESSING)
    await write_order(ctx, order)
    for invoice in invoices:
        await tell_paid(ctx, order, invoice)
    await note(ctx, order, f"Approved the payment online.{_transaction(payment)}")


async def deny_payment(ctx: Context, order_id: int) -> None:
    """Refuse the money, and cancel the order with its open invoices; its claims on the stock are given back.

    Raises as `accept_payment`.
    """
    order, payment, method = await _open(ctx, order_id)
    await method.deny_payment(ctx, order_id)
    changed: list[OpenItem] = []
    for invoice in await open_invoices(ctx, order_id):
        changed += await take_out(ctx, order, invoice) or ()
    if changed:
        await write_order(ctx, order, {item.item_id: item for item in changed}.values())
    await cancel_locked(ctx, order)
    await note(ctx, order, f"Denied the payment online.{_transaction(payment)}")


async def _open(ctx: Context, order_id: int) -> tuple[OpenOrder, Payment, ReviewedMethod]:
    order = await lock_order(ctx, order_id)
    payment = await ctx.db.one_or_none(Payment, queries.OF_ORDER, order_id=order_id)
    method = _method_of(payment)
    if payment is None or not states.is_under_review(order) or not isinstance(method, ReviewedMethod):
        raise NotUnderReview
    return order, payment, method


def _method_of(payment: Payment | None) -> object | None:
    return methods().get((payment and payment.method) or "")


def _transaction(payment: Payment) -> str:
    return f' Transaction ID: "{payment.last_trans_id}"' if payment.last_trans_id else ""
