"""Orders stored as they are sent (spec 60, 5.8)."""

from __future__ import annotations

import secrets
from collections.abc import Sequence

from psycopg.errors import DataError, UniqueViolation

from entrepot import customers, directory
from entrepot.kit.context import Context
from entrepot.kit.errors import NoSuchEntity
from entrepot.kit.rest.operation import MayUse, operation
from entrepot.kit.scope import StoreView
from entrepot.sales import states
from entrepot.sales.change import write_order
from entrepot.sales.contracts import Order, OrderItem
from entrepot.sales.imports import queries
from entrepot.sales.imports.errors import NoSuchStore, NumberTaken, OrderNotSaved
from entrepot.sales.imports.lines import line_of
from entrepot.sales.imports.parts import Owner, shipping_of, write_parts
from entrepot.sales.imports.rows import Row, demand, order_row, text
from entrepot.sales.locking import lock_order
from entrepot.sales.orders import get_order
from entrepot.sales.placing import store_name
from entrepot.sales.statuses import NEW, statuses

CREATE = MayUse("Magento_Sales::create")
SERVICE = "Magento.Sales.Api.OrderRepository.save"


@operation("POST /V1/orders", access=CREATE, service=SERVICE)
@operation("PUT /V1/orders/create", access=CREATE, service=SERVICE)
async def save_order(ctx: Context, entity: Order) -> Order:
    """Store an order that was made elsewhere, or change of one that is here what is sent; the order.

    Nothing is computed, reserved, mailed or charged. A new order gets a number unless it has one, the name of its store
    view, and the state and status of new orders where it tells none. Parts refer to their lines, and taxes to lines, by
    the `item_id` of the request. The statements do not depend on the number of lines.

    Raises:
        NoSuchOrder: there is no order with this `entity_id`, or no such line or comment of it; NoSuchStore;
            NoSuchEntity: no such customer.
        RequiredField: the email, a total, the lines or the sku of one are missing.
        InvalidAddress: an address breaks rules.
        InvalidFieldValue: a part or a tax belongs to no line, or a time is none.
        CardOfOrderNotSaved, CardOfItemNotSaved: it cannot have the gift message.
        NumberTaken: another order of the store view has the increment id.
        OrderNotSaved: a value does not fit.
    """
    try:
        async with ctx.savepoint():
            order_id = await (_change(ctx, entity) if entity.entity_id else _add(ctx, entity))
    except UniqueViolation as error:
        raise NumberTaken from error
    except DataError as error:
        raise OrderNotSaved from error
    return await get_order(ctx, order_id)


async def _add(ctx: Context, sent: Order) -> int:
    demand(sent, ("customer_email", "base_grand_total", "grand_total", "items"))
    view = _view(ctx, sent.store_id)
    await _check_customer(ctx, sent)
    is_virtual = bool(sent.is_virtual)
    row = _gaps(ctx, view, sent) | order_row(sent) | _shipping_method(sent, is_virtual) | _assigned(ctx, view, sent)
    order_id: int = await ctx.db.value(
        queries.INSERT_ORDER, protect_code=secrets.token_hex(16), now=ctx.now, order=text(row)
    )
    owner = Owner(order_id, view.id, row["status"], sent.customer_email, is_virtual, items=None)
    await write_parts(ctx, owner, sent)
    await _guard(ctx, order_id)
    return order_id


async def _change(ctx: Context, sent: Order) -> int:
    order = await lock_order(ctx, sent.entity_id or 0)
    if sent.store_id is not None and sent.store_id != order.store_id:
        _view(ctx, sent.store_id)
    if sent.customer_id != order.customer_id:
        await _check_customer(ctx, sent)
    is_virtual = bool(order.is_virtual if sent.is_virtual is None else sent.is_virtual)
    row = order_row(sent) | _shipping_method(sent, is_virtual)
    email = await ctx.db.value(queries.UPDATE_ORDER, order_id=order.entity_id, now=ctx.now, order=text(row))
    known = {item.item_id: item for item in order.items}
    owner = Owner(order.entity_id, order.store_id, sent.status or order.status, email, is_virtual, known)
    await write_parts(ctx, owner, sent)
    await _guard(ctx, order.entity_id)
    return order.entity_id


async def _guard(ctx: Context, order_id: int) -> None:
    """An order with which nothing is left to do is complete or closed, whoever stored it."""
    order = await lock_order(ctx, order_id)
    if states.guarded(order) != order.state:
        await write_order(ctx, order)


def _view(ctx: Context, store_id: int | None) -> StoreView:
    """The store view of the order: that of the address of the request if it tells none. No order is of all views."""
    if store_id is None:
        return ctx.stores.default if ctx.store.is_admin else ctx.store
    if (view := ctx.stores.by_id(store_id)) is None:
        raise NoSuchStore
    return view


async def _check_customer(ctx: Context, sent: Order) -> None:
    if sent.customer_id is not None and not await customers.list_by_ids(ctx, [sent.customer_id]):
        raise NoSuchEntity(field_name="customerId", field_value=sent.customer_id)


def _gaps(ctx: Context, view: StoreView, sent: Order) -> Row:
    """What an order cannot be worked with without, for where nothing was sent."""
    known = statuses(ctx)
    of_status = (one.state for one in known.assignments if one.status == sent.status)
    state = sent.state or next(of_status, NEW)
    base = directory.base_currency(ctx, website_id=view.website_id)
    return {
        "created_at": ctx.now,
        "state": state,
        "status": known.default_of(state),
        "is_virtual": 0,
        "customer_is_guest": int(sent.customer_id is None),
        "global_currency_code": directory.base_currency(ctx),
        "base_currency_code": base,
        "store_currency_code": sent.base_currency_code or base,
        "order_currency_code": sent.base_currency_code or base,
    }


def _assigned(ctx: Context, view: StoreView, sent: Order) -> Row:
    """What a new order gets, whatever was sent."""
    return {
        "store_id": view.id,
        "store_name": store_name(ctx, view),
        "total_item_count": _count_leaves(sent.items or ()),
    }


def _count_leaves(items: Sequence[OrderItem]) -> int:
    lines = {line_of(item) for item in items} - {None}
    return sum(item.item_id not in lines for item in items)


def _shipping_method(sent: Order, is_virtual: bool) -> Row:
    shipping = None if is_virtual else shipping_of(sent)
    return {"shipping_method": shipping.method} if shipping and shipping.method else {}
