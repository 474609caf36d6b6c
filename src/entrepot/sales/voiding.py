"""What a gateway was authorized to take for an order, let go (spec 60, 3.2)."""

from __future__ import annotations

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


async def can_void(ctx: Context, order: OpenOrder) -> bool:
    """Whether a gateway holds something that it can let go. No statement in a shop without such gateways."""
    return states.can_void(order) and await _authorization(ctx, order.entity_id) is not None


async def void_payment(ctx: Context, order_id: int) -> None:
    """Let go all that is still authorized for an order, and work on with it.

    Raises:
        IdNeeded, NoSuchOrder.
        NothingToVoid: nothing is authorized, or the state forbids it.
        Refused: the gateway cannot; nothing has changed.
    """
    order = await lock_order(ctx, order_id)
    authorization = await _authorization(ctx, order_id) if states.can_void(order) else None
    method: object = methods().get((authorization and authorization.method) or "")
    if authorization is None or not isinstance(method, VoidingMethod):
        raise NothingToVoid
    await method.void(ctx, order_id, None)
    txn_id = f"{authorization.txn_id}-void"
    await ctx.db.execute(
        queries.VOID, transaction_id=authorization.transaction_id, txn_id=txn_id, now=ctx.now
    )  # fmt: skip
    states.move(ctx, order, PROCESSING)
    await write_order(ctx, order)
    await note(ctx, order, f'Voided authorization.{_amount(order)} Transaction ID: "{txn_id}"')


async def _authorization(ctx: Context, order_id: int) -> Authorization | None:
    """The one that is still open, of a gateway that can let it go."""
    if not any(isinstance(method, VoidingMethod) for method in methods().values()):
        return None
    found = await ctx.db.one_or_none(Authorization, queries.AUTHORIZATION, order_id=order_id)
    return found if found and isinstance(methods().get(found.method or ""), VoidingMethod) else None


def _amount(order: OpenOrder) -> str:
    """As long as nothing was taken it is all of the order."""
    if order.base_total_paid:
        return ""
    return f" Amount: {in_base_currency(order, order.base_grand_total or NOTHING)}."
