"""The mail that confirms an order (spec 60, 12)."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from entrepot.kit.context import Context
from entrepot.sales.contracts import Order, OrderItem
from entrepot.sales.letters import Downloads, Letter, Line, Print, send_letter, view_of
from entrepot.sales.mailed_downloads import downloads_of
from entrepot.sales.printed_choices import printed_choices
from entrepot.sales.printed_totals import printed_totals

CONFIRMATION = Letter("order", "sales_email/order/", "Your {store_name} order confirmation")


async def send_confirmation(ctx: Context, order: Order) -> None:
    """Mail it to the customer, and to whom the shop wants to have copies."""
    prints = Print(ctx, order)
    downloads = await downloads_of(ctx, order)
    await send_letter(
        ctx,
        order,
        CONFIRMATION,
        lines=[_line(item, prints, downloads) for item in order.items or () if item.parent_item_id is None],
        totals=prints.totals(printed_totals(ctx.in_store(view_of(ctx, order)), order)),
        note=order.customer_note,
    )


def _line(item: OrderItem, prints: Print, downloads: Mapping[int, Downloads]) -> Line:
    # What clients see is after discount; the discount has a line of its own here.
    total = (item.row_total or Decimal(0)) + (item.discount_amount or Decimal(0))
    return Line(
        name=item.name or "",
        sku=item.sku or "",
        choices=printed_choices(item),
        qty=prints.qty(item.qty_ordered),
        total=prints.amount(total),
        downloads=downloads.get(item.item_id or 0),
    )
