"""Account Setting: administrators change what is theirs."""

from __future__ import annotations

from starlette.responses import Response

from entrepot import access
from entrepot.access import UserDraft
from entrepot.admin.access import SIGNED_IN, admin_page
from entrepot.admin.face import ACCOUNT, MUST_CHANGE_PASSWORD
from entrepot.admin.form import Submit, typed
from entrepot.admin.page import AdminPage
from entrepot.admin.users import ACCOUNT_FORM, user_values
from entrepot.kit.errors import Refused

MAY_CHANGE = "Magento_Backend::myaccount"


@admin_page(ACCOUNT, SIGNED_IN)
async def account(page: AdminPage) -> Response:
    """Open to every administrator while the password must be changed, else by the role."""
    return await _show(page) if _may_change(page) else page.denied()


@admin_page(f"{ACCOUNT}/save", SIGNED_IN, post=True, instead=ACCOUNT)
async def save(page: AdminPage) -> Response:
    if not _may_change(page):
        return page.denied()
    assert page.user is not None
    form = page.form
    draft = UserDraft(
        user_id=page.user.user_id,
        username=form.get("username"),
        firstname=form.get("firstname"),
        lastname=form.get("lastname"),
        email=form.get("email"),
        password=form.get("password") or None,
        password_confirmation=form.get("password_confirmation"),
        is_active=True,
        interface_locale=form.get("interface_locale") or page.user.interface_locale,
        role_id=page.user.role_id,
    )
    refusals = await page.attempted(
        access.save_user(page.ctx, draft, current_password=form.get("current_password"), keep_session=page.session.kept)
    )
    if refusals:
        return await _show(page, refusals)
    if draft.password:
        page.session.data.pop(MUST_CHANGE_PASSWORD, None)
    page.success("You saved the account.")
    return page.redirect(ACCOUNT)


def _may_change(page: AdminPage) -> bool:
    return page.may(MAY_CHANGE) or bool(page.session.data.get(MUST_CHANGE_PASSWORD))


async def _show(page: AdminPage, refusals: list[Refused] | None = None) -> Response:
    assert page.user is not None
    values = typed(ACCOUNT_FORM, page.form) if refusals else user_values(page.user)
    return await ACCOUNT_FORM.show(
        page,
        title="Account Setting",
        action=page.url(f"{ACCOUNT}/save"),
        values=values,
        refusals=refusals or (),
        submits=[Submit("Save Account", kind="primary")],
    )
