"""Money given back (spec 60, 8.2 and 8.6)."""

from __future__ import annotations

from decimal import Decimal

import structlog

from entrepot.kit.context import Context
from entrepot.kit.errors import Refused
from entrepot.kit.rest.operation import MayUse, operation
from entrepot.sales.creditmemos import queries, totals, validation
from entrepot.sales.creditmemos.contracts import (
    CreditmemoCommentCreation,
    CreditmemoCreationArguments,
    CreditmemoItemCreation,
)
from entrepot.sales.creditmemos.create import create, shipping_has_tax
from entrepot.sales.creditmemos.draft import Asked, Draft, InvoiceToRefund, draft_of
from entrepot.sales.creditmemos.errors import CouldNotSave, CreditmemoRefused
from entrepot.sales.creditmemos.gateways import RefundingMethod, refunding_method
from entrepot.sales.creditmemos.locating import lock_invoice
from entrepot.sales.creditmemos.mail import CREDITMEMO
from entrepot.sales.document_mail import tell
from entrepot.sales.documents import Told
from entrepot.sales.locking import lock_order
from entrepot.sales.open_order import OpenOrder

log = structlog.get_logger("entrepot.sales")


@operation(
    "POST /V1/order/{order_id}/refund",
    access=MayUse("Magento_Sales::creditmemo"),
    service="Magento.Sales.Api.RefundOrder.execute",
)
async def refund_order(
    ctx: Context,
    order_id: int,
    items: list[CreditmemoItemCreation] | None = None,
    notify: bool | None = False,
    append_comment: bool | None = False,
    comment: CreditmemoCommentCreation | None = None,
    arguments: CreditmemoCreationArguments | None = None,
) -> str:
    """Write down that money of an order is given back elsewhere; the id of the credit memo, in digits.

    Without items everything is given back that is left. What goes back to the stock is named by the id of its line. Of
    two calls at once the second one sees what the first has left.

    Raises:
        IdNeeded, NoSuchOrder.
        TooManyToRefund, NoShippingToRefund, TooMuchShippingToRefund.
        CreditmemoRefused: all that is wrong otherwise.
        CouldNotSave.
        In each case nothing changes.
    """
    order = await lock_order(ctx, order_id)
    returned = _returned(arguments)
    draft = await _checked(ctx, order, _asked(items, arguments), returned)
    told = _told(notify=notify, append_comment=append_comment, comment=comment)
    return await _created(ctx, order, draft, told, returned)


@operation(
    "POST /V1/invoice/{invoice_id}/refund",
    access=MayUse("Magento_Sales::sales_invoice"),
    service="Magento.Sales.Api.RefundInvoice.execute",
)
async def refund_invoice(
    ctx: Context,
    invoice_id: int,
    items: list[CreditmemoItemCreation] | None = None,
    is_online: bool | None = False,
    notify: bool | None = False,
    append_comment: bool | None = False,
    comment: CreditmemoCommentCreation | None = None,
    arguments: CreditmemoCreationArguments | None = None,
) -> str:
    """Give back what was paid by an invoice; the id of the credit memo, in digits.

    Only of orders whose payment method can give money back by itself; with `is_online` it does.

    Raises as `refund_order`.
    """
    order, invoice = await lock_invoice(ctx, invoice_id)
    gateway = await refunding_method(ctx, order.entity_id)
    returned = _returned(arguments)
    draft = await _checked(
        ctx, order, _asked(items, arguments), returned, invoice=invoice, method_refunds=gateway is not None
    )
    told = _told(notify=notify, append_comment=append_comment, comment=comment)
    return await _created(ctx, order, draft, told, returned, gateway=gateway if is_online else None)


def _asked(items: list[CreditmemoItemCreation] | None, arguments: CreditmemoCreationArguments | None) -> Asked:
    given = arguments or CreditmemoCreationArguments()
    return Asked(
        quantities={item.order_item_id or 0: item.qty or Decimal(0) for item in items or ()},
        shipping_amount=given.shipping_amount,
        adjustment_positive=given.adjustment_positive,
        adjustment_negative=given.adjustment_negative,
    )


def _returned(arguments: CreditmemoCreationArguments | None) -> list[int]:
    extension = arguments.extension_attributes if arguments else None
    return (extension.return_to_stock_items or []) if extension else []


def _told(*, notify: bool | None, append_comment: bool | None, comment: CreditmemoCommentCreation | None) -> Told:
    return Told(
        notify=bool(notify),
        comment=comment.comment if comment else None,
        is_visible_on_front=bool(comment and comment.is_visible_on_front),
        append_comment=bool(append_comment),
    )


async def _checked(
    ctx: Context,
    order: OpenOrder,
    asked: Asked,
    returned: list[int],
    *,
    invoice: InvoiceToRefund | None = None,
    method_refunds: bool = False,
) -> Draft:
    draft = draft_of(order, asked, invoice)
    totals.collect(order, draft, shipping_has_tax=shipping_has_tax(ctx, order))
    found = validation.errors(
        order,
        draft,
        returned,
        skus_elsewhere=await _skus_elsewhere(ctx, order, returned),
        method_refunds=method_refunds,
    )
    if found:
        raise CreditmemoRefused(found)
    return draft


async def _skus_elsewhere(ctx: Context, order: OpenOrder, returned: list[int]) -> dict[int, str]:
    """Of lines of other orders."""
    of_others = set(returned) - {item.item_id for item in order.items}
    return await queries.skus_of_lines(ctx.db, sorted(of_others)) if of_others else {}


async def _created(
    ctx: Context,
    order: OpenOrder,
    draft: Draft,
    told: Told,
    returned: list[int],
    *,
    gateway: RefundingMethod | None = None,
) -> str:
    try:
        creditmemo_id = await create(ctx, order, draft, told, returned=returned, gateway=gateway)
    except Refused as refusal:
        log.warning("an order could not be refunded", order_id=order.entity_id, reason=refusal.rendered())
        raise CouldNotSave from refusal
    if told.notify:
        await tell(ctx, CREDITMEMO, creditmemo_id)
    return str(creditmemo_id)
