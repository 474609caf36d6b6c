"""System > Permissions: All Users and Locked Users."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from starlette.responses import Response

from entrepot import access
from entrepot.access import User, UserDraft
from entrepot.access.errors import (
    InvalidEmail,
    OwnPasswordInvalid,
    PasswordAlreadyUsed,
    PasswordRequired,
    PasswordsDiffer,
    PasswordTooShort,
    PasswordTooSimple,
    UserExists,
)
from entrepot.admin.access import admin_page
from entrepot.admin.form import Field, Form, Section, Submit, as_int, typed
from entrepot.admin.grid import Column, Grid, MassAction, back_to, chosen_ids, in_memory
from entrepot.admin.option_sources import locales
from entrepot.admin.options import Option
from entrepot.admin.page import AdminPage, Button
from entrepot.kit.context import ActorType, Context
from entrepot.kit.errors import Refused

USERS = "Magento_User::acl_users"
LOCKS = "Magento_User::locks"
ACTIVE = (Option("1", "Active"), Option("0", "Inactive"))
GONE = "This user no longer exists."


def roles(ctx: Context) -> list[Option]:
    return [Option(str(role.id), role.name) for role in access.list_roles(ctx)]


OWN_PASSWORD = Section(
    "current_user_verification",
    "Current User Identity Verification",
    (
        Field(
            "current_password",
            "Your Password",
            "password",
            required=True,
            errors=(OwnPasswordInvalid,),
            autocomplete="current-password",
            note="Your own password, to confirm that it is you who saves this.",
        ),
    ),
)

USER_FORM = Form(
    Section(
        "base",
        "Account Information",
        (
            Field("username", "User Name", required=True, max_length=40, errors=(UserExists,)),
            Field("firstname", "First Name", required=True, max_length=32),
            Field("lastname", "Last Name", required=True, max_length=32),
            Field("email", "Email", "email", required=True, max_length=128, errors=(InvalidEmail,)),
            Field(
                "password",
                "Password",
                "password",
                required=True,
                autocomplete="new-password",
                errors=(PasswordRequired, PasswordTooShort, PasswordTooSimple, PasswordAlreadyUsed),
                note="At least 7 characters, with letters and digits.",
            ),
            Field(
                "password_confirmation",
                "Password Confirmation",
                "password",
                required=True,
                autocomplete="new-password",
                errors=(PasswordsDiffer,),
            ),
            Field("interface_locale", "Interface Locale", "select", options=locales),
            Field("is_active", "This account is", "select", options=ACTIVE),
        ),
    ),
    Section(
        "user_role",
        "User Role",
        (Field("role_id", "Role", "select", options=roles, is_optional=True, aliases=("roleId",)),),
        aside=True,
    ),
    OWN_PASSWORD,
)
"""A new user. One who exists keeps the password unless a new one is typed."""

EXISTING_USER_FORM = USER_FORM.with_fields(
    password={"required": False, "label": "New Password"}, password_confirmation={"required": False}
)
ACCOUNT_FORM = EXISTING_USER_FORM.without("is_active", "role_id")

ALL_USERS = Grid(
    name="permission_user_grid",
    path="adminhtml/user",
    title="Users",
    rows=in_memory(access.list_users),
    columns=(
        Column("user_id", "ID", "number"),
        Column("username", "User Name"),
        Column("firstname", "First Name"),
        Column("lastname", "Last Name"),
        Column("email", "Email"),
        Column("role_id", "Role", "choice", options=roles),
        Column("is_active", "Status", "choice", options=ACTIVE, tones={"1": "good", "0": "plain"}),
        Column("logdate", "Last Sign-In", "instant"),
        Column("lognum", "Sign-Ins", "number", hidden=True),
        Column("created_at", "Created", "instant", hidden=True),
        Column("interface_locale", "Interface Locale", "choice", options=locales, hidden=True),
    ),
    sort="username",
    row_id="user_id",
    opens=lambda page, row: page.url("adminhtml/user/edit", user_id=row.user_id),
    search=("username", "firstname", "lastname", "email"),
    search_hint="Name or email",
)

LOCKED_USERS = Grid(
    name="locked_user_grid",
    path="adminhtml/locks",
    title="Locked Users",
    rows=in_memory(access.list_locked_users),
    columns=(
        Column("user_id", "ID", "number"),
        Column("username", "User Name"),
        Column("logdate", "Last Sign-In", "instant"),
        Column("failures_num", "Failures", "number"),
        Column("lock_expires", "Locked Until", "instant"),
    ),
    sort="user_id",
    row_id="user_id",
    actions=(MassAction("adminhtml/locks/massUnlock", "Unlock", LOCKS),),
    empty="Nobody is locked out. Users whose password is guessed wrongly too often appear here.",
)


@admin_page("adminhtml/user", USERS)
async def list_users(page: AdminPage) -> Response:
    new = Button("Add New User", href=page.url("adminhtml/user/new"), kind="primary")
    return await ALL_USERS.show(page, buttons=[new])


@admin_page("adminhtml/user/new", USERS)
async def new_user(page: AdminPage) -> Response:
    return await _show(page, None, {"is_active": "1", "interface_locale": "en_US"})


@admin_page("adminhtml/user/edit", USERS)
async def edit_user(page: AdminPage) -> Response:
    user = await _find(page)
    if user is None:
        page.error(GONE)
        return page.redirect("adminhtml/user")
    return await _show(page, user, user_values(user))


@admin_page("adminhtml/user/save", USERS, post=True, instead="adminhtml/user")
async def save_user(page: AdminPage) -> Response:
    user, form = await _find(page), page.form
    draft = UserDraft(
        user_id=page.number("user_id"),
        username=form.get("username"),
        firstname=form.get("firstname"),
        lastname=form.get("lastname"),
        email=form.get("email"),
        password=form.get("password") or None,
        password_confirmation=form.get("password_confirmation"),
        is_active=form.is_ticked("is_active"),
        interface_locale=form.get("interface_locale", "en_US"),
        role_id=as_int(form.get("role_id")),
    )
    refusals = await page.attempted(
        access.save_user(page.ctx, draft, current_password=form.get("current_password"), keep_session=page.session.kept)
    )
    if refusals:
        return await _show(page, user, typed(USER_FORM, form), refusals)
    page.success("You saved the user.")
    return page.redirect("adminhtml/user")


@admin_page("adminhtml/user/delete", USERS, post=True, instead="adminhtml/user")
async def delete_user(page: AdminPage) -> Response:
    """Sent by the user's form, with the own password in it."""
    user = await _find(page)
    if user is None:
        page.error(GONE)
        return page.redirect("adminhtml/user")
    here = page.url("adminhtml/user/edit", user_id=user.user_id)
    if question := page.confirmed(f"Are you sure you want to delete the user {user.username}?", "Delete", back=here):
        return question
    refusals = await page.attempted(
        access.delete_user(page.ctx, user.user_id, current_password=page.form.get("current_password"))
    )
    if refusals:
        return await _show(page, user, user_values(user), refusals)
    page.success("You deleted the user.")
    return page.redirect("adminhtml/user")


@admin_page("adminhtml/user/invalidateToken", USERS, post=True, instead="adminhtml/user")
async def force_sign_in(page: AdminPage) -> Response:
    """Make all bearer tokens of a user worthless."""
    user = await _find(page)
    if user is None:
        page.error(GONE)
        return page.redirect("adminhtml/user")
    await access.revoke_all(page.ctx, ActorType.ADMIN, user.user_id)
    page.success("You have revoked the user's tokens.")
    return page.redirect("adminhtml/user/edit", user_id=user.user_id)


@admin_page("adminhtml/locks", LOCKS)
async def locked_users(page: AdminPage) -> Response:
    return await LOCKED_USERS.show(page)


@admin_page("adminhtml/locks/massUnlock", LOCKS, post=True, instead="adminhtml/locks")
async def unlock_users(page: AdminPage) -> Response:
    if ids := await chosen_ids(LOCKED_USERS, page):
        count = await access.unlock_users(page.ctx, ids)
        page.success("Unlocked %1 user(s).", count)
    return back_to(LOCKED_USERS, page)


def user_values(user: User) -> dict[str, object]:
    return {
        "username": user.username,
        "firstname": user.firstname,
        "lastname": user.lastname,
        "email": user.email,
        "interface_locale": user.interface_locale,
        "is_active": user.is_active,
        "role_id": user.role_id,
    }


async def _find(page: AdminPage) -> User | None:
    user_id = page.number("user_id")
    if user_id is None:
        return None
    try:
        return await access.get_user(page.ctx, user_id)
    except access.NoSuchUser:
        return None


async def _show(
    page: AdminPage, user: User | None, values: dict[str, object], refusals: Sequence[Refused] = ()
) -> Response:
    """The form of a user, or of a new one."""
    submits = [Submit("Save User", kind="primary")]
    pairs: dict[str, Any] = {"user_id": user.user_id} if user else {}
    buttons = [Button("Back", href=page.url("adminhtml/user"))]
    if user:
        buttons.append(
            Button(
                "Force Sign-In",
                post=page.url("adminhtml/user/invalidateToken", **pairs),
                confirm="Are you sure you want to revoke the user's tokens?",
                yes="Revoke",
            )
        )
        submits.append(
            Submit(
                "Delete User",
                kind="danger",
                action=page.url("adminhtml/user/delete", **pairs),
                confirm=f"Are you sure you want to delete the user {user.username}?",
            )
        )
    return await (EXISTING_USER_FORM if user else USER_FORM).show(
        page,
        title=f"{user.firstname} {user.lastname}" if user else "New User",
        action=page.url("adminhtml/user/save", **pairs),
        values=values,
        refusals=refusals,
        submits=submits,
        buttons=buttons,
    )
