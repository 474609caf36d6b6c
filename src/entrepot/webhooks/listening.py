"""What the domains publish, as events of the stream. `app.py` says which listener hears what.

The data of an event are a few ids: who wants more asks the REST API, and gets what holds then.
"""

from __future__ import annotations

from typing import Any, Protocol

from msgspec import Struct

from entrepot import catalog
from entrepot.catalog.events import ProductsDeleted, ProductsSaved
from entrepot.customers import CustomerCreated
from entrepot.inventory import StockRanLow
from entrepot.kit.context import Context
from entrepot.kit.events import Listener
from entrepot.webhooks import types
from entrepot.webhooks.recording import News, record


class AboutOrder(Protocol):
    """What an event about an order must have. Its other fields go into the data as they are."""

    @property
    def order_id(self) -> int: ...


def about_order(type: str) -> Listener:
    """A listener that records events about orders under this type.

    The event is a Struct with `order_id`, and with `store_id` if it is to be filtered by store view:

        events.listen(sales.OrderCancelled, webhooks.about_order(webhooks.ORDER_CANCELLED))
    """

    async def listen(ctx: Context, event: AboutOrder) -> None:
        data = {name: getattr(event, name) for name in _fields(event) if name != "store_id"}
        store_id = getattr(event, "store_id", None)
        await record(ctx, [News(type, f"order:{event.order_id}", data, store_id)])

    return listen


def _fields(event: Any) -> tuple[str, ...]:
    assert isinstance(event, Struct)
    return event.__struct_fields__


async def customer_created(ctx: Context, event: CustomerCreated) -> None:
    news = News(types.CUSTOMER_CREATED, f"customer:{event.customer_id}", {"customer_id": event.customer_id})
    await record(ctx, [news])


async def products_saved(ctx: Context, event: ProductsSaved) -> None:
    products = await catalog.products_by_id(ctx, event.product_ids)
    await record(
        ctx,
        [
            News(
                types.PRODUCT_CHANGED,
                f"product:{product_id}",
                {"product_id": product_id, "sku": products[product_id].sku, "is_new": product_id in event.created_ids},
            )
            for product_id in event.product_ids
            if product_id in products
        ],
    )


async def products_deleted(ctx: Context, event: ProductsDeleted) -> None:
    await record(
        ctx,
        [
            News(types.PRODUCT_DELETED, f"product:{product_id}", {"product_id": product_id, "sku": sku})
            for product_id, sku in zip(event.product_ids, event.skus, strict=True)
        ],
    )


async def stock_ran_low(ctx: Context, event: StockRanLow) -> None:
    await record(
        ctx,
        [
            News(
                types.STOCK_LOW,
                f"stock:{one.source_code}/{one.sku}",
                {
                    "source_code": one.source_code,
                    "sku": one.sku,
                    "quantity": one.quantity,
                    "notify_stock_qty": one.threshold,
                },
            )
            for one in event.items
        ],
    )
