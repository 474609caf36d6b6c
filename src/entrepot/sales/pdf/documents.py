"""Invoices, shipments and credit memos as texts (spec 60, 15.7). No statement, and nothing changes.

Orders and documents are given complete, as `GET /V1/orders` and its likes answer them.
"""

from __future__ import annotations

from msgspec import structs

from entrepot.kit.context import Context
from entrepot.sales.contracts import Order
from entrepot.sales.creditmemos.contracts import Creditmemo, CreditmemoItem
from entrepot.sales.invoices.contracts import Invoice, InvoiceItem
from entrepot.sales.pdf.head import boxes, facts
from entrepot.sales.pdf.lines import amount, lines, priced
from entrepot.sales.pdf.printed import Column, Printed
from entrepot.sales.pdf.shop import Shop
from entrepot.sales.pdf.totals import NOTHING, totals
from entrepot.sales.shipments.contracts import Shipment, ShipmentItem

INVOICE_COLUMNS = (
    Column("Products", 33),
    Column("SKU", 19),
    Column("Qty", 8, is_right=True),
    Column("Price", 14, is_right=True),
    Column("Tax", 12, is_right=True),
    Column("Subtotal", 14, is_right=True),
)
SHIPMENT_COLUMNS = (Column("Qty", 10, is_right=True), Column("Products", 60), Column("SKU", 30))
CREDITMEMO_COLUMNS = (
    Column("Products", 28),
    Column("SKU", 17),
    Column("Total (ex)", 13, is_right=True),
    Column("Discount", 13, is_right=True),
    Column("Qty", 7, is_right=True),
    Column("Tax", 11, is_right=True),
    Column("Total (inc)", 14, is_right=True),
)


def printed_invoice(ctx: Context, order: Order, invoice: Invoice) -> Printed:
    shop = Shop(ctx, order)

    def cells(item: InvoiceItem) -> tuple[str, ...]:
        return (
            item.name or "",
            item.sku or "",
            shop.number(item.qty),
            "" if item.row_total is None else priced(shop, item.price, item.price_incl_tax),
            amount(shop, item, item.tax_amount),
            priced(shop, item.row_total, item.row_total_incl_tax),
        )

    return Printed(
        letterhead=shop.letterhead(),
        page=shop.text("Page %1 of %2"),
        heading=shop.text("Invoice # %1", invoice.increment_id or ""),
        facts=facts(shop, order, "invoice"),
        boxes=boxes(shop, order),
        columns=_named(shop, INVOICE_COLUMNS),
        name_column=0,
        lines=lines(shop, order, invoice.items or [], cells),
        totals=totals(shop, order, invoice),
    )


def printed_shipment(ctx: Context, order: Order, shipment: Shipment) -> Printed:
    """A packing slip."""
    shop = Shop(ctx, order)

    def cells(item: ShipmentItem) -> tuple[str, ...]:
        return shop.number(item.qty), item.name or "", item.sku or ""

    tracks = [(track.title or "", track.track_number or "") for track in shipment.tracks or ()]
    return Printed(
        letterhead=shop.letterhead(),
        page=shop.text("Page %1 of %2"),
        heading=shop.text("Packing Slip # %1", shipment.increment_id or ""),
        facts=facts(shop, order, "shipment"),
        boxes=boxes(shop, order, tracks),
        columns=_named(shop, SHIPMENT_COLUMNS),
        name_column=1,
        lines=lines(shop, order, shipment.items or [], cells),
    )


def printed_creditmemo(ctx: Context, order: Order, memo: Creditmemo) -> Printed:
    shop = Shop(ctx, order)

    def cells(item: CreditmemoItem) -> tuple[str, ...]:
        discount = item.discount_amount or NOTHING
        tax = item.tax_amount or NOTHING
        compensation = item.discount_tax_compensation_amount or NOTHING
        return (
            item.name or "",
            item.sku or "",
            amount(shop, item, item.row_total),
            amount(shop, item, -discount),
            shop.number(item.qty),
            amount(shop, item, tax),
            amount(shop, item, (item.row_total or NOTHING) + tax + compensation - discount),
        )

    return Printed(
        letterhead=shop.letterhead(),
        page=shop.text("Page %1 of %2"),
        heading=shop.text("Credit Memo # %1", memo.increment_id or ""),
        facts=facts(shop, order, "creditmemo"),
        boxes=boxes(shop, order),
        columns=_named(shop, CREDITMEMO_COLUMNS),
        name_column=0,
        lines=lines(shop, order, memo.items or [], cells),
        totals=totals(shop, order, memo),
    )


def _named(shop: Shop, columns: tuple[Column, ...]) -> tuple[Column, ...]:
    return tuple(structs.replace(column, label=shop.text(column.label)) for column in columns)
