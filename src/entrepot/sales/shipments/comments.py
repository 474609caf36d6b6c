"""What is said about shipments (spec 60, 7.4)."""

from __future__ import annotations

from entrepot.kit.context import Context
from entrepot.kit.rest.operation import operation
from entrepot.sales import comment_mail
from entrepot.sales.order_comments import of_parent
from entrepot.sales.orders import get_order
from entrepot.sales.shipments import queries
from entrepot.sales.shipments.contracts import ShipmentComment, ShipmentCommentSearchResults
from entrepot.sales.shipments.errors import CommentNotSaved
from entrepot.sales.shipments.reading import MANAGEMENT, MAY_SEE


@operation(
    "POST /V1/shipment/{id}/comments",
    access=MAY_SEE,
    service="Magento.Sales.Api.ShipmentCommentRepository.save",
)
async def add_comment(ctx: Context, id: int, entity: ShipmentComment) -> ShipmentComment:
    """Note a comment on the shipment that the comment names, whatever the path names, and mail it if the shop does.

    Raises:
        CommentNotSaved: it says nothing, or there is no such shipment.
    """
    order_id = await ctx.db.value(queries.ORDER_OF, shipment_id=entity.parent_id) if entity.parent_id else None
    if order_id is None or not entity.comment:
        raise CommentNotSaved
    added = await ctx.db.one(
        ShipmentComment,
        queries.ADD_COMMENT,
        parent_id=entity.parent_id,
        comment=entity.comment,
        is_customer_notified=entity.is_customer_notified,
        is_visible_on_front=entity.is_visible_on_front or 0,
        now=ctx.now,
    )
    await comment_mail.send_comment(
        ctx,
        await get_order(ctx, order_id),
        comment_mail.OF_SHIPMENT,
        entity.comment,
        to_customer=bool(entity.is_customer_notified),
    )
    return added


@operation("GET /V1/shipment/{id}/comments", access=MAY_SEE, service=f"{MANAGEMENT}.getCommentsList")
async def list_comments(ctx: Context, id: int) -> ShipmentCommentSearchResults:
    """All, oldest first; none of a shipment that there is not."""
    found = await ctx.db.all(ShipmentComment, queries.COMMENTS, shipment_ids=[id])
    return ShipmentCommentSearchResults(items=found, search_criteria=of_parent(id), total_count=len(found))
