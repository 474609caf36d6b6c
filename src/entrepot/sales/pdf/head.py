"""The head of a document: its number, its order, and to whom, how paid and how shipped."""

from __future__ import annotations

from collections.abc import Iterable

from entrepot import customers
from entrepot.sales.contracts import Order, OrderAddress
from entrepot.sales.pdf.printed import Box
from entrepot.sales.pdf.shop import Shop
from entrepot.sales.printed_order import as_customers_address, payment_notes, shipping_address

SHOWS_ORDER = "sales_pdf/{kind}/put_order_id"


def facts(shop: Shop, order: Order, kind: str) -> tuple[str, ...]:
    """`kind` is invoice, shipment or creditmemo."""
    number = shop.text("Order # %1", order.increment_id or "")
    shown = [number] if shop.ctx.flag(SHOWS_ORDER.format(kind=kind)) else []
    date = [shop.text("Order Date: %1", shop.day(order.created_at))] if order.created_at else []
    return (*shown, *date)


def boxes(shop: Shop, order: Order, tracks: Iterable[tuple[str, str]] = ()) -> tuple[Box, ...]:
    """Nothing is shipped of an order that can only be loaded or used: then there are two."""
    sold_to = Box(shop.text("Sold to:"), address_lines(shop, order.billing_address))
    payment = Box(shop.text("Payment Method:"), payment_lines(shop, order))
    if order.is_virtual:
        return sold_to, payment
    charges = shop.text("Total Shipping Charges %1", shop.money(order.shipping_amount))
    parcels = tuple(tracks)
    shipping = Box(
        shop.text("Shipping Method:"),
        (order.shipping_description or "", charges),
        ((shop.text("Title"), shop.text("Number")), *parcels) if parcels else (),
    )
    ship_to = Box(shop.text("Ship to:"), address_lines(shop, shipping_address(order)))
    return sold_to, ship_to, payment, shipping


def address_lines(shop: Shop, address: OrderAddress | None) -> tuple[str, ...]:
    """By the shop's template for print-outs, in which a bar ends a line."""
    if address is None:
        return ()
    printed = customers.print_address(shop.ctx, as_customers_address(address), "pdf")
    lines = (line.strip().rstrip(",") for part in printed.split("|") for line in part.splitlines())
    return tuple(line for line in lines if line)


def payment_lines(shop: Shop, order: Order) -> tuple[str, ...]:
    """How it is paid, and what belongs to that."""
    payment = order.payment
    if payment is None:
        return ()
    notes = payment_notes(order) or [shop.ctx.config(f"payment/{payment.method}/title") or payment.method or ""]
    number = [shop.text("Purchase Order Number: %1", payment.po_number)] if payment.po_number else []
    return (*notes, *number)
