"""Credit memos mailed to who ordered (spec 60, 12)."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from entrepot.kit.context import Context
from entrepot.kit.rest.operation import operation
from entrepot.sales import document_mail
from entrepot.sales.creditmemos import queries
from entrepot.sales.creditmemos.contracts import Creditmemo
from entrepot.sales.creditmemos.reading import VIEW, get_creditmemo
from entrepot.sales.document_mail import Kind, Mailed, MailedLine, Totals
from entrepot.sales.letters import Letter


async def read(ctx: Context, creditmemo_id: int) -> Mailed:
    """Raises IdNeeded, NoSuchOrder."""
    memo = await get_creditmemo(ctx, creditmemo_id)
    return Mailed(
        order_id=memo.order_id or 0,
        number=memo.increment_id or "",
        lines=[MailedLine(item.order_item_id, item.qty, item.row_total) for item in memo.items or ()],
        totals=Totals(
            subtotal=memo.subtotal,
            subtotal_incl_tax=memo.subtotal_incl_tax,
            discount_amount=memo.discount_amount,
            discount_description=memo.discount_description,
            shipping_amount=memo.shipping_amount,
            shipping_incl_tax=memo.shipping_incl_tax,
            tax_amount=memo.tax_amount,
            grand_total=memo.grand_total,
            adjustments=tuple(_adjustments(memo)),
        ),
        comment=await ctx.db.value(queries.NOTE_OF, creditmemo_id=creditmemo_id),
    )


def _adjustments(memo: Creditmemo) -> Iterator[tuple[str, Decimal]]:
    if memo.adjustment_positive:
        yield "Adjustment Refund", memo.adjustment_positive
    if memo.adjustment_negative:
        yield "Adjustment Fee", memo.adjustment_negative


CREDITMEMO = Kind(
    table="sales_creditmemo",
    entity_name="creditmemo",
    letter=Letter("document", "sales_email/creditmemo/", "Credit memo for your {store_name} order"),
    opening="this is credit memo {document} of your order {order}.",
    read=read,
)


@operation("POST /V1/creditmemo/{id}/emails", access=VIEW, service="Magento.Sales.Api.CreditmemoManagement.notify")
async def send_again(ctx: Context, id: int) -> bool:
    """Mail the memo once more; False if the shop mails none, or a job does. Raises IdNeeded, NoSuchOrder."""
    return await document_mail.tell_again(ctx, CREDITMEMO, id)
