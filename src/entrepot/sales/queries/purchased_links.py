"""The SQL of links that were bought."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import LiteralString

from msgspec import Struct

from entrepot.sales.queries.columns import select


class PurchasedRow(Struct, kw_only=True):
    """A link of a line of an order, with what says whether it may be loaded."""

    purchased_id: int
    link_hash: str
    order_id: int
    order_item_id: int
    increment_id: str
    store_id: int | None
    customer_id: int | None
    is_of_guest: bool
    """Whether it was bought without an account."""
    created_at: datetime
    product_id: int | None
    product_name: str
    link_title: str
    is_shareable: int
    link_type: str
    link_file: str | None
    link_url: str | None
    downloads_bought: int
    downloads_used: int
    state: str | None
    qty_ordered: Decimal
    qty_invoiced: Decimal
    qty_refunded: Decimal
    qty_canceled: Decimal


_NEW: LiteralString = """
    insert into sales_purchased_link (
        link_hash, order_id, order_item_id, link_id, link_title, is_shareable, link_type, link_file, link_url,
        downloads_bought
    )
    select
        new.link_hash, i.order_id, i.item_id, new.link_id, new.link_title, new.is_shareable, new.link_type,
        new.link_file, new.link_url, least(ceil(new.number_of_downloads * i.qty_ordered), 2147483647)
    from json_to_recordset(%(links)s::json) as new (
        item_id int, link_hash text, link_id int, link_title text, is_shareable smallint, link_type text,
        link_file text, link_url text, number_of_downloads int
    )
"""
# How often one may be loaded counts for each piece.
INSERT: LiteralString = (
    _NEW
    + """
    join sales_order_item i on i.quote_item_id = new.item_id
    where i.order_id = %(order_id)s
    """
)
"""By the items of the cart that became the order."""

INSERT_OF_ITEMS: LiteralString = (
    _NEW
    + """
    join sales_order_item i on i.item_id = new.item_id
    where i.order_id = %(order_id)s
    """
)

_COLUMNS: LiteralString = """
    l.purchased_id, l.link_hash, l.order_id, l.order_item_id, o.increment_id, o.store_id, o.customer_id,
    coalesce(o.customer_is_guest, 0) = 1 as is_of_guest, o.created_at, i.product_id,
    coalesce(i.name, '') as product_name, l.link_title, l.is_shareable, l.link_type, l.link_file, l.link_url,
    l.downloads_bought, l.downloads_used, o.state, i.qty_ordered, i.qty_invoiced, i.qty_refunded, i.qty_canceled
"""
_FROM: LiteralString = """
    from sales_purchased_link l
    join sales_order_item i on i.item_id = l.order_item_id
    join sales_order o on o.entity_id = l.order_id
"""
_OF_CUSTOMER: LiteralString = """
    where o.customer_id = %(customer_id)s
    and o.state not in ('pending_payment', 'payment_review')
"""

OF_CUSTOMER: LiteralString = select(
    _COLUMNS,
    _FROM
    + _OF_CUSTOMER
    + """
    order by o.created_at desc, l.purchased_id
    limit %(limit)s
    offset %(offset)s
    """,
)

COUNT_OF_CUSTOMER: LiteralString = select(
    "count(*)",
    """
    from sales_purchased_link l
    join sales_order o on o.entity_id = l.order_id
    """
    + _OF_CUSTOMER,
)

OF_ORDER: LiteralString = select(
    _COLUMNS,
    _FROM
    + """
    where l.order_id = %(order_id)s
    order by l.purchased_id
    """,
)

FIND: LiteralString = select(
    _COLUMNS,
    _FROM
    + """
    where l.link_hash = %(link_hash)s
    """,
)

TITLES_OF_ORDER = """
    select order_item_id, array_agg(link_title order by purchased_id) as titles
    from sales_purchased_link
    where order_id = %(order_id)s
    group by order_item_id
"""

# Two who load it at once are counted one after the other, and no more often than was bought.
USE = """
    update sales_purchased_link
    set downloads_used = downloads_used + 1
    where purchased_id = %(purchased_id)s
    and (downloads_bought = 0 or downloads_used < downloads_bought)
"""
