"""What lies where and what can be sold of it, of many products at once: for the lists and forms of the Admin."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from msgspec import Struct
from psycopg.sql import SQL, Composable

from entrepot.catalog.contracts import ProductRef
from entrepot.inventory.products import sku_key
from entrepot.inventory.quantities import facts_of_known
from entrepot.inventory.queries.overview import SHELVES, Shelf
from entrepot.inventory.rules.products import has_source_items
from entrepot.inventory.stocks import list_stocks
from entrepot.kit.context import Context
from entrepot.kit.search_conditions import Bound, Special, number


class Salable(Struct, frozen=True):
    """What a stock can still sell of a product."""

    stock_id: int
    stock_name: str
    qty: Decimal | None
    """None where stock is not managed."""


async def shelves_of(ctx: Context, skus: Iterable[str]) -> Mapping[str, Sequence[Shelf]]:
    """By lower-case sku, in the order in which the items were made; skus that lie nowhere are missing."""
    found: dict[str, list[Shelf]] = defaultdict(list)
    for shelf in await ctx.db.all(Shelf, SHELVES, keys=sorted({sku_key(sku) for sku in skus})):
        found[shelf.sku_key].append(shelf)
    return found


async def salable_of(ctx: Context, products: Sequence[ProductRef]) -> Mapping[int, Sequence[Salable]]:
    """By product id, for each stock of which a source has the product; reservations are counted. Three statements."""
    stocks = [(stock.stock_id or 0, stock.name or "") for stock in (await list_stocks(ctx)).items or ()]
    stocks.sort()
    goods = [product for product in products if has_source_items(product)]
    names = dict(stocks)
    asked = [(stock_id, product.sku, product) for product in goods for stock_id, _ in stocks]
    found: dict[int, list[Salable]] = defaultdict(list)
    for facts in await facts_of_known(ctx, asked):
        if facts.product and facts.is_linked:
            qty = facts.salable_qty if facts.settings.manage_stock else None
            found[facts.product.product_id].append(Salable(facts.stock_id, names[facts.stock_id], qty))
    return found


COMPARED = {"gteq": SQL(">="), "lteq": SQL("<=")}

IN_ALL_SOURCES = SQL(
    """coalesce((
        select sum(item.quantity)
        from inventory_source_item item
        where item.sku_key = lower(p.sku)
    ), 0) {compared} {bound}"""
)


def _in_all_sources(name: str, value: str, bind: Bound) -> Composable:
    return IN_ALL_SOURCES.format(compared=COMPARED.get(name, SQL("=")), bound=bind(number(value)))


QUANTITY_IN_SOURCES = Special(_in_all_sources)
"""A filter of lists of products by what lies in all sources together."""
