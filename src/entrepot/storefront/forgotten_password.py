"""Asking for a new password, and setting it by the link of the mail (spec 20-customers, 16.4)."""

from __future__ import annotations

from starlette.responses import Response

from entrepot import customers
from entrepot.customers.errors import (
    PasswordHasOuterSpace,
    PasswordIsEmail,
    PasswordTooLong,
    PasswordTooShort,
    PasswordTooSimple,
    TooManyResetRequests,
)
from entrepot.customers.rules import emails
from entrepot.kit.errors import Refused
from entrepot.kit.pages import page
from entrepot.storefront import field_errors
from entrepot.storefront.access import Visitor
from entrepot.storefront.coming_back import SIGN_IN
from entrepot.storefront.password_rules import PasswordRules
from entrepot.storefront.shop_page import ShopPage

FORGOT = "customer/account/forgotpassword"
NEW_PASSWORD = "customer/account/createpassword"  # noqa: S105 - an address
EMAIL = "email_address"
INPUTS = {"password": "password", "password_confirmation": "password_confirmation"}
"""The names and ids of the inputs for the new password."""
TOKEN = "rp_token"  # noqa: S105 - a name
WEAK_PASSWORDS = (
    PasswordTooLong,
    PasswordTooShort,
    PasswordHasOuterSpace,
    PasswordTooSimple,
    PasswordIsEmail,
)

SENT = "If there is an account associated with %1 you will receive an email with a link to reset your password."


@page(FORGOT, access=Visitor.GUEST)
async def forgot_password(page: ShopPage) -> Response:
    typed = page.take_form("forgot")
    return page.render("account/forgot_password.html", email=typed.get("email") if typed else "")


@page("customer/account/forgotpasswordpost", methods=["POST"], instead=FORGOT)
async def forgot_password_post(page: ShopPage) -> Response:
    email = page.form.get("email").strip()
    if not email:
        page.error("Please enter your email.", fields=[EMAIL])
        return page.redirect(FORGOT)
    if emails.problems(email, "Email"):
        page.error("The email address is incorrect. Verify the email address and try again.", fields=[EMAIL])
        return _again(page)
    try:
        async with page.attempt():
            await customers.admit_reset_request(page.ctx, email)
    except TooManyResetRequests as refusal:
        page.refused(refusal)
        return _again(page)
    # The same answer, as fast, for an address without account, so that nobody learns who has one.
    await customers.mail_reset_link.defer(page.ctx, email=email, store_id=page.ctx.store.id)
    page.success(SENT, email)
    return page.redirect(SIGN_IN)


@page(NEW_PASSWORD)
async def create_password(page: ShopPage) -> Response:
    """The link of the mail: its token goes into the session, and out of the address that others may see."""
    if token := page.parameter("token"):
        try:
            async with page.attempt():
                await customers.open_reset_link(page.ctx, token)
        except Refused:
            page.session.data.pop(TOKEN, None)
            return _expired(page)
        page.session.data[TOKEN] = token
        return page.redirect(NEW_PASSWORD)
    if TOKEN not in page.session.data:
        return _expired(page)
    return page.render("account/new_password.html", rules=PasswordRules.of(page.ctx))


@page("customer/account/resetpasswordpost", methods=["POST"], instead=NEW_PASSWORD)
async def reset_password_post(page: ShopPage) -> Response:
    token = page.parameter("token") or page.session.data.get(TOKEN, "")
    password = page.form.get("password")
    if not password:
        page.error("Please enter a new password.", fields=[INPUTS["password"]])
        return page.redirect(NEW_PASSWORD)
    if password != page.form.get("password_confirmation"):
        page.error(
            "New Password and Confirm New Password values didn't match.", fields=[INPUTS["password_confirmation"]]
        )
        return page.redirect(NEW_PASSWORD)
    try:
        async with page.attempt():
            await customers.reset_password(page.ctx, "", token, password)
    except WEAK_PASSWORDS as refusal:
        field_errors.tell(page, refusal, INPUTS)
        return page.redirect(NEW_PASSWORD)
    except Refused:
        page.error("Something went wrong while saving the new password.")
        return page.redirect(NEW_PASSWORD)
    page.session.data.pop(TOKEN, None)
    page.success("You updated your password.")
    return page.redirect(SIGN_IN)


def _expired(page: ShopPage) -> Response:
    page.error("Your password reset link has expired.")
    return page.redirect(FORGOT)


def _again(page: ShopPage) -> Response:
    page.keep_form("forgot", "email")
    return page.redirect(FORGOT)
