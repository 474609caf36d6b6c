"""The SQL of credit memos."""

from __future__ import annotations

from collections.abc import Iterable
from typing import LiteralString

from psycopg.sql import SQL, Identifier

from entrepot.kit.db import Db
from entrepot.kit.search_conditions import Field
from entrepot.kit.search_sql import Fields, Listing
from entrepot.sales.creditmemos.contracts import Creditmemo, CreditmemoComment, CreditmemoItem
from entrepot.sales.creditmemos.draft import InvoiceToRefund
from entrepot.sales.creditmemos.rows import NewCreditmemo, NewCreditmemoItem
from entrepot.sales.documents import NewComment
from entrepot.sales.queries.columns import searched, select, selected
from entrepot.sales.queries.document_rows import as_json, columns, insertion

INSERT: LiteralString = insertion("creditmemo", NewCreditmemo, NewCreditmemoItem)

KEPT = ("order_id", "invoice_id", "created_at", "updated_at")
"""What never changes of a memo, and what changes by itself."""

UPDATE: LiteralString = (
    SQL("""
    with memo as (
        update sales_creditmemo m
        set updated_at = %(now)s, {changes}
        from json_populate_record(null::sales_creditmemo, %(memo)s::json) as new
        where m.entity_id = %(creditmemo_id)s
        returning m.entity_id
    )
    insert into sales_creditmemo_comment (parent_id, created_at, {comment})
    select memo.entity_id, %(now)s, {new_comment}
    from memo, json_populate_recordset(null::sales_creditmemo_comment, %(comments)s::json) as new
""")
    .format(
        changes=SQL(", ").join(
            SQL("{} = coalesce({}, {})").format(Identifier(name), Identifier("new", name), Identifier("m", name))
            for name in NewCreditmemo.__struct_fields__
            if name not in KEPT
        ),
        comment=columns(NewComment),
        new_comment=columns(NewComment, "new"),
    )
    .as_string()
)


async def update(db: Db, creditmemo_id: int, memo: NewCreditmemo, comments: Iterable[NewComment] = ()) -> None:
    """Change what has a value, and add comments."""
    await db.execute(
        UPDATE, creditmemo_id=creditmemo_id, memo=as_json(memo), comments=as_json(list(comments)), now=memo.updated_at
    )


COLUMNS: LiteralString = selected(Creditmemo, "m")

CREDITMEMOS = Listing(
    row=Creditmemo,
    columns=COLUMNS,
    source="sales_creditmemo m",
    fields=Fields({**searched(Creditmemo, "m"), "send_email": Field("m.send_email", "number")}),
    default_order="m.entity_id",
)

BY_ID: LiteralString = select(
    COLUMNS,
    """
    from sales_creditmemo m
    where m.entity_id = %(creditmemo_id)s
    """,
)

ITEMS: LiteralString = select(
    selected(CreditmemoItem, "i"),
    """
    from sales_creditmemo_item i
    where i.parent_id = any(%(creditmemo_ids)s)
    order by i.entity_id
    """,
)

COMMENTS: LiteralString = select(
    selected(CreditmemoComment, "c"),
    """
    from sales_creditmemo_comment c
    where c.parent_id = any(%(creditmemo_ids)s)
    order by c.created_at desc, c.entity_id desc
    """,
)
"""Newest first, as with the history of an order."""

COMMENTS_OF: LiteralString = select(
    selected(CreditmemoComment, "c"),
    """
    from sales_creditmemo_comment c
    where c.parent_id = %(creditmemo_id)s
    order by c.entity_id
    """,
)

ADD_COMMENT: LiteralString = """
    insert into sales_creditmemo_comment (parent_id, comment, is_customer_notified, is_visible_on_front, created_at)
    select entity_id, %(comment)s, %(is_customer_notified)s, %(is_visible_on_front)s, %(now)s
    from sales_creditmemo
    where entity_id = %(creditmemo_id)s
    returning
        entity_id, parent_id, comment, is_customer_notified, is_visible_on_front,
        to_char(created_at, 'YYYY-MM-DD HH24:MI:SS') as created_at
"""

NOTE_OF: LiteralString = """
    select customer_note
    from sales_creditmemo
    where entity_id = %(creditmemo_id)s
"""
"""The comment that goes into the mail."""

ORDER_OF: LiteralString = """
    select order_id
    from sales_creditmemo
    where entity_id = %(creditmemo_id)s
"""

SKUS_OF_LINES: LiteralString = """
    select item_id, coalesce(sku, '')
    from sales_order_item
    where item_id = any(%(item_ids)s)
"""


async def skus_of_lines(db: Db, item_ids: list[int]) -> dict[int, str]:
    """By line, of any orders; without those that there are not."""
    return dict(await db.all(tuple, SKUS_OF_LINES, item_ids=item_ids))


PAYMENT_METHOD: LiteralString = """
    select method
    from sales_order_payment
    where parent_id = %(order_id)s
    order by entity_id
    limit 1
"""

REFUND_PAYMENT: LiteralString = """
    update sales_order_payment
    set amount_refunded = coalesce(amount_refunded, 0) + %(amount)s,
        base_amount_refunded = coalesce(base_amount_refunded, 0) + %(base_amount)s,
        shipping_refunded = coalesce(shipping_refunded, 0) + %(shipping)s,
        base_shipping_refunded = coalesce(base_shipping_refunded, 0) + %(base_shipping)s,
        base_amount_refunded_online = case
            when %(is_online)s then coalesce(base_amount_refunded_online, 0) + %(base_amount)s
            else base_amount_refunded_online
        end
    where parent_id = %(order_id)s
"""

ORDER_OF_INVOICE: LiteralString = """
    select order_id
    from sales_invoice
    where entity_id = %(invoice_id)s
"""

INVOICE: LiteralString = select(
    ", ".join("i." + name for name in InvoiceToRefund.__struct_fields__ if name != "left"),
    """
    from sales_invoice i
    where i.entity_id = %(invoice_id)s
    """,
)

LEFT_OF_INVOICE: LiteralString = """
    select line.order_item_id, line.qty - coalesce((
        select sum(refunded.qty)
        from sales_creditmemo_item refunded
        join sales_creditmemo memo on memo.entity_id = refunded.parent_id
        where memo.invoice_id = %(invoice_id)s
        and refunded.order_item_id = line.order_item_id
    ), 0)
    from sales_invoice_item line
    where line.parent_id = %(invoice_id)s
"""

REFUND_INVOICE: LiteralString = """
    update sales_invoice
    set is_used_for_refund = 1,
        base_total_refunded = coalesce(base_total_refunded, 0) + %(base_amount)s,
        updated_at = %(now)s
    where entity_id = %(invoice_id)s
"""
