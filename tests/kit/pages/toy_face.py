"""A face with a few pages and sessions in memory, to try the mechanism by itself."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from httpx2 import ASGITransport, AsyncClient
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from entrepot.kit.context import Context, Services
from entrepot.kit.errors import Refused
from entrepot.kit.intake import Sender
from entrepot.kit.pages import (
    Cookie,
    Declared,
    Form,
    Message,
    Page,
    PageApp,
    PageTable,
    Templates,
    page,
    sent_path,
)

KEY = "0123456789abcdef"


class ToySession:
    form_key = KEY
    form_stamp = "0.stamp"
    visitor_id = 0

    def owner_of(self, form_key: str, form_stamp: str) -> int | None:
        return 0 if form_stamp == self.form_stamp else None

    def __init__(self) -> None:
        self.messages: list[Message] = []
        self.data: dict[str, Any] = {}


class ToySessions:
    def __init__(self) -> None:
        self.session = ToySession()

    async def open(self, ctx: Context, cookies: Mapping[str, str]) -> ToySession:
        return self.session

    async def close(self, ctx: Context, session: ToySession) -> Sequence[Cookie]:
        return [Cookie("visit", "7", 60)]


class Kept(Refused):
    message = "Counted."
    keeps_effects = True


class Undone(Refused):
    message = "Not done."


WRITE = "update shared_version set version = version + 1000"


@page("")
async def home(page: Page) -> Response:
    return page.render("home.html", name=page.request.query_params.get("name", "you"))


@page("module/thing/show")
async def show(page: Page) -> Response:
    return PlainTextResponse(f"{page.number('id')} {page.parameter('tab')}")


@page("module/thing/secret", access="key")
async def secret(page: Page) -> Response:
    return PlainTextResponse("secret")


@page("module/thing/save", methods=["POST"], instead="module/thing/show")
async def save(page: Page) -> Response:
    upload = page.form.file("file")
    page.success("You saved %1.", page.form.get("name"))
    if upload:
        page.notice("%1 has %2 bytes.", upload.name, len(upload.content))
    return page.redirect("")


@page("module/thing/attach", methods=["POST"], takes_files=True)
async def attach(page: Page) -> Response:
    return PlainTextResponse("attached")


@page("module/thing/refuse", methods=["POST"])
async def refuse(page: Page) -> Response:
    try:
        async with page.attempt():
            await page.ctx.db.execute(WRITE)
            raise Kept if page.form.get("keep") else Undone
    except Refused as refusal:
        page.refused(refusal)
    return page.redirect("")


@page("module/thing/fail")
async def fail(page: Page) -> Response:
    await page.ctx.db.execute(WRITE)
    raise ZeroDivisionError("a secret of ours")


class ToyFace:
    def __init__(self, folder: Path) -> None:
        declared = [
            handler.__dict__["__entrepot_pages__"][0] for handler in (home, show, secret, save, attach, refuse, fail)
        ]
        self.pages = PageTable(declared)
        self.sessions = ToySessions()
        (folder / "home.html").write_text(
            '{% include "kit/messages.html" %}<p>{{ _("Hello, %1", name) }}</p>{{ form_key() }}'
            '{{ 1234.5 | money("USD") }} {{ "2026-11-24 10:04:33" | datetime }} {{ "2026-11-24 03:04:33" | date }}'
        )
        self.templates = Templates(folder)

    async def sender(self, ctx: Context, request: Request) -> Sender:
        if "staff" in request.headers:
            return Sender.STAFF
        path = sent_path(request).strip("/")
        return Sender.VISITOR_WITH_FILES if self.pages.takes_files(path, request.method) else Sender.ANYBODY

    async def enter(self, ctx: Context, request: Request, form: Form) -> Page | Response:
        session = await self.sessions.open(ctx, request.cookies)
        path = sent_path(request).strip("/")
        return Page(ctx, request, form, session, self.templates, path=path, zone="America/Los_Angeles")

    async def admit(self, page: Page, declared: Declared) -> Response | None:
        return PlainTextResponse("no", 403) if declared.access else None

    def ask_to_sign_in(self, page: Page, declared: Declared) -> Response:
        return PlainTextResponse("sign in", 401)

    async def not_found(self, page: Page) -> Response:
        return PlainTextResponse("nothing here", 404)

    def is_https_only(self, page: Page) -> bool:
        return page.request.url.scheme == "https"


@asynccontextmanager
async def toy_browser(services: Services, folder: Path, scheme: str = "http") -> AsyncIterator[AsyncClient]:
    transport = ASGITransport(app=PageApp(services, ToyFace(folder)), raise_app_exceptions=True)
    async with AsyncClient(transport=transport, base_url=f"{scheme}://shop.example") as client:
        yield client
