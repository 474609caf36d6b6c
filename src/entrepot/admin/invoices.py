"""Invoices: what is paid, by whom, and how its money is taken or let go."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from starlette.responses import Response

from entrepot.admin.creditmemo_form import CREATE as REFUND
from entrepot.admin.creditmemo_form import NEW as NEW_MEMO
from entrepot.admin.document_grids import INVOICE_GRID, INVOICE_STATES, MAY_INVOICE
from entrepot.admin.document_kind import DocumentKind
from entrepot.admin.document_page import state_of, sums_of
from entrepot.admin.order_view import totals_of
from entrepot.admin.page import AdminPage, Button
from entrepot.kit.context import Context
from entrepot.quotes.payment_methods import methods
from entrepot.sales.contracts import Order
from entrepot.sales.creditmemos.validation import is_refundable
from entrepot.sales.invoices import INVOICE, CapturingMethod, VoidingMethod
from entrepot.sales.invoices.comments import add_comment
from entrepot.sales.invoices.contracts import Invoice, InvoiceComment
from entrepot.sales.invoices.reading import get_invoice
from entrepot.sales.invoices.settling import cancel_invoice, capture_invoice, is_unsettled, void_invoice
from entrepot.sales.locking import look_at_order
from entrepot.sales.pdf import invoices_pdf
from entrepot.sales.states import can_refund

CREATE, CAPTURE, CANCEL = "Magento_Sales::invoice", "Magento_Sales::capture", "Magento_Sales::cancel"


async def _values(page: AdminPage, invoice: Invoice, order: Order) -> dict[str, Any]:
    return {
        "totals": totals_of(page, order, sums_of(order, invoice)),
        **state_of(invoice.state, INVOICE_STATES),
    }


async def _buttons(page: AdminPage, invoice: Invoice, order: Order) -> list[Button]:
    if is_unsettled(invoice, order):
        return _settling(page, invoice, order)
    if page.may(REFUND) and is_refundable(invoice) and can_refund(await look_at_order(page.ctx, order.entity_id or 0)):
        form = page.url(NEW_MEMO.path, order_id=order.entity_id, invoice_id=invoice.entity_id)
        return [Button("Credit Memo", href=form)]
    return []


def _settling(page: AdminPage, invoice: Invoice, order: Order) -> list[Button]:
    """What becomes of one that is open: without a gateway it can only be cancelled."""
    method: object = methods().get((order.payment.method or "") if order.payment else "")
    found = []
    if page.may(CANCEL):
        found.append(
            Button(
                "Cancel",
                post=KIND.url(page, "cancel", invoice),
                confirm="Are you sure you want to cancel this invoice?",
                yes="Cancel Invoice",
                kind="danger",
            )
        )
    if page.may(CREATE) and isinstance(method, VoidingMethod):
        found.append(Button("Void", post=KIND.url(page, "void", invoice)))
    if page.may(CAPTURE) and isinstance(method, CapturingMethod):
        found.append(Button("Capture", post=KIND.url(page, "capture", invoice), kind="primary"))
    return found


KIND = DocumentKind[Invoice](
    grid=INVOICE_GRID,
    resource=MAY_INVOICE,
    key="invoices",
    noun="invoice",
    title="Invoice",
    dated="Invoice Date",
    done="Invoiced",
    find=get_invoice,
    comment=InvoiceComment,
    add_comment=add_comment,
    letter=INVOICE,
    send="Send Email",
    send_question="Are you sure you want to send an invoice email to customer?",
    sent="You sent the message.",
    print=invoices_pdf,
    print_name="invoice",
    values=_values,
    buttons=_buttons,
)


@KIND.page("capture", CAPTURE, post=True)
async def capture(page: AdminPage, invoice: Invoice) -> Response:
    return await _settle(page, invoice, capture_invoice, "The invoice has been captured.")


@KIND.page("void", CREATE, post=True)
async def void(page: AdminPage, invoice: Invoice) -> Response:
    return await _settle(page, invoice, void_invoice, "The invoice has been voided.")


@KIND.page("cancel", CANCEL, post=True)
async def cancel(page: AdminPage, invoice: Invoice) -> Response:
    return await _settle(page, invoice, cancel_invoice, "You canceled the invoice.")


async def _settle(
    page: AdminPage, invoice: Invoice, settle: Callable[[Context, int], Awaitable[object]], done: str
) -> Response:
    refusals = await page.attempted(settle(page.ctx, invoice.entity_id or 0))
    for refusal in refusals:
        page.refused(refusal)
    if not refusals:
        page.success(done)
    return KIND.again(page, invoice)
