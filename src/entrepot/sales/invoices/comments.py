"""What is said about invoices (spec 60, 6.5)."""

from __future__ import annotations

from entrepot.kit.context import Context
from entrepot.kit.rest.operation import operation
from entrepot.sales import comment_mail
from entrepot.sales.invoices import queries
from entrepot.sales.invoices.contracts import InvoiceComment, InvoiceCommentSearchResults
from entrepot.sales.invoices.errors import CommentNotSaved
from entrepot.sales.invoices.reading import MANAGEMENT, MAY_SEE
from entrepot.sales.order_comments import of_parent
from entrepot.sales.orders import get_order


@operation("POST /V1/invoices/comments", access=MAY_SEE, service="Magento.Sales.Api.InvoiceCommentRepository.save")
async def add_comment(ctx: Context, entity: InvoiceComment) -> InvoiceComment:
    """Note a comment, and mail it if the shop does.

    Raises:
        CommentNotSaved: it says nothing, or there is no such invoice.
    """
    order_id = await ctx.db.value(queries.ORDER_OF, invoice_id=entity.parent_id) if entity.parent_id else None
    if order_id is None or not entity.comment:
        raise CommentNotSaved
    added: int = await ctx.db.value(
        queries.ADD_COMMENT,
        invoice_id=entity.parent_id,
        comment=entity.comment,
        is_customer_notified=entity.is_customer_notified,
        is_visible_on_front=entity.is_visible_on_front or 0,
        now=ctx.now,
    )
    await comment_mail.send_comment(
        ctx,
        await get_order(ctx, order_id),
        comment_mail.OF_INVOICE,
        entity.comment,
        to_customer=bool(entity.is_customer_notified),
    )
    return InvoiceComment(
        is_customer_notified=entity.is_customer_notified,
        parent_id=entity.parent_id,
        comment=entity.comment,
        is_visible_on_front=entity.is_visible_on_front or 0,
        entity_id=added,
    )


@operation("GET /V1/invoices/{id}/comments", access=MAY_SEE, service=f"{MANAGEMENT}.getCommentsList")
async def list_comments(ctx: Context, id: int) -> InvoiceCommentSearchResults:
    """All, oldest first; none of an invoice that there is not."""
    found = await ctx.db.all(InvoiceComment, queries.COMMENTS_OF, invoice_id=id)
    return InvoiceCommentSearchResults(items=found, search_criteria=of_parent(id), total_count=len(found))
