"""Signing in and out, and where an administrator gets to then."""

from __future__ import annotations

from starlette.responses import RedirectResponse, Response

from entrepot import access
from entrepot.admin.access import ANYBODY, SIGNED_IN, admin_page
from entrepot.admin.face import MUST_CHANGE_PASSWORD
from entrepot.admin.menu import all_entries, menu_of
from entrepot.admin.page import AdminPage
from entrepot.kit.errors import Refused
from entrepot.kit.pages import unsent
from entrepot.kit.pages.security import own_path

STARTUP = "admin/startup/menu_item_id"
OLD_PASSWORD = "It's time to change your password."  # noqa: S105 -- a sentence
FORCED = "Your password has expired; please create a new one."


@admin_page("", SIGNED_IN)
async def start(page: AdminPage) -> Response:
    """The startup page of the configuration, or the first page that the role allows."""
    wanted = page.ctx.config_default(STARTUP)
    allowed = [entry for branch in menu_of(page.actor) for entry in branch.entries]
    for entry in allowed:
        if wanted in (entry.resource, entry.label.lower()):
            return page.redirect(entry.path)
    return page.redirect(allowed[0].path) if allowed else page.denied()


@admin_page("adminhtml/auth/login", ANYBODY)
async def login(page: AdminPage) -> Response:
    """The form; who is signed in already goes on."""
    return page.redirect("") if page.user else page.render("sign_in.html", to="")


@admin_page("adminhtml/auth/loginPost", ANYBODY, post=True, instead="adminhtml/auth/login")
async def login_post(page: AdminPage) -> Response:
    """On success to the page that was asked for, else the form again with the reason."""
    to, username = page.form.get("to"), page.form.get("login[username]").strip()
    try:
        async with page.attempt():
            signed_in = await access.sign_in(page.ctx, username, page.form.get("login[password]"))
    except Refused as refusal:
        page.refused(refusal)
        return page.render("sign_in.html", status=401, to=to, username=username)

    await page.sessions.sign_in(page.ctx, page.session, signed_in.user_id)
    page.session.data.pop(MUST_CHANGE_PASSWORD, None)
    if signed_in.must_change_password:
        page.session.data[MUST_CHANGE_PASSWORD] = True
        page.error(FORCED)
    elif signed_in.password_is_old:
        page.notice(OLD_PASSWORD)
    waiting = unsent.waiting(page)
    own = waiting.back if waiting else own_path(page.request, to)
    return RedirectResponse(own, 303) if own and own.startswith(page.url("")) else page.redirect("")


@admin_page("adminhtml/auth/logout", SIGNED_IN, post=True, instead="adminhtml/auth/login")
async def logout(page: AdminPage) -> Response:
    await page.sessions.sign_out(page.ctx, page.session)
    page.success("You have logged out.")
    return page.redirect("adminhtml/auth/login")


def startup_pages() -> list[tuple[str, str]]:
    """What the configuration offers: the stored value and the label."""
    return [
        (entry.label.lower() if entry.label == "Dashboard" else entry.resource, entry.label) for entry in all_entries()
    ]
