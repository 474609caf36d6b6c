"""Invoices, packing slips and credit memos as PDF (docs/orders.md, docs/decisions/0027-print-outs-with-fpdf2.md).

A document is turned into texts (`Printed`), and any number of them is put onto paper, in one file. `printed_invoice`
and its likes take an order and its document as they travel; the `_pdf` functions take ids.
"""

from entrepot.sales.pdf.documents import printed_creditmemo, printed_invoice, printed_shipment
from entrepot.sales.pdf.paper import print_pdf
from entrepot.sales.pdf.service import (
    NOTHING_TO_PRINT,
    all_documents_pdf,
    creditmemos_pdf,
    invoices_pdf,
    shipments_pdf,
)

__all__ = [
    "NOTHING_TO_PRINT",
    "all_documents_pdf",
    "creditmemos_pdf",
    "invoices_pdf",
    "print_pdf",
    "printed_creditmemo",
    "printed_invoice",
    "printed_shipment",
    "shipments_pdf",
]
