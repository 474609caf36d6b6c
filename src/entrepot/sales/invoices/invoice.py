"""An order invoiced, all that is left of it or in part (spec 60, 6.1)."""

from __future__ import annotations

import structlog

from entrepot.kit.context import Context
from entrepot.kit.errors import Refused
from entrepot.kit.rest.operation import MayUse, operation
from entrepot.sales.document_mail import tell
from entrepot.sales.documents import Told
from entrepot.sales.invoices import totals
from entrepot.sales.invoices.capturing import capturing_method
from entrepot.sales.invoices.contracts import InvoiceCommentCreation, InvoiceCreationArguments, InvoiceItemCreation
from entrepot.sales.invoices.create import create
from entrepot.sales.invoices.draft import Draft, draft_of
from entrepot.sales.invoices.errors import InvoiceFailed, InvoiceInvalid
from entrepot.sales.invoices.gateways import CapturingMethod
from entrepot.sales.invoices.mail import INVOICE
from entrepot.sales.invoices.validation import faults
from entrepot.sales.locking import lock_order
from entrepot.sales.open_order import NOTHING, OpenOrder

log = structlog.get_logger("entrepot.sales")


@operation(
    "POST /V1/order/{order_id}/invoice",
    access=MayUse("Magento_Sales::invoice"),
    service="Magento.Sales.Api.InvoiceOrder.execute",
)
async def invoice_order(
    ctx: Context,
    order_id: int,
    capture: bool | None = False,
    items: list[InvoiceItemCreation] = [],  # noqa: B006
    notify: bool | None = False,
    append_comment: bool | None = False,
    comment: InvoiceCommentCreation | None = None,
    arguments: InvoiceCreationArguments | None = None,
) -> str:
    """Invoice the quantities by line of an order, or all that is left; the invoice's id, in digits.

    The invoice is paid. With `capture` a gateway takes the money, if the method has one; else that is taken elsewhere.
    Of two calls at once the second one sees what the first has left.

    Raises:
        IdNeeded, NoSuchOrder.
        TooManyToInvoice: more of a line than is left.
        InvoiceInvalid: all reasons why not.
        InvoiceFailed.
        In each case nothing changes.
    """
    order = await lock_order(ctx, order_id)
    draft = draft_of(order, {item.order_item_id or 0: item.qty or NOTHING for item in items})
    totals.collect(order, draft)
    if found := faults(order, draft):
        raise InvoiceInvalid(found)
    told = Told(
        notify=bool(notify),
        comment=comment.comment if comment else None,
        is_visible_on_front=bool(comment and comment.is_visible_on_front),
        append_comment=bool(append_comment),
    )
    gateway = await capturing_method(ctx, order.entity_id) if capture else None
    invoice_id = await _created(ctx, order, draft, told, gateway)
    if told.notify:
        await tell(ctx, INVOICE, invoice_id)
    return str(invoice_id)


async def _created(ctx: Context, order: OpenOrder, draft: Draft, told: Told, gateway: CapturingMethod | None) -> int:
    try:
        return await create(ctx, order, draft, told, gateway=gateway)
    except Refused as refusal:
        log.warning("an order could not be invoiced", order_id=order.entity_id, reason=refusal.rendered())
        raise InvoiceFailed from refusal
