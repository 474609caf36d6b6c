"""What a handler gets: the request, its context, the visitor's session, and the ways to answer."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from http import HTTPStatus
from typing import Any, ClassVar
from urllib.parse import quote, urlencode

from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from entrepot.kit.context import Actor, Context
from entrepot.kit.errors import Invalid, Refused
from entrepot.kit.pages import texts, unsent
from entrepot.kit.pages.form import Form
from entrepot.kit.pages.refill import refill
from entrepot.kit.pages.security import own_path
from entrepot.kit.pages.sessions import Cookie, Kind, Message, Session
from entrepot.kit.pages.templates import Templates
from entrepot.kit.pages.unsent import Unsent

HTML = "text/html; charset=utf-8"
KEPT_FORMS = "kept_forms"
"""Where the session's data has what was typed into forms that were refused."""


class Page:
    """One request for a page. A face may have its own subclass, with what its pages need beside."""

    home: ClassVar[str] = ""
    """Where a visitor goes when there is no better place."""

    def __init__(
        self,
        ctx: Context,
        request: Request,
        form: Form,
        session: Session,
        templates: Templates,
        *,
        path: str,
        root: str = "",
        locale: str = "en_US",
        zone: str = "UTC",
    ) -> None:
        self.ctx = ctx
        self.request = request
        self.form = form
        self.is_posted = request.method == "POST"
        """Whether `form` has what was sent, now or before the session ended."""
        self.is_posted = request.method == "POST"
        """Whether `form` has what was sent, now or before the session ended."""
        self.session = session
        self.templates = templates
        self.path = path
        """The address within the face, without slashes at its ends."""
        self.root = root
        """What every link of the face begins with: "" or "/admin"."""
        self.locale = locale
        self.zone = zone
        self.parameters: Mapping[str, str] = {}
        """The pairs after the address: {"id": "7"} of `customer/address/edit/id/7`."""
        self.shown: list[Message] = []
        """The messages that this page says on top; those about a field are said there too."""
        self.cookies: list[Cookie] = []
        """To set with the answer, beside the session's."""
        self.unsent: Unsent | None = None
        """What was typed into the form of this page before the session ended."""

    @property
    def actor(self) -> Actor:
        return self.ctx.actor

    def parameter(self, name: str, default: str = "") -> str:
        """A pair after the address, or a field of the query."""
        value = self.parameters.get(name) or self.request.query_params.get(name) or default
        return value.replace("\0", "")

    def number(self, name: str) -> int | None:
        """A parameter that is a positive whole number, such as an id; None for anything else."""
        text = self.parameter(name)
        return int(text) if text.isascii() and text.isdigit() and 0 < int(text) <= 2**31 - 1 else None

    @property
    def wants_json(self) -> bool:
        """Whether a script asked that shows a page of ours: what it is refused has a status, and leads nowhere else."""
        return self.request.headers.get("accept", "").startswith("application/json")

    # Answers

    def told(self, status: int, message: str) -> Response:
        """What went wrong, for a script that `wants_json`."""
        return JSONResponse({"message": self.text(message)}, status)

    def render(self, template: str, *, status: int = 200, **values: Any) -> Response:
        """The template with these values and what `page_values` gives; a form that waited for this page is filled."""
        waiting, self.unsent = self.unsent, None
        if waiting is not None and status == HTTPStatus.OK:
            return self._render_filled(waiting, template, values)
        content = self.templates.render(template, page=self, **{**self.page_values(), **values})
        return Response(content, status, media_type=HTML)

    def send_again(self, waiting: Unsent) -> Response:
        """What was typed into a form that no page shows, to be sent as it was: the face's `send_again.html`."""
        unsent.show(self, waiting)
        return self.render("send_again.html", target=waiting.target, sent=unsent.to_send_again(waiting))

    def _render_filled(self, waiting: Unsent, template: str, values: Mapping[str, Any]) -> Response:
        unsent.show(self, waiting)
        content = self.templates.render(template, page=self, **{**self.page_values(), **values})
        filled = refill(content, waiting.target, waiting.fields)
        if filled is None:
            # The messages stand on the page that is not shown.
            self.session.messages = self.shown
            return self.send_again(waiting)
        return Response(filled, media_type=HTML)

    def page_values(self) -> dict[str, Any]:
        """What every template of the face has; for subclasses."""
        return {}

    def redirect(self, path: str, *, query: Mapping[str, str] | None = None, **pairs: Any) -> Response:
        """To a page of this face."""
        return RedirectResponse(self.url(path, query=query, **pairs), 302)

    def redirect_to(self, address: str | None, otherwise: str | None = None) -> Response:
        """To an address that came with the request, if it is ours; else to a page of this face."""
        own = own_path(self.request, address)
        return RedirectResponse(own, 302) if own else self.redirect(self.home if otherwise is None else otherwise)

    def redirect_back(self) -> Response:
        """To the page that the visitor comes from."""
        return self.redirect_to(self.request.headers.get("referer"))

    # Addresses

    def url(self, path: str, *, query: Mapping[str, str] | None = None, **pairs: Any) -> str:
        """The address of a page of this face: `url("customer/address/edit", id=7)`."""
        segments = [path.strip("/"), *(quote(str(part), safe="") for pair in pairs.items() for part in pair)]
        joined = "/".join(segment for segment in segments if segment)
        address = f"{self.root}/{joined}/" if joined else f"{self.root}/"
        return f"{address}?{urlencode(query)}" if query else address

    # Messages

    def success(self, template: str | Markup, *values: Any) -> None:
        self._say("success", template, values)

    def notice(self, template: str | Markup, *values: Any) -> None:
        self._say("notice", template, values)

    def error(self, template: str | Markup, *values: Any, fields: Sequence[str] = ()) -> None:
        """`fields`: the ids of the form fields that it is about, the one to begin with first."""
        self._say("error", template, values, tuple(fields))

    def refused(self, refusal: Refused) -> None:
        """A refusal's sentences, each as an error of its own."""
        for error in refusal.errors if isinstance(refusal, Invalid) else (refusal,):
            self._say("error", error.rendered(), ())

    def take_messages(self) -> list[Message]:
        """Those that wait, which are then no longer kept: called by the template that shows them."""
        self.shown = self.session.messages
        self.session.messages = []
        return self.shown

    def messages_at(self, field: str) -> list[Message]:
        """Those of the page's messages that are about the field with this id."""
        return [message for message in self.shown if field in message.fields]

    def text(self, template: str, *values: Any) -> str:
        return texts.text(template, *values, locale=self.locale)

    def html(self, template: str, *values: Any) -> Markup:
        """A text of ours with markup in it, for messages that have a link."""
        return texts.html(template, *values, locale=self.locale)

    def _say(self, kind: Kind, template: str | Markup, values: tuple[Any, ...], fields: tuple[str, ...] = ()) -> None:
        if isinstance(template, Markup):
            message = Message(kind, str(template), is_html=True, fields=fields)
        else:
            message = Message(kind, self.text(template, *values), fields=fields)
        if message not in self.session.messages:
            self.session.messages = [*self.session.messages, message]

    # What was typed

    def keep_form(self, name: str, *fields: str) -> None:
        """Remember these fields of a refused form, for the page that shows it again. Never a password."""
        kept = {field: self.form.all(field) for field in fields if field in self.form}
        self.session.data = {**self.session.data, KEPT_FORMS: {**self.session.data.get(KEPT_FORMS, {}), name: kept}}

    def take_form(self, name: str) -> Form | None:
        """What was kept under the name, once."""
        forms = dict(self.session.data.get(KEPT_FORMS, {}))
        if name not in forms:
            return None
        kept = forms.pop(name)
        data = {key: value for key, value in self.session.data.items() if key != KEPT_FORMS}
        self.session.data = {**data, KEPT_FORMS: forms} if forms else data
        return Form(kept)

    # Work

    @asynccontextmanager
    async def attempt(self) -> AsyncIterator[None]:
        """A part that may be refused: what it did is then undone, but for the effects that the refusal keeps.

        try:
            async with page.attempt():
                await customers.save_address(page.ctx, address)
        except Refused as refusal:
            page.refused(refusal)
        """
        kept: Refused | None = None
        async with self.ctx.savepoint():
            try:
                yield
            except Refused as refusal:
                if not refusal.keeps_effects:
                    raise
                kept = refusal
        if kept is not None:
            raise kept
