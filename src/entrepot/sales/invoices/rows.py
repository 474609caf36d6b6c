"""The row of an invoice, as it is written."""

from __future__ import annotations

from decimal import Decimal

from entrepot.sales.documents import NewDocument


class NewInvoice(NewDocument, kw_only=True):
    """A row of sales_invoice."""

    can_void_flag: int | None = None
    total_qty: Decimal | None = None
