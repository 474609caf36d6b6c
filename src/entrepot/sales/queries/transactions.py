"""The SQL of payment transactions."""

from __future__ import annotations

from typing import Any, LiteralString

from entrepot.kit.search_sql import Fields, Listing
from entrepot.sales.contracts.transactions import Transaction
from entrepot.sales.queries.columns import searched, select, selected


class TransactionRow(Transaction):
    """A transaction with its notes by their names."""

    information: Any = None


NOTES = ("additional_information",)
COLUMNS: LiteralString = selected(Transaction, "t", but=NOTES, more=("t.additional_information as information",))

TRANSACTIONS = Listing(
    row=TransactionRow,
    columns=COLUMNS,
    source="sales_payment_transaction t",
    fields=Fields(searched(Transaction, "t", but=NOTES)),
    default_order="t.transaction_id",
)

BY_ID: LiteralString = select(
    COLUMNS,
    """
    from sales_payment_transaction t
    where t.transaction_id = %(transaction_id)s
    """,
)

FOLLOWING: LiteralString = select(
    COLUMNS,
    """
    from sales_payment_transaction t
    where t.transaction_id in (
        with recursive following as (
            select transaction_id
            from sales_payment_transaction
            where parent_id = any(%(transaction_ids)s)
            union
            select child.transaction_id
            from sales_payment_transaction child
            join following on child.parent_id = following.transaction_id
        )
        select transaction_id
        from following
    )
    order by t.transaction_id
    """,
)
