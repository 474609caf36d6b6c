"""An order written with all that belongs to it, in one statement.

The rows come as JSON in which they are numbered from 1 where they refer to each other (see `new_order`). First all ids
are drawn; then each row is written with the id that belongs to its number.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import LiteralString

import msgspec
from msgspec import Struct
from psycopg.sql import SQL, Composable, Identifier

from entrepot.kit.db import Db
from entrepot.sales.new_order import (
    Draft,
    NewAddress,
    NewHistory,
    NewItem,
    NewOrder,
    NewPayment,
    NewTax,
    NewTaxItem,
)


def _columns(rows: type[Struct], *drawn: str) -> tuple[Composable, Composable]:
    """The columns of these rows but those whose values are drawn: as they are, and as those of `new`."""
    names = [name for name in rows.__struct_fields__ if name not in drawn]
    return _list(Identifier(name) for name in names), _list(Identifier("new", name) for name in names)


def _list(columns: Iterable[Composable]) -> Composable:
    return SQL(", ").join(columns)


ORDER, NEW_ORDER = _columns(NewOrder, "increment_id")
ITEM, NEW_ITEM = _columns(NewItem, "item_id", "parent_item_id")
ADDRESS, NEW_ADDRESS = _columns(NewAddress)
PAYMENT, NEW_PAYMENT = _columns(NewPayment)
TAX, NEW_TAX = _columns(NewTax, "tax_id")
TAX_ITEM, NEW_TAX_ITEM = _columns(NewTaxItem, "tax_id", "item_id")
HISTORY, NEW_HISTORY = _columns(NewHistory)

TEMPLATE = SQL("""
    with drawn as materialized (
        select
            nextval('sales_order_entity_id_seq')::int as order_id,
            array(
                select nextval('sales_order_item_item_id_seq')::int from generate_series(1, %(items)s::int)
            ) as item_ids,
            array(
                select nextval('sales_order_address_entity_id_seq')::int from generate_series(1, %(addresses)s::int)
            ) as address_ids,
            array(
                select nextval('sales_order_tax_tax_id_seq')::int from generate_series(1, %(taxes)s::int)
            ) as tax_ids
    ),
    placed as (
        insert into sales_order (entity_id, increment_id, shipping_address_id, billing_address_id, {order})
        select
            drawn.order_id,
            case
                when new.increment_id is null or exists (
                    select
                    from sales_order other
                    where fold(other.increment_id) = fold(new.increment_id)
                    and other.store_id = new.store_id
                )
                then next_document_number('order', new.store_id)
                else new.increment_id
            end,
            case when %(addresses)s::int > 1 then drawn.address_ids[1] end,
            drawn.address_ids[%(addresses)s::int],
            {new_order}
        from drawn, json_populate_record(null::sales_order, %(order)s::json) as new
        returning entity_id, increment_id
    ),
    items as (
        insert into sales_order_item (order_id, item_id, parent_item_id, {item})
        select drawn.order_id, drawn.item_ids[new.item_id], drawn.item_ids[new.parent_item_id], {new_item}
        from drawn, json_populate_recordset(null::sales_order_item, %(item_rows)s::json) as new
    ),
    addresses as (
        insert into sales_order_address (parent_id, entity_id, {address})
        select drawn.order_id, drawn.address_ids[listed.number], {new_address}
        from drawn, json_array_elements(%(address_rows)s::json) with ordinality as listed (address, number),
            json_populate_record(null::sales_order_address, listed.address) as new
    ),
    payments as (
        insert into sales_order_payment (parent_id, {payment})
        select drawn.order_id, {new_payment}
        from drawn, json_populate_recordset(null::sales_order_payment, %(payment_rows)s::json) as new
    ),
    taxes as (
        insert into sales_order_tax (order_id, tax_id, {tax})
        select drawn.order_id, drawn.tax_ids[new.tax_id], {new_tax}
        from drawn, json_populate_recordset(null::sales_order_tax, %(tax_rows)s::json) as new
    ),
    tax_items as (
        insert into sales_order_tax_item (tax_id, item_id, {tax_item})
        select drawn.tax_ids[new.tax_id], drawn.item_ids[new.item_id], {new_tax_item}
        from drawn, json_populate_recordset(null::sales_order_tax_item, %(tax_item_rows)s::json) as new
    ),
    histories as (
        insert into sales_order_status_history (parent_id, created_at, {history})
        select drawn.order_id, %(now)s, {new_history}
        from drawn, json_populate_recordset(null::sales_order_status_history, %(history_rows)s::json) as new
    )
    select entity_id as order_id, increment_id
    from placed
""")

# Made a text once: composed parts would be put together again for every order.
PLACE: LiteralString = TEMPLATE.format(
    order=ORDER, new_order=NEW_ORDER,
    item=ITEM, new_item=NEW_ITEM,
    address=ADDRESS, new_address=NEW_ADDRESS,
    payment=PAYMENT, new_payment=NEW_PAYMENT,
    tax=TAX, new_tax=NEW_TAX,
    tax_item=TAX_ITEM, new_tax_item=NEW_TAX_ITEM,
    history=HISTORY, new_history=NEW_HISTORY,
).as_string()  # fmt: skip


class Placed(Struct):
    order_id: int
    increment_id: str


async def place(db: Db, draft: Draft) -> Placed:
    """Write an order; its id and its number."""
    return await db.one(
        Placed,
        PLACE,
        items=len(draft.items),
        addresses=len(draft.addresses),
        taxes=len(draft.taxes),
        now=draft.order.created_at,
        order=_text(draft.order),
        item_rows=_text(draft.items),
        address_rows=_text(draft.addresses),
        payment_rows=_text([draft.payment] if draft.payment else []),
        tax_rows=_text(draft.taxes),
        tax_item_rows=_text(draft.tax_items),
        history_rows=_text(draft.histories),
    )


def _text(rows: object) -> str:
    return msgspec.json.encode(rows).decode()
