"""The SQL of invoices."""

from __future__ import annotations

from collections.abc import Iterable
from typing import LiteralString

import msgspec
from msgspec import Struct
from psycopg.sql import SQL, Composable, Identifier

from entrepot.kit.db import Db
from entrepot.kit.search_conditions import Field
from entrepot.kit.search_sql import Fields, Listing
from entrepot.sales.invoices.contracts import Invoice, InvoiceComment, InvoiceItem
from entrepot.sales.invoices.rows import NewComment, NewInvoice, NewInvoiceItem
from entrepot.sales.queries.columns import searched, select, selected


def _columns(rows: type[Struct]) -> tuple[Composable, Composable]:
    """The columns of these rows: as they are, and as those of `new`."""
    names = rows.__struct_fields__
    return _list(Identifier(name) for name in names), _list(Identifier("new", name) for name in names)


def _list(columns: Iterable[Composable]) -> Composable:
    return SQL(", ").join(columns)


INVOICE, NEW_INVOICE = _columns(NewInvoice)
ITEM, NEW_ITEM = _columns(NewInvoiceItem)
COMMENT, NEW_COMMENT = _columns(NewComment)

# Made a text once: composed parts would be put together again for every invoice.
INSERT: LiteralString = (
    SQL("""
    with invoice as (
        insert into sales_invoice (increment_id, {invoice})
        select next_document_number('invoice', new.store_id), {new_invoice}
        from json_populate_record(null::sales_invoice, %(invoice)s::json) as new
        returning entity_id
    ),
    items as (
        insert into sales_invoice_item (parent_id, {item})
        select invoice.entity_id, {new_item}
        from invoice, json_populate_recordset(null::sales_invoice_item, %(items)s::json) as new
    ),
    comments as (
        insert into sales_invoice_comment (parent_id, created_at, {comment})
        select invoice.entity_id, %(now)s, {new_comment}
        from invoice, json_populate_recordset(null::sales_invoice_comment, %(comments)s::json) as new
    )
    select entity_id
    from invoice
""")
    .format(
        invoice=INVOICE,
        new_invoice=NEW_INVOICE,
        item=ITEM,
        new_item=NEW_ITEM,
        comment=COMMENT,
        new_comment=NEW_COMMENT,
    )
    .as_string()
)


async def insert(db: Db, invoice: NewInvoice, items: list[NewInvoiceItem], comments: Iterable[NewComment] = ()) -> int:
    """Write an invoice with all that belongs to it, under the next number of its store view; its id."""
    found: int = await db.value(
        INSERT, invoice=_text(invoice), items=_text(items), comments=_text(list(comments)), now=invoice.created_at
    )
    return found


def _text(rows: object) -> str:
    return msgspec.json.encode(rows).decode()


# The sums of the order's invoices, whatever else was paid by it.
PAY: LiteralString = """
    update sales_order_payment
    set amount_paid = coalesce(amount_paid, 0) + %(amount)s,
        base_amount_paid = coalesce(base_amount_paid, 0) + %(base_amount)s,
        shipping_captured = coalesce(shipping_captured, 0) + %(shipping)s,
        base_shipping_captured = coalesce(base_shipping_captured, 0) + %(base_shipping)s
    where parent_id = %(order_id)s
"""

COLUMNS: LiteralString = selected(Invoice, "i")

INVOICES = Listing(
    row=Invoice,
    columns=COLUMNS,
    source="sales_invoice i",
    fields=Fields({**searched(Invoice, "i"), "send_email": Field("i.send_email", "number")}),
    default_order="i.entity_id",
)

BY_ID: LiteralString = select(
    COLUMNS,
    """
    from sales_invoice i
    where i.entity_id = %(invoice_id)s
    """,
)

ITEMS: LiteralString = select(
    selected(InvoiceItem, "l"),
    """
    from sales_invoice_item l
    where l.parent_id = any(%(invoice_ids)s)
    order by l.entity_id
    """,
)

# Newest first, as with the history of an order.
COMMENTS: LiteralString = select(
    selected(InvoiceComment, "c"),
    """
    from sales_invoice_comment c
    where c.parent_id = any(%(invoice_ids)s)
    order by c.created_at desc, c.entity_id desc
    """,
)

COMMENTS_OF: LiteralString = select(
    selected(InvoiceComment, "c"),
    """
    from sales_invoice_comment c
    where c.parent_id = %(invoice_id)s
    order by c.entity_id
    """,
)

ORDER_OF: LiteralString = """
    select order_id
    from sales_invoice
    where entity_id = %(invoice_id)s
"""

ADD_COMMENT: LiteralString = """
    insert into sales_invoice_comment (parent_id, comment, is_customer_notified, is_visible_on_front, created_at)
    values (%(invoice_id)s, %(comment)s, %(is_customer_notified)s, %(is_visible_on_front)s, %(now)s)
    returning entity_id
"""

# The comment that goes into the mail.
NOTE_OF: LiteralString = """
    select customer_note
    from sales_invoice
    where entity_id = %(invoice_id)s
    and customer_note_notify = 1
"""

SET_STATE: LiteralString = """
    update sales_invoice
    set state = %(state)s, updated_at = %(now)s
    where entity_id = %(invoice_id)s
"""

PAYMENT_METHOD: LiteralString = """
    select method
    from sales_order_payment
    where parent_id = %(order_id)s
    order by entity_id
    limit 1
"""
