"""What exports need of products, for any number of them: all of them in parts, and what each store view overrides."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from entrepot.catalog.products import listing
from entrepot.kit.context import Context
from entrepot.kit.search_criteria import Filter, FilterGroup, SearchCriteria, SortOrder

OVERRIDES = """
    select product_id, store_id, attributes
    from product_store
    where product_id = any(%(product_ids)s::int[])
    and store_id = any(%(store_ids)s::int[])
    and attributes <> '{}'
    order by product_id, store_id
"""


class Overrides(Struct, frozen=True):
    """The values that a store view has of its own."""

    product_id: int
    store_id: int
    attributes: dict[str, str]


async def ids_after(ctx: Context, product_id: int, count: int, filters: Sequence[FilterGroup] = ()) -> list[int]:
    """The ids that come next behind one, ascending, of products that fit the filters."""
    behind = FilterGroup([Filter("entity_id", str(product_id), "gt")])
    criteria = SearchCriteria(
        filter_groups=[*filters, behind],
        sort_orders=[SortOrder("entity_id", "ASC")],
        page_size=count,
        current_page=1,
    )
    return await listing.find_uncounted(ctx, criteria)


async def overrides(ctx: Context, product_ids: Sequence[int], store_ids: Sequence[int]) -> list[Overrides]:
    """By product, then store view. One statement."""
    return await ctx.db.all(Overrides, OVERRIDES, product_ids=list(product_ids), store_ids=list(store_ids))
