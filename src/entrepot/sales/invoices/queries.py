"""The SQL of invoices."""

from __future__ import annotations

from typing import LiteralString

from entrepot.kit.search_conditions import Field
from entrepot.kit.search_sql import Fields, Listing
from entrepot.sales.documents import NewDocumentItem
from entrepot.sales.invoices.contracts import Invoice, InvoiceComment, InvoiceItem
from entrepot.sales.invoices.rows import NewInvoice
from entrepot.sales.queries.columns import searched, select, selected
from entrepot.sales.queries.document_rows import insertion

INSERT: LiteralString = insertion("invoice", NewInvoice, NewDocumentItem)

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

IS_COUNTED: LiteralString = """
    select coalesce(bool_and(item.qty_invoiced >= line.qty + (
        select coalesce(sum(other.qty), 0)
        from sales_invoice_item other
        join sales_invoice i on i.entity_id = other.parent_id
        where other.order_item_id = line.order_item_id
        and other.parent_id <> line.parent_id
        and i.state is distinct from 3
    )), false)
    from sales_invoice_item line
    join sales_order_item item on item.item_id = line.order_item_id
    where line.parent_id = %(invoice_id)s
"""
"""Whether the order's quantities have room for the invoice beside the others that are not cancelled."""

PAYMENT_METHOD: LiteralString = """
    select method
    from sales_order_payment
    where parent_id = %(order_id)s
    order by entity_id
    limit 1
"""
