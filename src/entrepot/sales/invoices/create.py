"""An invoice made of a draft: the same for clients, for the Admin, and for orders that are paid as they are placed."""

from __future__ import annotations

from entrepot.kit.context import Context
from entrepot.sales import states
from entrepot.sales.change import write_order
from entrepot.sales.documents import DONE, OPEN, NewDocumentItem, Told, of_item, of_order
from entrepot.sales.events import OrderPaid
from entrepot.sales.invoices import queries
from entrepot.sales.invoices.draft import Draft, Line
from entrepot.sales.invoices.gateways import CapturingMethod
from entrepot.sales.invoices.registering import register
from entrepot.sales.invoices.rows import NewInvoice
from entrepot.sales.invoices.stock_effects import goods_of, take_goods
from entrepot.sales.open_order import OpenOrder
from entrepot.sales.queries.document_rows import insert

TOTALS = tuple(name for name in Draft.__struct_fields__ if name in NewInvoice.__struct_fields__)
LINE_TOTALS = tuple(name for name in Line.__struct_fields__ if name in NewDocumentItem.__struct_fields__)


async def create(
    ctx: Context,
    order: OpenOrder,
    draft: Draft,
    told: Told,
    *,
    gateway: CapturingMethod | None = None,
    is_paid: bool = True,
) -> int:
    """Write a draft that is valid as an invoice, and all that comes of it; its id. A constant number of statements.

    The order must be locked, and the draft have its totals. With a gateway that takes the money, else it was paid
    elsewhere; unless it `is_paid` the invoice stays open, to be captured later. What is not shipped leaves its sources.
    Raises Refused when something fails that could not be seen before; then the transaction must not be committed.
    """
    lines = [_row(line) for line in draft.stored]
    invoice = invoice_of(ctx, order, draft, told, state=DONE if is_paid else OPEN)
    invoice_id = await insert(ctx.db, queries.INSERT, invoice, lines, told.comments)
    changed = register(order, draft, is_paid=is_paid)
    states.move(ctx, order, states.resolve(order, in_progress=True))
    await write_order(ctx, order, changed)
    await take_goods(ctx, order, goods_of(order, draft), invoice_id)
    if is_paid:
        await _pay(ctx, order, draft, invoice_id, gateway)
    return invoice_id


async def _pay(ctx: Context, order: OpenOrder, draft: Draft, invoice_id: int, gateway: CapturingMethod | None) -> None:
    if gateway is not None:
        await gateway.capture(ctx, order.entity_id, invoice_id, draft.base_grand_total)
    await ctx.db.execute(
        queries.PAY,
        order_id=order.entity_id,
        amount=draft.grand_total,
        base_amount=draft.base_grand_total,
        shipping=draft.shipping_amount,
        base_shipping=draft.base_shipping_amount,
    )
    await ctx.publish(OrderPaid(order.entity_id, order.increment_id, order.store_id, invoice_id))


def invoice_of(ctx: Context, order: OpenOrder, draft: Draft, told: Told, *, state: int = DONE) -> NewInvoice:
    return NewInvoice(
        order_id=order.entity_id,
        state=state,
        can_void_flag=0,
        total_qty=draft.total_qty,
        created_at=ctx.now,
        updated_at=ctx.now,
        customer_note=told.comment if told.is_comment_mailed else None,
        customer_note_notify=int(told.is_comment_mailed),
        **of_order(order),
        **{name: getattr(draft, name) for name in TOTALS},
    )


def _row(line: Line) -> NewDocumentItem:
    return NewDocumentItem(
        order_item_id=line.item.item_id,
        **of_item(line.item),
        **{name: getattr(line, name) for name in LINE_TOTALS},
    )
