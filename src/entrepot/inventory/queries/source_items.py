"""Statements about what lies in sources. Whoever changes quantities has locked the shelves of the skus."""

from __future__ import annotations

from decimal import Decimal

from msgspec import Struct

from entrepot.kit.search_conditions import Field
from entrepot.kit.search_sql import Fields, Listing


class SourceItemRow(Struct):
    source_code: str
    sku: str
    quantity: Decimal
    status: int


ITEMS = Listing(
    row=SourceItemRow,
    columns="source_code, sku, quantity, status",
    source="inventory_source_item",
    fields=Fields(
        {
            "source_item_id": Field("source_item_id", "number"),
            "sku": Field("sku"),
            "source_code": Field("source_code"),
            "quantity": Field("quantity", "number"),
            "status": Field("status", "number"),
        }
    ),
    default_order="source_item_id",
)

# Of a pair that is given twice the last one holds.
SAVE = """
    insert into inventory_source_item (source_code, sku, quantity, status)
    select g.source_code, g.sku, g.quantity, g.status
    from (
        select distinct on (lower(w.sku), s.source_code)
            s.source_code,
            w.sku,
            w.quantity,
            w.status,
            w.place
        from unnest(%(source_codes)s::text[], %(skus)s::text[], %(quantities)s::numeric[], %(statuses)s::smallint[])
            with ordinality as w (source_code, sku, quantity, status, place)
        join inventory_source s on lower(s.source_code) = lower(w.source_code)
        order by lower(w.sku), s.source_code, w.place desc
    ) g
    order by g.place
    on conflict (sku_key, source_code) do update
    set quantity = excluded.quantity,
        status = excluded.status
"""

DELETE = """
    delete from inventory_source_item i
    using inventory_source s, unnest(%(source_codes)s::text[], %(keys)s::text[]) as w (source_code, sku_key)
    where lower(s.source_code) = lower(w.source_code)
      and i.source_code = s.source_code
      and i.sku_key = w.sku_key
"""

FIND = """
    select i.source_code, i.sku, i.quantity, i.status
    from unnest(%(source_codes)s::text[], %(keys)s::text[]) as w (source_code, sku_key)
    join inventory_source s on lower(s.source_code) = lower(w.source_code)
    join inventory_source_item i on i.source_code = s.source_code and i.sku_key = w.sku_key
"""

# A relative change, so that none that was made meanwhile is lost.
ADD = """
    update inventory_source_item i
    set quantity = i.quantity + w.quantity
    from unnest(%(source_codes)s::text[], %(keys)s::text[], %(quantities)s::numeric[])
        as w (source_code, sku_key, quantity)
    where lower(i.source_code) = lower(w.source_code)
      and i.sku_key = w.sku_key
"""

# Goods that return to a source whose item was deleted meanwhile make a new one, in stock.
GIVE_BACK = """
    insert into inventory_source_item (source_code, sku, quantity, status)
    select s.source_code, w.sku, w.quantity, 1
    from unnest(%(source_codes)s::text[], %(skus)s::text[], %(quantities)s::numeric[])
        with ordinality as w (source_code, sku, quantity, place)
    join inventory_source s on lower(s.source_code) = lower(w.source_code)
    order by w.place
    on conflict (sku_key, source_code) do update
    set quantity = inventory_source_item.quantity + excluded.quantity
"""

ASSIGN = """
    insert into inventory_source_item (source_code, sku, quantity, status)
    select source_code, sku, 0, 0
    from unnest(%(skus)s::text[]) with ordinality as w (sku, place)
    cross join unnest(%(source_codes)s::text[]) as c (source_code)
    order by w.place, source_code
    on conflict (sku_key, source_code) do nothing
"""
