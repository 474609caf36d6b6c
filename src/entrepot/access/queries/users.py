"""Administrators, their passwords and their failed sign-ins."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from msgspec import Struct

from entrepot.access.user import User
from entrepot.kit.db import Db

LIST = """
    select user_id, username, firstname, lastname, email, is_active, interface_locale, role_id, role_name,
           created_at, modified_at, password_changed_at, lognum, logdate, failures_num, first_failure, lock_expires
    from admin_user
    left join admin_role using (role_id)
    where (%(user_id)s::integer is null or user_id = %(user_id)s)
      and (%(username)s::text is null or fold(username) = fold(%(username)s))
      and (%(locked_at)s::timestamptz is null or lock_expires > %(locked_at)s)
    order by user_id
"""

FIND_CREDENTIALS = """
    select user_id, username, password_hash, password_changed_at, is_active, role_id, lock_expires
    from admin_user
    where fold(username) = fold(%(username)s)
"""

FIND_CREDENTIALS_BY_ID = """
    select user_id, username, password_hash, password_changed_at, is_active, role_id, lock_expires
    from admin_user
    where user_id = %(user_id)s
"""

EXISTS_ANY = "select exists (select from admin_user)"

LOCK_FIRST = "select pg_advisory_xact_lock(hashtext('entrepot first administrator'))"

INSERT = """
    insert into admin_user (
        username, firstname, lastname, email, password_hash, password_changed_at, is_active, interface_locale, role_id,
        created_at, modified_at
    )
    values (
        %(username)s, %(firstname)s, %(lastname)s, %(email)s, %(password_hash)s, %(now)s, %(is_active)s,
        %(interface_locale)s, %(role_id)s, %(now)s, %(now)s
    )
    returning user_id
"""

UPDATE = """
    update admin_user
    set username = %(username)s,
        firstname = %(firstname)s,
        lastname = %(lastname)s,
        email = %(email)s,
        is_active = %(is_active)s,
        interface_locale = %(interface_locale)s,
        role_id = %(role_id)s,
        modified_at = %(now)s,
        password_hash = coalesce(%(password_hash)s, password_hash),
        password_changed_at = case
            when %(password_hash)s::text is null then password_changed_at
            else %(now)s
        end
    where user_id = %(user_id)s
    returning user_id
"""

DELETE = """
    delete from admin_user
    where user_id = %(user_id)s
"""

REPLACE_HASH = """
    update admin_user
    set password_hash = %(password_hash)s
    where user_id = %(user_id)s
      and password_hash = %(former_hash)s
"""

LIST_PASSWORDS = """
    select password_hash
    from admin_user
    where user_id = %(user_id)s
    union
    select password_hash
    from admin_user_password
    where user_id = %(user_id)s
"""

RECORD_HASH = """
    insert into admin_user_password (user_id, password_hash, created_at)
    values (%(user_id)s, %(password_hash)s, %(now)s)
"""

# The count goes on while its first failure lies within the window and no lock has run out since; else it starts anew.
# The expressions see the row as it is after waiting for whoever counts at the same moment, so no failure is lost.
COUNT_FAILURE = """
    update admin_user
    set failures_num = case
            when first_failure >= %(now)s - %(window)s and coalesce(lock_expires > %(now)s, true)
            then failures_num + 1
            else 1
        end,
        first_failure = case
            when first_failure >= %(now)s - %(window)s and coalesce(lock_expires > %(now)s, true)
            then first_failure
            else %(now)s
        end,
        lock_expires = case
            when first_failure >= %(now)s - %(window)s and coalesce(lock_expires > %(now)s, true)
            then case when failures_num + 1 >= %(limit)s then %(now)s + %(window)s end
            else case when %(limit)s <= 1 then %(now)s + %(window)s end
        end
    where user_id = %(user_id)s
"""

RECORD_SIGN_IN = """
    update admin_user
    set failures_num = 0,
        first_failure = null,
        lock_expires = null,
        lognum = lognum + 1,
        logdate = %(now)s
    where user_id = %(user_id)s
      and (lock_expires is null or lock_expires <= %(now)s)
"""

UNLOCK = """
    update admin_user
    set failures_num = 0,
        first_failure = null,
        lock_expires = null
    where user_id = any(%(user_ids)s)
      and lock_expires is not null
"""


class Credentials(Struct):
    """What a sign-in is decided by."""

    user_id: int
    username: str
    password_hash: str
    password_changed_at: datetime
    is_active: bool
    role_id: int | None
    lock_expires: datetime | None


async def list_users(
    db: Db, *, user_id: int | None = None, username: str | None = None, locked_at: datetime | None = None
) -> list[User]:
    """All of them, or those that fit what is given."""
    return await db.all(User, LIST, user_id=user_id, username=username, locked_at=locked_at)


async def find_credentials(db: Db, username: str) -> Credentials | None:
    return await db.one_or_none(Credentials, FIND_CREDENTIALS, username=username)


async def find_credentials_by_id(db: Db, user_id: int) -> Credentials | None:
    return await db.one_or_none(Credentials, FIND_CREDENTIALS_BY_ID, user_id=user_id)


async def exists_any(db: Db) -> bool:
    return bool(await db.value(EXISTS_ANY))


async def lock_first(db: Db) -> None:
    """Until the end of the transaction nobody else makes the first administrator."""
    await db.value(LOCK_FIRST)


async def insert(db: Db, **columns: Any) -> int:
    """Raises UniqueViolation when the user name or the address is taken."""
    user_id: int = await db.value(INSERT, **columns)
    return user_id


async def update(db: Db, **columns: Any) -> int | None:
    """Without a hash the password stays. Raises UniqueViolation when the user name or the address is taken."""
    user_id: int | None = await db.value(UPDATE, **columns)
    return user_id


async def delete(db: Db, user_id: int) -> bool:
    return await db.execute(DELETE, user_id=user_id) == 1


async def replace_hash(db: Db, user_id: int, former_hash: str, password_hash: str) -> None:
    """The same password in a newer form; nothing if it was changed meanwhile."""
    await db.execute(REPLACE_HASH, user_id=user_id, former_hash=former_hash, password_hash=password_hash)


async def list_passwords(db: Db, user_id: int) -> list[str]:
    """The hashes of the current and all earlier passwords."""
    return await db.values(LIST_PASSWORDS, user_id=user_id)


async def record_hash(db: Db, user_id: int, password_hash: str, now: datetime) -> None:
    await db.execute(RECORD_HASH, user_id=user_id, password_hash=password_hash, now=now)


async def count_failure(db: Db, user_id: int, limit: int, window: timedelta, now: datetime) -> None:
    await db.execute(COUNT_FAILURE, user_id=user_id, limit=limit, window=window, now=now)


async def record_sign_in(db: Db, user_id: int, now: datetime) -> bool:
    """False when the user was locked meanwhile."""
    return await db.execute(RECORD_SIGN_IN, user_id=user_id, now=now) == 1


async def unlock(db: Db, user_ids: Sequence[int]) -> int:
    """How many were locked."""
    return await db.execute(UNLOCK, user_ids=list(user_ids))
