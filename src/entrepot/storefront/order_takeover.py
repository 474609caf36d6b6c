"""A guest who makes an account right after an order has the order in it (spec 60, 16)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from entrepot.customers import Customer
from entrepot.sales import shown_orders
from entrepot.storefront.success import FOR_ACCOUNT, LAST_ORDER, last_order

if TYPE_CHECKING:
    from entrepot.storefront.shop_page import ShopPage


async def take_over(page: ShopPage, customer: Customer) -> None:
    """Only who came from the order's own page wanted that; an order that is somebody's already stays his."""
    last = last_order(page)
    if last is None or not last.get(FOR_ACCOUNT) or last["customer_id"] is not None:
        return
    if await shown_orders.give_to(page.ctx, last["order_id"], customer):
        page.session.data = {**page.session.data, LAST_ORDER: {**last, "customer_id": customer.id}}
