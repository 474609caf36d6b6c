"""A new account (spec 20-customers, 4)."""

from __future__ import annotations

from msgspec import structs

from entrepot.customers import address_book, known_attributes, mails, newsletter, vat
from entrepot.customers.chance import random_key, reset_token
from entrepot.customers.confirmation import is_confirmation_required
from entrepot.customers.contracts import Customer, CustomerCreated
from entrepot.customers.errors import (
    AlreadyInStore,
    AttributeRulesBroken,
    EmailMissing,
    EmailTaken,
)
from entrepot.customers.password_policy import check_password
from entrepot.customers.placement import allowed_group, default_group_id, place_of
from entrepot.customers.profile import new_profile
from entrepot.customers.queries import accounts as account_queries
from entrepot.customers.queries import customers as queries
from entrepot.customers.queries.accounts import Account
from entrepot.customers.reading import get_by_id
from entrepot.customers.rules.customer_rules import broken_lines, is_empty
from entrepot.customers.sharing import get_account, reserve_email
from entrepot.kit import passwords
from entrepot.kit.context import Context
from entrepot.kit.rest.operation import ANONYMOUS, operation

HUMAN_FRIENDLY_ID = "customer/create_account/generate_human_friendly_id"
NO_AUTO_GROUP = "customer/create_account/viv_disable_auto_group_assign_default"


@operation(
    "POST /V1/customers",
    access=ANONYMOUS,
    service="Magento.Customer.Api.AccountManagement.createAccount",
)
async def create_account(
    ctx: Context, customer: Customer, password: str | None = None, redirect_url: str = ""
) -> Customer:
    """Make an account with its addresses, and mail a welcome. Everybody may.

    Without a password nobody can sign in to it before a reset. When the website wants addresses confirmed, the
    account waits for that; the answer never shows the key. A failing address fails the call, and no account remains;
    an address in a country that is not allowed is left out without a word.

    Raises:
        PasswordTooLong, PasswordTooShort, PasswordHasOuterSpace, PasswordTooSimple, PasswordIsEmail
        AlreadyInStore: the client sent an id, and the address has an account.
        WebsiteNotFound, StoreNotFound, StoreNotInWebsite, GroupUnknown
        Unauthorized: a group other than the default one, by a caller who does not manage customers.
        EmailMissing, EmailTaken
        AttributeRulesBroken, Invalid: what is wrong with the customer, or with the first bad address.
    """
    email = customer.email or ""
    if password is not None:
        check_password(ctx, password, email)
    if customer.id:
        await get_account(ctx, email)
        raise AlreadyInStore

    store, website_id = place_of(ctx, customer)
    group_id = await allowed_group(ctx, customer.group_id, default_group_id(ctx, store.id))
    if is_empty(email):
        raise EmailMissing
    password_hash = None if password is None else await passwords.hash(password)
    if not await reserve_email(ctx, email, website_id):
        raise EmailTaken

    waits = is_confirmation_required(ctx, website_id)
    new = structs.replace(
        customer,
        website_id=website_id,
        store_id=store.id,
        group_id=group_id,
        created_in=store.name,
        confirmation=random_key() if waits else customer.confirmation,
    )
    if customer.disable_auto_group_change is None:
        new.disable_auto_group_change = int(ctx.config_default(NO_AUTO_GROUP) == "1")
    if lines := broken_lines(new, known_attributes.customer_attributes(ctx, website_id)):
        raise AttributeRulesBroken(lines)

    customer_id = await queries.insert(
        ctx.db,
        new_profile(ctx, new),
        now=ctx.now,
        numbered=ctx.config_default(HUMAN_FRIENDLY_ID) == "1",
        password_hash=password_hash,
        rp_token=reset_token(),
    )
    if customer_id is None:
        raise EmailTaken
    if customer.addresses:
        book = address_book.AddressBook(ctx, customer_id, store.id, website_id)
        await book.add_allowed(customer.addresses)

    account = await account_queries.find_by_id(ctx.db, customer_id)
    assert account is not None
    await _welcome(ctx, account, waits=waits, redirect_url=redirect_url)
    await newsletter.adopt_guest(ctx, account)
    if customer.extension_attributes and customer.extension_attributes.is_subscribed:
        await newsletter.subscribe(ctx, account)
    await vat.assign_group(ctx, customer_id, store.id)
    await ctx.publish(CustomerCreated(customer_id))
    return structs.replace(await get_by_id(ctx, customer_id), confirmation=None)


async def _welcome(ctx: Context, account: Account, *, waits: bool, redirect_url: str) -> None:
    if account.password_hash is None:
        await mails.welcome_without_password(ctx, account)
    elif waits:
        await mails.confirmation_request(ctx, account, redirect_url=redirect_url)
    else:
        await mails.welcome(ctx, account)
