"""What lies in stocks, is promised, and how it is sold: read for many skus at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from entrepot.inventory.products import ProductRef, products_by_sku, sku_key
from entrepot.inventory.queries import quantities as queries
from entrepot.inventory.rules.salability import StockFacts
from entrepot.inventory.rules.settings import (
    NOT_LOGGED_IN,
    Configured,
    StockItemRow,
    configured,
    reads_in_stock,
    settings,
)
from entrepot.kit.context import Context


async def facts_of(
    ctx: Context, stock_id: int, skus: Iterable[str], customer_group_id: int = NOT_LOGGED_IN
) -> Mapping[str, StockFacts]:
    """By lower-case sku, for every sku asked for. Two statements.

    Whoever is going to act on them takes the locks before.
    """
    wanted = {sku_key(sku): sku for sku in skus}
    found = await facts_of_pairs(ctx, [(stock_id, sku) for sku in wanted.values()], customer_group_id)
    return {sku_key(facts.sku): facts for facts in found}


async def facts_of_pairs(
    ctx: Context, pairs: Sequence[tuple[int, str]], customer_group_id: int = NOT_LOGGED_IN
) -> list[StockFacts]:
    """Of these pairs of stock id and sku, in their order. Two statements."""
    products = await products_by_sku(ctx, [sku for _, sku in pairs])
    return await facts_of_known(
        ctx, [(stock_id, sku, products.get(sku_key(sku))) for stock_id, sku in pairs], customer_group_id
    )


async def facts_of_known(
    ctx: Context, asked: Sequence[tuple[int, str, ProductRef | None]], customer_group_id: int = NOT_LOGGED_IN
) -> list[StockFacts]:
    """As `facts_of_pairs`, for who has looked the products up. One statement."""
    if not asked:
        return []
    config = configuration(ctx, customer_group_id)
    rows = await ctx.db.all(
        dict,
        queries.FACTS,
        stock_ids=[stock_id for stock_id, _, _ in asked],
        keys=[sku_key(sku) for _, sku, _ in asked],
        product_ids=[product and product.product_id for _, _, product in asked],
    )
    return [_facts(*one, row, config) for one, row in zip(asked, rows, strict=True)]


def configuration(ctx: Context, customer_group_id: int = NOT_LOGGED_IN) -> Configured:
    """What holds for products without settings of their own. All of it is configured for the whole installation."""
    return ctx.derived(_configuration, customer_group_id)


def _configuration(ctx: Context, customer_group_id: int) -> Configured:
    return configured(lambda field: ctx.config_default(f"cataloginventory/item_options/{field}"), customer_group_id)


STOCK_ITEM_FIELDS = StockItemRow.__struct_fields__


def _facts(stock_id: int, sku: str, product: ProductRef | None, row: dict[str, Any], config: Configured) -> StockFacts:
    item = StockItemRow(**{name: row[name] for name in STOCK_ITEM_FIELDS}) if row["item_id"] is not None else None
    return StockFacts(
        stock_id=stock_id,
        sku=sku,
        product=product,
        settings=settings(item, config),
        reads_in_stock=item is not None and reads_in_stock(item, config),
        source_quantity=row["quantity"],
        has_source_row=row["has_row"],
        is_any_in_stock=row["is_any_in_stock"],
        is_linked=row["is_linked"],
        reserved=row["reserved"],
    )
