"""OAuth consumers as callers, their tokens, and the nonces that they used."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from msgspec import Struct

from entrepot.kit.db import Db

# All that the checks of one call look at, in one statement. The token need not be the consumer's: that is checked.
FIND_CALL = """
    select consumer.consumer_id, consumer.secret as consumer_secret, consumer.updated_at as consumer_updated_at,
           integration.integration_id,
           exists (select
                   from oauth_nonce as nonce
                   where nonce.consumer_id = consumer.consumer_id
                     and nonce.nonce_hash = %(nonce_hash)s) as is_nonce_used,
           token.token_id, token.consumer_id as token_consumer_id, token.type as token_type,
           token.secret as token_secret, token.verifier, token.revoked
    from oauth_consumer as consumer
    left join integration on integration.consumer_id = consumer.consumer_id
    left join oauth_token as token on token.token_hash = %(token_hash)s
    where consumer.key = %(key)s
"""

FIND_BEARER = """
    select integration.integration_id
    from oauth_token as token
    join integration on integration.consumer_id = token.consumer_id
    where token.token_hash = %(token_hash)s
      and token.type = 'access'
      and not token.revoked
"""

FIND_OF_CONSUMER = """
    select type, verifier
    from oauth_token
    where consumer_id = %(consumer_id)s
"""

# Whatever the consumer had before no longer works.
REPLACE = """
    insert into oauth_token (consumer_id, type, token_hash, secret, verifier, created_at)
    values (%(consumer_id)s, %(type)s, %(token_hash)s, %(secret)s, %(verifier)s, %(now)s)
    on conflict (consumer_id) do update
    set type = excluded.type,
        token_hash = excluded.token_hash,
        secret = excluded.secret,
        verifier = excluded.verifier,
        revoked = false,
        created_at = excluded.created_at
"""

# Only from the one state, so that of two calls that try it at the same moment one succeeds.
VERIFIER_BECOMES_REQUEST = """
    update oauth_token
    set type = 'request',
        token_hash = %(token_hash)s,
        secret = %(secret)s
    where consumer_id = %(consumer_id)s
      and type = 'verifier'
"""

REQUEST_BECOMES_ACCESS = """
    update oauth_token
    set type = 'access',
        token_hash = %(token_hash)s,
        secret = %(secret)s,
        created_at = %(now)s
    where token_id = %(token_id)s
      and token_hash = %(former_hash)s
      and type = 'request'
"""

DELETE = """
    delete from oauth_token
    where consumer_id = %(consumer_id)s
"""

DELETE_UNFINISHED = """
    delete from oauth_token
    where consumer_id = %(consumer_id)s
      and type <> 'access'
"""

TOUCH_CONSUMER = """
    update oauth_consumer
    set updated_at = %(now)s
    where consumer_id = %(consumer_id)s
"""

# From the consumer's row, so that a consumer deleted meanwhile gives no row instead of a broken reference.
INSERT_NONCE = """
    insert into oauth_nonce (consumer_id, nonce_hash, created_at)
    select consumer_id, %(nonce_hash)s, %(now)s
    from oauth_consumer
    where consumer_id = %(consumer_id)s
    on conflict do nothing
"""

DELETE_NONCES = """
    delete from oauth_nonce
    where created_at < %(before)s
"""


class CallRow(Struct):
    """A consumer who calls. Secrets and verifier are encrypted; all of the token is None when there is no such."""

    consumer_id: int
    consumer_secret: str
    consumer_updated_at: datetime
    integration_id: int | None
    is_nonce_used: bool
    token_id: int | None
    token_consumer_id: int | None
    token_type: str | None
    token_secret: str | None
    verifier: str | None
    revoked: bool | None


class TokenState(Struct):
    type: str
    verifier: str
    """Encrypted."""


async def find_call(db: Db, key: str, nonce_hash: bytes, token_hash: bytes | None) -> CallRow | None:
    return await db.one_or_none(CallRow, FIND_CALL, key=key, nonce_hash=nonce_hash, token_hash=token_hash)


async def find_bearer(db: Db, token_hash: bytes) -> int | None:
    """The id of the integration whose access token it is."""
    integration_id: int | None = await db.value(FIND_BEARER, token_hash=token_hash)
    return integration_id


async def find_token_of_consumer(db: Db, consumer_id: int) -> TokenState | None:
    return await db.one_or_none(TokenState, FIND_OF_CONSUMER, consumer_id=consumer_id)


async def replace_token(db: Db, **columns: Any) -> None:
    await db.execute(REPLACE, **columns)


async def verifier_becomes_request(db: Db, consumer_id: int, token_hash: bytes, secret: str) -> bool:
    """False when the consumer has no verifier token."""
    changed = await db.execute(VERIFIER_BECOMES_REQUEST, consumer_id=consumer_id, token_hash=token_hash, secret=secret)
    return changed == 1


async def request_becomes_access(db: Db, **columns: Any) -> bool:
    """False when it is no request token any more."""
    return await db.execute(REQUEST_BECOMES_ACCESS, **columns) == 1


async def delete_token(db: Db, consumer_id: int) -> None:
    await db.execute(DELETE, consumer_id=consumer_id)


async def delete_unfinished_token(db: Db, consumer_id: int) -> None:
    """Ends an exchange of keys that is under way; an access token stays."""
    await db.execute(DELETE_UNFINISHED, consumer_id=consumer_id)


async def touch_consumer(db: Db, consumer_id: int, now: datetime) -> None:
    await db.execute(TOUCH_CONSUMER, consumer_id=consumer_id, now=now)


async def insert_nonce(db: Db, consumer_id: int, nonce_hash: bytes, now: datetime) -> bool:
    """False when the consumer has used it before."""
    return await db.execute(INSERT_NONCE, consumer_id=consumer_id, nonce_hash=nonce_hash, now=now) == 1


async def delete_nonces(db: Db, before: datetime) -> int:
    """How many there were."""
    return await db.execute(DELETE_NONCES, before=before)
