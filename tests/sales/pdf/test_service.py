"""Documents by their ids and by their orders', as one file."""

from __future__ import annotations

import io

from pypdf import PdfReader

from entrepot.sales import pdf
from tests.sales.makers import AUSTIN, a_ready_cart, an_order_of_mugs, pay


def headings(content):
    """The heading of each page, in their order."""
    lines = [line for page in PdfReader(io.BytesIO(content)).pages for line in page.extract_text().splitlines()]
    return [line.strip() for line in lines if line.startswith(("Invoice #", "Packing Slip #", "Credit Memo #"))]


async def numbers(ctx, table):
    return await ctx.db.values(f"select increment_id from {table} order by entity_id")  # noqa: S608


async def two_orders(ctx, rest, admin):
    """Both invoiced and shipped, the second one with a refund; their ids."""
    ids = [
        await an_order_of_mugs(ctx, rest),
        int((await pay(rest, await a_ready_cart(rest, ("mug", 1), **AUSTIN))).body),
    ]
    for id in ids:
        for route in ("invoice", "ship"):
            reply = await admin.post(f"/rest/V1/order/{id}/{route}", {})
            assert reply.status == 200, reply.body
    reply = await admin.post(f"/rest/V1/order/{ids[1]}/refund", {})
    assert reply.status == 200, reply.body
    return ids


async def test_documents_of_orders_come_in_one_file(ctx, rest, admin):
    first, second = await two_orders(ctx, rest, admin)
    invoices, shipments, memos = [
        await numbers(ctx, f"sales_{kind}") for kind in ("invoice", "shipment", "creditmemo")
    ]  # fmt: skip
    slips = [f"Packing Slip # {number}" for number in shipments]

    assert headings(await pdf.invoices_pdf(ctx, order_ids=[second, first])) == [f"Invoice # {n}" for n in invoices]
    assert headings(await pdf.shipments_pdf(ctx, order_ids=[second])) == slips[1:]
    assert headings(await pdf.creditmemos_pdf(ctx, order_ids=[first, second])) == [f"Credit Memo # {n}" for n in memos]
    assert headings(await pdf.all_documents_pdf(ctx, [second])) == [
        f"Invoice # {invoices[1]}", slips[1], f"Credit Memo # {memos[0]}",
    ]  # fmt: skip


async def test_documents_are_named_by_their_ids_too(ctx, rest, admin):
    await two_orders(ctx, rest, admin)
    ids = await ctx.db.values("select entity_id from sales_invoice order by entity_id")
    assert headings(await pdf.invoices_pdf(ctx, ids=[ids[1]])) == [
        f"Invoice # {(await numbers(ctx, 'sales_invoice'))[1]}"
    ]  # fmt: skip


async def test_the_worked_example_is_printed_whole(ctx, rest, admin):
    """Spec 60, 4.1: two mugs at 10 and shipping of 10, to Jane in Austin."""
    order_id = await an_order_of_mugs(ctx, rest)
    await admin.post(f"/rest/V1/order/{order_id}/invoice", {})
    content = await pdf.invoices_pdf(ctx, order_ids=[order_id])
    text = PdfReader(io.BytesIO(content or b"")).pages[0].extract_text()
    lines = [line.strip() for line in text.splitlines()]

    for line in (
        "Order # 000000001", "Jane Doe", "Austin, Texas, 78758", "Flat Rate - Fixed", "Total Shipping Charges $10.00",
        "Mug mug 2 $10.00 $0.00 $20.00", "Subtotal $20.00", "Shipping & Handling $10.00", "Grand Total $30.00",
    ):  # fmt: skip
        assert line in lines, line


async def test_where_there_is_nothing_there_is_no_file(ctx, rest, admin):
    order_id = await an_order_of_mugs(ctx, rest)
    assert await pdf.invoices_pdf(ctx, order_ids=[order_id]) is None
    assert await pdf.shipments_pdf(ctx, ids=[]) is None
    assert await pdf.creditmemos_pdf(ctx, ids=[99999]) is None
    assert await pdf.all_documents_pdf(ctx, []) is None


async def test_many_take_as_many_statements_as_one(ctx, rest, admin):
    first, second = await two_orders(ctx, rest, admin)
    counts = []
    for order_ids in ([second], [first, second]):
        before = ctx.db.statements
        await pdf.all_documents_pdf(ctx, order_ids)
        counts.append(ctx.db.statements - before)
    assert counts[0] == counts[1]
