"""The page of an order that was brought in with little more than a sum."""

from __future__ import annotations

from decimal import Decimal

from entrepot.sales.contracts import Order, OrderItem
from entrepot.sales.imports.saving import save_order


async def test_the_least_that_can_be_brought_in_is_shown(browser, ctx):
    sent = Order(
        customer_email="jane@example.com",
        grand_total=Decimal(30),
        base_grand_total=Decimal(30),
        increment_id="OLD-7",
        items=[OrderItem(sku="mug")],
    )
    order = await save_order(ctx, sent)
    await browser.get("/admin/sales/order/")
    # The first cell chooses the row.
    assert browser.rows[0][1] == "OLD-7"
    await browser.get(f"/admin/sales/order/view/order_id/{order.entity_id}/")
    assert browser.heading == "#OLD-7"
    assert "$30.00" in browser.text
