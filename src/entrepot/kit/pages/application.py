"""A face as an ASGI application: a request comes in, a page runs in one transaction, its answer goes out.

A form is read whole before the transaction opens, so that a slow client never holds a connection; the transaction is
over before the answer is sent.
"""

from __future__ import annotations

import secrets
from functools import partial
from typing import Generic

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.types import Receive, Scope, Send

from entrepot.kit.attempts import in_transaction
from entrepot.kit.context import GUEST, ActorType, Context, Services
from entrepot.kit.db import Db
from entrepot.kit.errors import WebapiError
from entrepot.kit.intake import ConnectionLost, Sender
from entrepot.kit.pages import unsent
from entrepot.kit.pages.declare import Declared, Found
from entrepot.kit.pages.face import Face, P
from entrepot.kit.pages.form import Form, parse_form
from entrepot.kit.pages.page import Page
from entrepot.kit.pages.reports import plain_page, report
from entrepot.kit.pages.security import secure
from entrepot.kit.pages.sessions import Cookie
from entrepot.kit.pages.unsent import Unsent

METHODS = ("GET", "HEAD", "POST")
TOO_LARGE = (
    "Go back: what you typed is still there. Then send smaller files, or fewer of them at once. "
    "Who is signed in may send more: sign in again if your session has ended."
)
WRONG_KEY = "Invalid Form Key. Please refresh the page."


class PageApp(Generic[P]):
    """All pages of a face."""

    def __init__(self, services: Services, face: Face[P]) -> None:
        self.services = services
        self.face = face

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope)
        try:
            async with self.services.intake.request(scope, receive, partial(self._sender, request)) as body:
                response = await self.answer(request, body)
        except ConnectionLost:
            return
        except Exception as error:
            response = self._failed(request, error)
        if request.method == "HEAD":
            response.body = b""
        await response(scope, receive, send)

    async def answer(self, request: Request, body: bytes) -> Response:
        """The answer to a request whose body is read."""
        try:
            if request.method not in METHODS:
                return _not_allowed(", ".join(METHODS))
            form = await parse_form(request.headers.get("content-type", ""), body)
            return await self._in_transaction(request, form)
        except Exception as error:
            return self._failed(request, error)

    async def _sender(self, request: Request) -> Sender:
        async with self.services.work(GUEST) as ctx:
            return await self.face.sender(ctx, request)

    def _failed(self, request: Request, error: Exception) -> Response:
        if isinstance(error, WebapiError):
            response = plain_page(error.status, error.message, text=TOO_LARGE if error.status == 413 else None)
        else:
            response = report(request, error, developer_mode=self.services.settings.developer_mode)
        secure(response.headers, is_private=True, is_https_only=False)
        return response

    async def _in_transaction(self, request: Request, form: Form) -> Response:
        async def enter(db: Db) -> Response:
            ctx = await self.services.context(db, GUEST)
            ctx.remote_address = request.client.host if request.client else ""
            ctx.base_url = f"{request.url.scheme}://{request.url.netloc}/"
            ctx.forwarded_for = request.headers.get("x-forwarded-for")
            return await self._enter(ctx, request, form)

        return await in_transaction(self.services, enter)

    async def _enter(self, ctx: Context, request: Request, form: Form) -> Response:
        page = await self.face.enter(ctx, request, form)
        if isinstance(page, Response):
            secure(page.headers, is_private=False, is_https_only=False)
            return page
        response = await self._run(page)
        for cookie in (*page.cookies, *await self.face.sessions.close(page.ctx, page.session)):
            _set_cookie(response, cookie, is_secure=request.url.scheme == "https")
        is_private = page.actor.type is not ActorType.GUEST
        secure(response.headers, is_private=is_private, is_https_only=self.face.is_https_only(page))
        return response

    async def _run(self, page: P) -> Response:
        page.unsent = unsent.waiting_here(page)
        found = self.face.pages.find(page.path)
        if found is None:
            return _of_the_whole_page(page, await self.face.not_found(page))
        declared = found.page(page.request.method)
        if page.unsent is not None and (page.unsent.redraws or declared is None):
            declared = found.page("POST")
        if declared is None:
            return _by_other_method(page, found)
        page.parameters = found.parameters
        if (refusal := await self.face.admit(page, declared)) is not None:
            return _of_the_whole_page(page, refusal)
        if page.request.method == "POST" and not _has_form_key(page):
            if page.wants_json:
                return page.told(401, WRONG_KEY)
            return _of_the_whole_page(page, self._refuse(page, declared))
        if page.unsent is not None and page.request.method not in declared.methods:
            return await _show_unsent(page, declared, page.unsent)
        return await declared.handler(page)

    def _refuse(self, page: P, declared: Declared) -> Response:
        """A form with a wrong key. One of ours whose session has ended comes back filled, to be sent with the new key,
        for whom it was shown to; who was signed in then does that first."""
        kept = unsent.keep(page, declared)
        if kept is not None and kept.owner == page.session.visitor_id:
            return RedirectResponse(kept.back, 302)
        if kept is not None and not page.session.visitor_id:
            return self.face.ask_to_sign_in(page, declared)
        page.error(WRONG_KEY)
        return page.redirect_back()


async def _show_unsent(page: Page, declared: Declared, waiting: Unsent) -> Response:
    """At the address that it was sent to: by the target itself, if it can show a form without taking it."""
    page.unsent = None
    if not declared.redraws:
        return page.send_again(waiting)
    unsent.show(page, waiting)
    page.form, page.is_posted = waiting.form, True
    return await declared.handler(page)


def _of_the_whole_page(page: Page, refusal: Response) -> Response:
    """A script that asks for a part of a page must not put another page in its place: it has the whole one go there."""
    if page.request.headers.get("hx-request") == "true" and "location" in refusal.headers:
        return Response(status_code=204, headers={"hx-redirect": refusal.headers["location"]})
    return refusal


def _has_form_key(page: Page) -> bool:
    return secrets.compare_digest(page.form.get("form_key").encode(), page.session.form_key.encode())


def _by_other_method(page: Page, found: Found) -> Response:
    if page.request.method in ("GET", "HEAD") and found.instead is not None:
        return RedirectResponse(page.url(found.instead), 302)
    return _not_allowed(found.allowed)


def _not_allowed(allowed: str) -> Response:
    response = plain_page(405, "This page cannot be used in this way")
    response.headers["allow"] = allowed
    return response


def _set_cookie(response: Response, cookie: Cookie, *, is_secure: bool) -> None:
    response.set_cookie(
        cookie.name,
        cookie.value,
        max_age=cookie.max_age_s if cookie.value else 0,
        path=cookie.path,
        secure=is_secure,
        httponly=True,
        samesite="lax",
    )
