"""Credit memos stored, registered, and not cancelled (spec 60, 8.7 and 8.8)."""

from __future__ import annotations

from entrepot.kit.context import Context
from entrepot.kit.rest.operation import MayUse, operation
from entrepot.sales.creditmemos import queries
from entrepot.sales.creditmemos.as_sent import comments_of, lines_of, memo_of, rows_of
from entrepot.sales.creditmemos.contracts import Creditmemo
from entrepot.sales.creditmemos.create import carry_out
from entrepot.sales.creditmemos.errors import AlreadyRegistered, CannotCancel, CreditmemoNotSaved, MoreThanPaid
from entrepot.sales.creditmemos.gateways import refunding_method
from entrepot.sales.creditmemos.reading import REPOSITORY, get_creditmemo
from entrepot.sales.creditmemos.registering import Refund
from entrepot.sales.creditmemos.rows import NewCreditmemo
from entrepot.sales.documents import DONE, OPEN
from entrepot.sales.errors import NoSuchOrder
from entrepot.sales.locking import lock_order
from entrepot.sales.open_order import NOTHING, OpenOrder
from entrepot.sales.queries.document_rows import insert
from entrepot.sales.sides import graspable, in_base_currency
from entrepot.taxes import round_price

MAY_CHANGE = MayUse("Magento_Sales::sales_creditmemo")
MANAGEMENT = "Magento.Sales.Api.CreditmemoManagement"


@operation("PUT /V1/creditmemo/{id}", access=MAY_CHANGE, service=f"{MANAGEMENT}.cancel")
async def cancel_creditmemo(ctx: Context, id: int) -> bool:
    """Always refused: what was given back is not taken again. Raises CannotCancel."""
    raise CannotCancel


@operation("POST /V1/creditmemo", access=MAY_CHANGE, service=f"{REPOSITORY}.save")
async def save_creditmemo(ctx: Context, entity: Creditmemo) -> Creditmemo:
    """Store a memo as it is sent, under the next number. Order, payment and stock do not change by it.

    One that has an id gets the values that are sent, and the comments without ids; its lines stay.

    Raises:
        CreditmemoNotSaved: there is no such order or memo.
        ForeignItem, TooManyToRefund.
    """
    try:
        order = await lock_order(ctx, await _order_id(ctx, entity))
    except NoSuchOrder as refusal:
        raise CreditmemoNotSaved from refusal
    comments = comments_of(entity.comments)
    memo = memo_of(ctx, order, entity)
    if entity.entity_id:
        await queries.update(ctx.db, entity.entity_id, memo, comments)
        return await get_creditmemo(ctx, entity.entity_id)
    lines = lines_of(order, entity.items or ())
    return await get_creditmemo(
        ctx, await insert(ctx.db, queries.INSERT, memo, rows_of(lines, entity.items or ()), comments)
    )


async def _order_id(ctx: Context, sent: Creditmemo) -> int:
    """The order of a memo that there is, or the one that is sent. Raises NoSuchOrder."""
    if not sent.entity_id:
        return sent.order_id or -1
    order_id: int | None = await ctx.db.value(queries.ORDER_OF, creditmemo_id=sent.entity_id)
    if order_id is None or sent.order_id not in (None, order_id):
        raise NoSuchOrder
    return order_id


@operation("POST /V1/creditmemo/refund", access=MAY_CHANGE, service=f"{MANAGEMENT}.refund")
async def register_creditmemo(ctx: Context, creditmemo: Creditmemo, offline_requested: bool = False) -> Creditmemo:
    """Give back what a memo says that is sent, or that was stored open.

    Nothing is computed, and nothing returned to the stock, unless the shop is set to return everything.

    Raises:
        NoSuchOrder: there is no such order, memo, or invoice of the order.
        AlreadyRegistered: the memo is not open any more.
        MoreThanPaid: nothing is given back.
        ForeignItem, TooManyToRefund.
    """
    order = await lock_order(ctx, await _order_id(ctx, creditmemo))
    stored = await _stored(ctx, creditmemo.entity_id)
    if stored is not None:
        creditmemo = _over(stored, creditmemo)
    memo = memo_of(ctx, order, creditmemo)
    memo.state = DONE
    _check_money(order, memo)
    await _check_invoice(ctx, order, memo)
    items = creditmemo.items or ()
    lines = lines_of(order, items)
    gateway = None if offline_requested or memo.invoice_id is None else await refunding_method(ctx, order.entity_id)
    refund = Refund(
        memo,
        rows_of(lines, items),
        is_online=not offline_requested,
        gateway=gateway,
        is_of_invoice=memo.invoice_id is not None and not offline_requested,
    )
    if stored is not None and stored.entity_id is not None:
        creditmemo_id = stored.entity_id
        await queries.update(ctx.db, creditmemo_id, memo)
    else:
        creditmemo_id = await insert(ctx.db, queries.INSERT, memo, refund.lines, comments_of(creditmemo.comments))
    await carry_out(ctx, order, lines, refund, creditmemo_id, moves_state=False)
    return await get_creditmemo(ctx, creditmemo_id)


async def _stored(ctx: Context, creditmemo_id: int | None) -> Creditmemo | None:
    if not creditmemo_id:
        return None
    stored = await get_creditmemo(ctx, creditmemo_id)
    if stored.state != OPEN:
        raise AlreadyRegistered
    return stored


def _over(stored: Creditmemo, sent: Creditmemo) -> Creditmemo:
    """A stored memo with the values that are sent; its lines are the stored ones, if it has any."""
    values = {name: getattr(stored, name) for name in Creditmemo.__struct_fields__}
    values |= {name: value for name in Creditmemo.__struct_fields__ if (value := getattr(sent, name)) not in (None, [])}
    values["items"] = stored.items or sent.items
    return Creditmemo(**values)


def _check_money(order: OpenOrder, memo: NewCreditmemo) -> None:
    paid, refunded = order.base_total_paid or NOTHING, order.base_total_refunded or NOTHING
    if round_price(refunded + graspable(memo.base_grand_total or NOTHING)) > round_price(paid):
        raise MoreThanPaid(in_base_currency(order, paid - refunded))


async def _check_invoice(ctx: Context, order: OpenOrder, memo: NewCreditmemo) -> None:
    if memo.invoice_id is None:
        return
    if await ctx.db.value(queries.ORDER_OF_INVOICE, invoice_id=memo.invoice_id) != order.entity_id:
        raise NoSuchOrder
