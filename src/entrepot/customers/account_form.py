"""What the storefront's account page changes in one go: name, email, password (spec 20-customers, 16.7)."""

from __future__ import annotations

from msgspec import Struct

from entrepot.access import Session
from entrepot.customers import mails
from entrepot.customers.change import save_own
from entrepot.customers.contracts import Customer
from entrepot.customers.errors import PasswordsDiffer
from entrepot.customers.passwords import change_password, check_current_password
from entrepot.customers.queries import accounts as queries
from entrepot.kit.context import Context


class AccountForm(Struct, kw_only=True):
    """The posted form. `profile` has the name fields and, if shown, date of birth, tax number and gender."""

    profile: Customer
    email: str | None = None
    """The new address; None unless the box `Change Email` is ticked."""
    current_password: str = ""
    new_password: str | None = None
    """None unless the box `Change Password` is ticked."""
    confirmation: str = ""
    """The new password once more."""


async def edit_account(ctx: Context, customer_id: int, form: AccountForm, session: Session | None = None) -> None:
    """Save the form of the customer who calls; mails tell of a new address or password. `session` stays signed in.

    Raises:
        WrongPassword, AccountLocked: the current password, which either change needs.
        PasswordsDiffer, PasswordIsEmail, and the refusals of weak passwords.
        What `save_own` raises.
    """
    account = await queries.find_by_id(ctx.db, customer_id)
    former_email = account.email if account else ""
    if form.email is not None:
        former_email = (await check_current_password(ctx, customer_id, form.current_password)).email
    if form.new_password is not None:
        if form.new_password != form.confirmation:
            raise PasswordsDiffer
        await change_password(ctx, customer_id, form.current_password, form.new_password, keep=session)

    profile = form.profile
    profile.id = customer_id
    profile.email = former_email if form.email is None else form.email
    profile.website_id = account.website_id if account else None
    profile.addresses = None
    await save_own(ctx, profile)
    await _tell(ctx, customer_id, former_email, password_changed=form.new_password is not None)


async def _tell(ctx: Context, customer_id: int, former_email: str, *, password_changed: bool) -> None:
    account = await queries.find_by_id(ctx.db, customer_id)
    if account is None:
        return
    email_changed = account.email != former_email
    if email_changed and password_changed:
        await mails.email_and_password_changed(ctx, account, former_email)
    elif email_changed:
        await mails.email_changed(ctx, account, former_email)
    elif password_changed:
        await mails.password_changed(ctx, account)
