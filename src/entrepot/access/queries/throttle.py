"""Counters of failed token requests. A counter whose time is over counts as none."""

from __future__ import annotations

from datetime import datetime

from entrepot.kit.db import Db

IS_LOCKED = """
    select exists (
        select
        from token_request_failure
        where name_hash = sha256(convert_to(fold(%(name)s), 'UTF8'))
          and actor_type = %(actor_type)s
          and failures >= %(limit)s
          and expires_at > %(now)s
    )
"""

COUNT = """
    insert into token_request_failure as stored (name_hash, actor_type, failures, expires_at)
    values (sha256(convert_to(fold(%(name)s), 'UTF8')), %(actor_type)s, 1, %(expires_at)s)
    on conflict (name_hash, actor_type) do update
    set failures = case when stored.expires_at <= %(now)s then 1 else stored.failures + 1 end,
        expires_at = excluded.expires_at
"""

CLEAR_UNLESS_LOCKED = """
    with cleared as (
        delete from token_request_failure
        where name_hash = sha256(convert_to(fold(%(name)s), 'UTF8'))
          and actor_type = %(actor_type)s
          and (%(limit)s::integer is null or failures < %(limit)s or expires_at <= %(now)s)
    )
    select exists (
        select
        from token_request_failure
        where name_hash = sha256(convert_to(fold(%(name)s), 'UTF8'))
          and actor_type = %(actor_type)s
          and failures >= %(limit)s
          and expires_at > %(now)s
    )
"""

DELETE_EXPIRED = """
    delete from token_request_failure
    where expires_at <= %(now)s
"""


async def is_locked(db: Db, name: str, actor_type: int, limit: int, now: datetime) -> bool:
    return bool(await db.value(IS_LOCKED, name=name, actor_type=actor_type, limit=limit, now=now))


async def count(db: Db, name: str, actor_type: int, now: datetime, expires_at: datetime) -> None:
    """One statement, so that failures at the same moment all count."""
    await db.execute(COUNT, name=name, actor_type=actor_type, now=now, expires_at=expires_at)


async def clear_unless_locked(db: Db, name: str, actor_type: int, limit: int | None, now: datetime) -> bool:
    """Whether the counter has reached the limit, and so stays."""
    locked = await db.value(CLEAR_UNLESS_LOCKED, name=name, actor_type=actor_type, limit=limit, now=now)
    return bool(locked)


async def delete_expired(db: Db, now: datetime) -> int:
    return await db.execute(DELETE_EXPIRED, now=now)
