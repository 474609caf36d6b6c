"""Invoices: what of an order is paid.

`draft_of` and `totals.collect` are pure; `create` writes what they made. What is not shipped leaves its sources then.
"""

from entrepot.sales.documents import OPEN, Told
from entrepot.sales.invoices import comments, invoice, mail, reading, save, settling
from entrepot.sales.invoices.at_placement import invoice_what_is_free
from entrepot.sales.invoices.create import create
from entrepot.sales.invoices.draft import Draft, draft_of
from entrepot.sales.invoices.gateways import CapturingMethod, VoidingMethod
from entrepot.sales.invoices.mail import INVOICE

OPERATION_MODULES = (invoice, reading, save, settling, comments, mail)
"""The modules whose operations the REST API serves."""

__all__ = [
    "INVOICE",
    "OPEN",
    "OPERATION_MODULES",
    "CapturingMethod",
    "Draft",
    "Told",
    "VoidingMethod",
    "create",
    "draft_of",
    "invoice_what_is_free",
]
