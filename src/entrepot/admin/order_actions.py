"""What is done with an order on its page: it is cancelled, held, released, and commented on."""

from __future__ import annotations

from starlette.responses import Response

from entrepot.admin.access import admin_page
from entrepot.admin.document_page import said_in
from entrepot.admin.order_grid import HOME, VIEW
from entrepot.admin.order_parts import OrderAction, register_action
from entrepot.admin.order_view import COMMENT, find_order
from entrepot.admin.page import AdminPage
from entrepot.kit.errors import Refused
from entrepot.sales import states
from entrepot.sales.cancel import cancel_order
from entrepot.sales.contracts import OrderStatusHistory
from entrepot.sales.hold import CannotHold, CannotUnhold, hold_order, unhold_order
from entrepot.sales.order_comments import OF_ORDER, add_comment
from entrepot.sales.statuses import statuses

CANCEL, HOLD, UNHOLD = "Magento_Sales::cancel", "Magento_Sales::hold", "Magento_Sales::unhold"

register_action(
    OrderAction(
        "Cancel",
        f"{HOME}/cancel",
        CANCEL,
        states.can_cancel,
        is_sent=True,
        confirm="Are you sure you want to cancel this order?",
        yes="Cancel Order",
        kind="danger",
        place=5,
    )
)
register_action(OrderAction("Hold", f"{HOME}/hold", HOLD, states.can_hold, is_sent=True, place=20))
register_action(OrderAction("Unhold", f"{HOME}/unhold", UNHOLD, states.can_unhold, is_sent=True, place=20))


def _again(page: AdminPage, order_id: int | None) -> Response:
    """The order, for who may see it."""
    return page.redirect(f"{HOME}/view", order_id=order_id) if page.may(VIEW) else page.redirect("")


@admin_page(f"{HOME}/cancel", CANCEL, post=True, instead=HOME)
async def cancel(page: AdminPage) -> Response:
    order = await find_order(page)
    if order is None:
        return page.redirect(HOME)
    try:
        async with page.attempt():
            is_cancelled = await cancel_order(page.ctx, order.entity_id or 0)
    except Refused as refusal:
        page.refused(refusal)
        return _again(page, order.entity_id)
    if is_cancelled:
        page.success("You canceled the order.")
    else:
        page.error("You have not canceled the item.")
    return _again(page, order.entity_id)


@admin_page(f"{HOME}/hold", HOLD, post=True, instead=HOME)
async def hold(page: AdminPage) -> Response:
    order = await find_order(page)
    if order is None:
        return page.redirect(HOME)
    try:
        await hold_order(page.ctx, order.entity_id or 0)
        page.success("You put the order on hold.")
    except CannotHold:
        page.error("You have not put the order on hold.")
    return _again(page, order.entity_id)


@admin_page(f"{HOME}/unhold", UNHOLD, post=True, instead=HOME)
async def unhold(page: AdminPage) -> Response:
    order = await find_order(page)
    if order is None:
        return page.redirect(HOME)
    try:
        await unhold_order(page.ctx, order.entity_id or 0)
        page.success("You released the order from holding status.")
    except CannotUnhold:
        page.error("The order was not on hold.")
    return _again(page, order.entity_id)


@admin_page(f"{HOME}/addComment", COMMENT, post=True, instead=HOME)
async def comment(page: AdminPage) -> Response:
    """Only a status of the order's state is taken."""
    order = await find_order(page)
    if order is None:
        return page.redirect(HOME)
    if text := said_in(page):
        await add_comment(
            page.ctx,
            order.entity_id or 0,
            OrderStatusHistory(
                status=_status_in(page, order.state or "", order.status or ""),
                comment=text,
                is_customer_notified=int(page.form.is_ticked("comment[is_customer_notified]")),
                is_visible_on_front=int(page.form.is_ticked("comment[is_visible_on_front]")),
                entity_name=OF_ORDER,
            ),
        )
        page.success("You added the comment.")
    return _again(page, order.entity_id)


def _status_in(page: AdminPage, state: str, otherwise: str) -> str:
    chosen = page.form.get("comment[status]")
    return chosen if statuses(page.ctx).is_of_state(chosen, state) else otherwise
