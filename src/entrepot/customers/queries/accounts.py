"""Statements about what protects an account: password, reset token, confirmation, failures, sign-ins."""

from __future__ import annotations

from datetime import datetime
from typing import LiteralString

from msgspec import Struct

from entrepot.customers.rules.lockout import Failures
from entrepot.kit.db import Db


class Account(Struct):
    """An account as sign-in, resets and mails need it."""

    id: int
    website_id: int
    store_id: int
    group_id: int
    email: str
    prefix: str | None
    firstname: str
    middlename: str | None
    lastname: str
    suffix: str | None
    confirmation: str | None
    password_hash: str | None
    rp_token: str | None
    rp_token_created_at: datetime | None
    failures_num: int
    first_failure: datetime | None
    lock_expires: datetime | None

    @property
    def failures(self) -> Failures:
        return Failures(self.failures_num, self.first_failure, self.lock_expires)


SELECT: LiteralString = """
    select entity_id as id, website_id, store_id, group_id, email, prefix, firstname, middlename, lastname, suffix,
           confirmation, password_hash, rp_token, rp_token_created_at, failures_num, first_failure, lock_expires
    from customer
"""

FIND_BY_ID: LiteralString = (
    SELECT
    + """
    where entity_id = %(id)s
"""
)

# With accounts shared by all websites `website_id` is null, and at most one account has the address.
FIND_BY_EMAIL: LiteralString = (
    SELECT
    + """
    where lower(email) = lower(%(email)s)
      and (%(website_id)s::numeric is null or website_id = %(website_id)s)
    order by entity_id
    limit 1
"""
)

LIST_BY_RESET_TOKEN: LiteralString = (
    SELECT
    + """
    where rp_token = %(token)s
    limit 2
"""
)

OTHER_WITH_EMAIL = """
    select exists (
        select
        from customer
        where lower(email) = lower(%(email)s)
          and (%(website_id)s::numeric is null or website_id = %(website_id)s)
          and entity_id is distinct from %(except_id)s::numeric
    )
"""

LOCK_FAILURES = """
    select failures_num, first_failure, lock_expires
    from customer
    where entity_id = %(id)s
    for update
"""

SET_FAILURES = """
    update customer
    set failures_num = %(failures_num)s,
        first_failure = %(first_failure)s,
        lock_expires = %(lock_expires)s
    where entity_id = %(id)s
"""

# One statement for all that a right password changes. The row is locked before it is looked at, so that a lock which
# guesses of the same moment have set is seen.
SUCCEED = """
    with allowed as (
        select entity_id
        from customer
        where entity_id = %(id)s
          and (lock_expires is null or lock_expires <= %(now)s)
        for update
    ), cleared as (
        update customer c
        set failures_num = 0,
            first_failure = null,
            lock_expires = null
        from allowed a
        where c.entity_id = a.entity_id
          and (c.failures_num <> 0 or c.first_failure is not null or c.lock_expires is not null)
    )
    insert into customer_log (customer_id, last_login_at)
    select entity_id, %(now)s
    from allowed
    on conflict (customer_id) do update
    set last_login_at = excluded.last_login_at
"""

CLEAR_FAILURES = """
    update customer
    set failures_num = 0,
        first_failure = null,
        lock_expires = null
    where entity_id = %(id)s
      and (failures_num <> 0 or first_failure is not null or lock_expires is not null)
"""

SET_PASSWORD = """
    update customer
    set password_hash = %(password_hash)s,
        rp_token = null,
        rp_token_created_at = null,
        updated_at = %(now)s
    where entity_id = %(id)s
"""  # noqa: S105 -- a statement

UPGRADE_HASH = """
    update customer
    set password_hash = %(password_hash)s
    where entity_id = %(id)s
      and password_hash = %(old)s
"""

SET_RESET_TOKEN = """
    update customer
    set rp_token = %(token)s,
        rp_token_created_at = %(now)s
    where entity_id = %(id)s
"""  # noqa: S105 -- a statement

RECORD_LOGIN = """
    insert into customer_log (customer_id, last_login_at)
    values (%(id)s, %(now)s)
    on conflict (customer_id) do update
    set last_login_at = excluded.last_login_at
"""

RECORD_LOGOUT = """
    insert into customer_log (customer_id, last_logout_at)
    values (%(id)s, %(now)s)
    on conflict (customer_id) do update
    set last_logout_at = excluded.last_logout_at
"""

RECORD_VISIT = """
    insert into customer_log (customer_id, last_visit_at)
    values (%(id)s, %(now)s)
    on conflict (customer_id) do update
    set last_visit_at = excluded.last_visit_at
"""


class Visits(Struct):
    """When a customer last came, signed in and signed out."""

    last_login_at: datetime | None = None
    last_logout_at: datetime | None = None
    last_visit_at: datetime | None = None


FIND_VISITS = """
    select last_login_at, last_logout_at, last_visit_at
    from customer_log
    where customer_id = %(id)s
"""

# The time since the last request and the number in the last hour, of the requests that share what the setting counts.
RESET_REQUESTS = """
    select max(created_at) as last_at,
           count(*) filter (where created_at > %(now)s::timestamptz - interval '1 hour') as in_last_hour
    from password_reset_request_event
    where kind = %(kind)s
      and created_at > %(since)s
      and (
          (%(by_email)s and lower(account_reference) = lower(%(reference)s))
          or (%(by_ip)s and ip = %(ip)s)
      )
"""

RECORD_RESET_REQUEST = """
    insert into password_reset_request_event (kind, account_reference, created_at, ip)
    values (%(kind)s, %(reference)s, %(now)s, %(ip)s)
"""


class ResetRequests(Struct):
    last_at: datetime | None
    in_last_hour: int


async def find_by_id(db: Db, customer_id: int) -> Account | None:
    return await db.one_or_none(Account, FIND_BY_ID, id=customer_id)


async def find_by_email(db: Db, email: str, website_id: int | None) -> Account | None:
    """In any letter case; None for `website_id` searches all websites."""
    return await db.one_or_none(Account, FIND_BY_EMAIL, email=email, website_id=website_id)


async def other_has_email(db: Db, email: str, website_id: int | None, except_id: int | None = None) -> bool:
    return bool(await db.value(OTHER_WITH_EMAIL, email=email, website_id=website_id, except_id=except_id))
