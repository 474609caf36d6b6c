"""The page of a credit memo: what was given back, for what, and what was said about it; and memos on paper."""

from __future__ import annotations

from decimal import Decimal

from starlette.responses import Response

from entrepot.admin.access import admin_page
from entrepot.admin.document_grids import CREDITMEMO_GRID, CREDITMEMO_STATES, CREDITMEMOS, MAY_REFUND, TONES
from entrepot.admin.document_page import (
    EMAILS,
    back_button,
    frame_of_document,
    lines_of_document,
    notes_of,
    pdf,
    said_in,
    sums_of,
)
from entrepot.admin.grid import back_to, chosen_ids
from entrepot.admin.order_view import Total, totals_of
from entrepot.admin.page import AdminPage, Button
from entrepot.sales.contracts import Order
from entrepot.sales.creditmemos.comments import add_comment
from entrepot.sales.creditmemos.contracts import Creditmemo, CreditmemoComment
from entrepot.sales.creditmemos.draft import Draft
from entrepot.sales.creditmemos.mail import CREDITMEMO
from entrepot.sales.creditmemos.reading import get_creditmemo
from entrepot.sales.document_mail import tell_again
from entrepot.sales.documents import OPEN
from entrepot.sales.errors import IdNeeded, NoSuchOrder
from entrepot.sales.pdf import NOTHING_TO_PRINT, creditmemos_pdf

GONE = "This credit memo no longer exists."


async def _find(page: AdminPage) -> Creditmemo | None:
    """None with a message for one that is not there."""
    try:
        return await get_creditmemo(page.ctx, page.number("id") or 0)
    except (NoSuchOrder, IdNeeded):
        page.error(GONE)
        return None


@admin_page(f"{CREDITMEMOS}/view", MAY_REFUND)
async def view_creditmemo(page: AdminPage) -> Response:
    memo = await _find(page)
    if memo is None:
        return page.redirect(CREDITMEMOS)
    frame = await frame_of_document(page, memo.order_id or 0)
    order: Order = frame["order"]
    state = str(memo.state or OPEN)
    return page.render(
        "creditmemo.html",
        title=page.text("Credit Memo #%1", memo.increment_id or ""),
        memo=memo,
        state_label=next((one.label for one in CREDITMEMO_STATES if one.value == state), ""),
        tone=TONES.get(state, "plain"),
        buttons=_buttons(page, memo),
        lines=lines_of_document(order, memo.items or []),
        totals=totals_of_memo(page, order, memo),
        notes=notes_of(page, memo.comments or []),
        comment_action=page.url(f"{CREDITMEMOS}/comment", id=memo.entity_id),
        **frame,
    )


def totals_of_memo(page: AdminPage, order: Order, memo: Creditmemo | Draft) -> list[Total]:
    """The adjustments stand before what it comes to."""
    totals = totals_of(page, order, sums_of(order, memo))
    zero = Decimal(0)
    adjustments = [
        Total("Adjustment Refund", memo.adjustment_positive or zero),
        Total("Adjustment Fee", memo.adjustment_negative or zero),
    ]
    first = next((place for place, total in enumerate(totals) if total.is_strong), len(totals))
    return [*totals[:first], *(one for one in adjustments if one.amount), *totals[first:]]


def _buttons(page: AdminPage, memo: Creditmemo) -> list[Button]:
    id = memo.entity_id
    found = [
        back_button(page, memo.order_id or 0, CREDITMEMOS),
        Button("Print", href=page.url(f"{CREDITMEMOS}/print", id=id)),
    ]
    if page.may(EMAILS):
        found.append(
            Button(
                "Send Email",
                post=page.url(f"{CREDITMEMOS}/email", id=id),
                confirm="Are you sure you want to send a credit memo email to customer?",
                yes="Send Email",
            )
        )
    return found


def _again(page: AdminPage, memo: Creditmemo) -> Response:
    return page.redirect(f"{CREDITMEMOS}/view", id=memo.entity_id)


@admin_page(f"{CREDITMEMOS}/email", MAY_REFUND, EMAILS, post=True, instead=CREDITMEMOS)
async def email_creditmemo(page: AdminPage) -> Response:
    memo = await _find(page)
    if memo is None:
        return page.redirect(CREDITMEMOS)
    if await tell_again(page.ctx, CREDITMEMO, memo.entity_id or 0):
        page.success("You sent the message.")
    else:
        page.notice("The message is not sent now: the shop mails no credit memos, or sends them by a job.")
    return _again(page, memo)


@admin_page(f"{CREDITMEMOS}/comment", MAY_REFUND, post=True, instead=CREDITMEMOS)
async def comment_creditmemo(page: AdminPage) -> Response:
    memo = await _find(page)
    if memo is None:
        return page.redirect(CREDITMEMOS)
    if text := said_in(page):
        await add_comment(
            page.ctx,
            memo.entity_id or 0,
            CreditmemoComment(
                parent_id=memo.entity_id,
                comment=text,
                is_customer_notified=int(page.form.is_ticked("comment[is_customer_notified]")),
                is_visible_on_front=int(page.form.is_ticked("comment[is_visible_on_front]")),
            ),
        )
        page.success("You added the comment.")
    return _again(page, memo)


@admin_page(f"{CREDITMEMOS}/print", MAY_REFUND)
async def print_creditmemo(page: AdminPage) -> Response:
    memo = await _find(page)
    content = await creditmemos_pdf(page.ctx, ids=[memo.entity_id or 0]) if memo else None
    if memo is None or content is None:
        return page.redirect(CREDITMEMOS)
    return pdf(content, f"creditmemo{memo.increment_id}")


@admin_page(f"{CREDITMEMOS}/pdfcreditmemos", MAY_REFUND, post=True, instead=CREDITMEMOS)
async def print_creditmemos(page: AdminPage) -> Response:
    """All that were chosen in the grid, in one file."""
    if ids := await chosen_ids(CREDITMEMO_GRID, page):
        if content := await creditmemos_pdf(page.ctx, ids=ids):
            return pdf(content, "creditmemos")
        page.error(NOTHING_TO_PRINT)
    return back_to(CREDITMEMO_GRID, page)
