"""What a storefront or an Admin brings for its pages to run."""

from __future__ import annotations

from typing import Any, Protocol, TypeVar

from starlette.requests import Request
from starlette.responses import Response

from entrepot.kit.context import Context
from entrepot.kit.intake import Sender
from entrepot.kit.pages.declare import Declared, PageTable
from entrepot.kit.pages.form import Form
from entrepot.kit.pages.page import Page
from entrepot.kit.pages.sessions import Sessions

P = TypeVar("P", bound=Page)


class Face(Protocol[P]):
    """One face of the program; `PageApp` asks it, in this order, for each request."""

    @property
    def pages(self) -> PageTable: ...

    @property
    def sessions(self) -> Sessions[Any]: ...

    async def sender(self, ctx: Context, request: Request) -> Sender:
        """Who is about to send a large form. `ctx` as for `enter`."""

    async def enter(self, ctx: Context, request: Request, form: Form) -> P | Response:
        """Find the store view, the session and with it the actor; give the page, or send elsewhere.

        `ctx` comes as a guest's in the admin store; the page has its own (`ctx.in_store`).
        """

    async def admit(self, page: P, declared: Declared) -> Response | None:
        """None when the visitor has what the page needs (`declared.access`), else the answer to give instead."""

    def ask_to_sign_in(self, page: P, declared: Declared) -> Response:
        """The answer to who was signed in when the page was shown that is now sent to, and is no longer."""

    async def not_found(self, page: P) -> Response:
        """The answer to an address that no page has."""

    def is_https_only(self, page: P) -> bool:
        """Whether the shop tells browsers to come by https only from now on."""
