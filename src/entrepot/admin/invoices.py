"""Invoices: what is paid, by whom, and how its money is taken or let go."""

from __future__ import annotations

from typing import Any

from starlette.responses import Response

from entrepot.admin.document_grids import INVOICE_GRID, INVOICE_STATES, MAY_INVOICE
from entrepot.admin.document_kind import DocumentKind
from entrepot.admin.document_page import state_of, sums_of
from entrepot.admin.order_view import totals_of
from entrepot.admin.page import AdminPage, Button
from entrepot.kit.errors import Refused
from entrepot.quotes.payment_methods import methods
from entrepot.sales.contracts import Order
from entrepot.sales.invoices import INVOICE, OPEN, CapturingMethod, VoidingMethod
from entrepot.sales.invoices.comments import add_comment
from entrepot.sales.invoices.contracts import Invoice, InvoiceComment
from entrepot.sales.invoices.reading import get_invoice
from entrepot.sales.invoices.settling import capture_invoice, void_invoice
from entrepot.sales.pdf import invoices_pdf

CREATE = "Magento_Sales::invoice"


async def _values(page: AdminPage, invoice: Invoice, order: Order) -> dict[str, Any]:
    return {
        "totals": totals_of(page, order, sums_of(order, invoice)),
        **state_of(invoice.state, INVOICE_STATES),
    }


async def _buttons(page: AdminPage, invoice: Invoice, order: Order) -> list[Button]:
    found = []
    method: object = methods().get((order.payment.method or "") if order.payment else "")
    if invoice.state == OPEN and page.may(CREATE):
        if isinstance(method, VoidingMethod):
            found.append(Button("Void", post=KIND.url(page, "void", invoice)))
        if isinstance(method, CapturingMethod):
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


@KIND.page("capture", CREATE, post=True)
async def capture(page: AdminPage, invoice: Invoice) -> Response:
    try:
        async with page.attempt():
            await capture_invoice(page.ctx, invoice.entity_id or 0)
        page.success("The invoice has been captured.")
    except Refused as refusal:
        page.refused(refusal)
    return KIND.again(page, invoice)


@KIND.page("void", CREATE, post=True)
async def void(page: AdminPage, invoice: Invoice) -> Response:
    try:
        async with page.attempt():
            await void_invoice(page.ctx, invoice.entity_id or 0)
        page.success("The invoice has been voided.")
    except Refused as refusal:
        page.refused(refusal)
    return KIND.again(page, invoice)
