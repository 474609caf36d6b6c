"""The SQL of transactions as people look over them."""

from __future__ import annotations

from typing import LiteralString

from msgspec import Struct

from entrepot.kit.search_conditions import Field
from entrepot.kit.search_sql import Fields, Listing


class TransactionLine(Struct, kw_only=True):
    """A transaction with the number of its order, and how that is paid."""

    transaction_id: int
    order_id: int
    order_increment_id: str | None = None
    txn_id: str | None = None
    parent_txn_id: str | None = None
    txn_type: str | None = None
    is_closed: int | None = None
    payment_method: str | None = None
    created_at: str | None = None


COLUMNS: LiteralString = """
    t.transaction_id, t.order_id, o.increment_id as order_increment_id, t.txn_id, t.parent_txn_id, t.txn_type,
    t.is_closed, p.method as payment_method, to_char(t.created_at, 'YYYY-MM-DD HH24:MI:SS') as created_at
"""

TRANSACTION_LINES = Listing(
    row=TransactionLine,
    columns=COLUMNS,
    source="""
        sales_payment_transaction t
        join sales_order o on o.entity_id = t.order_id
        left join sales_order_payment p on p.entity_id = t.payment_id
    """,
    fields=Fields(
        {
            "transaction_id": Field("t.transaction_id", "number"),
            "order_id": Field("t.order_id", "number"),
            "order_increment_id": Field("o.increment_id"),
            "txn_id": Field("t.txn_id"),
            "parent_txn_id": Field("t.parent_txn_id"),
            "txn_type": Field("t.txn_type"),
            "is_closed": Field("t.is_closed", "number"),
            "payment_method": Field("p.method"),
            "created_at": Field("t.created_at", "datetime"),
        }
    ),
    default_order="t.transaction_id",
)
