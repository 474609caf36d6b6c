"""Orders that money can be given back of, over REST."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from entrepot.kit.context import Context
from tests.rest_client import Reply, RestClient
from tests.sales.makers import an_order_of_mugs

HEAD = "Creditmemo Document Validation Error(s):\n"

BY_HAND = """
    update sales_order_item
    set qty_invoiced = qty_ordered, row_invoiced = row_total, base_row_invoiced = base_row_total
    where order_id = %(order_id)s
"""
PAID_BY_HAND = """
    update sales_order
    set state = 'processing', status = 'processing', total_paid = grand_total, base_total_paid = base_grand_total,
        total_invoiced = grand_total
    where entity_id = %(order_id)s
"""


async def invoice(ctx: Context, admin: RestClient, order_id: int, **body: Any) -> None:
    await ctx.db.execute(BY_HAND, order_id=order_id)
    await ctx.db.execute(PAID_BY_HAND, order_id=order_id)


async def refund(admin: RestClient, order_id: int, **body: Any) -> Reply:
    return await admin.post(f"/rest/V1/order/{order_id}/refund", body)


async def read(admin: RestClient, order_id: int) -> dict[str, Any]:
    found: dict[str, Any] = (await admin.get(f"/rest/V1/orders/{order_id}")).body
    return found


async def paid_mugs(ctx: Context, rest: RestClient, admin: RestClient, qty: int = 2) -> tuple[int, int]:
    """Mugs at 10 and 5 for shipping each, of which a hundred were there; the ids of the order and of its line."""
    order_id = await an_order_of_mugs(ctx, rest, qty)
    await invoice(ctx, admin, order_id)
    item_id: int = await ctx.db.value("select item_id from sales_order_item where order_id = %(id)s", id=order_id)
    return order_id, item_id


async def in_source(ctx: Context, sku: str = "mug", source: str = "default") -> Decimal:
    found: Decimal = await ctx.db.value(
        "select quantity from inventory_source_item where sku = %(sku)s and source_code = %(source)s",
        sku=sku,
        source=source,
    )
    return found


async def reserved(ctx: Context, sku: str = "mug") -> Decimal:
    """What the journal of claims adds up to."""
    found: Decimal = await ctx.db.value(
        "select coalesce(sum(quantity), 0) from inventory_reservation where sku = %(sku)s", sku=sku
    )
    return found
