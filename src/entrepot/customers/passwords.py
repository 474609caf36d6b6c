"""Passwords changed and reset (spec 20-customers, 6.2 and 7)."""

from __future__ import annotations

from datetime import timedelta

from entrepot.access import Session, SessionKind, sessions
from entrepot.customers import lockout, mails
from entrepot.customers.chance import is_same, reset_token
from entrepot.customers.confirmation import confirm_silently
from entrepot.customers.errors import (
    AccountLocked,
    NoSuchCustomer,
    NoSuchResetToken,
    ResetTokenAmbiguous,
    ResetTokenExpired,
    ResetTokenMismatch,
    UnknownTemplate,
    WrongPassword,
)
from entrepot.customers.password_policy import check_new_password
from entrepot.customers.queries import accounts as queries
from entrepot.customers.queries import customers as customer_queries
from entrepot.customers.queries.accounts import Account
from entrepot.customers.sharing import get_account
from entrepot.customers.sign_in import is_password_of
from entrepot.kit import passwords
from entrepot.kit.context import Context
from entrepot.kit.errors import InvalidFieldValue, RequiredField
from entrepot.kit.rest.operation import ANONYMOUS, CUSTOMER_ID, SELF, operation

LINK_LIFETIME_HOURS = "customer/password/reset_link_expiration_period"
RESET = "email_reset"
REMINDER = "email_reminder"


@operation(
    "PUT /V1/customers/me/password",
    access=SELF,
    service="Magento.Customer.Api.AccountManagement.changePasswordById",
    force={"customerId": CUSTOMER_ID},
)
async def change_password_by_id(ctx: Context, customer_id: int, current_password: str, new_password: str) -> bool:
    """Replace the caller's password. Its storefront sessions end, tokens stay valid, and no mail is sent.

    Raises:
        WrongPassword, AccountLocked: the latter when this failure locks the account. While it is locked, the right
            current password still serves.
        PasswordIsEmail, and the refusals of weak passwords.
    """
    return await change_password(ctx, customer_id, current_password, new_password)


async def change_password(
    ctx: Context, customer_id: int, current_password: str, new_password: str, *, keep: Session | None = None
) -> bool:
    """The same from a page, whose own session is kept."""
    account = await check_current_password(ctx, customer_id, current_password)
    check_new_password(ctx, new_password, account.email)
    await _set_password(ctx, account.id, new_password, keep=keep)
    return True


async def check_current_password(ctx: Context, customer_id: int, password: str) -> Account:
    """The account, if this is its password. Raises NoSuchCustomer, WrongPassword or AccountLocked."""
    account = await queries.find_by_id(ctx.db, customer_id)
    if account is None:
        raise NoSuchCustomer(customer_id)
    if not await is_password_of(account, password):
        failures = await lockout.count_failure(ctx, account.id)
        raise AccountLocked if failures.is_locked(ctx.now) else WrongPassword
    return account


@operation(
    "PUT /V1/customers/password",
    access=ANONYMOUS,
    service="Magento.Customer.Api.AccountManagement.initiatePasswordReset",
)
async def initiate_password_reset(ctx: Context, email: str, template: str, website_id: int | None = None) -> bool:
    """Mail a link that lets its reader set a new password. An earlier link dies.

    Always True: the mail is put away with the new token, and delivered later.

    Raises:
        UnknownTemplate: neither `email_reset` nor `email_reminder`; an earlier link lives on then.
        NoSuchEntityByTwoFields: no such account in the website.
    """
    if template not in (RESET, REMINDER):
        raise UnknownTemplate(value=template, field_name="template", template1=REMINDER, template2=RESET)
    account = await get_account(ctx, email, website_id)
    token = reset_token()
    await ctx.db.execute(queries.SET_RESET_TOKEN, id=account.id, token=token, now=ctx.now)
    if template == RESET:
        await mails.password_reset(ctx, account, token)
    else:
        await mails.password_reminder(ctx, account, token)
    return True


@operation(
    "GET /V1/customers/{customer_id}/password/resetLinkToken/{reset_password_link_token}",
    access=ANONYMOUS,
    service="Magento.Customer.Api.AccountManagement.validateResetPasswordLinkToken",
)
async def validate_reset_password_link_token(ctx: Context, customer_id: int, reset_password_link_token: str) -> bool:
    """True for a token that still serves; asking does not use it up.

    Raises:
        InvalidFieldValue, RequiredField: an id below 1, an empty token.
        NoSuchCustomer, ResetTokenMismatch, ResetTokenExpired
    """
    if customer_id <= 0:
        raise InvalidFieldValue(field_name="customerId", value=customer_id)
    if not reset_password_link_token:
        raise RequiredField(field_name="resetPasswordLinkToken")
    account = await queries.find_by_id(ctx.db, customer_id)
    if account is None:
        raise NoSuchCustomer(customer_id)
    _check_token(ctx, account, reset_password_link_token)
    return True


@operation(
    "POST /V1/customers/resetPassword",
    access=ANONYMOUS,
    service="Magento.Customer.Api.AccountManagement.resetPassword",
)
async def reset_password(ctx: Context, email: str, reset_token: str, new_password: str) -> bool:
    """Set a new password by the token of a mail, which it uses up. All storefront sessions of the customer end.

    With an empty address the token alone finds the account.

    Raises:
        NoSuchEntityByTwoFields, NoSuchResetToken, ResetTokenAmbiguous: no account, or more than one with the token.
        ResetTokenMismatch, ResetTokenExpired, RequiredField: the token.
        PasswordIsEmail, and the refusals of weak passwords.
    """
    found = await (get_account(ctx, email) if email else account_by_token(ctx, reset_token))
    # Two calls may bring one token: whoever comes second finds it used up.
    await customer_queries.lock(ctx.db, found.id)
    await validate_reset_password_link_token(ctx, found.id, reset_token)
    check_new_password(ctx, new_password, found.email)
    await _set_password(ctx, found.id, new_password)
    return True


async def account_by_token(ctx: Context, token: str) -> Account:
    """The one account with this reset token. Raises NoSuchResetToken or ResetTokenAmbiguous."""
    found = await ctx.db.all(Account, queries.LIST_BY_RESET_TOKEN, token=token)
    if not found:
        raise NoSuchResetToken(value=token)
    if len(found) > 1:
        raise ResetTokenAmbiguous
    return found[0]


async def open_reset_link(ctx: Context, token: str) -> int:
    """The id of the customer whose reset link was opened, which also confirms a pending address.

    Raises NoSuchResetToken, ResetTokenAmbiguous or ResetTokenExpired.
    """
    account = await account_by_token(ctx, token)
    _check_token(ctx, account, token)
    if account.confirmation:
        await confirm_silently(ctx, account.id)
    return account.id


def _check_token(ctx: Context, account: Account, token: str) -> None:
    if not account.rp_token or not is_same(token, account.rp_token):
        raise ResetTokenMismatch
    if account.rp_token_created_at is None or account.rp_token_created_at > ctx.now:
        raise ResetTokenExpired
    lifetime = ctx.config_default(LINK_LIFETIME_HOURS)
    whole_hours = (ctx.now - account.rp_token_created_at) // timedelta(hours=1)
    if whole_hours >= (int(lifetime) if lifetime and lifetime.isdigit() else 0):
        raise ResetTokenExpired


async def _set_password(ctx: Context, customer_id: int, password: str, *, keep: Session | None = None) -> None:
    password_hash = await passwords.hash(password)
    await ctx.db.execute(queries.SET_PASSWORD, id=customer_id, password_hash=password_hash, now=ctx.now)
    await sessions.close_all(ctx, SessionKind.STOREFRONT, customer_id, except_=keep)
