"""Invoices mailed to who ordered (spec 60, 12 and 6.5)."""

from __future__ import annotations

from entrepot.kit.context import Context
from entrepot.kit.rest.operation import operation
from entrepot.sales import document_mail
from entrepot.sales.document_mail import Kind, Mailed, MailedLine, Totals
from entrepot.sales.invoices import queries
from entrepot.sales.invoices.reading import MANAGEMENT, MAY_SEE, get_invoice
from entrepot.sales.letters import Letter


async def read(ctx: Context, invoice_id: int) -> Mailed:
    """Raises IdNeeded, NoSuchOrder."""
    invoice = await get_invoice(ctx, invoice_id)
    return Mailed(
        order_id=invoice.order_id or 0,
        number=invoice.increment_id or "",
        lines=[MailedLine(item.order_item_id, item.qty, item.row_total) for item in invoice.items or ()],
        totals=Totals(
            subtotal=invoice.subtotal,
            subtotal_incl_tax=invoice.subtotal_incl_tax,
            discount_amount=invoice.discount_amount,
            discount_description=invoice.discount_description,
            shipping_amount=invoice.shipping_amount,
            shipping_incl_tax=invoice.shipping_incl_tax,
            tax_amount=invoice.tax_amount,
            grand_total=invoice.grand_total,
        ),
        comment=await ctx.db.value(queries.NOTE_OF, invoice_id=invoice_id),
    )


INVOICE = Kind(
    table="sales_invoice",
    entity_name="invoice",
    letter=Letter("document", "sales_email/invoice/", "Invoice for your {store_name} order"),
    opening="this is invoice {document} of your order {order}.",
    read=read,
    gives_downloads=True,
)


@operation("POST /V1/invoices/{id}/emails", access=MAY_SEE, service=f"{MANAGEMENT}.notify")
async def send_again(ctx: Context, id: int) -> bool:
    """Mail the invoice once more; False if the shop mails none, or a job does. Raises IdNeeded, NoSuchOrder."""
    return await document_mail.tell_again(ctx, INVOICE, id)
