"""Open invoices that are paid or cancelled, through a gateway or without (spec 60, 6.5)."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from msgspec import Struct

from entrepot.kit.context import Context
from entrepot.kit.rest.operation import operation
from entrepot.kit.search_criteria import Filter, FilterGroup, SearchCriteria
from entrepot.quotes.payment_methods import methods
from entrepot.sales import states
from entrepot.sales.change import write_order
from entrepot.sales.contracts import Order
from entrepot.sales.documents import CANCELED, DONE, OPEN
from entrepot.sales.errors import IdNeeded, NoSuchOrder
from entrepot.sales.events import OrderPaid
from entrepot.sales.invoices import queries
from entrepot.sales.invoices.contracts import Invoice
from entrepot.sales.invoices.errors import NothingToCancel, NothingToCapture, NothingToVoid
from entrepot.sales.invoices.gateways import CapturingMethod, VoidingMethod
from entrepot.sales.invoices.reading import MANAGEMENT, MAY_SEE, get_invoice, list_invoices
from entrepot.sales.invoices.registering import unregister
from entrepot.sales.locking import lock_order
from entrepot.sales.open_order import NOTHING, OpenItem, OpenOrder
from entrepot.sales.orders import get_order
from entrepot.sales.statuses import PAYMENT_REVIEW, PROCESSING


class Opened(Struct, frozen=True):
    """An invoice that nobody else changes, with its order and how that is paid."""

    invoice: Invoice
    order: OpenOrder
    method: object | None


@operation("POST /V1/invoices/{id}/capture", access=MAY_SEE, service=f"{MANAGEMENT}.setCapture")
async def capture_invoice(ctx: Context, id: int) -> bool:
    """Take the money of an open invoice through the gateway of its order; True.

    Raises:
        IdNeeded, NoSuchOrder.
        NothingToCapture: it is not open, or the method has no gateway.
    """
    opened = await _open(ctx, id)
    invoice, order = opened.invoice, opened.order
    if invoice.state != OPEN or not isinstance(opened.method, CapturingMethod):
        raise NothingToCapture
    await opened.method.capture(ctx, order.entity_id, id, invoice.base_grand_total or NOTHING)
    await settle(ctx, order, invoice)
    await write_order(ctx, order)
    await tell_paid(ctx, order, invoice)
    return True


@operation("POST /V1/invoices/{id}/void", access=MAY_SEE, service=f"{MANAGEMENT}.setVoid")
async def void_invoice(ctx: Context, id: int) -> bool:
    """Let go what the gateway was to take, and cancel the open invoice; True. Its lines can be invoiced again.

    Raises:
        IdNeeded, NoSuchOrder.
        NothingToVoid: it is not open, or the method has authorized nothing.
    """
    opened = await _open(ctx, id)
    if opened.invoice.state != OPEN or not isinstance(opened.method, VoidingMethod):
        raise NothingToVoid
    await opened.method.void(ctx, opened.order.entity_id, id)
    await _cancel(ctx, opened)
    return True


async def cancel_invoice(ctx: Context, id: int) -> None:
    """Cancel an open invoice and ask no gateway. Its lines can be invoiced again.

    Raises:
        IdNeeded, NoSuchOrder.
        NothingToCancel: it is paid or cancelled, or the payment is under review.
    """
    opened = await _open(ctx, id)
    if not is_unsettled(opened.invoice, opened.order):
        raise NothingToCancel
    await _cancel(ctx, opened)


def is_unsettled(invoice: Invoice, order: Order | OpenOrder) -> bool:
    """Whether people may take its money or let it go. While the payment is under review that is its provider's."""
    return invoice.state == OPEN and order.state != PAYMENT_REVIEW


async def _cancel(ctx: Context, opened: Opened) -> None:
    changed = await take_out(ctx, opened.order, opened.invoice)
    if changed is not None:
        states.move(ctx, opened.order, PROCESSING)
        await write_order(ctx, opened.order, changed)


async def settle(ctx: Context, order: OpenOrder, invoice: Invoice) -> None:
    """Note that the money of an open invoice is there. The caller has locked the order, writes it, and tells of it."""
    await ctx.db.execute(queries.SET_STATE, invoice_id=invoice.entity_id, state=DONE, now=ctx.now)
    order.total_paid = (order.total_paid or NOTHING) + (invoice.grand_total or NOTHING)
    order.base_total_paid = (order.base_total_paid or NOTHING) + (invoice.base_grand_total or NOTHING)
    await _pay(ctx, order, invoice)


async def tell_paid(ctx: Context, order: OpenOrder, invoice: Invoice) -> None:
    await ctx.publish(OrderPaid(order.entity_id, order.increment_id, order.store_id, invoice.entity_id or 0))


async def take_out(ctx: Context, order: OpenOrder, invoice: Invoice) -> list[OpenItem] | None:
    """Cancel an open invoice, and take it out of the order's sums; the lines of the order that changed.

    None for one that was stored as it was sent: it is in none of the sums. The caller has locked the order, and writes
    it.
    """
    await ctx.db.execute(queries.SET_STATE, invoice_id=invoice.entity_id, state=CANCELED, now=ctx.now)
    if not await ctx.db.value(queries.IS_COUNTED, invoice_id=invoice.entity_id):
        return None
    return unregister(order, invoice)


async def open_invoices(ctx: Context, order_id: int) -> Sequence[Invoice]:
    """Those of an order that wait for their money."""
    named = [
        FilterGroup(filters=[Filter(field="order_id", value=str(order_id), condition_type="eq")]),
        FilterGroup(filters=[Filter(field="state", value=str(OPEN), condition_type="eq")]),
    ]
    return (await list_invoices(ctx, SearchCriteria(filter_groups=named))).items or ()


async def _open(ctx: Context, invoice_id: int) -> Opened:
    if not invoice_id:
        raise IdNeeded
    order_id: int | None = await ctx.db.value(queries.ORDER_OF, invoice_id=invoice_id)
    if order_id is None:
        raise NoSuchOrder
    order = await lock_order(ctx, order_id)
    return Opened(await get_invoice(ctx, invoice_id), order, _method_of(await get_order(ctx, order_id)))


def _method_of(order: Order) -> object | None:
    return methods().get((order.payment.method or "") if order.payment else "")


async def _pay(ctx: Context, order: OpenOrder, invoice: Invoice) -> None:
    def amount(value: Decimal | None) -> Decimal:
        return value or NOTHING

    await ctx.db.execute(
        queries.PAY,
        order_id=order.entity_id,
        amount=amount(invoice.grand_total),
        base_amount=amount(invoice.base_grand_total),
        shipping=amount(invoice.shipping_amount),
        base_shipping=amount(invoice.base_shipping_amount),
    )
