"""Lines of orders read by themselves (spec 60, 5.2)."""

from __future__ import annotations

from entrepot.kit.context import Context
from entrepot.kit.rest.operation import MayUse, operation
from entrepot.kit.search_criteria import SearchCriteria
from entrepot.kit.search_sql import results, search
from entrepot.sales.contracts import OrderItem, OrderItemSearchResults
from entrepot.sales.errors import IdNeeded, NoSuchOrder
from entrepot.sales.queries import items as queries
from entrepot.sales.queries.items import ITEMS, ItemRow
from entrepot.sales.reading import complete_items

VIEW = MayUse("Magento_Sales::actions_view")
REPOSITORY = "Magento.Sales.Api.OrderItemRepository"


@operation("GET /V1/orders/items/{id}", access=VIEW, service=f"{REPOSITORY}.get")
async def get_item(ctx: Context, id: int) -> OrderItem:
    """A line; of a part, with its line in `parent_item`. Raises IdNeeded, NoSuchOrder."""
    if not id:
        raise IdNeeded
    found = await complete_items(ctx, await ctx.db.all(ItemRow, queries.WITH_PARENT, item_id=id))
    item = next((one for one in found if one.item_id == id), None)
    if item is None:
        raise NoSuchOrder
    return item


@operation("GET /V1/orders/items", access=VIEW, service=f"{REPOSITORY}.getList")
async def list_items(ctx: Context, search_criteria: SearchCriteria) -> OrderItemSearchResults:
    """Lines of all orders, by id unless the criteria say otherwise. Parts have their line if it is on the same page.

    Totals are compared as they are stored, before discounts.
    """
    rows, total = await search(ctx.db, ITEMS, search_criteria)
    page = results(await complete_items(ctx, rows), search_criteria, total)
    return OrderItemSearchResults(items=page.items, search_criteria=page.search_criteria, total_count=page.total_count)
