"""Statements about the links between stocks and sources."""

from __future__ import annotations

from msgspec import Struct

from entrepot.kit.search_conditions import Field
from entrepot.kit.search_sql import Fields, Listing


class LinkRow(Struct):
    stock_id: int
    source_code: str
    priority: int


LINKS = Listing(
    row=LinkRow,
    columns="stock_id, source_code, priority",
    source="inventory_source_stock_link",
    fields=Fields(
        {
            "link_id": Field("link_id", "number"),
            "stock_id": Field("stock_id", "number"),
            "source_code": Field("source_code"),
            "priority": Field("priority", "number"),
        }
    ),
    default_order="link_id",
)

# A source that there is not is given to the foreign key as it stands, which refuses it. Of a pair that is given twice
# the last one holds.
SAVE = """
    insert into inventory_source_stock_link (stock_id, source_code, priority)
    select g.stock_id, g.source_code, g.priority
    from (
        select distinct on (w.stock_id, lower(w.source_code))
            w.stock_id,
            coalesce(s.source_code, w.source_code) as source_code,
            w.priority,
            w.place
        from unnest(%(stock_ids)s::int[], %(source_codes)s::text[], %(priorities)s::int[])
            with ordinality as w (stock_id, source_code, priority, place)
        left join inventory_source s on lower(s.source_code) = lower(w.source_code)
        order by w.stock_id, lower(w.source_code), w.place desc
    ) g
    order by g.place
    on conflict (stock_id, source_code) do update
    set priority = excluded.priority
"""

DELETE = """
    delete from inventory_source_stock_link l
    using unnest(%(stock_ids)s::bigint[], %(source_codes)s::text[]) as w (stock_id, source_code)
    where l.stock_id = w.stock_id
      and lower(l.source_code) = lower(w.source_code)
"""
