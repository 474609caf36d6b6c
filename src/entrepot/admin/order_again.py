"""Reorder and Edit: a new order is made of what another has, which stays, or is cancelled for it (spec 60, 15.5)."""

from __future__ import annotations

from starlette.responses import Response

from entrepot import customers
from entrepot.admin.access import admin_page
from entrepot.admin.order_draft import AGAIN, INSTEAD, Purpose
from entrepot.admin.order_draft_rest import COUPON_REFUSED
from entrepot.admin.order_grid import HOME, VIEW
from entrepot.admin.order_parts import OrderAction, register_action
from entrepot.admin.order_view import find_order
from entrepot.admin.page import AdminPage
from entrepot.customers import Customer
from entrepot.customers.errors import NoSuchCustomer
from entrepot.kit.errors import Refused
from entrepot.sales import editing, reordering, states
from entrepot.sales.contracts import Order
from entrepot.sales.filling import fill
from entrepot.sales.locking import look_at_order

QUESTION = "Are you sure? This order will be canceled and a new one will be created instead."
NOT_EDITED = "The order can no longer be edited."
NOT_AGAIN = "This order cannot be ordered again: it is on hold, or a product of it is gone."

register_action(
    OrderAction(
        "Edit",
        f"{INSTEAD.path}/start",
        INSTEAD.resource,
        states.can_edit,
        is_sent=True,
        confirm=QUESTION,
        yes="Edit",
        place=4,
        allows=editing.can_edit,
    )
)
register_action(
    OrderAction(
        "Reorder",
        f"{AGAIN.path}/start",
        AGAIN.resource,
        lambda order: True,
        is_sent=True,
        place=95,
        allows=reordering.can_order_again,
    )
)


@admin_page(f"{INSTEAD.path}/start", INSTEAD.resource, post=True, instead=HOME)
async def edit(page: AdminPage) -> Response:
    """Nothing happens to the order yet."""
    order = await find_order(page)
    if order is None:
        return page.redirect(HOME)
    if not await editing.can_edit(page.ctx, await look_at_order(page.ctx, order.entity_id or 0)):
        page.error(NOT_EDITED)
        return _back(page, order)
    view = page.url(f"{HOME}/view", order_id=order.entity_id)
    return page.confirmed(QUESTION, "Edit", back=view) or await _begin(page, order, INSTEAD)


@admin_page(f"{AGAIN.path}/start", AGAIN.resource, post=True, instead=HOME)
async def reorder(page: AdminPage) -> Response:
    order = await find_order(page)
    if order is None:
        return page.redirect(HOME)
    if not await reordering.can_order_again(page.ctx, await look_at_order(page.ctx, order.entity_id or 0)):
        page.error(NOT_AGAIN)
        return _back(page, order)
    return await _begin(page, order, AGAIN)


async def _begin(page: AdminPage, order: Order, purpose: Purpose) -> Response:
    """To the page on which the new order is made; what could not be had again is told there."""
    try:
        async with page.attempt():
            filled = await fill(page.ctx, order, await _customer(page, order), replaces=purpose is INSTEAD)
    except Refused as refusal:
        page.refused(refusal)
        return _back(page, order)
    for one in filled.failed:
        for line in one.refusal.rendered().split("\n"):
            page.error("%1: %2", one.name, line)
    if filled.lost_coupon:
        page.error(COUPON_REFUSED, filled.lost_coupon)
    return page.redirect(f"{purpose.path}/edit", id=filled.cart_id)


async def _customer(page: AdminPage, order: Order) -> Customer | None:
    """None for a guest, and for somebody whose account is gone."""
    if order.customer_id is None:
        return None
    try:
        return await customers.get_by_id(page.ctx, order.customer_id)
    except NoSuchCustomer:
        return None


def _back(page: AdminPage, order: Order) -> Response:
    return page.redirect(f"{HOME}/view", order_id=order.entity_id) if page.may(VIEW) else page.redirect("")
