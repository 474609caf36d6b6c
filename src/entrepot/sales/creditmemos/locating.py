"""What a credit memo is made for: the order it belongs to, and the invoice it goes through."""

from __future__ import annotations

from decimal import Decimal

from entrepot.kit.context import Context
from entrepot.sales.creditmemos import queries
from entrepot.sales.creditmemos.draft import InvoiceToRefund
from entrepot.sales.errors import IdNeeded, NoSuchOrder
from entrepot.sales.locking import lock_order
from entrepot.sales.open_order import OpenOrder


async def lock_invoice(ctx: Context, invoice_id: int) -> tuple[OpenOrder, InvoiceToRefund]:
    """An invoice as it is once nobody else changes its order. Five statements.

    Raises IdNeeded, NoSuchOrder.
    """
    if not invoice_id:
        raise IdNeeded
    order_id = await ctx.db.one_or_none(tuple, queries.ORDER_OF_INVOICE, invoice_id=invoice_id)
    if order_id is None:
        raise NoSuchOrder
    order = await lock_order(ctx, order_id[0])
    invoice = await find_invoice(ctx, invoice_id)
    if invoice is None:
        raise NoSuchOrder
    return order, invoice


async def find_invoice(ctx: Context, invoice_id: int) -> InvoiceToRefund | None:
    """An invoice as it is now; others may change it unless its order is locked. Two statements."""
    invoice = await ctx.db.one_or_none(InvoiceToRefund, queries.INVOICE, invoice_id=invoice_id)
    if invoice is not None:
        rows: list[tuple[int, Decimal]] = await ctx.db.all(tuple, queries.LEFT_OF_INVOICE, invoice_id=invoice_id)
        invoice.left = dict(rows)
    return invoice
