"""An account changed, addresses included, and an account deleted (spec 20-customers, 9.2 and 9.3)."""

from __future__ import annotations

from msgspec import structs

from entrepot.access import SessionKind, revoke_all, sessions
from entrepot.customers import address_book, known_attributes, newsletter, vat
from entrepot.customers.contracts import Customer, CustomerChanged, CustomerDeleted
from entrepot.customers.errors import (
    AttributeRulesBroken,
    EmailMissing,
    EmailTaken,
    NoSuchCustomer,
    StoreNotFound,
    WebsiteNotFound,
)
from entrepot.customers.placement import allowed_group
from entrepot.customers.profile import merged, new_profile
from entrepot.customers.queries import accounts as account_queries
from entrepot.customers.queries import customers as queries
from entrepot.customers.queries.accounts import Account
from entrepot.customers.reading import get_by_id
from entrepot.customers.rules.customer_rules import broken_lines, is_empty
from entrepot.customers.sharing import reserve_email
from entrepot.kit.context import ActorType, Context
from entrepot.kit.errors import RequiredField
from entrepot.kit.rest.operation import CUSTOMER_ID, SELF, MayUse, operation


@operation(
    "PUT /V1/customers/me",
    access=SELF,
    service="Magento.Customer.Api.CustomerRepository.save",
    force={"customer.id": CUSTOMER_ID},
)
async def save_own(ctx: Context, customer: Customer, password_hash: str | None = None) -> Customer:
    """What `save` does, by the customer itself: `customer.id` is the caller's.

    A customer cannot set its own confirmation, dates, website, store view or password hash; they are ignored.
    """
    if customer.id is None:
        raise RequiredField(field_name="customerId")
    return await _save(ctx, customer.id, customer, manages=False)


@operation(
    "PUT /V1/customers/{customer_id}",
    access=MayUse("Magento_Customer::manage"),
    service="Magento.Customer.Api.CustomerRepository.save",
)
async def save(
    ctx: Context, customer: Customer, password_hash: str | None = None, customer_id: int | None = None
) -> Customer:
    """Change an account. What is not sent stays as it is, an empty text clears, a list of addresses is the new set.

    `email`, `firstname`, `lastname` and `website_id` have to be sent each time. The account is the path's, whatever
    id the body has. One failing address leaves everything as it was.

    Raises:
        NoSuchCustomer, NoSuchAddress: the latter also for another customer's address.
        GroupUnknown, WebsiteNotFound, StoreNotFound, EmailMissing, EmailTaken
        AttributeRulesBroken, Invalid: what is wrong with the customer, or with the first bad address.
    """
    wanted = customer.id if customer_id is None else customer_id
    if wanted is None:
        raise RequiredField(field_name="customerId")
    return await _save(ctx, wanted, customer, manages=True, password_hash=password_hash)


@operation(
    "DELETE /V1/customers/{customer_id}",
    access=MayUse("Magento_Customer::manage"),
    service="Magento.Customer.Api.CustomerRepository.deleteById",
)
async def delete_by_id(ctx: Context, customer_id: int) -> bool:
    """Delete an account with its addresses, tokens, sessions and newsletter subscription. Raises NoSuchCustomer."""
    gone = await ctx.db.one_or_none(dict, queries.DELETE, id=customer_id)
    if gone is None:
        raise NoSuchCustomer(customer_id)
    await revoke_all(ctx, ActorType.CUSTOMER, customer_id)
    await sessions.close_all(ctx, SessionKind.STOREFRONT, customer_id)
    await ctx.publish(CustomerDeleted(customer_id, gone["website_id"], gone["email"]))
    return True


async def _save(
    ctx: Context, customer_id: int, sent: Customer, *, manages: bool, password_hash: str | None = None
) -> Customer:
    if not await queries.lock(ctx.db, customer_id):
        raise NoSuchCustomer(customer_id)
    stored = await get_by_id(ctx, customer_id)
    new = merged(stored, sent if manages else _without_privileges(sent, stored))
    new.group_id = await allowed_group(ctx, new.group_id, stored.group_id or 0)
    await _check(ctx, stored, new)

    if not await queries.update(ctx.db, customer_id, new_profile(ctx, new), ctx.now):
        raise EmailTaken
    if password_hash is not None:
        await ctx.db.execute(account_queries.SET_PASSWORD, id=customer_id, password_hash=password_hash, now=ctx.now)
    if sent.addresses is not None:
        book = address_book.AddressBook(ctx, customer_id, new.store_id or 0, new.website_id or 0)
        await book.replace(sent.addresses, sent.default_billing, sent.default_shipping)
        await vat.assign_group(ctx, customer_id, new.store_id or 0)

    account = await account_queries.find_by_id(ctx.db, customer_id)
    assert account is not None
    await _subscription(ctx, account, sent, email_changed=account.email != stored.email)
    await ctx.publish(CustomerChanged(customer_id))
    return await get_by_id(ctx, customer_id)


async def _check(ctx: Context, stored: Customer, new: Customer) -> None:
    """The checks of a PUT in Magento's order; the address is reserved along the way."""
    if new.website_id and new.website_id != stored.website_id and not ctx.stores.default_of_website(new.website_id):
        raise WebsiteNotFound(new.website_id)
    if new.store_id != stored.store_id and ctx.stores.by_id(new.store_id or 0) is None:
        raise StoreNotFound
    if is_empty(new.email):
        raise EmailMissing
    moves = (new.email or "").lower() != (stored.email or "").lower() or new.website_id != stored.website_id
    website_id = new.website_id or stored.website_id or 0
    if moves and not await reserve_email(ctx, new.email or "", website_id, except_id=stored.id):
        raise EmailTaken
    # Magento takes 0 for "no website" here, as it does for everything that has to be there.
    subject = structs.replace(new, website_id=new.website_id or None)
    if lines := broken_lines(subject, known_attributes.customer_attributes(ctx, website_id)):
        raise AttributeRulesBroken(lines)


def _without_privileges(sent: Customer, stored: Customer) -> Customer:
    """What a customer may say about itself. That `website_id` was sent at all still counts."""
    return structs.replace(
        sent,
        confirmation=None,
        created_at=None,
        store_id=None,
        website_id=None if sent.website_id is None else stored.website_id,
    )


async def _subscription(ctx: Context, account: Account, sent: Customer, *, email_changed: bool) -> None:
    if email_changed:
        await newsletter.follow_email(ctx, account)
    wanted = sent.extension_attributes.is_subscribed if sent.extension_attributes else None
    if wanted is True:
        await newsletter.subscribe(ctx, account)
    elif wanted is False:
        await newsletter.unsubscribe(ctx, account)
