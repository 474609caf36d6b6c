"""The SQL of confirmations that are due."""

from typing import LiteralString

from psycopg.sql import SQL

from entrepot.sales.queries.columns import select
from entrepot.sales.queries.orders import COLUMNS

# Another worker that sends mails takes other orders; one that is being changed waits for the next time.
DUE: LiteralString = select(
    COLUMNS,
    """
    from sales_order o
    where o.send_email = 1
    and o.email_sent is null
    and o.entity_id <> all(%(without)s::integer[])
    order by o.entity_id
    limit %(limit)s
    for update skip locked
    """,
)

SET_SENT = """
    update sales_order
    set email_sent = 1
    where entity_id = any(%(order_ids)s)
"""

GIVE_UP = """
    update sales_order
    set send_email = 0
    where entity_id = any(%(order_ids)s)
"""

COUNT_DUE = """
    select count(*)
    from sales_order
    where send_email = 1
    and email_sent is null
"""

SET_DUE = """
    update sales_order
    set send_email = %(send_email)s, email_sent = %(email_sent)s
    where entity_id = %(order_id)s
"""

# Another worker that sends mails takes other documents.
DOCUMENTS_DUE = SQL("""
    select entity_id
    from {}
    where send_email = 1
    and email_sent is null
    and entity_id <> all(%(without)s::integer[])
    order by entity_id
    limit %(limit)s
    for update skip locked
""")

LOCK_PUT_OFF = SQL("""
    select true
    from {}
    where entity_id = %(document_id)s
    and send_email = 1
    and email_sent = 0
    for update
""")

MARK_DOCUMENT = SQL("""
    update {}
    set send_email = %(send_email)s, email_sent = %(email_sent)s
    where entity_id = %(document_id)s
""")
