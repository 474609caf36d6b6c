"""The SQL that stores orders as they are sent.

What was sent comes as JSON. `json_populate_record` takes the stored row for what the JSON does not name, so a statement
can set all columns and yet change only what was sent.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import LiteralString

from psycopg.sql import SQL, Composed, Identifier

from entrepot.sales.contracts import OrderAddress
from entrepot.sales.imports import columns
from entrepot.sales.queries.columns import select, selected


def _listed(names: Iterable[str], alias: str | None = None) -> Composed:
    return SQL(", ").join(Identifier(alias, name) if alias else Identifier(name) for name in names)


def _changes(names: Iterable[str]) -> Composed:
    return SQL(", ").join(SQL("{} = {}").format(Identifier(name), Identifier("new", name)) for name in names)


def _with_columns(template: LiteralString, names: Iterable[str]) -> LiteralString:
    names = tuple(names)
    return SQL(template).format(columns=_listed(names), new=_listed(names, "new"), changes=_changes(names)).as_string()


INSERT_ORDER = _with_columns(
    """
    insert into sales_order (protect_code, updated_at, increment_id, {columns})
    select
        %(protect_code)s,
        %(now)s,
        coalesce(new.increment_id, next_document_number('order', new.store_id)),
        {new}
    from json_populate_record(null::sales_order, %(order)s::json) as new
    returning entity_id
    """,
    (name for name in columns.ORDER if name != "increment_id"),
)

UPDATE_ORDER = _with_columns(
    """
    update sales_order o
    set updated_at = %(now)s, {changes}
    from sales_order stored
        cross join lateral json_populate_record(stored, %(order)s::json) as new
    where o.entity_id = %(order_id)s
    and stored.entity_id = o.entity_id
    returning o.customer_email
    """,
    columns.ORDER,
)

# A part says by `line` which of the rows its line is, or by `parent_item_id` which stored line.
INSERT_ITEMS = _with_columns(
    """
    with drawn as materialized (
        select array(
            select nextval('sales_order_item_item_id_seq')::int from generate_series(1, %(count)s::int)
        ) as ids
    )
    insert into sales_order_item (order_id, item_id, parent_item_id, updated_at, {columns})
    select
        %(order_id)s,
        drawn.ids[listed.number::int],
        coalesce(drawn.ids[(listed.item ->> 'line')::int], new.parent_item_id),
        %(now)s,
        {new}
    from drawn
        cross join json_array_elements(%(items)s::json) with ordinality as listed (item, number)
        cross join lateral json_populate_record(null::sales_order_item, listed.item) as new
    returning item_id
    """,
    columns.ITEM,
)

UPDATE_ITEMS = _with_columns(
    """
    update sales_order_item i
    set updated_at = %(now)s, {changes}
    from json_array_elements(%(items)s::json) as sent
        join sales_order_item stored on stored.item_id = (sent ->> 'item_id')::int
        cross join lateral json_populate_record(stored, sent) as new
    where i.item_id = stored.item_id
    and i.order_id = %(order_id)s
    """,
    columns.ITEM,
)

CHOICES = """
    select item_id, product_options::text as product_options
    from sales_order_item
    where item_id = any(%(item_ids)s)
"""

ADDRESSES: LiteralString = select(
    selected(OrderAddress, "a", but=("region_code",), more=("a.street as lines",)),
    """
    from sales_order_address a
    where a.parent_id = %(order_id)s
    order by a.entity_id
    """,
)

INSERT_ADDRESS = _with_columns(
    """
    insert into sales_order_address (parent_id, {columns})
    select %(order_id)s, {new}
    from json_populate_record(null::sales_order_address, %(address)s::json) as new
    returning entity_id
    """,
    columns.ADDRESS,
)

UPDATE_ADDRESS = _with_columns(
    """
    update sales_order_address a
    set {changes}
    from sales_order_address stored
        cross join lateral json_populate_record(stored, %(address)s::json) as new
    where a.entity_id = %(address_id)s
    and stored.entity_id = a.entity_id
    """,
    columns.ADDRESS,
)

# The first address of each kind is the order's.
POINT_TO_ADDRESSES = """
    update sales_order o
    set billing_address_id = (
            select min(a.entity_id)
            from sales_order_address a
            where a.parent_id = o.entity_id
            and a.address_type = 'billing'
        ),
        shipping_address_id = (
            select min(a.entity_id)
            from sales_order_address a
            where a.parent_id = o.entity_id
            and a.address_type = 'shipping'
        )
    where o.entity_id = %(order_id)s
"""

INSERT_PAYMENT = _with_columns(
    """
    insert into sales_order_payment (parent_id, {columns})
    select %(order_id)s, {new}
    from json_populate_record(null::sales_order_payment, %(payment)s::json) as new
    """,
    columns.PAYMENT,
)

UPDATE_PAYMENT = _with_columns(
    """
    update sales_order_payment p
    set {changes}
    from sales_order_payment stored
        cross join lateral json_populate_record(stored, %(payment)s::json) as new
    where p.parent_id = %(order_id)s
    and stored.entity_id = p.entity_id
    """,
    columns.PAYMENT,
)

INSERT_HISTORIES = _with_columns(
    """
    insert into sales_order_status_history (parent_id, {columns})
    select %(order_id)s, {new}
    from json_populate_recordset(null::sales_order_status_history, %(histories)s::json) as new
    """,
    columns.HISTORY,
)

UPDATE_HISTORIES = _with_columns(
    """
    update sales_order_status_history h
    set {changes}
    from json_array_elements(%(histories)s::json) as sent
        join sales_order_status_history stored on stored.entity_id = (sent ->> 'entity_id')::int
        cross join lateral json_populate_record(stored, sent) as new
    where h.entity_id = stored.entity_id
    and h.parent_id = %(order_id)s
    """,
    columns.HISTORY,
)

# The order itself is the place 0 among its lines.
PLACES_OF_CARDS = """
    select
        0 as item_id,
        o.gift_message_id,
        null as gift_message_available,
        o.is_virtual = 1 as is_virtual,
        o.customer_id
    from sales_order o
    where o.entity_id = %(order_id)s
    union all
    select
        i.item_id,
        i.gift_message_id,
        i.gift_message_available,
        coalesce(i.is_virtual, 0) = 1,
        null
    from sales_order_item i
    where i.order_id = %(order_id)s
"""

PUT_CARD = """
    update sales_order
    set gift_message_id = %(gift_message_id)s
    where entity_id = %(order_id)s
"""

PUT_CARDS_OF_ITEMS = """
    update sales_order_item i
    set gift_message_id = new.gift_message_id
    from json_to_recordset(%(cards)s::json) as new (item_id int, gift_message_id int)
    where i.item_id = new.item_id
    and i.order_id = %(order_id)s
"""

DELETE_TAXES = """
    delete from sales_order_tax
    where order_id = %(order_id)s
"""

# A tax is row `tax_id` of the taxes; what fell to a line refers to it by that.
INSERT_TAXES: LiteralString = (
    SQL("""
    with drawn as materialized (
        select array(
            select nextval('sales_order_tax_tax_id_seq')::int from generate_series(1, %(count)s::int)
        ) as ids
    ),
    taxes as (
        insert into sales_order_tax (order_id, tax_id, {tax})
        select %(order_id)s, drawn.ids[new.tax_id], {new_tax}
        from drawn, json_populate_recordset(null::sales_order_tax, %(taxes)s::json) as new
    )
    insert into sales_order_tax_item (tax_id, {tax_item})
    select drawn.ids[new.tax_id], {new_tax_item}
    from drawn, json_populate_recordset(null::sales_order_tax_item, %(tax_items)s::json) as new
""")
    .format(
        tax=_listed(columns.TAX),
        new_tax=_listed(columns.TAX, "new"),
        tax_item=_listed(columns.TAX_ITEM),
        new_tax_item=_listed(columns.TAX_ITEM, "new"),
    )
    .as_string()
)
