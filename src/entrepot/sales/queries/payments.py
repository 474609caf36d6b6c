"""The SQL of what is done with the payment of an order as a whole."""

from __future__ import annotations

from typing import LiteralString

from msgspec import Struct


class Payment(Struct, frozen=True):
    method: str | None
    last_trans_id: str | None


class Authorization(Struct, frozen=True):
    """What a gateway may still take, as far as it was not let go."""

    transaction_id: int
    txn_id: str | None


OF_ORDER: LiteralString = """
    select method, last_trans_id
    from sales_order_payment
    where parent_id = %(order_id)s
    order by entity_id
    limit 1
"""

# The newest: a gateway that authorized anew has closed the one before.
AUTHORIZATION: LiteralString = """
    select transaction_id, txn_id
    from sales_payment_transaction
    where order_id = %(order_id)s
    and txn_type = 'authorization'
    and is_closed = 0
    order by transaction_id desc
    limit 1
"""

# A gateway may have noted that it was let go, in the same words.
VOID: LiteralString = """
    with closed as (
        update sales_payment_transaction
        set is_closed = 1
        where transaction_id = %(transaction_id)s
        returning transaction_id, order_id, payment_id, txn_id
    )
    insert into sales_payment_transaction (
        parent_id, order_id, payment_id, txn_id, parent_txn_id, txn_type, is_closed, created_at
    )
    select transaction_id, order_id, payment_id, %(txn_id)s, txn_id, 'void', 1, %(now)s
    from closed
    on conflict (order_id, payment_id, txn_id) do nothing
"""
