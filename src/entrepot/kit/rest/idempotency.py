"""`Idempotency-Key`: a POST that is sent twice with one key is executed once, and answered twice the same.

The key is written in the transaction of the call, so that it is there if, and only if, what the call did is there. A
call that is refused leaves no key: nothing has happened, and the same key may be tried again. Who comes while the first
call is running waits for it, because both insert the same primary key.

Calls without the header cost nothing. See docs/idempotency.md.
"""

from __future__ import annotations

import hashlib
from collections.abc import Awaitable, Callable
from datetime import timedelta

from msgspec import Struct

from entrepot.kit.context import ActorType, Context
from entrepot.kit.errors import Refused, WebapiError
from entrepot.kit.jobs import ONCE, job
from entrepot.kit.rest import json_text
from entrepot.kit.rest.answers import Answer
from entrepot.kit.rest.operation import Operation
from entrepot.kit.rest.request import Request

HEADER = "Idempotency-Key"
LIFETIME = timedelta(hours=24)
LONGEST_KEY = 255

TOKENS = "Magento.Integration.Api."
"""Services whose answers are secrets, which are not kept. Issuing a token twice does no harm."""
GUEST_CARTS = "/V1/guest-carts/"
"""Below it stands the name of a cart, which only its owner knows."""

# Waits for a call that is running with the key. A key that is too old is taken over.
TAKE = """
    insert into idempotency_key as known (caller, call, key, request_hash, created_at)
    values (%(caller)s, %(call)s, %(key)s, %(request_hash)s, %(now)s)
    on conflict (caller, call, key) do update
    set request_hash = excluded.request_hash,
        status = null,
        answer = null,
        created_at = excluded.created_at
    where known.created_at <= %(expired)s
    returning true
"""

FIND = """
    select request_hash, status, answer
    from idempotency_key
    where caller = %(caller)s
    and call = %(call)s
    and key = %(key)s
"""

KEEP = """
    update idempotency_key
    set status = %(status)s,
        answer = %(answer)s
    where caller = %(caller)s
    and call = %(call)s
    and key = %(key)s
"""

DROP = """
    delete from idempotency_key
    where caller = %(caller)s
    and call = %(call)s
    and key = %(key)s
"""

FORGET = "delete from idempotency_key where created_at <= %(expired)s"


class Kept(Struct):
    request_hash: bytes
    status: int | None
    answer: str | None


def takes_key(operation: Operation) -> bool:
    return operation.method == "POST" and not operation.service.startswith(TOKENS)


async def answered_once(
    ctx: Context, request: Request, operation: Operation, call: Callable[[], Awaitable[Answer]]
) -> Answer:
    """The answer of the call, or the one that was given to the same key before.

    Two statements more than the call for a new key, and two instead of it for a known one. Raises a 400 for a key that
    is none, and a 422 for one that another request had.
    """
    key = request.headers.get(HEADER.lower())
    if key is None or not takes_key(operation):
        return await call()
    named = {"caller": _caller(ctx, operation), "call": _call(ctx, request), "key": _checked(key)}
    request_hash = _hash(request)
    expired = ctx.now - LIFETIME
    if not await ctx.db.value(TAKE, request_hash=request_hash, now=ctx.now, expired=expired, **named):
        return _again(await ctx.db.one(Kept, FIND, **named), request_hash)
    try:
        answer = await call()
    except Refused as refusal:
        if refusal.keeps_effects:
            await ctx.db.execute(DROP, **named)
        raise
    await ctx.db.execute(KEEP, status=answer.status, answer=json_text.dumps(answer.body).decode(), **named)
    return answer


def _again(kept: Kept, request_hash: bytes) -> Answer:
    if kept.request_hash != request_hash:
        raise WebapiError("The Idempotency-Key was used for another request. Use a new key for a new request.", 422)
    assert kept.status is not None and kept.answer is not None, "what was committed has its answer"
    return Answer(kept.status, json_text.loads(kept.answer.encode()))


def _caller(ctx: Context, operation: Operation) -> str:
    """Guests have no name. Where their cart does not tell one from another their address has to."""
    actor = ctx.actor
    if actor.type is ActorType.GUEST and not operation.path.startswith(GUEST_CARTS):
        return f"{actor.type.value}:{ctx.remote_address}"
    return f"{actor.type.value}:{actor.id}"


def _call(ctx: Context, request: Request) -> str:
    return f"{request.method} {ctx.store.code} {request.path.rstrip('/')}"


def _hash(request: Request) -> bytes:
    return hashlib.sha256(request.query.encode() + b"\n" + request.body).digest()


def _checked(key: str) -> str:
    key = key.strip()
    if not key or len(key) > LONGEST_KEY or not key.isascii() or not key.isprintable():
        raise WebapiError(f"The Idempotency-Key must be 1 to {LONGEST_KEY} printable ASCII characters.")
    return key


@job(at="47 * * * *", retry=ONCE)
async def forget_idempotency_keys(ctx: Context) -> None:
    """Remove keys after their 24 hours, with the answers."""
    await ctx.db.execute(FORGET, expired=ctx.now - LIFETIME)
