"""Sessions of the storefront and the Admin."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from msgspec import Struct
from psycopg.types.json import Jsonb

from entrepot.kit.db import Db

INSERT = """
    insert into session (
        cookie_hash, kind, actor_id, website_id, form_key, data, created_at, seen_at, expires_at
    )
    values (
        %(cookie_hash)s, %(kind)s, %(actor_id)s, %(website_id)s, %(form_key)s, %(data)s, %(now)s, %(now)s,
        %(expires_at)s
    )
    returning session_id
"""

# One statement finds the session and now and then moves its end. Not with every request, for each would write; and
# requests of one browser at the same moment do not wait for each other to do it.
FIND = """
    with found as (
        select session.session_id, session.kind, session.actor_id, session.website_id, session.form_key,
               session.messages, session.data, session.created_at, session.seen_at, session.expires_at,
               admin_user.role_id
        from session
        left join admin_user on session.kind = 'admin' and admin_user.user_id = session.actor_id
        where session.cookie_hash = %(cookie_hash)s
          and session.kind = %(kind)s
          and session.expires_at > %(now)s
          and (session.kind <> 'admin' or session.actor_id is null or admin_user.is_active)
    ),
    stale as (
        select session_id
        from session
        where session_id = (select session_id from found)
          and seen_at <= %(seen_before)s
        for update skip locked
    ),
    touched as (
        update session
        set seen_at = %(now)s,
            expires_at = %(expires_at)s
        where session_id in (select session_id from stale)
    )
    select session_id, kind, actor_id, website_id, form_key, messages, data, created_at, seen_at, expires_at, role_id
    from found
"""

ROTATE = """
    update session
    set cookie_hash = %(cookie_hash)s,
        actor_id = %(actor_id)s,
        website_id = %(website_id)s,
        form_key = %(form_key)s,
        seen_at = %(now)s,
        expires_at = %(expires_at)s
    where session_id = %(session_id)s
    returning messages, data
"""

DELETE = """
    delete from session
    where session_id = %(session_id)s
"""

DELETE_OF_ACTOR = """
    delete from session
    where kind = %(kind)s
      and actor_id = %(actor_id)s
      and session_id is distinct from %(except_id)s::bigint
"""

DELETE_EXPIRED = """
    delete from session
    where expires_at <= %(now)s
"""

ADD_MESSAGES = """
    update session
    set messages = messages || %(messages)s
    where session_id = %(session_id)s
"""

TAKE_MESSAGES = """
    with taken as (
        select session_id, messages
        from session
        where session_id = %(session_id)s
        for update
    )
    update session
    set messages = '[]'
    from taken
    where session.session_id = taken.session_id
    returning taken.messages
"""

PUT = """
    update session
    set data = (data || %(values)s) - %(removed)s::text[]
    where session_id = %(session_id)s
    returning data
"""

GET_SECRET = "select secret from form_key_secret"  # noqa: S105 -- a statement


class SessionRow(Struct):
    session_id: int
    kind: str
    actor_id: int | None
    website_id: int | None
    form_key: str
    messages: list[dict[str, Any]]
    data: dict[str, Any]
    created_at: datetime
    seen_at: datetime
    expires_at: datetime
    role_id: int | None
    """Of the administrator."""


class Kept(Struct):
    """What a session takes along when its cookie changes."""

    messages: list[dict[str, Any]]
    data: dict[str, Any]


async def insert(
    db: Db,
    *,
    cookie_hash: bytes,
    kind: str,
    actor_id: int | None,
    website_id: int | None,
    form_key: str,
    data: Mapping[str, Any],
    now: datetime,
    lifetime: timedelta,
) -> int:
    session_id: int = await db.value(
        INSERT,
        cookie_hash=cookie_hash,
        kind=kind,
        actor_id=actor_id,
        website_id=website_id,
        form_key=form_key,
        data=Jsonb(dict(data)),
        now=now,
        expires_at=now + lifetime,
    )
    return session_id


async def find(
    db: Db, cookie_hash: bytes, kind: str, now: datetime, lifetime: timedelta, grain: timedelta
) -> SessionRow | None:
    """Moves the session's end when it was last moved longer than `grain` ago."""
    return await db.one_or_none(
        SessionRow,
        FIND,
        cookie_hash=cookie_hash,
        kind=kind,
        now=now,
        seen_before=now - grain,
        expires_at=now + lifetime,
    )


async def rotate(
    db: Db,
    session_id: int,
    *,
    cookie_hash: bytes,
    actor_id: int | None,
    website_id: int | None,
    form_key: str,
    now: datetime,
    lifetime: timedelta,
) -> Kept | None:
    """None when the session was closed meanwhile."""
    return await db.one_or_none(
        Kept,
        ROTATE,
        session_id=session_id,
        cookie_hash=cookie_hash,
        actor_id=actor_id,
        website_id=website_id,
        form_key=form_key,
        now=now,
        expires_at=now + lifetime,
    )


async def delete(db: Db, session_id: int) -> None:
    await db.execute(DELETE, session_id=session_id)


async def delete_of_actor(db: Db, kind: str, actor_id: int, except_id: int | None) -> int:
    return await db.execute(DELETE_OF_ACTOR, kind=kind, actor_id=actor_id, except_id=except_id)


async def delete_expired(db: Db, now: datetime) -> int:
    return await db.execute(DELETE_EXPIRED, now=now)


async def add_messages(db: Db, session_id: int, messages: Sequence[Mapping[str, Any]]) -> None:
    await db.execute(ADD_MESSAGES, session_id=session_id, messages=Jsonb([dict(message) for message in messages]))


async def take_messages(db: Db, session_id: int) -> list[dict[str, Any]]:
    taken: list[dict[str, Any]] | None = await db.value(TAKE_MESSAGES, session_id=session_id)
    return taken or []


async def put(db: Db, session_id: int, values: Mapping[str, Any], removed: Sequence[str]) -> dict[str, Any] | None:
    """What the session remembers then; None when it was closed meanwhile."""
    data: dict[str, Any] | None = await db.value(
        PUT, session_id=session_id, values=Jsonb(dict(values)), removed=list(removed)
    )
    return data


async def get_secret(db: Db) -> bytes:
    return bytes(await db.value(GET_SECRET))
