"""Confirming the address of a new account (spec 20-customers, 10)."""

from __future__ import annotations

from entrepot.customers import mails, newsletter
from entrepot.customers.chance import is_same
from entrepot.customers.contracts import Customer, CustomerChanged
from entrepot.customers.errors import AlreadyActive, ConfirmationMismatch, ConfirmationNotNeeded, NoSuchCustomer
from entrepot.customers.queries import accounts as account_queries
from entrepot.customers.queries import customers as queries
from entrepot.customers.queries.accounts import Account
from entrepot.customers.reading import get_by_id
from entrepot.customers.sharing import get_account
from entrepot.kit.context import Context
from entrepot.kit.rest.operation import CUSTOMER_ID, SELF, MayUse, operation

CONFIRM = "customer/create_account/confirm"


def is_confirmation_required(ctx: Context, website_id: int) -> bool:
    return ctx.flag(CONFIRM, website_id=website_id)


@operation(
    "GET /V1/customers/{customer_id}/confirm",
    access=MayUse("Magento_Customer::manage"),
    service="Magento.Customer.Api.AccountManagement.getConfirmationStatus",
)
async def get_confirmation_status(ctx: Context, customer_id: int) -> str:
    """`account_confirmation_not_required`, `account_confirmation_required` or `account_confirmed`.

    Raises NoSuchCustomer.
    """
    account = await account_queries.find_by_id(ctx.db, customer_id)
    if account is None:
        raise NoSuchCustomer(customer_id)
    if not is_confirmation_required(ctx, account.website_id):
        return "account_confirmation_not_required"
    return "account_confirmation_required" if account.confirmation else "account_confirmed"


@operation(
    "PUT /V1/customers/me/activate",
    access=SELF,
    service="Magento.Customer.Api.AccountManagement.activateById",
    force={"customerId": CUSTOMER_ID},
)
async def activate_by_id(ctx: Context, customer_id: int, confirmation_key: str) -> Customer:
    """Confirm the caller's address. Raises NoSuchCustomer, and what `activate` raises."""
    account = await account_queries.find_by_id(ctx.db, customer_id)
    if account is None:
        raise NoSuchCustomer(customer_id)
    return await _activate(ctx, account, confirmation_key)


@operation(
    "PUT /V1/customers/{email}/activate",
    access=MayUse("Magento_Customer::manage"),
    service="Magento.Customer.Api.AccountManagement.activate",
)
async def activate(ctx: Context, email: str, confirmation_key: str) -> Customer:
    """Confirm the address of an account in the website of the call, also when confirmation is no longer required.

    The "confirmed" mail is sent, and a newsletter subscription that waited for this becomes active.

    Raises:
        NoSuchEntityByTwoFields: no such account in the website.
        AlreadyActive: there is nothing to confirm.
        ConfirmationMismatch: another key.
    """
    return await _activate(ctx, await get_account(ctx, email), confirmation_key)


@operation(
    "POST /V1/customers/confirm",
    access=MayUse("Magento_Customer::manage"),
    service="Magento.Customer.Api.AccountManagement.resendConfirmation",
)
async def resend_confirmation(ctx: Context, email: str, website_id: int, redirect_url: str = "") -> None:
    """Mail the confirmation link again. Raises NoSuchEntityByTwoFields or ConfirmationNotNeeded."""
    account = await get_account(ctx, email, website_id)
    if not account.confirmation:
        raise ConfirmationNotNeeded
    await mails.confirmation_request(ctx, account, redirect_url=redirect_url, view=ctx.store)


async def confirm_silently(ctx: Context, customer_id: int) -> None:
    """Take the address as confirmed without a mail: whoever opens a reset link has read a mail sent to it."""
    await ctx.db.execute(queries.SET_CONFIRMED, id=customer_id, now=ctx.now)
    await newsletter.confirm_with_account(ctx, customer_id)
    await ctx.publish(CustomerChanged(customer_id))


async def _activate(ctx: Context, account: Account, key: str) -> Customer:
    if not account.confirmation:
        raise AlreadyActive
    if not is_same(key, account.confirmation):
        raise ConfirmationMismatch
    await confirm_silently(ctx, account.id)
    await mails.confirmed(ctx, account, view=ctx.store)
    return await get_by_id(ctx, account.id)
