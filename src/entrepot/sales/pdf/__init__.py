"""Invoices, packing slips and credit memos as PDF (docs/orders.md, docs/decisions/0027-print-outs-with-fpdf2.md).

A document is turned into texts (`Printed`), and any number of them is put onto paper, in one file.
"""
