"""What is done with the payment of an order on its page, where its gateway can: let go, accepted, denied."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from starlette.responses import Response

from entrepot.admin.access import admin_page
from entrepot.admin.order_grid import HOME, VIEW
from entrepot.admin.order_parts import OrderAction, register_action
from entrepot.admin.order_view import find_order
from entrepot.admin.page import AdminPage
from entrepot.kit.context import Context
from entrepot.sales import reviewing, states, voiding

VOID, REVIEW = "Magento_Sales::invoice", "Magento_Sales::review_payment"
TO_VOID = "Are you sure you want to void the payment?"
TO_ACCEPT = "Are you sure you want to accept this payment?"
TO_DENY = "Are you sure you want to deny this payment?"

register_action(
    OrderAction(
        "Void",
        f"{HOME}/voidPayment",
        VOID,
        states.can_void,
        is_sent=True,
        confirm=TO_VOID,
        yes="Void",
        place=15,
        allows=voiding.can_void,
    )
)
register_action(
    OrderAction(
        "Deny Payment",
        f"{HOME}/denyPayment",
        REVIEW,
        states.is_under_review,
        is_sent=True,
        confirm=TO_DENY,
        yes="Deny Payment",
        kind="danger",
        place=190,
        allows=reviewing.can_review,
    )
)
register_action(
    OrderAction(
        "Accept Payment",
        f"{HOME}/acceptPayment",
        REVIEW,
        states.is_under_review,
        is_sent=True,
        confirm=TO_ACCEPT,
        yes="Accept Payment",
        kind="primary",
        place=195,
        allows=reviewing.can_review,
    )
)

Work = Callable[[Context, int], Awaitable[None]]


async def _act(page: AdminPage, work: Work, question: str, yes: str, done: str) -> Response:
    """It cannot be taken back, so it is asked for without scripts, too."""
    order = await find_order(page)
    if order is None:
        return page.redirect(HOME)
    view = page.url(f"{HOME}/view", order_id=order.entity_id)
    if answer := page.confirmed(question, yes, back=view if page.may(VIEW) else page.url("")):
        return answer
    refusals = await page.attempted(work(page.ctx, order.entity_id or 0))
    for refusal in refusals:
        page.refused(refusal)
    if not refusals:
        page.success(done)
    return page.redirect(f"{HOME}/view", order_id=order.entity_id) if page.may(VIEW) else page.redirect("")


@admin_page(f"{HOME}/voidPayment", VOID, post=True, instead=HOME)
async def void(page: AdminPage) -> Response:
    return await _act(page, voiding.void_payment, TO_VOID, "Void", "The payment has been voided.")


@admin_page(f"{HOME}/acceptPayment", REVIEW, post=True, instead=HOME)
async def accept(page: AdminPage) -> Response:
    return await _act(page, reviewing.accept_payment, TO_ACCEPT, "Accept Payment", "The payment has been accepted.")


@admin_page(f"{HOME}/denyPayment", REVIEW, post=True, instead=HOME)
async def deny(page: AdminPage) -> Response:
    return await _act(page, reviewing.deny_payment, TO_DENY, "Deny Payment", "The payment has been denied.")
