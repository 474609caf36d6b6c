"""What lists of products need to know of stock: which of many products can be sold, as a part of their own statement.

`Shelves.salable` says in SQL what `rules.salability.is_salable` says of one product (spec 40-inventory, 11.1); a test
compares the two. It reads the quantities themselves, so a list is exact in the first read after a sale.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any, LiteralString

from entrepot.catalog.browsing import ShelfState
from entrepot.inventory.errors import NoLinkedStock
from entrepot.inventory.products import sku_key
from entrepot.inventory.quantities import configuration, facts_of
from entrepot.inventory.rules.salability import StockFacts
from entrepot.inventory.rules.settings import NOT_LOGGED_IN
from entrepot.inventory.salability import decide_salable
from entrepot.inventory.stocks import stock_id_of_store
from entrepot.kit.context import Context

THRESHOLD = "cataloginventory/options/stock_threshold_qty"

# Each product is looked up by index, however many there are: the planner is not left to guess whether whole tables are
# worth going through, which costs a short list as much as the longest one.
BEFORE_COMPOSITES: LiteralString = """
    select g.product_id
    from (
        select c.product_id, c.type_id, stock.stock_id,
               coalesce(t.is_in_stock, false) as is_in_stock,
               t.item_id is not null as has_item,
               coalesce(case when t.use_config_manage_stock then %(stock_manage)s else t.manage_stock end, true)
                   as is_managed,
               coalesce(case when t.use_config_backorders then %(stock_backorders)s else t.backorders end, 0)
                   as backorders,
               coalesce(case when t.use_config_min_qty then %(stock_min_qty)s else t.min_qty end, 0) as min_qty,
               coalesce(k.reserved, 0) as reserved,
               shelf.is_linked,
               coalesce(shelf.is_on_a_shelf, false) as is_on_a_shelf,
               coalesce(shelf.quantity, 0) as quantity
        from candidate c
        cross join (
            select channel.stock_id,
                   array(
                       select l.source_code
                       from inventory_source_stock_link l
                       where l.stock_id = channel.stock_id
                   ) as linked,
                   array(
                       select l.source_code
                       from inventory_source_stock_link l
                       join inventory_source s on s.source_code = l.source_code
                       where l.stock_id = channel.stock_id
                       and s.enabled
                   ) as open
            from inventory_stock_sales_channel channel
            where channel.type = 'website'
            and lower(channel.code) = lower(%(stock_website)s)
            offset 0
        ) stock
        left join lateral (
            select *
            from stock_item item
            where item.product_id = c.product_id
            limit 1
        ) t on true
        left join lateral (
            select sku.reserved
            from inventory_stock_sku sku
            where sku.stock_id = stock.stock_id
            and sku.sku_key = lower(c.sku)
            limit 1
        ) k on true
        cross join lateral (
            select count(*) > 0 as is_linked,
                   bool_or(item.status = 1 and item.source_code = any(stock.open)) as is_on_a_shelf,
                   sum(item.quantity) filter (where item.status = 1 and item.source_code = any(stock.open)) as quantity
            from inventory_source_item item
            where item.sku_key = lower(c.sku)
            and item.source_code = any(stock.linked)
        ) shelf
    ) g
    cross join lateral (
        select case when g.backorders <> 0 then least(g.min_qty, 0) else greatest(g.min_qty, 0) end as min_qty
    ) threshold
    where case
        when g.type_id in ('simple', 'virtual', 'downloadable') then
            (g.stock_id = 1 or g.is_linked)
            and (
                not g.is_managed
                or (
                    g.is_on_a_shelf
                    and (
                        (g.backorders <> 0 and threshold.min_qty >= 0)
                        or (g.quantity > threshold.min_qty and g.quantity + g.reserved > threshold.min_qty)
                    )
                )
            )
        when g.is_in_stock or (g.has_item and not g.is_managed) then g.product_id in ("""

AFTER_COMPOSITES: LiteralString = """)
        else false
    end
"""

NO_COMPOSITES: LiteralString = "select null::int where false"

_composites: dict[str, LiteralString] = {}


def register_composite_query(type_id: str, query: LiteralString) -> None:
    """Tell lists which products of a type made of others have children that can be sold.

    The query gives their ids among the relation `candidate (product_id, sku, type_id)`, and says in SQL what the rule
    given to `register_composite` says.
    """
    _composites[type_id] = query


class Shelves:
    """What the catalog asks about stock, of the website of the call (see `catalog.browsing.Availability`)."""

    def salable(self, ctx: Context) -> tuple[LiteralString, Mapping[str, Any]]:
        config = configuration(ctx)
        composites: LiteralString = " union all ".join(_composites.values()) or NO_COMPOSITES
        return BEFORE_COMPOSITES + composites + AFTER_COMPOSITES, {
            "stock_website": ctx.store.website_code,
            "stock_manage": config.manage_stock,
            "stock_backorders": config.backorders,
            "stock_min_qty": config.min_qty,
        }

    async def states(
        self, ctx: Context, skus: Sequence[str], customer_group_id: int = NOT_LOGGED_IN
    ) -> Mapping[str, ShelfState]:
        try:
            stock_id = await stock_id_of_store(ctx)
        except NoLinkedStock:
            return {sku_key(sku): ShelfState(is_salable=False) for sku in skus}
        found = await facts_of(ctx, stock_id, skus, customer_group_id)
        salable = await decide_salable(ctx, stock_id, list(found.values()))
        few = _threshold(ctx)
        return {key: _state(facts, salable[key], few) for key, facts in found.items()}


def _state(facts: StockFacts, is_salable: bool, few: Decimal) -> ShelfState:
    rules = facts.settings
    is_counted = not facts.is_composite and rules.manage_stock and (not rules.allows_backorders or rules.min_qty < 0)
    left = facts.salable_qty
    return ShelfState(
        is_salable=is_salable,
        few_left=left if is_counted and 0 < left <= few else None,
        min_qty=rules.min_sale_qty or None,
        max_qty=rules.max_sale_qty or None,
        increment=rules.qty_increments or None,
        is_decimal=rules.is_qty_decimal,
    )


def _threshold(ctx: Context) -> Decimal:
    """From how few on a shopper is told; 0 is never."""
    try:
        return Decimal((ctx.config(THRESHOLD) or "0").strip() or "0")
    except InvalidOperation:
        return Decimal(0)
