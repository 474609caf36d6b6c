"""What a gateway was authorized to take for an order, let go (spec 60, 3.2)."""

from __future__ import annotations

from msgspec import Struct

from entrepot.kit.context import Context
from entrepot.quotes.payment_methods import methods
from entrepot.sales import states
from entrepot.sales.change import write_order
from entrepot.sales.history import note
from entrepot.sales.invoices.errors import NothingToVoid
from entrepot.sales.invoices.gateways import VoidingMethod
from entrepot.sales.locking import lock_order
from entrepot.sales.open_order import NOTHING, OpenOrder
from entrepot.sales.queries import payments as queries
from entrepot.sales.queries.payments import Authorization
from entrepot.sales.sides import in_base_currency
from entrepot.sales.statuses import PROCESSING


class Held(Struct, frozen=True):
    """What a gateway holds of an order, and who can let it go."""

    method: VoidingMethod
    authorization: Authorization


async def can_void(ctx: Context, order: OpenOrder) -> bool:
    """Whether a gateway holds something that it can let go. No statement where the method is none."""
    return states.can_void(order) and await _held(ctx, order) is not None


async def void_payment(ctx: Context, order_id: int) -> None:
    """Let go all that is still authorized for an order, and work on with it.

    Raises:
        IdNeeded, NoSuchOrder.
        NothingToVoid: nothing is authorized, or the state forbids it.
        Refused: the gateway cannot; nothing has changed.
    """
    order = await lock_order(ctx, order_id)
    voided = await let_go(ctx, order) if states.can_void(order) else ""
    if not voided:
        raise NothingToVoid
    states.move(ctx, order, PROCESSING)
    await write_order(ctx, order)
    await note(ctx, order, voided)


async def let_go(ctx: Context, order: OpenOrder) -> str:
    """Let go all that is still authorized for an order that is locked; what is to be noted of it, "" if nothing was.

    Raises Refused if the gateway cannot; nothing has changed.
    """
    held = await _held(ctx, order)
    if held is None:
        return ""
    await held.method.void(ctx, order.entity_id, None)
    txn_id = f"{held.authorization.txn_id}-void"
    await ctx.db.execute(
        queries.VOID, transaction_id=held.authorization.transaction_id, txn_id=txn_id, now=ctx.now
    )  # fmt: skip
    return f'Voided authorization.{_amount(order)} Transaction ID: "{txn_id}"'


async def _held(ctx: Context, order: OpenOrder) -> Held | None:
    method: object = methods().get(order.payment_method or "")
    if not isinstance(method, VoidingMethod):
        return None
    authorization = await ctx.db.one_or_none(Authorization, queries.AUTHORIZATION, order_id=order.entity_id)
    return Held(method, authorization) if authorization else None


def _amount(order: OpenOrder) -> str:
    """As long as nothing was taken it is all of the order."""
    if order.base_total_paid:
        return ""
    return f" Amount: {in_base_currency(order, order.base_grand_total or NOTHING)}."
