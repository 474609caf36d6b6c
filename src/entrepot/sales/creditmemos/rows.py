"""The rows of a credit memo, as they are written."""

from __future__ import annotations

from decimal import Decimal

from entrepot.sales.documents import NewDocument, NewDocumentItem


class NewCreditmemo(NewDocument, kw_only=True):
    """A row of sales_creditmemo."""

    invoice_id: int | None = None
    creditmemo_status: int | None = None
    adjustment: Decimal | None = None
    adjustment_negative: Decimal | None = None
    adjustment_positive: Decimal | None = None
    base_adjustment: Decimal | None = None
    base_adjustment_negative: Decimal | None = None
    base_adjustment_positive: Decimal | None = None


class NewCreditmemoItem(NewDocumentItem, kw_only=True):
    """A row of sales_creditmemo_item."""

    weee_tax_applied: str | None = None
    weee_tax_applied_amount: Decimal | None = None
    weee_tax_applied_row_amount: Decimal | None = None
    weee_tax_disposition: Decimal | None = None
    weee_tax_row_disposition: Decimal | None = None
    base_weee_tax_applied_amount: Decimal | None = None
    base_weee_tax_applied_row_amnt: Decimal | None = None
    base_weee_tax_disposition: Decimal | None = None
    base_weee_tax_row_disposition: Decimal | None = None
