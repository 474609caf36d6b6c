"""Invoices, shipments and credit memos as people look over them. Two statements a page, whatever is on it."""

from __future__ import annotations

from collections.abc import Sequence

from entrepot.kit.context import Context
from entrepot.kit.search_criteria import SearchCriteria
from entrepot.kit.search_sql import search
from entrepot.sales.queries import document_grid as queries
from entrepot.sales.queries.document_grid import CreditmemoLine, DocumentLine, InvoiceLine, ShipmentLine

__all__ = [
    "CreditmemoLine",
    "DocumentLine",
    "InvoiceLine",
    "ShipmentLine",
    "search_creditmemo_lines",
    "search_invoice_lines",
    "search_shipment_lines",
]


async def search_invoice_lines(ctx: Context, criteria: SearchCriteria) -> tuple[Sequence[InvoiceLine], int]:
    """The invoices on the page that the criteria ask for, and how many there are on all pages."""
    return await search(ctx.db, queries.INVOICE_LINES, criteria)


async def search_shipment_lines(ctx: Context, criteria: SearchCriteria) -> tuple[Sequence[ShipmentLine], int]:
    """As `search_invoice_lines`."""
    return await search(ctx.db, queries.SHIPMENT_LINES, criteria)


async def search_creditmemo_lines(ctx: Context, criteria: SearchCriteria) -> tuple[Sequence[CreditmemoLine], int]:
    """As `search_invoice_lines`."""
    return await search(ctx.db, queries.CREDITMEMO_LINES, criteria)
