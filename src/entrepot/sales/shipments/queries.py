"""The SQL of shipments: written in one statement, read with one for each kind of rows."""

from __future__ import annotations

from typing import LiteralString

from psycopg.sql import SQL

from entrepot.kit.search_conditions import Field
from entrepot.kit.search_sql import Fields, Listing
from entrepot.sales.queries.columns import searched, select, selected
from entrepot.sales.shipments.contracts import Shipment, ShipmentComment, ShipmentItem, ShipmentTrack

# Parcels and comments of the shipment that is `created`.
FURTHER = SQL("""
    tracks as (
        insert into sales_shipment_track (
            parent_id, order_id, track_number, title, carrier_code, description, weight, qty, created_at, updated_at
        )
        select
            created.entity_id, %(order_id)s, track.track_number, track.title, track.carrier_code, track.description,
            track.weight, track.qty, %(now)s, %(now)s
        from created, json_array_elements(%(tracks)s::json) with ordinality as listed (track, number),
            json_populate_record(null::sales_shipment_track, listed.track) as track
        order by listed.number
    ),
    comments as (
        insert into sales_shipment_comment (parent_id, comment, is_customer_notified, is_visible_on_front, created_at)
        select
            created.entity_id, said.comment, said.is_customer_notified, coalesce(said.is_visible_on_front, 0), %(now)s
        from created, json_array_elements(%(comments)s::json) with ordinality as listed (comment, number),
            json_populate_record(null::sales_shipment_comment, listed.comment) as said
        order by listed.number
    )
""")

# A line that comes without a sku is filled in from the order's.
CREATE: LiteralString = (
    SQL("""
    with created as (
        insert into sales_shipment (
            order_id, increment_id, store_id, customer_id, source_code, billing_address_id, shipping_address_id,
            customer_note, customer_note_notify, shipment_status, total_qty, total_weight, shipping_label,
            created_at, updated_at
        )
        values (
            %(order_id)s, next_document_number('shipment', %(store_id)s), %(store_id)s, %(customer_id)s,
            %(source_code)s, %(billing_address_id)s, %(shipping_address_id)s, %(customer_note)s,
            %(customer_note_notify)s, %(shipment_status)s, %(total_qty)s, %(total_weight)s,
            %(shipping_label)s, %(now)s, %(now)s
        )
        returning entity_id
    ),
    items as (
        insert into sales_shipment_item (
            parent_id, order_item_id, qty, additional_data, description, name, price, product_id, row_total, sku, weight
        )
        select
            created.entity_id,
            line.order_item_id,
            line.qty,
            line.additional_data,
            line.description,
            coalesce(line.name, bought.name),
            coalesce(line.price, bought.price),
            coalesce(line.product_id, bought.product_id),
            line.row_total,
            coalesce(line.sku, bought.sku),
            coalesce(line.weight, bought.weight)
        from created, json_array_elements(%(items)s::json) with ordinality as listed (line, number),
            json_populate_record(null::sales_shipment_item, listed.line) as line
            left join sales_order_item bought
                on bought.item_id = line.order_item_id
                and line.sku is null
        order by listed.number
    ),
    {further}
    select entity_id
    from created
""")
    .format(further=FURTHER)
    .as_string()
)

# The label and the weight are known once the goods are packed; what left is not changed any more.
UPDATE: LiteralString = (
    SQL("""
    with created as (
        update sales_shipment
        set shipment_status = coalesce(%(shipment_status)s, shipment_status),
            total_weight = coalesce(%(total_weight)s, total_weight),
            shipping_label = coalesce(%(shipping_label)s, shipping_label),
            updated_at = %(now)s
        where entity_id = %(shipment_id)s
        and order_id = %(order_id)s
        returning entity_id
    ),
    {further}
    select entity_id
    from created
""")
    .format(further=FURTHER)
    .as_string()
)


def returning(columns: LiteralString, insertion: LiteralString) -> LiteralString:
    """The row as it was written; `columns` are those of `added`."""
    return insertion + " returning " + columns


class ShipmentRow(Shipment):
    """A shipment with what clients see elsewhere in it, or not at all."""

    source_code: str | None = None
    customer_note: str | None = None


COLUMNS: LiteralString = selected(
    Shipment,
    "s",
    but=("shipping_label",),
    more=(
        # PostgreSQL breaks the lines of what it encodes.
        "translate(encode(s.shipping_label, 'base64'), chr(10), '') as shipping_label",
        "s.source_code",
        "s.customer_note",
    ),
)

SHIPMENTS = Listing(
    row=ShipmentRow,
    columns=COLUMNS,
    source="sales_shipment s",
    fields=Fields(
        {
            **searched(Shipment, "s", but=("shipping_label",)),
            "source_code": Field("s.source_code"),
            "send_email": Field("s.send_email", "number"),
            "customer_note": Field("s.customer_note"),
        }
    ),
    default_order="s.entity_id",
)

BY_ID: LiteralString = select(
    COLUMNS,
    """
    from sales_shipment s
    where s.entity_id = %(shipment_id)s
    """,
)

ITEMS: LiteralString = select(
    selected(ShipmentItem, "i"),
    """
    from sales_shipment_item i
    where i.parent_id = any(%(shipment_ids)s)
    order by i.entity_id
    """,
)

TRACKS: LiteralString = select(
    selected(ShipmentTrack, "t"),
    """
    from sales_shipment_track t
    where t.parent_id = any(%(shipment_ids)s)
    order by t.entity_id
    """,
)

COMMENTS: LiteralString = select(
    selected(ShipmentComment, "c"),
    """
    from sales_shipment_comment c
    where c.parent_id = any(%(shipment_ids)s)
    order by c.entity_id
    """,
)

ORDER_OF = """
    select order_id
    from sales_shipment
    where entity_id = %(shipment_id)s
"""

LABEL: LiteralString = """
    select coalesce(translate(encode(shipping_label, 'base64'), chr(10), ''), '')
    from sales_shipment
    where entity_id = %(shipment_id)s
"""

ADD_COMMENT: LiteralString = returning(
    selected(ShipmentComment, "added"),
    """
    insert into sales_shipment_comment as added (
        parent_id, comment, is_customer_notified, is_visible_on_front, created_at
    )
    values (%(parent_id)s, %(comment)s, %(is_customer_notified)s, %(is_visible_on_front)s, %(now)s)
    """,
)

ADD_TRACK: LiteralString = returning(
    selected(ShipmentTrack, "added"),
    """
    insert into sales_shipment_track as added (
        parent_id, order_id, track_number, title, carrier_code, description, weight, qty, created_at, updated_at
    )
    values (
        %(parent_id)s, %(order_id)s, %(track_number)s, %(title)s, %(carrier_code)s, %(description)s, %(weight)s,
        %(qty)s, %(now)s, %(now)s
    )
    """,
)

DELETE_TRACK = """
    delete from sales_shipment_track
    where entity_id = %(track_id)s
"""
