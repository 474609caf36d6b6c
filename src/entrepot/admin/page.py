"""A request for a page of the Admin."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from msgspec import Struct
from starlette.responses import Response

from entrepot.access import User
from entrepot.access.page_sessions import PageSession, PageSessions
from entrepot.admin.menu import Branch, Entry, all_entries, menu_of
from entrepot.customers import Address
from entrepot.customers.printed_address import print_address
from entrepot.kit.errors import EntrepotError, Invalid, Refused, raise_any
from entrepot.kit.pages import Page, formats, unsent
from entrepot.kit.pages.security import own_path

__all__ = ["AdminPage", "Button", "refusals_of"]


class Button(Struct, frozen=True):
    """Something to do on a page: a link (`href`), or a form that is sent (`post`), which may ask first."""

    label: str
    href: str = ""
    post: str = ""
    confirm: str = ""
    yes: str = ""
    """The button that says yes; the label without it."""
    kind: str = ""
    """primary, danger, or a plain one."""


class AdminPage(Page):
    """`user` is None only on pages for anybody."""

    session: PageSession
    home = ""
    user: User | None = None
    sessions: PageSessions

    def of(self, user: User | None, sessions: PageSessions) -> AdminPage:
        """The same page, as visited by this administrator."""
        self.user, self.sessions = user, sessions
        return self

    @property
    def is_partial(self) -> bool:
        """Whether a script asked for it, to take a part out of the answer."""
        return self.request.headers.get("hx-request") == "true"

    @property
    def full_path(self) -> str:
        """The address of this request with its query, for forms that come back here."""
        query = self.request.url.query
        return self.request.url.path + (f"?{query}" if query else "")

    def own_referer(self) -> str | None:
        """The page of ours that the visitor comes from."""
        return own_path(self.request, self.request.headers.get("referer"))

    def instant(self, value: datetime | str) -> str:
        """An instant as this administrator reads it."""
        return formats.instant(value, self.zone, self.locale)

    def print_address(self, address: Address) -> str:
        """On several lines, without those that its template leaves empty."""
        return "\n".join(line.strip() for line in print_address(self.ctx, address).splitlines() if line.strip())

    def denied(self) -> Response:
        return self.render("denied.html", status=403)

    def may(self, resource: str) -> bool:
        return self.actor.may(resource)

    def menu(self) -> list[Branch]:
        return menu_of(self.actor) if self.user else []

    def is_current(self, entry: Entry) -> bool:
        """Whether the page belongs to the entry: `customer/index/edit/id/3` belongs to `customer/index`.

        Of entries within each other it is the innermost: `tax/rate/importExport` does not belong to `tax/rate`.
        """
        inner = (other for other in all_entries() if other.path.startswith(f"{entry.path}/"))
        return self._fits(entry) and not any(self._fits(other) for other in inner)

    def _fits(self, entry: Entry) -> bool:
        here = [segment.lower() for segment in self.path.split("/") if segment]
        there = entry.path.lower().split("/")
        if any(here[:2] == other.split("/") for other in entry.also.split()):
            return True
        return here[: len(there)] == there or (there[-1] == "index" and here == there[:-1])

    def is_in(self, branch: Branch) -> bool:
        return any(self.is_current(entry) for entry in branch.entries)

    def page_values(self) -> dict[str, Any]:
        return {"buttons": (), "crumb": None}

    def confirmed(self, question: str, yes: str, *, back: str, no: str = "Cancel") -> Response | None:
        """None when what is asked for was confirmed, else the page that asks. The script asks without a page.

        The form is sent again as it came, with the yes; `back` is where a no leads.
        """
        if self.form.get("confirmed") == "1":
            return None
        names = [name for name in self.form if name not in unsent.OF_ONE_SENDING]
        fields = [(name, value) for name in names for value in self.form.all(name)]
        return self.render("confirm.html", question=question, yes=yes, no=no, back=back, fields=fields)

    async def attempted(self, work: Any, faults: Sequence[Refused] = ()) -> list[Refused]:
        """Await a piece of work that may be refused; what it did is then undone. The refusals, none if it succeeded.

        `faults` are what the form itself finds wrong, also while the work reads it. They are told together with what
        the work refuses, and undo it too.
        """
        try:
            async with self.attempt():
                await work
                raise_any(faults)
        except Refused as refusal:
            return [*faults, *(one for one in refusals_of(refusal) if one not in faults)]
        return []


def refusals_of(refusal: EntrepotError) -> Iterable[Refused]:
    """The refusals that one gathers, or itself."""
    if isinstance(refusal, Invalid):
        return refusal.errors
    assert isinstance(refusal, Refused)
    return (refusal,)
