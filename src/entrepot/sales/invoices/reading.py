"""Invoices read (spec 60, 6.4)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from entrepot.kit.context import Context
from entrepot.kit.rest.operation import MayUse, operation
from entrepot.kit.search_criteria import SearchCriteria
from entrepot.kit.search_sql import results, search
from entrepot.sales.errors import IdNeeded, NoSuchOrder
from entrepot.sales.invoices import queries
from entrepot.sales.invoices.contracts import Invoice, InvoiceComment, InvoiceItem, InvoiceSearchResults

MAY_SEE = MayUse("Magento_Sales::sales_invoice")
REPOSITORY = "Magento.Sales.Api.InvoiceRepository"
MANAGEMENT = "Magento.Sales.Api.InvoiceManagement"


@operation("GET /V1/invoices/{id}", access=MAY_SEE, service=f"{REPOSITORY}.get")
async def get_invoice(ctx: Context, id: int) -> Invoice:
    """An invoice with its lines and comments. Three statements. Raises IdNeeded, NoSuchOrder."""
    if not id:
        raise IdNeeded
    invoice = await ctx.db.one_or_none(Invoice, queries.BY_ID, invoice_id=id)
    if invoice is None:
        raise NoSuchOrder
    await complete(ctx, [invoice])
    return invoice


@operation("GET /V1/invoices", access=MAY_SEE, service=f"{REPOSITORY}.getList")
async def list_invoices(ctx: Context, search_criteria: SearchCriteria) -> InvoiceSearchResults:
    """Invoices of all store views with their lines and comments, by id unless the criteria say otherwise."""
    rows, total = await search(ctx.db, queries.INVOICES, search_criteria)
    page = results(await complete(ctx, rows), search_criteria, total)
    return InvoiceSearchResults(items=page.items, search_criteria=page.search_criteria, total_count=page.total_count)


async def complete(ctx: Context, invoices: Sequence[Invoice]) -> Sequence[Invoice]:
    """Give invoices their lines and comments. Two statements, however many they are."""
    ids = [invoice.entity_id for invoice in invoices]
    if not ids:
        return invoices
    items: defaultdict[int | None, list[InvoiceItem]] = defaultdict(list)
    for item in await ctx.db.all(InvoiceItem, queries.ITEMS, invoice_ids=ids):
        items[item.parent_id].append(item)
    comments: defaultdict[int | None, list[InvoiceComment]] = defaultdict(list)
    for comment in await ctx.db.all(InvoiceComment, queries.COMMENTS, invoice_ids=ids):
        comments[comment.parent_id].append(comment)
    for invoice in invoices:
        invoice.items, invoice.comments = items[invoice.entity_id], comments[invoice.entity_id]
    return invoices
