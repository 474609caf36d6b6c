"""Which accounts an email address names: one website's, or everybody's (spec 20-customers, 3)."""

from __future__ import annotations

from entrepot.customers.errors import SharedEmails
from entrepot.customers.queries import accounts as account_queries
from entrepot.customers.queries import customers as customer_queries
from entrepot.customers.queries.accounts import Account
from entrepot.directory import allowed_countries
from entrepot.kit.context import Context
from entrepot.kit.errors import NoSuchEntityByTwoFields
from entrepot.stores import ConfigurationChanged, levels

SCOPE = "customer/account_share/scope"
GLOBAL = "0"


def is_global(ctx: Context) -> bool:
    """Whether all websites share their accounts."""
    return ctx.config_default(SCOPE) == GLOBAL


def searched_website(ctx: Context, website_id: int) -> int | None:
    """The website in which an address is unique; None for all of them."""
    return None if is_global(ctx) else website_id


async def find_account(ctx: Context, email: str, website_id: int | None = None) -> Account | None:
    """The account with this address: in the website given or else the request's, or in any when accounts are shared."""
    website = ctx.store.website_id if website_id is None else website_id
    return await account_queries.find_by_email(ctx.db, email, searched_website(ctx, website))


async def get_account(ctx: Context, email: str, website_id: int | None = None) -> Account:
    """Raises NoSuchEntityByTwoFields with the address and the website."""
    found = await find_account(ctx, email, website_id)
    if found is None:
        raise NoSuchEntityByTwoFields(
            field_name="email",
            field_value=email,
            field2_name="websiteId",
            field2_value=ctx.store.website_id if website_id is None else website_id,
        )
    return found


async def reserve_email(ctx: Context, email: str, website_id: int, except_id: int | None = None) -> bool:
    """Whether the address is free for the account; then nobody else can take it before this transaction ends.

    Inside one website its unique index is the judge of the last moment. It cannot be when accounts are shared, so
    then the address itself is locked before looking.
    """
    if is_global(ctx):
        await ctx.db.execute(customer_queries.LOCK_EMAIL, email=email)
    return not await account_queries.other_has_email(
        ctx.db, email, searched_website(ctx, website_id), except_id=except_id
    )


def countries_for(ctx: Context, store_id: int) -> frozenset[str]:
    """The countries that addresses of a customer of this store view may have."""
    if not is_global(ctx):
        return allowed_countries(ctx, store_id=store_id)
    everywhere = [allowed_countries(ctx, website_id=site.id) for site in levels(ctx).websites if site.id]
    return frozenset().union(*everywhere)


async def refuse_to_share_equal_emails(ctx: Context, change: ConfigurationChanged) -> None:
    """Listens to the configuration: accounts cannot be shared while two of them have the same address.

    New accounts wait until the change is through, so that none slips in after the look.
    """
    if change.path != SCOPE or not is_global(ctx):
        return
    await ctx.db.execute(customer_queries.LOCK_TABLE)
    if await ctx.db.value(customer_queries.SHARED_EMAIL):
        raise SharedEmails
