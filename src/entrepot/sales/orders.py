"""Orders read (spec 60, 5.1). Only administrators and integrations read them; customers have their own pages."""

from __future__ import annotations

from entrepot.kit.context import Context
from entrepot.kit.rest.operation import MayUse, operation
from entrepot.kit.search_criteria import SearchCriteria
from entrepot.kit.search_sql import results, search
from entrepot.sales.contracts import Order, OrderSearchResults
from entrepot.sales.errors import IdNeeded, NoSuchOrder
from entrepot.sales.queries import orders as queries
from entrepot.sales.queries.orders import ORDERS, OrderRow
from entrepot.sales.reading import complete

VIEW = MayUse("Magento_Sales::actions_view")
REPOSITORY = "Magento.Sales.Api.OrderRepository"


@operation("GET /V1/orders/{id}", access=VIEW, service=f"{REPOSITORY}.get")
async def get_order(ctx: Context, id: int) -> Order:
    """An order with all that belongs to it. Six statements.

    Raises IdNeeded, NoSuchOrder.
    """
    if not id:
        raise IdNeeded
    order = await ctx.db.one_or_none(OrderRow, queries.BY_ID, order_id=id)
    if order is None:
        raise NoSuchOrder
    await complete(ctx, [order])
    return order


@operation("GET /V1/orders", access=VIEW, service=f"{REPOSITORY}.getList")
async def list_orders(ctx: Context, search_criteria: SearchCriteria) -> OrderSearchResults:
    """Orders of all store views with all that belongs to them, by id unless the criteria say otherwise.

    Criteria may name every field of an order that is no object, and columns that clients do not see, such as
    `shipping_method` and `send_email`.
    """
    rows, total = await search(ctx.db, ORDERS, search_criteria)
    page = results(await complete(ctx, rows), search_criteria, total)
    return OrderSearchResults(items=page.items, search_criteria=page.search_criteria, total_count=page.total_count)


@operation("GET /V1/orders/{id}/statuses", access=VIEW, service="Magento.Sales.Api.OrderManagement.getStatus")
async def get_status(ctx: Context, id: int) -> str | None:
    """The code of an order's status. Raises IdNeeded, NoSuchOrder."""
    if not id:
        raise IdNeeded
    found: tuple[str | None] | None = await ctx.db.one_or_none(tuple, queries.STATUS, order_id=id)
    if found is None:
        raise NoSuchOrder
    return found[0]
