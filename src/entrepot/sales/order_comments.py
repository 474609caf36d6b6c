"""What is said about orders, and told to who ordered (spec 60, 5.5 and 5.6)."""

from __future__ import annotations

from entrepot.kit.context import Context
from entrepot.kit.errors import Refused
from entrepot.kit.rest.operation import MayUse, operation
from entrepot.kit.scope import is_flag_set
from entrepot.kit.search_criteria import Filter, FilterGroup, SearchCriteria
from entrepot.sales import comment_mail
from entrepot.sales.change import write_order
from entrepot.sales.confirmation import send_confirmation
from entrepot.sales.contracts import OrderStatusHistory
from entrepot.sales.contracts.orders import OrderStatusHistorySearchResults
from entrepot.sales.locking import lock_order
from entrepot.sales.mail_jobs import ASYNCHRONOUS
from entrepot.sales.orders import get_order
from entrepot.sales.queries import mails as mail_queries
from entrepot.sales.queries import order_comments as queries
from entrepot.sales.statuses import statuses

SERVICE = "Magento.Sales.Api.OrderManagement"
MAIL_ENABLED = "sales_email/order/enabled"
OF_ORDER = "order"


class NoSuchStatus(Refused):
    """There is no status with this code."""

    message = 'Unable to add comment: The status "%1" is not part of the order status history.'


@operation("POST /V1/orders/{id}/comments", access=MayUse("Magento_Sales::comment"), service=f"{SERVICE}.addComment")
async def add_comment(ctx: Context, id: int, status_history: OrderStatusHistory) -> bool:
    """Note a comment, give the order the comment's status if it has one, and mail it if the shop mails comments.

    A status of another state is taken as it is; the state stays.

    Raises:
        IdNeeded, NoSuchOrder.
        NoSuchStatus: nothing is noted.
    """
    order = await lock_order(ctx, id)
    if status_history.status:
        if not statuses(ctx).exists(status_history.status):
            raise NoSuchStatus(status_history.status)
        order.status = status_history.status
    await ctx.db.execute(
        queries.ADD,
        order_id=order.entity_id,
        status=order.status,
        comment=status_history.comment,
        is_customer_notified=status_history.is_customer_notified,
        is_visible_on_front=status_history.is_visible_on_front or 0,
        entity_name=status_history.entity_name,
        now=ctx.now,
    )
    await write_order(ctx, order)
    await comment_mail.send_comment(
        ctx,
        await get_order(ctx, id),
        comment_mail.OF_ORDER,
        status_history.comment or "",
        to_customer=bool(status_history.is_customer_notified),
    )
    return True


@operation(
    "GET /V1/orders/{id}/comments",
    access=MayUse("Magento_Sales::actions_view"),
    service=f"{SERVICE}.getCommentsList",
)
async def list_comments(ctx: Context, id: int) -> OrderStatusHistorySearchResults:
    """All, oldest first; none of an order that there is not."""
    found = await ctx.db.all(OrderStatusHistory, queries.OF_ORDER, order_id=id)
    return OrderStatusHistorySearchResults(items=found, search_criteria=of_parent(id), total_count=len(found))


def of_parent(id: int) -> SearchCriteria:
    """The criteria that stand for "what belongs to this document" in the answer."""
    return SearchCriteria(
        filter_groups=[FilterGroup(filters=[Filter(field="parent_id", value=str(id), condition_type="eq")])]
    )


@operation("POST /V1/orders/{id}/emails", access=MayUse("Magento_Sales::emails"), service=f"{SERVICE}.notify")
async def send_again(ctx: Context, id: int) -> bool:
    """Mail the confirmation once more; whether that was done.

    It is not where the shop sends no confirmations, and where a job sends them: then it is due again.

    Raises IdNeeded, NoSuchOrder.
    """
    order = await lock_order(ctx, id)
    enabled = ctx.flag(MAIL_ENABLED, store_id=order.store_id)
    sends_now = enabled and not is_flag_set(ctx.config_default(ASYNCHRONOUS))
    await ctx.db.execute(
        mail_queries.SET_DUE, order_id=id, send_email=int(enabled), email_sent=1 if sends_now else None
    )
    if not sends_now:
        return False
    await send_confirmation(ctx, await get_order(ctx, id))
    await ctx.db.execute(queries.SET_NOTIFIED, order_id=id, entity_name=OF_ORDER)
    return True
