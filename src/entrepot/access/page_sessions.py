"""Sessions as pages use them: one object for a visitor with or without a session, kept when the page is done.

A guest gets a row only when something has to be remembered; until then a cookie that identifies nobody is what the form
key is made from.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from entrepot.access import form_keys, form_stamps, sessions
from entrepot.access.sessions import SessionKind
from entrepot.kit.context import Context
from entrepot.kit.pages import Cookie, Message

VISITOR_SUFFIX = "_visitor"


class PageSession:
    """One visitor, for the time of one request."""

    def __init__(self, ctx: Context, kind: SessionKind, kept: sessions.Session | None, visitor: str | None) -> None:
        self._ctx = ctx
        self._kind = kind
        self.kept = kept
        """The session's row, if the visitor has one."""
        self.visitor = visitor
        self.is_new_visitor = False
        self.has_ended = False
        """Whether the visitor has signed out, so that the cookie has to go."""
        self.messages: list[Message] = []
        self.data: dict[str, Any] = dict(kept.data) if kept else {}

    @property
    def actor_id(self) -> int | None:
        """A customer or an administrator, by the kind of session; None for a guest."""
        return self.kept.actor_id if self.kept else None

    @property
    def website_id(self) -> int | None:
        """Where a customer signed in."""
        return self.kept.website_id if self.kept else None

    @property
    def form_key(self) -> str:
        if self.kept:
            return self.kept.form_key
        if not self.visitor:
            self.visitor = form_keys.new_visitor()
            self.is_new_visitor = True
        return form_keys.for_visitor(self._ctx, self.visitor)

    @property
    def visitor_id(self) -> int:
        return self.actor_id or 0

    @property
    def form_stamp(self) -> str:
        return form_stamps.stamp(self._ctx, self._kind, self.form_key, self.visitor_id)

    def owner_of(self, form_key: str, form_stamp: str) -> int | None:
        return form_stamps.owner(self._ctx, self._kind, form_key, form_stamp)


class PageSessions:
    """The sessions of one kind behind one cookie. `lasts` says whether the cookie outlives the browser."""

    def __init__(self, kind: SessionKind, cookie: str, *, path: str = "/", lasts: bool = False) -> None:
        self.kind = kind
        self.cookie = cookie
        self.path = path
        self.lasts = lasts

    async def open(self, ctx: Context, cookies: Mapping[str, str]) -> PageSession:
        kept = await sessions.find(ctx, self.kind, cookies.get(self.cookie))
        if kept is not None:
            kept.cookie = cookies[self.cookie]
        session = PageSession(ctx, self.kind, kept, cookies.get(self.cookie + VISITOR_SUFFIX))
        if kept is not None:
            session.messages = [
                Message(_kind(message.kind), message.text, message.is_html, message.fields)
                for message in await sessions.take_messages(ctx, kept)
            ]
        return session

    async def close(self, ctx: Context, session: PageSession) -> Sequence[Cookie]:
        if session.kept is None and (session.messages or session.data):
            session.kept = await sessions.open(ctx, self.kind, form_key=session.form_key, data=session.data)
        # Also beside a session: the key of a guest's form is the same again when the session has ended.
        new = [self._cookie(self.cookie + VISITOR_SUFFIX, session.visitor or "")] if session.is_new_visitor else []
        if session.kept is None:
            ended = [self._cookie(self.cookie, "")] if session.has_ended else []
            return ended + new
        await self._keep(ctx, session.kept, session)
        age_s = int(sessions.lifetime(ctx, self.kind).total_seconds()) if self.lasts else None
        # Sent with every answer, for the cookie's end moves with each use as the session's does.
        return [self._cookie(self.cookie, session.kept.cookie, age_s), *new]

    async def sign_in(self, ctx: Context, session: PageSession, actor_id: int, website_id: int | None = None) -> None:
        """Under a new cookie and a new form key: one that somebody else knew before is worth nothing."""
        if session.kept is None:
            session.kept = await sessions.open(ctx, self.kind, actor_id=actor_id, website_id=website_id)
        else:
            session.kept = await sessions.rotate(ctx, session.kept, actor_id=actor_id, website_id=website_id)

    async def sign_out(self, ctx: Context, session: PageSession) -> None:
        """Forget the visit. What is said or remembered from here on is a new guest's."""
        if session.kept is not None:
            await sessions.close(ctx, session.kept)
            session.has_ended = True
        session.kept, session.visitor = None, None
        session.messages, session.data = [], {}

    async def _keep(self, ctx: Context, kept: sessions.Session, session: PageSession) -> None:
        changed = {name: value for name, value in session.data.items() if kept.data.get(name) != value}
        changed |= {name: None for name in kept.data if name not in session.data}
        if changed:
            await sessions.put(ctx, kept, **changed)
        for message in session.messages:
            said = sessions.Message(message.kind, message.text, message.is_html, message.fields)
            await sessions.add_message(ctx, kept, said)

    def _cookie(self, name: str, value: str, age_s: int | None = None) -> Cookie:
        return Cookie(name, value, age_s, self.path)


def _kind(kind: str) -> Any:
    return kind if kind in ("success", "notice", "error") else "notice"
