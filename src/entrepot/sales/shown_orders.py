"""Orders as those see them who placed them (spec 60, 16): only what a shop wants to be seen, and called as it says."""

from __future__ import annotations

from collections.abc import Sequence

from entrepot.customers import Customer
from entrepot.kit.context import Context
from entrepot.sales.contracts import OrderAddress
from entrepot.sales.printed_order import shipping_address
from entrepot.sales.queries import shown_orders as queries
from entrepot.sales.queries.orders import OrderRow
from entrepot.sales.queries.shown_orders import ShownOrder
from entrepot.sales.reading import complete
from entrepot.sales.statuses import PAYMENT_REVIEW, PROCESSING, statuses

__all__ = ["OrderRow", "ShownOrder"]

CALLED_PROCESSING = frozenset({"fraud", PAYMENT_REVIEW})
"""What a shop looks into is nobody else's business."""


def visible_statuses(ctx: Context) -> list[str]:
    """Those with which a customer sees an order."""
    return sorted({one.status for one in statuses(ctx).assignments if one.visible_on_front})


def storefront_label(ctx: Context, status: str | None) -> str:
    """What the store view of the call calls a status to customers."""
    code = PROCESSING if status in CALLED_PROCESSING else status or ""
    return statuses(ctx).label(code, ctx.store.id)


async def count_of_customer(ctx: Context, customer_id: int) -> int:
    """How many orders a customer sees. One statement."""
    count: int = await ctx.db.value(queries.COUNT_OF_CUSTOMER, customer_id=customer_id, statuses=visible_statuses(ctx))
    return count


async def list_of_customer(
    ctx: Context, customer_id: int, *, limit: int, offset: int = 0, store_id: int | None = None
) -> Sequence[ShownOrder]:
    """The newest first; with a store view only its own. One statement."""
    return await ctx.db.all(
        ShownOrder,
        queries.OF_CUSTOMER,
        customer_id=customer_id,
        statuses=visible_statuses(ctx),
        store_id=store_id,
        limit=limit,
        offset=offset,
    )


async def find_of_customer(ctx: Context, customer_id: int, order_id: int) -> OrderRow | None:
    """With all that belongs to it; None for what this customer does not see. Six statements."""
    return await _completed(
        ctx,
        await ctx.db.one_or_none(
            OrderRow,
            queries.FIND_OF_CUSTOMER,
            order_id=order_id,
            customer_id=customer_id,
            statuses=visible_statuses(ctx),
        ),
    )


async def find_by_number(ctx: Context, increment_id: str) -> OrderRow | None:
    """An order of the store view of the call, for who proves to know it. Six statements."""
    return await _completed(
        ctx,
        await ctx.db.one_or_none(OrderRow, queries.FIND_BY_NUMBER, increment_id=increment_id, store_id=ctx.store.id),
    )


async def find_by_id(ctx: Context, order_id: int) -> OrderRow | None:
    """Whoever placed it, for who proves to know it. Without what belongs to it: one statement."""
    return await ctx.db.one_or_none(OrderRow, queries.FIND_BY_ID, order_id=order_id)


async def addresses_of(ctx: Context, order_id: int) -> tuple[OrderAddress | None, OrderAddress | None]:
    """Where an order is billed and shipped to. Seven statements."""
    order = await _completed(ctx, await find_by_id(ctx, order_id))
    return (order.billing_address, shipping_address(order)) if order else (None, None)


async def _completed(ctx: Context, order: OrderRow | None) -> OrderRow | None:
    if order is not None:
        await complete(ctx, [order])
    return order


async def give_to(ctx: Context, order_id: int, customer: Customer) -> bool:
    """Make a guest's order one of a customer's; False, and nothing happens, if it is somebody's. One statement."""
    return bool(
        await ctx.db.execute(
            queries.GIVE_TO_CUSTOMER,
            order_id=order_id,
            customer_id=customer.id,
            group_id=customer.group_id,
            prefix=customer.prefix,
            firstname=customer.firstname,
            middlename=customer.middlename,
            lastname=customer.lastname,
            suffix=customer.suffix,
            now=ctx.now,
        )
    )
