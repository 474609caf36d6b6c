"""Statements about newsletter subscribers."""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct

from entrepot.kit.db import Db


class Subscriber(Struct):
    """Status 1 subscribed, 2 waits for its own confirmation, 3 unsubscribed, 4 waits for the account's confirmation."""

    id: int
    store_id: int
    customer_id: int | None
    email: str
    status: int
    confirm_code: str
    change_status_at: datetime


FIND_OF_CUSTOMER = """
    select subscriber_id as id, store_id, customer_id, subscriber_email as email, subscriber_status as status,
           subscriber_confirm_code as confirm_code, change_status_at
    from newsletter_subscriber
    where customer_id = %(customer_id)s
    for update
"""

# A guest's subscription with the account's address in its store becomes the account's own.
ADOPT = """
    update newsletter_subscriber
    set customer_id = %(customer_id)s
    where subscriber_id = (
        select subscriber_id
        from newsletter_subscriber
        where customer_id is null
          and lower(subscriber_email) = lower(%(email)s)
          and store_id = %(store_id)s
        order by subscriber_id
        limit 1
        for update
    )
    returning subscriber_id as id, store_id, customer_id, subscriber_email as email, subscriber_status as status,
              subscriber_confirm_code as confirm_code, change_status_at
"""

INSERT = """
    insert into newsletter_subscriber (
        store_id, customer_id, subscriber_email, subscriber_status, subscriber_confirm_code, change_status_at
    )
    values (%(store_id)s, %(customer_id)s, %(email)s, %(status)s, %(confirm_code)s, %(now)s)
    returning subscriber_id as id, store_id, customer_id, subscriber_email as email, subscriber_status as status,
              subscriber_confirm_code as confirm_code, change_status_at
"""

SET_STATUS = """
    update newsletter_subscriber
    set subscriber_status = %(status)s,
        change_status_at = %(now)s
    where subscriber_id = %(id)s
"""

FOLLOW_EMAIL = """
    update newsletter_subscriber
    set subscriber_email = %(email)s
    where customer_id = %(customer_id)s
      and subscriber_email <> %(email)s
"""

FIND_BY_ID = """
    select subscriber_id as id, store_id, customer_id, subscriber_email as email, subscriber_status as status,
           subscriber_confirm_code as confirm_code, change_status_at
    from newsletter_subscriber
    where subscriber_id = %(id)s
    for update
"""

FIND_OF_EMAIL = """
    select subscriber_id as id, store_id, customer_id, subscriber_email as email, subscriber_status as status,
           subscriber_confirm_code as confirm_code, change_status_at
    from newsletter_subscriber
    where lower(subscriber_email) = lower(%(email)s)
      and store_id = any(%(store_ids)s)
    order by customer_id nulls last, subscriber_id
    limit 1
    for update
"""


async def find_of_customer(db: Db, customer_id: int) -> Subscriber | None:
    """The row is locked until the transaction ends."""
    return await db.one_or_none(Subscriber, FIND_OF_CUSTOMER, customer_id=customer_id)
