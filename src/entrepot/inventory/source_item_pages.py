"""What imports and exports need: all source items in parts that no write in between can shift, and which there are."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from msgspec import Struct

from entrepot.inventory.contracts import SourceItem
from entrepot.inventory.products import sku_key
from entrepot.inventory.queries import source_items as queries
from entrepot.kit.context import Context
from entrepot.kit.search_criteria import Filter, FilterGroup, SearchCriteria, SortOrder
from entrepot.kit.search_sql import Listing, search


class NumberedSourceItem(Struct, frozen=True):
    source_item_id: int
    source_code: str
    sku: str
    quantity: Decimal
    status: int


NUMBERED = Listing(
    row=NumberedSourceItem,
    columns="source_item_id, source_code, sku, quantity, status",
    source=queries.ITEMS.source,
    fields=queries.ITEMS.fields,
    default_order=queries.ITEMS.default_order,
)


async def source_items_after(
    ctx: Context, source_item_id: int, count: int, filters: Sequence[FilterGroup] = ()
) -> list[NumberedSourceItem]:
    """Those that come next behind one, in the order in which they were made, of those that fit the filters."""
    behind = FilterGroup([Filter("source_item_id", str(source_item_id), "gt")])
    criteria = SearchCriteria(
        filter_groups=[*filters, behind],
        sort_orders=[SortOrder("source_item_id", "ASC")],
        page_size=count,
        current_page=1,
    )
    found, _ = await search(ctx.db, NUMBERED, criteria)
    return found


async def count_source_items(ctx: Context, items: Sequence[SourceItem]) -> int:
    """How many of these there are, by source code and sku."""
    found = await ctx.db.all(
        queries.SourceItemRow,
        queries.FIND,
        source_codes=[item.source_code for item in items],
        keys=[sku_key(item.sku or "") for item in items],
    )
    return len(found)
