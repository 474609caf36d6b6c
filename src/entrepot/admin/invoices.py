"""The page of an invoice: what is paid, by whom, and what was said about it; and invoices on paper."""

from __future__ import annotations

from starlette.responses import Response

from entrepot.admin.access import admin_page
from entrepot.admin.document_grids import INVOICE_GRID, INVOICE_STATES, INVOICES, MAY_INVOICE, TONES
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
from entrepot.admin.order_view import totals_of
from entrepot.admin.page import AdminPage, Button
from entrepot.kit.errors import Refused
from entrepot.quotes.payment_methods import methods
from entrepot.sales.contracts import Order
from entrepot.sales.document_mail import tell_again
from entrepot.sales.errors import IdNeeded, NoSuchOrder
from entrepot.sales.invoices import INVOICE, OPEN, CapturingMethod, VoidingMethod
from entrepot.sales.invoices.comments import add_comment
from entrepot.sales.invoices.contracts import Invoice, InvoiceComment
from entrepot.sales.invoices.reading import get_invoice
from entrepot.sales.invoices.settling import capture_invoice, void_invoice
from entrepot.sales.pdf import NOTHING_TO_PRINT, invoices_pdf

GONE = "This invoice no longer exists."
CREATE = "Magento_Sales::invoice"


async def _find(page: AdminPage) -> Invoice | None:
    """None with a message for one that is not there."""
    try:
        return await get_invoice(page.ctx, page.number("id") or 0)
    except (NoSuchOrder, IdNeeded):
        page.error(GONE)
        return None


@admin_page(f"{INVOICES}/view", MAY_INVOICE)
async def view_invoice(page: AdminPage) -> Response:
    invoice = await _find(page)
    if invoice is None:
        return page.redirect(INVOICES)
    frame = await frame_of_document(page, invoice.order_id or 0)
    order: Order = frame["order"]
    state = str(invoice.state or OPEN)
    return page.render(
        "invoice.html",
        title=page.text("Invoice #%1", invoice.increment_id or ""),
        invoice=invoice,
        state_label=next((one.label for one in INVOICE_STATES if one.value == state), ""),
        tone=TONES.get(state, "plain"),
        buttons=_buttons(page, invoice, order),
        lines=lines_of_document(order, invoice.items or []),
        totals=totals_of(page, order, sums_of(order, invoice)),
        notes=notes_of(page, invoice.comments or []),
        comment_action=page.url(f"{INVOICES}/comment", id=invoice.entity_id),
        **frame,
    )


def _buttons(page: AdminPage, invoice: Invoice, order: Order) -> list[Button]:
    id = invoice.entity_id
    found = [
        back_button(page, invoice.order_id or 0, INVOICES),
        Button("Print", href=page.url(f"{INVOICES}/print", id=id)),
    ]
    if page.may(EMAILS):
        found.append(
            Button(
                "Send Email",
                post=page.url(f"{INVOICES}/email", id=id),
                confirm="Are you sure you want to send an invoice email to customer?",
                yes="Send Email",
            )
        )
    method: object = methods().get((order.payment.method or "") if order.payment else "")
    if invoice.state == OPEN and page.may(CREATE):
        if isinstance(method, VoidingMethod):
            found.append(Button("Void", post=page.url(f"{INVOICES}/void", id=id)))
        if isinstance(method, CapturingMethod):
            found.append(Button("Capture", post=page.url(f"{INVOICES}/capture", id=id), kind="primary"))
    return found


def _again(page: AdminPage, invoice: Invoice) -> Response:
    return page.redirect(f"{INVOICES}/view", id=invoice.entity_id)


@admin_page(f"{INVOICES}/email", MAY_INVOICE, EMAILS, post=True, instead=INVOICES)
async def email_invoice(page: AdminPage) -> Response:
    invoice = await _find(page)
    if invoice is None:
        return page.redirect(INVOICES)
    if await tell_again(page.ctx, INVOICE, invoice.entity_id or 0):
        page.success("You sent the message.")
    else:
        page.notice("The message is not sent now: the shop mails no invoices, or sends them by a job.")
    return _again(page, invoice)


@admin_page(f"{INVOICES}/comment", MAY_INVOICE, post=True, instead=INVOICES)
async def comment_invoice(page: AdminPage) -> Response:
    invoice = await _find(page)
    if invoice is None:
        return page.redirect(INVOICES)
    if text := said_in(page):
        await add_comment(
            page.ctx,
            InvoiceComment(
                parent_id=invoice.entity_id,
                comment=text,
                is_customer_notified=int(page.form.is_ticked("comment[is_customer_notified]")),
                is_visible_on_front=int(page.form.is_ticked("comment[is_visible_on_front]")),
            ),
        )
        page.success("You added the comment.")
    return _again(page, invoice)


@admin_page(f"{INVOICES}/capture", MAY_INVOICE, CREATE, post=True, instead=INVOICES)
async def capture(page: AdminPage) -> Response:
    invoice = await _find(page)
    if invoice is None:
        return page.redirect(INVOICES)
    try:
        async with page.attempt():
            await capture_invoice(page.ctx, invoice.entity_id or 0)
        page.success("The invoice has been captured.")
    except Refused as refusal:
        page.refused(refusal)
    return _again(page, invoice)


@admin_page(f"{INVOICES}/void", MAY_INVOICE, CREATE, post=True, instead=INVOICES)
async def void(page: AdminPage) -> Response:
    invoice = await _find(page)
    if invoice is None:
        return page.redirect(INVOICES)
    try:
        async with page.attempt():
            await void_invoice(page.ctx, invoice.entity_id or 0)
        page.success("The invoice has been voided.")
    except Refused as refusal:
        page.refused(refusal)
    return _again(page, invoice)


@admin_page(f"{INVOICES}/print", MAY_INVOICE)
async def print_invoice(page: AdminPage) -> Response:
    invoice = await _find(page)
    content = await invoices_pdf(page.ctx, ids=[invoice.entity_id or 0]) if invoice else None
    if invoice is None or content is None:
        return page.redirect(INVOICES)
    return pdf(content, f"invoice{invoice.increment_id}")


@admin_page(f"{INVOICES}/pdfinvoices", MAY_INVOICE, post=True, instead=INVOICES)
async def print_invoices(page: AdminPage) -> Response:
    """All that were chosen in the grid, in one file."""
    if ids := await chosen_ids(INVOICE_GRID, page):
        if content := await invoices_pdf(page.ctx, ids=ids):
            return pdf(content, "invoices")
        page.error(NOTHING_TO_PRINT)
    return back_to(INVOICE_GRID, page)
