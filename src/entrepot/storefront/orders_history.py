"""My Orders: what a customer has ordered, the newest first (spec 60, 16)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal

from msgspec import Struct
from starlette.responses import Response

from entrepot.kit.pages import page
from entrepot.sales import reordering, shown_orders
from entrepot.sales.shown_orders import ShownOrder
from entrepot.storefront.access import Visitor
from entrepot.storefront.order_seen import HISTORY
from entrepot.storefront.paging import Paging
from entrepot.storefront.shop_page import ShopPage

RECENT = 5


class OrderRowView(Struct, frozen=True):
    number: str
    placed_at: datetime
    ship_to: str
    total: Decimal
    currency: str
    status: str
    url: str
    reorder_url: str
    """Empty where it cannot be ordered again."""


@page(HISTORY, access=Visitor.SIGNED_IN)
async def history(page: ShopPage) -> Response:
    """Of all store views that the account has ordered in."""
    paging = Paging.of(page, await shown_orders.count_of_customer(page.ctx, page.customer_id))
    orders = await shown_orders.list_of_customer(page.ctx, page.customer_id, limit=paging.size, offset=paging.first)
    return page.render("orders/history.html", orders=await _views(page, orders), paging=paging)


async def recent(page: ShopPage) -> list[OrderRowView]:
    """The last ones of this store view, for the account at a glance."""
    orders = await shown_orders.list_of_customer(page.ctx, page.customer_id, limit=RECENT, store_id=page.view.id)
    return await _views(page, orders)


async def _views(page: ShopPage, orders: Sequence[ShownOrder]) -> list[OrderRowView]:
    again = await reordering.reorderable(
        page.ctx, [(order, order.product_ids) for order in orders], page.customer.group_id or 0
    )
    return [
        OrderRowView(
            number=order.increment_id,
            placed_at=order.created_at,
            ship_to=order.ship_to,
            total=order.grand_total or Decimal(0),
            currency=order.order_currency_code or "",
            status=shown_orders.storefront_label(page.ctx, order.status),
            url=page.url("sales/order/view", order_id=order.entity_id),
            reorder_url=page.url("sales/order/reorder", order_id=order.entity_id) if order.entity_id in again else "",
        )
        for order in orders
    ]
