"""A form that could not be taken because its session had ended: what was typed waits until its sender sees it again.

A form brings a key, which ends with its session, and a stamp that says whom it was shown to (`form_key` in templates).
When one is refused for the session's end, its fields are kept in the session that the browser has now; the sender is
led back to the form, after signing in where that is needed, and finds it filled. Nothing is sent by itself, and nobody
else sees it: neither another customer or administrator at the same browser, nor somebody whom another site led here.

Passwords and files are not kept. A form with rows that only a post makes visible is shown by its own target, if that
says that it can (`Declared.redraws`); any other is filled where it stood, and one that has no page of its own can be
sent once more as it was.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from msgspec import Struct, convert, to_builtins
from starlette.requests import Request

from entrepot.kit.pages.declare import Declared, sent_path
from entrepot.kit.pages.form import Form
from entrepot.kit.pages.security import own_path

if TYPE_CHECKING:
    from entrepot.kit.pages.page import Page

KEY, STAMP, BUTTON = "form_key", "form_stamp", "do"
OF_ONE_SENDING = (KEY, STAMP)
"""Fields that are made anew each time a form is shown."""
REDRAW = "redraw"
"""The value of `do` with which a target that can shows the form as it was sent."""
SECRET = re.compile(r"passw|secret|api_key|cc_(number|cid)", re.IGNORECASE)
"""Fields whose content is never kept. The name says it: a posted form does not."""
LARGEST_OF_GUEST, LARGEST = 32 * 1024, 1024 * 1024
"""Characters: of a form that anybody may have been shown, and of one for who had signed in."""
LASTS = timedelta(hours=1)
NAME = "unsent_form"
"""Where the session's data has it; there is one."""

EXPIRED = "Your session has expired. What you typed is still here: please check it and send it again."
WITHOUT_FILES = "Files have to be chosen again."


class Unsent(Struct, frozen=True):
    """A form that waits to be seen again."""

    owner: int
    """Whom it was shown to: the id of a customer or an administrator, 0 for a guest."""
    target: str
    """The address that it was sent to."""
    back: str
    """The address that shows it again."""
    redraws: bool
    """Whether the target shows it, and not the page it stood on."""
    fields: dict[str, list[str]]
    had_files: bool
    at: str

    @property
    def form(self) -> Form:
        """As it is sent to a target that redraws it."""
        return Form({**self.fields, BUTTON: [REDRAW]})


def keep(page: Page, declared: Declared) -> Unsent | None:
    """Keep the form of a post that is refused for want of its session.

    None, and nothing is kept, for one that no page of ours has shown, that comes from another site, that has nothing in
    it or too much, or that asks for something that was confirmed on a page before.
    """
    owner = page.session.owner_of(page.form.get(KEY), page.form.get(STAMP))
    stood_at = _origin(page.request)
    fields = _typed(page.form)
    if owner is None or stood_at is None or not fields or "confirmed" in fields:
        return None
    if len(json.dumps(fields)) > (LARGEST if owner else LARGEST_OF_GUEST):
        return None
    target = _address(page.request)
    unsent = Unsent(
        owner=owner,
        target=target,
        back=target if declared.redraws else stood_at,
        redraws=declared.redraws,
        fields=fields,
        had_files=bool(page.form.file_names),
        at=page.ctx.now.isoformat(),
    )
    page.session.data = {**page.session.data, NAME: to_builtins(unsent)}
    return unsent


def waiting(page: Page) -> Unsent | None:
    """What waits for who visits now, wherever they are."""
    found: Mapping[str, Any] | None = page.session.data.get(NAME)
    if found is None:
        return None
    unsent = convert(found, Unsent)
    is_fresh = datetime.fromisoformat(unsent.at) > page.ctx.now - LASTS
    return unsent if is_fresh and unsent.owner == page.session.visitor_id else None


def waiting_here(page: Page) -> Unsent | None:
    """What the page of this request has to show: not a part of a page that a script asks for."""
    if page.request.method != "GET" or page.request.headers.get("hx-request") == "true":
        return None
    unsent = waiting(page)
    return unsent if unsent is not None and unsent.back == _address(page.request) else None


def show(page: Page, unsent: Unsent) -> None:
    """Say that it is here again; it waits no more."""
    page.session.data = {name: value for name, value in page.session.data.items() if name != NAME}
    page.notice(EXPIRED)
    if unsent.had_files:
        page.notice(WITHOUT_FILES)


def to_send_again(unsent: Unsent) -> Sequence[tuple[str, str]]:
    """Names and values, one by one."""
    return [(name, value) for name, values in unsent.fields.items() for value in values]


def _typed(form: Form) -> dict[str, list[str]]:
    names = [name for name in form if name not in (*OF_ONE_SENDING, BUTTON) and not SECRET.search(name)]
    fields = {name: form.all(name) for name in names}
    return fields if any(value for values in fields.values() for value in values) else {}


def _origin(request: Request) -> str | None:
    """The page of ours that the form stood on. Of another site's there is none: it could have typed what it likes."""
    origin = request.headers.get("origin")
    if origin is not None and own_path(request, f"{origin}/") is None:
        return None
    return own_path(request, request.headers.get("referer"))


def _address(request: Request) -> str:
    """Path and query as they were sent."""
    query = request.scope.get("query_string", b"").decode("latin-1")
    return f"{sent_path(request)}?{query}" if query else sent_path(request)
