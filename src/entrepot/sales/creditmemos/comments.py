"""What is said about credit memos (spec 60, 8.8)."""

from __future__ import annotations

from entrepot.kit.context import Context
from entrepot.kit.rest.operation import operation
from entrepot.sales import comment_mail
from entrepot.sales.creditmemos import queries
from entrepot.sales.creditmemos.contracts import CreditmemoComment, CreditmemoCommentSearchResults
from entrepot.sales.creditmemos.errors import CommentNotSaved
from entrepot.sales.creditmemos.reading import VIEW
from entrepot.sales.creditmemos.save import MANAGEMENT, MAY_CHANGE
from entrepot.sales.order_comments import of_parent
from entrepot.sales.orders import get_order


@operation(
    "POST /V1/creditmemo/{id}/comments",
    access=MAY_CHANGE,
    service="Magento.Sales.Api.CreditmemoCommentRepository.save",
)
async def add_comment(ctx: Context, id: int, entity: CreditmemoComment) -> CreditmemoComment:
    """Note a comment on the memo that the comment names, whatever the path names, and mail it if the shop does.

    Raises:
        CommentNotSaved: it says nothing, or there is no such memo.
    """
    order_id = await ctx.db.value(queries.ORDER_OF, creditmemo_id=entity.parent_id) if entity.parent_id else None
    if order_id is None or not entity.comment:
        raise CommentNotSaved
    added = await ctx.db.one(
        CreditmemoComment,
        queries.ADD_COMMENT,
        creditmemo_id=entity.parent_id,
        comment=entity.comment,
        is_customer_notified=entity.is_customer_notified,
        is_visible_on_front=entity.is_visible_on_front or 0,
        now=ctx.now,
    )
    await comment_mail.send_comment(
        ctx,
        await get_order(ctx, order_id),
        comment_mail.OF_CREDIT_MEMO,
        entity.comment,
        to_customer=bool(entity.is_customer_notified),
    )
    return added


@operation("GET /V1/creditmemo/{id}/comments", access=VIEW, service=f"{MANAGEMENT}.getCommentsList")
async def list_comments(ctx: Context, id: int) -> CreditmemoCommentSearchResults:
    """All, oldest first; none of a memo that there is not."""
    found = await ctx.db.all(CreditmemoComment, queries.COMMENTS_OF, creditmemo_id=id)
    return CreditmemoCommentSearchResults(items=found, search_criteria=of_parent(id), total_count=len(found))
