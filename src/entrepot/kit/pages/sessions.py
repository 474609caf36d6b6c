"""What pages need of a session. Who keeps sessions, and where, is the business of the face that brings a `Sessions`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Literal, Protocol, TypeVar

from markupsafe import Markup, escape
from msgspec import Struct

from entrepot.kit.context import Context

Kind = Literal["success", "notice", "error"]


class Message(Struct, frozen=True):
    """A sentence for the next page that is shown."""

    kind: Kind
    text: str
    is_html: bool = False
    """Whether the text is HTML that we made, with a link in it; any other is escaped."""
    fields: tuple[str, ...] = ()
    """The ids of the form fields that it is about, on the page that shows it: they are marked, and it leads there."""

    def markup(self) -> Markup:
        return Markup(self.text) if self.is_html else escape(self.text)  # noqa: S704 - made by `texts.html`


class Cookie(Struct, frozen=True):
    """A cookie to set; without a value it is deleted. Always HttpOnly and SameSite=Lax, Secure over https."""

    name: str
    value: str
    max_age_s: int | None = None
    """None: until the browser is closed."""
    path: str = "/"


class Session(Protocol):
    """One visitor's session. A guest's may exist only in this object until something has to be remembered."""

    @property
    def form_key(self) -> str:
        """What every form must send along, so that no other site can send it in the visitor's name."""

    @property
    def form_stamp(self) -> str:
        """What forms send along beside: proof of whom they were shown to, also when the key is worth nothing."""

    def owner_of(self, form_key: str, form_stamp: str) -> int | None:
        """Whom a form with these was shown to, 0 for a guest; None if we have not made them."""

    @property
    def visitor_id(self) -> int:
        """Who is signed in now: the id of a customer or an administrator, 0 for a guest."""

    messages: list[Message]
    """Waiting to be shown."""

    data: dict[str, Any]
    """What else is remembered; values that JSON has."""


S = TypeVar("S", bound=Session)


class Sessions(Protocol[S]):
    """Keeps a face's sessions."""

    async def open(self, ctx: Context, cookies: Mapping[str, str]) -> S:
        """The visitor's session, or a new one when the cookie tells of none that is alive."""

    async def close(self, ctx: Context, session: S) -> Sequence[Cookie]:
        """Keep what has changed, in the transaction of the request; the cookies to answer with."""
