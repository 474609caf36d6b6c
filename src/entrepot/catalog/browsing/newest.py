"""What came in last, for the front page."""

from __future__ import annotations

from typing import LiteralString

from psycopg.sql import SQL

from entrepot.catalog.browsing.availability import on_offer, shows_out_of_stock
from entrepot.kit.context import Context

WINDOW = 100
"""Among how many products those are looked for that can be sold: so the statement reads no more of a large catalog."""

NEWEST: LiteralString = """
    with candidate as materialized (
        select i.product_id, i.sku, i.type_id, i.created_at
        from product_index i
        where i.store_id = %(store_id)s
        and i.website_id is not null
        and i.status = 1
        and i.visibility in (2, 4)
        order by i.created_at desc, i.product_id
        limit %(window)s
    )
    select i.product_id
    from candidate i
    {salable}
    order by i.created_at desc, i.product_id desc
    limit %(count)s
"""

IS_SALABLE: LiteralString = "where i.product_id in ({salable})"


async def newest(ctx: Context, count: int) -> list[int]:
    """The ids of the products that came last into the view of the call and can be sold, the last one first."""
    salable, parameters = ("", {}) if shows_out_of_stock(ctx) else on_offer(ctx)
    only = SQL(IS_SALABLE).format(salable=SQL(salable)) if salable else SQL("")
    return await ctx.db.values(
        SQL(NEWEST).format(salable=only), store_id=ctx.store.id, window=WINDOW, count=count, **parameters
    )
