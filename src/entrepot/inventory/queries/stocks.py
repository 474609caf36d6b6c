"""Statements about stocks and their sales channels."""

from __future__ import annotations

from msgspec import Struct

from entrepot.kit.search_conditions import Field
from entrepot.kit.search_sql import Fields, Listing


class StockRow(Struct):
    stock_id: int
    name: str


class ChannelRow(Struct):
    type: str
    code: str
    stock_id: int


STOCKS = Listing(
    row=StockRow,
    columns="stock_id, name",
    source="inventory_stock",
    fields=Fields({"stock_id": Field("stock_id", "number"), "name": Field("name")}),
    default_order="stock_id",
)

FIND = """
    select stock_id, name
    from inventory_stock
    where stock_id = %(stock_id)s
"""

INSERT = """
    insert into inventory_stock (name)
    values (%(name)s)
    returning stock_id
"""

SAVE = """
    insert into inventory_stock (stock_id, name)
    values (%(stock_id)s, %(name)s)
    on conflict (stock_id) do update
    set name = excluded.name
    returning stock_id
"""

# Keeps the ids that the database gives beyond those that clients gave.
MOVE_SEQUENCE = """
    select setval(
        pg_get_serial_sequence('inventory_stock', 'stock_id'),
        greatest(%(stock_id)s::bigint, last_value),
        is_called or %(stock_id)s::bigint >= last_value
    )
    from inventory_stock_stock_id_seq
"""

DELETE = """
    delete from inventory_stock
    where stock_id = %(stock_id)s
"""

CHANNELS = """
    select type, code, stock_id
    from inventory_stock_sales_channel
    where stock_id = any(%(stock_ids)s)
    order by type, code
"""

# Any channel of the stock that is not among the given ones. Websites go to the default stock, others go.
DROP_CHANNELS = """
    with dropped as (
        select c.type, c.code
        from inventory_stock_sales_channel c
        where c.stock_id = %(stock_id)s
          and not exists (
              select
              from unnest(%(types)s::text[], %(codes)s::text[]) as w (type, code)
              where w.type = c.type
                and lower(w.code) = lower(c.code)
          )
    ),
    moved as (
        update inventory_stock_sales_channel c
        set stock_id = %(default_stock_id)s
        from dropped d
        where c.type = d.type
          and c.code = d.code
          and c.type = 'website'
    )
    delete from inventory_stock_sales_channel c
    using dropped d
    where c.type = d.type
      and c.code = d.code
      and c.type <> 'website'
"""

SAVE_CHANNELS = """
    insert into inventory_stock_sales_channel (type, code, stock_id)
    select distinct on (w.type, lower(w.code)) w.type, w.code, %(stock_id)s::int
    from unnest(%(types)s::text[], %(codes)s::text[]) as w (type, code)
    order by w.type, lower(w.code)
    on conflict (type, lower(code)) do update
    set stock_id = excluded.stock_id
"""

ALL_CHANNELS = """
    select stock_id, type, code
    from inventory_stock_sales_channel
"""

ADD_WEBSITE = """
    insert into inventory_stock_sales_channel (type, code, stock_id)
    values ('website', %(code)s, %(stock_id)s)
    on conflict do nothing
"""

DELETE_WEBSITE = """
    delete from inventory_stock_sales_channel
    where type = 'website'
      and lower(code) = lower(%(code)s)
"""

RENAME_WEBSITE = """
    update inventory_stock_sales_channel
    set code = %(code)s
    where type = 'website'
      and lower(code) = lower(%(former_code)s)
"""
