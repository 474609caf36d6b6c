"""The Admin as a face: who is signed in, what the role allows, and how its pages look."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from types import ModuleType

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from entrepot import access
from entrepot.access import SessionKind
from entrepot.access import sessions as stored_sessions
from entrepot.access.page_sessions import PageSessions
from entrepot.admin.access import ANYBODY, may_all, resources_of
from entrepot.admin.page import AdminPage
from entrepot.kit.context import Context
from entrepot.kit.intake import Sender
from entrepot.kit.pages import Declared, Form, PageTable, Templates, pages_of, sent_path, unsent

TEMPLATES = Path(__file__).parent / "templates"

MUST_CHANGE_PASSWORD = "must_change_password"  # noqa: S105 -- a name in the session's data
ACCOUNT = "adminhtml/system_account"
WHILE_PASSWORD_IS_OLD = (ACCOUNT, f"{ACCOUNT}/save", "adminhtml/auth/logout")
"""What an administrator may still open who has to choose a new password first."""

TIME_ZONE = "general/locale/timezone"
ENDED = "Your session has ended. Sign in to go on."
ENDED_TYPED = "Your session has ended. Sign in to go on; what you typed is kept."


class AdminFace:
    """`root` is what every address of the Admin begins with."""

    def __init__(self, modules: Iterable[ModuleType], root: str = "/admin") -> None:
        self.root = root
        declared = pages_of(modules)
        for one in declared:
            resources_of(one)
        self.pages = PageTable(declared)
        self.sessions = PageSessions(SessionKind.ADMIN, access.ADMIN_COOKIE, path=root)
        self.templates = Templates(TEMPLATES)

    async def sender(self, ctx: Context, request: Request) -> Sender:
        kept = await stored_sessions.find(ctx, SessionKind.ADMIN, request.cookies.get(access.ADMIN_COOKIE))
        return Sender.STAFF if kept is not None and kept.actor_id is not None else Sender.ANYBODY

    async def enter(self, ctx: Context, request: Request, form: Form) -> AdminPage | Response:
        path = sent_path(request)
        if not path.lower().startswith(self.root):
            return RedirectResponse(f"{self.root}/", 302)
        session = await self.sessions.open(ctx, request.cookies)
        actor = stored_sessions.actor(ctx, session.kept) if session.kept else None
        user = await access.get_user(ctx, actor.id) if actor else None
        return AdminPage(
            ctx.in_store(ctx.stores.admin, actor=actor),
            request,
            form,
            session,
            self.templates,
            path=path[len(self.root) :].strip("/"),
            root=self.root,
            locale=user.interface_locale if user else "en_US",
            zone=ctx.config_default(TIME_ZONE) or "UTC",
        ).of(user, self.sessions)

    async def admit(self, page: AdminPage, declared: Declared) -> Response | None:
        resources = resources_of(declared)
        if ANYBODY in resources:
            return None
        if page.user is None:
            return self.ask_to_sign_in(page, declared)
        if page.session.data.get(MUST_CHANGE_PASSWORD) and declared.path not in WHILE_PASSWORD_IS_OLD:
            return page.redirect(ACCOUNT)
        return None if may_all(page.actor, resources) else page.denied()

    async def not_found(self, page: AdminPage) -> Response:
        if page.user is None:
            return self.ask_to_sign_in(page)
        return page.render("not_found.html", status=404)

    def is_https_only(self, page: AdminPage) -> bool:
        return False

    def ask_to_sign_in(self, page: AdminPage, declared: Declared | None = None) -> Response:
        """The form in place of the page, which is then where the visitor gets to, with what was typed there."""
        if page.wants_json:
            return page.told(401, ENDED)
        if page.request.method == "POST":
            kept = unsent.keep(page, declared) if declared else None
            page.error(ENDED_TYPED if kept else ENDED)
            return RedirectResponse(page.own_referer() or f"{self.root}/", 302)
        if page.is_partial:
            return RedirectResponse(page.own_referer() or f"{self.root}/", 302)
        return page.render("sign_in.html", to=page.full_path)
