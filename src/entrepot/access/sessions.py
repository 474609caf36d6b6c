"""Sessions: who is signed in to the storefront or the Admin, and what a visit remembers.

The cookie holds a random value, the database its hash and all the rest. A guest has no session until something must be
remembered; forms of guests are protected by `form_keys`.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from msgspec import Struct, convert, field
from msgspec.structs import asdict

from entrepot.access import form_keys, limits, roles
from entrepot.access.queries import sessions as queries
from entrepot.kit.context import Actor, ActorType, Context
from entrepot.kit.scope import is_flag_set

ACCOUNT_SHARING = "admin/security/admin_account_sharing"
ADMIN_LIFETIME_S = "admin/security/session_lifetime"
STOREFRONT_LIFETIME_S = "web/cookie/cookie_lifetime"

ADMIN_DEFAULT = timedelta(minutes=15)
"""When the setting is empty: the Admin's sessions always end."""
STOREFRONT_DEFAULT = timedelta(days=1)
"""When the setting is empty or 0: the cookie lasts as long as the browser runs, which we cannot know."""


class SessionKind(StrEnum):
    STOREFRONT = "storefront"
    ADMIN = "admin"


class Message(Struct, frozen=True):
    """A text that the next page shows, once."""

    kind: str
    """success, error, notice or warning."""
    text: str
    is_html: bool = False
    """Whether the text is HTML of our own making; any other is escaped where it is shown."""
    fields: tuple[str, ...] = ()
    """The ids of the form fields that it is about, on the page that shows it."""


class Session(Struct, kw_only=True):
    """One visit. `cookie` is the value to send to the browser: known only right after `open` and `rotate`."""

    id: int
    kind: SessionKind
    actor_id: int | None
    """A customer or an administrator, by the kind; None for a guest."""
    website_id: int | None
    form_key: str
    """What a form of this session has to bring along."""
    data: dict[str, Any] = field(default_factory=dict)
    has_messages: bool = False
    created_at: datetime
    expires_at: datetime
    """When it ends if it is not used again; accurate to the twentieth part of the lifetime, at most a minute."""
    role_id: int | None = None
    cookie: str = ""

    def accepts(self, form_key: str | None) -> bool:
        """Whether a form that was sent came from a page of this session."""
        return form_keys.are_equal(self.form_key, form_key)


def lifetime(ctx: Context, kind: SessionKind) -> timedelta:
    """How long a session of this kind lasts without being used; also the cookie's age in the storefront."""
    if kind is SessionKind.ADMIN:
        return limits.lifetime(ctx.config_default(ADMIN_LIFETIME_S), timedelta(seconds=1)) or ADMIN_DEFAULT
    return limits.lifetime(ctx.config(STOREFRONT_LIFETIME_S), timedelta(seconds=1)) or STOREFRONT_DEFAULT


async def open(
    ctx: Context,
    kind: SessionKind,
    *,
    actor_id: int | None = None,
    website_id: int | None = None,
    form_key: str | None = None,
    data: Mapping[str, Any] | None = None,
) -> Session:
    """A new session. Give a guest's `form_key`, so that the forms on the pages already open stay valid.

    An administrator's other sessions end, unless the shop lets accounts be shared.
    """
    cookie, form_key = _new_cookie(), form_key or form_keys.new()
    lasting = lifetime(ctx, kind)
    session_id = await queries.insert(
        ctx.db,
        cookie_hash=_hashed(cookie),
        kind=kind,
        actor_id=actor_id,
        website_id=website_id,
        form_key=form_key,
        data=data or {},
        now=ctx.now,
        lifetime=lasting,
    )
    session = Session(
        id=session_id,
        kind=kind,
        actor_id=actor_id,
        website_id=website_id,
        form_key=form_key,
        data=dict(data or {}),
        created_at=ctx.now,
        expires_at=ctx.now + lasting,
        cookie=cookie,
    )
    await _close_others(ctx, session)
    return session


async def find(ctx: Context, kind: SessionKind, cookie: str | None) -> Session | None:
    """The session of a cookie, which thereby lasts its whole lifetime again. One statement.

    None when it is unknown, has ended, or is that of an administrator who is no longer active.
    """
    if not cookie:
        return None
    lasting = lifetime(ctx, kind)
    grain = min(lasting / 20, timedelta(minutes=1))
    row = await queries.find(ctx.db, _hashed(cookie), kind, ctx.now, lasting, grain)
    if row is None:
        return None
    return Session(
        id=row.session_id,
        kind=kind,
        actor_id=row.actor_id,
        website_id=row.website_id,
        form_key=row.form_key,
        data=row.data,
        has_messages=bool(row.messages),
        created_at=row.created_at,
        expires_at=ctx.now + lasting if row.seen_at <= ctx.now - grain else row.expires_at,
        role_id=row.role_id,
    )


async def rotate(ctx: Context, session: Session, *, actor_id: int | None, website_id: int | None = None) -> Session:
    """The same visit under a new cookie and a new form key, as signing in demands: the old cookie is worth nothing.

    Without `website_id` the session keeps its own. A session that was closed meanwhile is opened anew.
    """
    cookie, form_key = _new_cookie(), form_keys.new()
    lasting = lifetime(ctx, session.kind)
    website_id = session.website_id if website_id is None else website_id
    kept = await queries.rotate(
        ctx.db,
        session.id,
        cookie_hash=_hashed(cookie),
        actor_id=actor_id,
        website_id=website_id,
        form_key=form_key,
        now=ctx.now,
        lifetime=lasting,
    )
    if kept is None:
        return await open(ctx, session.kind, actor_id=actor_id, website_id=website_id)
    rotated = Session(
        id=session.id,
        kind=session.kind,
        actor_id=actor_id,
        website_id=website_id,
        form_key=form_key,
        data=kept.data,
        has_messages=bool(kept.messages),
        created_at=session.created_at,
        expires_at=ctx.now + lasting,
        cookie=cookie,
    )
    await _close_others(ctx, rotated)
    return rotated


async def close(ctx: Context, session: Session) -> None:
    """Sign out: the cookie is worth nothing any more."""
    await queries.delete(ctx.db, session.id)


async def close_all(ctx: Context, kind: SessionKind, actor_id: int, *, except_: Session | None = None) -> int:
    """End all sessions of a customer or an administrator; how many there were."""
    return await queries.delete_of_actor(ctx.db, kind, actor_id, except_.id if except_ else None)


async def delete_expired(ctx: Context) -> int:
    """Forget sessions that have ended. To run hourly."""
    return await queries.delete_expired(ctx.db, ctx.now)


async def add_message(ctx: Context, session: Session, message: Message) -> None:
    """Have the next page show it, after what is waiting already."""
    await queries.add_messages(ctx.db, session.id, [asdict(message)])
    session.has_messages = True


async def take_messages(ctx: Context, session: Session) -> list[Message]:
    """What waits to be shown, which then is forgotten. No statement when nothing waits."""
    if not session.has_messages:
        return []
    session.has_messages = False
    return [convert(message, Message) for message in await queries.take_messages(ctx.db, session.id)]


async def put(ctx: Context, session: Session, **values: Any) -> None:
    """Remember small things about the visit, as JSON; None forgets one."""
    kept = {name: value for name, value in values.items() if value is not None}
    removed = [name for name, value in values.items() if value is None]
    data = await queries.put(ctx.db, session.id, kept, removed)
    if data is not None:
        session.data = data


def actor(ctx: Context, session: Session) -> Actor | None:
    """Whom a session signs in; None for a guest."""
    if session.actor_id is None:
        return None
    if session.kind is SessionKind.ADMIN:
        return Actor(ActorType.ADMIN, session.actor_id, roles.granted(ctx, session.role_id))
    return Actor(ActorType.CUSTOMER, session.actor_id)


async def _close_others(ctx: Context, session: Session) -> None:
    if session.kind is not SessionKind.ADMIN or session.actor_id is None:
        return
    if not is_flag_set(ctx.config_default(ACCOUNT_SHARING)):
        await close_all(ctx, session.kind, session.actor_id, except_=session)


def _new_cookie() -> str:
    return secrets.token_urlsafe(32)


def _hashed(cookie: str) -> bytes:
    return hashlib.sha256(cookie.encode("utf-8", "surrogatepass")).digest()
