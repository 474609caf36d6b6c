"""What the inventory wants to know of orders: what they still claim, and what they are called."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from contextlib import suppress
from decimal import Decimal

from entrepot import catalog, inventory
from entrepot.inventory import Claim, NoLinkedStock, OrderRef
from entrepot.kit.context import Context
from entrepot.sales.open_order import NOTHING
from entrepot.sales.queries import book as queries
from entrepot.sales.queries.book import OpenLine

LARGEST_ID = 2**31 - 1


class BookOfOrders:
    """The orders as the inventory compares its journal with them."""

    async def open_claims(self, ctx: Context) -> Sequence[Claim]:
        """Of all orders that are not finished, by leaf item, under the sku that it has now: what a line is called has
        what its options add, and products are renamed.

        What was ordered in a view that is gone cannot be told to claim from any stock.
        """
        lines = await ctx.db.all(OpenLine, queries.OPEN_LINES)
        stocks = await _stocks(ctx, {line.store_id for line in lines})
        products = await catalog.products_by_id(ctx, {line.product_id for line in lines if line.product_id is not None})
        found: defaultdict[tuple[str, int, str], Decimal] = defaultdict(lambda: NOTHING)
        for line in lines:
            if line.store_id in stocks:
                product = products.get(line.product_id or 0)
                found[line.order_id, stocks[line.store_id], product.sku if product else line.sku] += line.qty
        return [Claim(*key, qty) for key, qty in found.items() if qty]

    async def by_id(self, ctx: Context, ids: Collection[str]) -> Mapping[str, OrderRef]:
        """Those that there are, by id. What is no id of an order is passed over: the journal may hold anything."""
        wanted = [int(id) for id in ids if id.isdecimal() and int(id) <= LARGEST_ID]
        return {one.order_id: one for one in await ctx.db.all(OrderRef, queries.BY_ID, ids=wanted)}

    async def by_increment_id(self, ctx: Context, increment_ids: Collection[str]) -> Mapping[str, OrderRef]:
        """Those that there are, by increment id."""
        found = await ctx.db.all(OrderRef, queries.BY_INCREMENT_ID, increment_ids=list(increment_ids))
        return {one.increment_id: one for one in found}


async def _stocks(ctx: Context, store_ids: Collection[int | None]) -> Mapping[int | None, int]:
    """The stocks that the store views sell from, by view; views whose website sells from none are left out."""
    found: dict[int | None, int] = {}
    for view in (ctx.stores.by_id(id) for id in store_ids if id is not None):
        if view is not None:
            with suppress(NoLinkedStock):
                found[view.id] = await inventory.stock_id_of_store(ctx, view)
    return found
