"""Bearer tokens."""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct

from entrepot.kit.db import Db

INSERT = """
    insert into access_token (token_hash, actor_type, actor_id, created_at)
    values (%(token_hash)s, %(actor_type)s, %(actor_id)s, %(now)s)
"""

FIND = """
    select token.actor_type, token.actor_id, token.created_at, admin_user.role_id, admin_user.is_active
    from access_token as token
    left join admin_user on token.actor_type = 2 and admin_user.user_id = token.actor_id
    where token.token_hash = %(token_hash)s
"""

DELETE_OF_ACTOR = """
    delete from access_token
    where actor_type = %(actor_type)s
      and actor_id = %(actor_id)s
"""

DELETE_OLD = """
    delete from access_token
    where actor_type = 2 and created_at <= %(admin_before)s
       or actor_type = 3 and created_at <= %(customer_before)s
"""


class TokenRow(Struct):
    """Whose token it is. The last two are those of an administrator, None for others."""

    actor_type: int
    actor_id: int
    created_at: datetime
    role_id: int | None
    is_active: bool | None


async def insert(db: Db, token_hash: bytes, actor_type: int, actor_id: int, now: datetime) -> None:
    await db.execute(INSERT, token_hash=token_hash, actor_type=actor_type, actor_id=actor_id, now=now)


async def find(db: Db, token_hash: bytes) -> TokenRow | None:
    return await db.one_or_none(TokenRow, FIND, token_hash=token_hash)


async def delete_of_actor(db: Db, actor_type: int, actor_id: int) -> int:
    """How many there were."""
    return await db.execute(DELETE_OF_ACTOR, actor_type=actor_type, actor_id=actor_id)


async def delete_old(db: Db, admin_before: datetime | None, customer_before: datetime | None) -> int:
    """None spares all of that kind: nothing is before an instant that is unknown."""
    return await db.execute(DELETE_OLD, admin_before=admin_before, customer_before=customer_before)
