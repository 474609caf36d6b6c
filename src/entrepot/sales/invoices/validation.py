"""Why an order cannot be invoiced so: what a caller is told, in this order (spec 60, 6.2). Pure."""

from __future__ import annotations

from entrepot.sales.invoices.draft import Draft
from entrepot.sales.open_order import OpenOrder
from entrepot.sales.states import NEVER_CHANGED, has_to_invoice

NO_PRODUCTS = "The invoice can't be created without products. Add products and try again."
WRONG_STATE = "An invoice cannot be created when an order has a status of {status}"
NOTHING_TO_INVOICE = "The order does not allow an invoice to be created."


def faults(order: OpenOrder, draft: Draft) -> list[str]:
    """All that speaks against an invoice; nothing if it can be made."""
    found = [] if draft.total_qty > 0 else [NO_PRODUCTS]
    if order.state in NEVER_CHANGED:
        return [*found, WRONG_STATE.format(status=order.status)]
    return found if has_to_invoice(order) else [*found, NOTHING_TO_INVOICE]
