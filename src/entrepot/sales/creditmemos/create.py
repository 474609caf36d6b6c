"""A credit memo made of a draft: the same for clients and for the Admin."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from entrepot.kit.context import Context
from entrepot.kit.scope import is_flag_set
from entrepot.sales import states
from entrepot.sales.change import write_order
from entrepot.sales.creditmemos import queries
from entrepot.sales.creditmemos.draft import Draft, Line
from entrepot.sales.creditmemos.gateways import RefundingMethod
from entrepot.sales.creditmemos.goods import goods_of
from entrepot.sales.creditmemos.registering import Refund, register
from entrepot.sales.creditmemos.rows import NewCreditmemo, NewCreditmemoItem
from entrepot.sales.creditmemos.stock_effects import move_goods
from entrepot.sales.documents import DONE, Told, of_item, of_order
from entrepot.sales.events import OrderRefunded
from entrepot.sales.open_order import NOTHING, OpenItem, OpenOrder
from entrepot.sales.queries import order_comments
from entrepot.sales.queries.document_rows import insert
from entrepot.sales.sides import in_base_currency
from entrepot.sales.statuses import statuses

SHIPPING_HAS_TAX = "tax/sales_display/shipping"
INCLUDING_TAX = "2"
AUTO_RETURN = "cataloginventory/item_options/auto_return"
OF_CREDITMEMO = "creditmemo"

TOTALS = tuple(name for name in Draft.__struct_fields__ if name in NewCreditmemo.__struct_fields__)
LINE_TOTALS = tuple(name for name in Line.__struct_fields__ if name in NewCreditmemoItem.__struct_fields__)


def shipping_has_tax(ctx: Context, order: OpenOrder) -> bool:
    """Whether amounts of shipping that somebody enters have their tax."""
    return ctx.config(SHIPPING_HAS_TAX, store_id=order.store_id) == INCLUDING_TAX


def returns_by_itself(ctx: Context) -> bool:
    """Whether everything that is given back goes back to the stock."""
    return is_flag_set(ctx.config_default(AUTO_RETURN))


async def create(
    ctx: Context,
    order: OpenOrder,
    draft: Draft,
    told: Told,
    *,
    returned: Collection[int] = (),
    gateway: RefundingMethod | None = None,
) -> int:
    """Write a draft that is valid, and all that comes of it; its id. A constant number of statements.

    The order must be locked, and the draft have its totals. `returned` are the ids of the order's lines that go back to
    the stock. With a gateway the money goes back through that, else it is given back elsewhere. Raises Refused when
    something fails that could not be seen before; then the transaction must not be committed.
    """
    order.customer_note_notify = int(told.notify)
    refund = Refund(
        memo_of(ctx, order, draft, told),
        [row_of(line) for line in draft.lines if line.qty],
        is_online=gateway is not None,
        gateway=gateway,
        is_of_invoice=draft.invoice is not None,
    )
    creditmemo_id = await insert(ctx.db, queries.INSERT, refund.memo, refund.lines, told.comments)
    await carry_out(ctx, order, draft.lines, refund, creditmemo_id, returned=returned)
    return creditmemo_id


def memo_of(ctx: Context, order: OpenOrder, draft: Draft, told: Told) -> NewCreditmemo:
    return NewCreditmemo(
        order_id=order.entity_id,
        state=DONE,
        invoice_id=draft.invoice.entity_id if draft.invoice else None,
        created_at=ctx.now,
        updated_at=ctx.now,
        customer_note=told.comment if told.is_comment_mailed else None,
        customer_note_notify=int(told.is_comment_mailed),
        **of_order(order),
        **{name: getattr(draft, name) for name in TOTALS},
    )


def row_of(line: Line) -> NewCreditmemoItem:
    return NewCreditmemoItem(
        order_item_id=line.item.item_id,
        **of_item(line.item),
        **{name: getattr(line, name) for name in LINE_TOTALS},
    )


async def carry_out(
    ctx: Context,
    order: OpenOrder,
    lines: Sequence[Line],
    refund: Refund,
    creditmemo_id: int,
    *,
    returned: Collection[int] = (),
    moves_state: bool = True,
) -> None:
    """What a memo that was written changes of the order, its payment, its invoice and the stock.

    Without `moves_state` the order only comes to another state if nothing is left to do with it.
    """
    goods = goods_of(order, lines, returned, auto_return=returns_by_itself(ctx))
    register(order, refund)
    if moves_state:
        _move(ctx, order, through_invoice=refund.is_of_invoice)
    await write_order(ctx, order, _touched(order, lines))
    await _note(ctx, order, refund)
    await move_goods(ctx, order, creditmemo_id, goods)
    await ctx.publish(OrderRefunded(order.entity_id, order.increment_id, order.store_id, creditmemo_id))


def _move(ctx: Context, order: OpenOrder, *, through_invoice: bool) -> None:
    """A status of the order's own stays if it is one of the state, unless the money goes through an invoice."""
    states.move(ctx, order, states.resolve(order, in_progress=False))
    if through_invoice:
        order.status = statuses(ctx).default_of(order.state or "")


def _touched(order: OpenOrder, lines: Iterable[Line]) -> list[OpenItem]:
    """The lines of the memo, and those they are parts of."""
    refunded = [line.item for line in lines if line.qty]
    ids = {item.item_id for item in refunded} | {item.parent_item_id for item in refunded}
    return [item for item in order.items if item.item_id in ids]


async def _note(ctx: Context, order: OpenOrder, refund: Refund) -> None:
    """Write the refund into the payment, the history, and the invoice it goes through. Two statements, or three."""
    memo = refund.memo
    base_amount = memo.base_grand_total or NOTHING
    await ctx.db.execute(
        queries.REFUND_PAYMENT,
        order_id=order.entity_id,
        amount=memo.grand_total or NOTHING,
        base_amount=base_amount,
        shipping=memo.shipping_amount or NOTHING,
        base_shipping=memo.base_shipping_amount or NOTHING,
        is_online=refund.gateway is not None,
    )
    where = "online" if refund.gateway else "offline"
    await ctx.db.execute(
        order_comments.ADD,
        order_id=order.entity_id,
        status=order.status,
        comment=f"We refunded {in_base_currency(order, base_amount)} {where}.",
        is_customer_notified=order.customer_note_notify,
        is_visible_on_front=0,
        entity_name=OF_CREDITMEMO,
        now=ctx.now,
    )
    if memo.invoice_id is None:
        return
    if refund.is_of_invoice:
        await ctx.db.execute(queries.REFUND_INVOICE, invoice_id=memo.invoice_id, base_amount=base_amount, now=ctx.now)
    if refund.gateway is not None:
        await refund.gateway.refund(ctx, order.entity_id, memo.invoice_id, base_amount)
