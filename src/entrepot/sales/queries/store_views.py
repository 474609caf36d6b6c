"""The SQL that follows store views."""

from psycopg.sql import SQL, Composed, Identifier

MAKE_SEQUENCE = SQL("create sequence if not exists {}")

FORGET_IN_ORDERS = """
    update sales_order
    set store_id = null
    where store_id = %(store_id)s
"""

FORGET_IN_ITEMS = """
    update sales_order_item
    set store_id = null
    where store_id = %(store_id)s
"""


def make_sequence(store_id: int) -> Composed:
    """The sequence that `next_document_number` draws the numbers of a view's orders from."""
    return MAKE_SEQUENCE.format(Identifier(f"sales_order_number_{store_id}"))
