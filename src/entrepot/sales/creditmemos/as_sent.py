"""Credit memos that clients send whole: nothing is computed (spec 60, 8.7 and 8.8)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal

from entrepot.kit.context import Context
from entrepot.sales.creditmemos.contracts import Creditmemo, CreditmemoComment, CreditmemoItem
from entrepot.sales.creditmemos.create import row_of
from entrepot.sales.creditmemos.draft import Asked, Line, draft_of
from entrepot.sales.creditmemos.errors import ForeignItem, TooManyToRefund
from entrepot.sales.creditmemos.rows import NewCreditmemo, NewCreditmemoItem
from entrepot.sales.documents import COPIED_OF_ORDER, NewComment
from entrepot.sales.open_order import OpenOrder
from entrepot.sales.states import to_refund

SENT = tuple(
    name
    for name in NewCreditmemo.__struct_fields__
    if name in Creditmemo.__struct_fields__ and name not in ("order_id", "created_at", "updated_at")
)
SENT_OF_ITEM = tuple(name for name in NewCreditmemoItem.__struct_fields__ if name in CreditmemoItem.__struct_fields__)


def memo_of(ctx: Context, order: OpenOrder, sent: Creditmemo) -> NewCreditmemo:
    """What is not sent of its addresses and currencies is the order's."""
    memo = NewCreditmemo(
        order_id=order.entity_id,
        created_at=ctx.now,
        updated_at=ctx.now,
        **{name: getattr(sent, name) for name in SENT},
    )
    for name in COPIED_OF_ORDER:
        if getattr(memo, name) is None:
            setattr(memo, name, getattr(order, name))
    # A view that is gone, or that is none of the order's, has no numbers to give.
    memo.store_id = order.store_id
    return memo


def lines_of(order: OpenOrder, items: Iterable[CreditmemoItem]) -> list[Line]:
    """The lines with their quantities; parts go with their line, whether they are sent or not.

    Raises:
        ForeignItem: a line that is none of the order's.
        TooManyToRefund: more of a line than is left.
    """
    quantities: dict[int, Decimal] = {}
    for item in items:
        item_id = item.order_item_id or 0
        quantities[item_id] = quantities.get(item_id, Decimal(0)) + (item.qty or Decimal(0))
    if not quantities.keys() <= {item.item_id for item in order.items}:
        raise ForeignItem
    # No quantities would mean all that is left.
    lines = draft_of(order, Asked(quantities=quantities)).lines if quantities else []
    for line in lines:
        if not line.is_paid_elsewhere and line.qty > to_refund(order, line.item):
            raise TooManyToRefund(line.item.name or "")
    return [line for line in lines if line.qty]


def rows_of(lines: Iterable[Line], items: Iterable[CreditmemoItem]) -> list[NewCreditmemoItem]:
    """The lines as they are written: with the amounts that were sent, and the names of the order's."""
    sent: Mapping[int | None, CreditmemoItem] = {item.order_item_id: item for item in items}
    return [_row(line, sent.get(line.item.item_id)) for line in lines]


def _row(line: Line, sent: CreditmemoItem | None) -> NewCreditmemoItem:
    row = row_of(line)
    for name in SENT_OF_ITEM:
        value = getattr(sent, name, None)
        if value is not None and name not in ("order_item_id", "qty"):
            setattr(row, name, value)
    return row


def comments_of(comments: Iterable[CreditmemoComment] | None) -> list[NewComment]:
    """Those that are new."""
    return [
        NewComment(
            comment=one.comment,
            is_customer_notified=one.is_customer_notified or 0,
            is_visible_on_front=one.is_visible_on_front or 0,
        )
        for one in comments or ()
        if one.comment and not one.entity_id
    ]
