"""An invoice that was sent as a whole, as programs of accountants do (spec 60, 6.5).

It is stored as it is: nothing is computed, and neither the quantities of the order nor its money change by it. Only
what is not shipped leaves its sources, as with every invoice.
"""

from __future__ import annotations

from decimal import Decimal

from entrepot.kit.context import Context
from entrepot.kit.rest.operation import operation
from entrepot.sales.documents import NewComment, NewDocumentItem, of_item, of_order
from entrepot.sales.invoices import queries
from entrepot.sales.invoices.contracts import Invoice, InvoiceComment, InvoiceItem
from entrepot.sales.invoices.errors import InvoiceNotSaved
from entrepot.sales.invoices.reading import MAY_SEE, REPOSITORY, get_invoice
from entrepot.sales.invoices.rows import NewInvoice
from entrepot.sales.invoices.stock_effects import take_goods
from entrepot.sales.locking import lock_order
from entrepot.sales.open_order import NOTHING, OpenItem, OpenOrder
from entrepot.sales.queries.document_rows import insert

SENT = tuple(
    name
    for name in NewInvoice.__struct_fields__
    if name in Invoice.__struct_fields__ and name not in {"order_id", "created_at", "updated_at"}
)
SENT_OF_ITEM = tuple(name for name in NewDocumentItem.__struct_fields__ if name in InvoiceItem.__struct_fields__)


@operation("POST /V1/invoices", access=MAY_SEE, service=f"{REPOSITORY}.save")
async def save_invoice(ctx: Context, entity: Invoice) -> Invoice:
    """Store an invoice under the next number of its order's store view. What lines leave out is the order's.

    Raises:
        IdNeeded, NoSuchOrder: of its order.
        InvoiceNotSaved: it has an id: what is written down is not changed.
    """
    if entity.entity_id:
        raise InvoiceNotSaved
    order = await lock_order(ctx, entity.order_id or 0)
    items = {item.item_id: item for item in order.items}
    rows = [_row(item, items.get(item.order_item_id or 0)) for item in entity.items or ()]
    comments = [_comment(one) for one in entity.comments or () if one.comment]
    invoice_id = await insert(ctx.db, queries.INSERT, _invoice(ctx, order, entity), rows, comments)
    goods = [(items[row.order_item_id or 0], row.qty or NOTHING) for row in rows if row.order_item_id in items]
    await take_goods(ctx, order, _leaving(goods), invoice_id)
    return await get_invoice(ctx, invoice_id)


def _leaving(goods: list[tuple[OpenItem, Decimal]]) -> list[tuple[OpenItem, Decimal]]:
    return [(item, qty) for item, qty in goods if item.is_virtual and qty > 0]


def _invoice(ctx: Context, order: OpenOrder, entity: Invoice) -> NewInvoice:
    sent = {name: value for name in SENT if (value := getattr(entity, name)) is not None}
    return NewInvoice(order_id=order.entity_id, created_at=ctx.now, updated_at=ctx.now, **{**of_order(order), **sent})


def _row(sent: InvoiceItem, item: OpenItem | None) -> NewDocumentItem:
    copied = of_item(item) if item else {}
    given = {name: value for name in SENT_OF_ITEM if (value := getattr(sent, name)) is not None}
    return NewDocumentItem(**{**copied, **given})


def _comment(sent: InvoiceComment) -> NewComment:
    return NewComment(
        comment=sent.comment or "",
        is_customer_notified=sent.is_customer_notified or 0,
        is_visible_on_front=sent.is_visible_on_front or 0,
    )
