"""The SQL that follows store views."""

from psycopg.sql import SQL, Composed, Identifier

KINDS = ("order", "invoice", "shipment", "creditmemo")
"""What is numbered by store view."""

MAKE_SEQUENCE = SQL("create sequence if not exists {}")

FORGET = SQL("""
    update {}
    set store_id = null
    where store_id = %(store_id)s
""")

TABLES = ("sales_order", "sales_order_item", "sales_invoice", "sales_shipment", "sales_creditmemo")


def make_sequences(store_id: int) -> list[Composed]:
    """The sequences that `next_document_number` draws a view's numbers from."""
    return [MAKE_SEQUENCE.format(Identifier(f"sales_{kind}_number_{store_id}")) for kind in KINDS]


def forget() -> list[Composed]:
    return [FORGET.format(Identifier(table)) for table in TABLES]
