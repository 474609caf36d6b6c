"""Credit memos: what was given back, and for what."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from entrepot.admin.document_grids import CREDITMEMO_GRID, CREDITMEMO_STATES, MAY_REFUND
from entrepot.admin.document_kind import DocumentKind
from entrepot.admin.document_page import state_of, sums_of
from entrepot.admin.order_view import Total, totals_of
from entrepot.admin.page import AdminPage, Button
from entrepot.kit.context import Context
from entrepot.sales.contracts import Order
from entrepot.sales.creditmemos.comments import add_comment
from entrepot.sales.creditmemos.contracts import Creditmemo, CreditmemoComment
from entrepot.sales.creditmemos.draft import Draft
from entrepot.sales.creditmemos.mail import CREDITMEMO
from entrepot.sales.creditmemos.reading import get_creditmemo
from entrepot.sales.pdf import creditmemos_pdf


async def _values(page: AdminPage, memo: Creditmemo, order: Order) -> dict[str, Any]:
    return {"totals": totals_of_memo(page, order, memo), **state_of(memo.state, CREDITMEMO_STATES)}


def totals_of_memo(page: AdminPage, order: Order, memo: Creditmemo | Draft) -> list[Total]:
    """The adjustments stand before what it comes to."""
    totals = totals_of(page, order, sums_of(order, memo))
    zero = Decimal(0)
    adjustments = [
        Total("Adjustment Refund", memo.adjustment_positive or zero),
        Total("Adjustment Fee", memo.adjustment_negative or zero),
    ]
    first = next((place for place, total in enumerate(totals) if total.is_strong), len(totals))
    return [*totals[:first], *(one for one in adjustments if one.amount), *totals[first:]]


async def _buttons(page: AdminPage, memo: Creditmemo, order: Order) -> list[Button]:
    """What was given back is not taken again."""
    return []


async def _comment(ctx: Context, said: CreditmemoComment) -> CreditmemoComment:
    return await add_comment(ctx, said.parent_id or 0, said)


KIND = DocumentKind[Creditmemo](
    grid=CREDITMEMO_GRID,
    resource=MAY_REFUND,
    key="creditmemos",
    noun="credit memo",
    title="Credit Memo",
    dated="Created",
    done="Refunded",
    find=get_creditmemo,
    comment=CreditmemoComment,
    add_comment=_comment,
    letter=CREDITMEMO,
    send="Send Email",
    send_question="Are you sure you want to send a credit memo email to customer?",
    sent="You sent the message.",
    print=creditmemos_pdf,
    print_name="creditmemo",
    values=_values,
    buttons=_buttons,
)
