"""Newsletter subscriptions of customers and guests (spec 20-customers, 12 and 16.9)."""

from __future__ import annotations

from enum import IntEnum

from entrepot.customers import mails
from entrepot.customers.chance import is_same, random_key
from entrepot.customers.errors import (
    AlreadySubscribed,
    EmailOfAnotherUser,
    GuestsMayNotSubscribe,
    InvalidSubscriberEmail,
    InvalidSubscriptionCode,
    InvalidSubscriptionId,
)
from entrepot.customers.queries import accounts as account_queries
from entrepot.customers.queries import newsletter as queries
from entrepot.customers.queries.accounts import Account
from entrepot.customers.queries.newsletter import Subscriber
from entrepot.customers.rules import emails
from entrepot.customers.sharing import find_account
from entrepot.kit.context import Context

NEEDS_CONFIRMATION = "newsletter/subscription/confirm"
GUESTS_MAY = "newsletter/subscription/allow_guest_subscribe"
ACCOUNT_CONFIRM = "customer/create_account/confirm"


class Status(IntEnum):
    """What a subscriber is; `is_subscribed` means the first."""

    SUBSCRIBED = 1
    NOT_ACTIVE = 2
    """Waits for the confirmation of the subscription itself."""
    UNSUBSCRIBED = 3
    UNCONFIRMED = 4
    """Waits for the confirmation of the account."""


async def subscribe(ctx: Context, account: Account) -> Status:
    """Subscribe a customer, or have it confirm first; a mail says so. Does nothing for one who is subscribed."""
    if account.confirmation and ctx.flag(ACCOUNT_CONFIRM, website_id=account.website_id):
        status = Status.UNCONFIRMED
    elif ctx.flag(NEEDS_CONFIRMATION, store_id=account.store_id):
        status = Status.NOT_ACTIVE
    else:
        status = Status.SUBSCRIBED
    existing = await queries.find_of_customer(ctx.db, account.id)
    if existing is not None and existing.status in (Status.SUBSCRIBED, status):
        return Status(existing.status)
    if existing is None:
        subscriber = await _insert(ctx, account.email, account.store_id, account.id, status)
    else:
        subscriber = await _set_status(ctx, existing, status)
    await _mail(ctx, subscriber)
    return status


async def unsubscribe(ctx: Context, account: Account) -> None:
    """End a customer's subscription, with a mail; does nothing for one who never had one."""
    existing = await queries.find_of_customer(ctx.db, account.id)
    if existing is not None and existing.status != Status.UNSUBSCRIBED:
        await _mail(ctx, await _set_status(ctx, existing, Status.UNSUBSCRIBED))


async def set_subscription(ctx: Context, customer_id: int, wanted: bool) -> None:
    """The same by the customer's id, for pages. Does nothing for an id that is no customer."""
    account = await account_queries.find_by_id(ctx.db, customer_id)
    if account is not None:
        await (subscribe(ctx, account) if wanted else unsubscribe(ctx, account))


async def find_subscriber(ctx: Context, customer_id: int) -> Subscriber | None:
    """A customer's subscription, ended ones included."""
    return await queries.find_of_customer(ctx.db, customer_id)


async def adopt_guest(ctx: Context, account: Account) -> None:
    """Make a guest's subscription of the same address and store the new account's."""
    await ctx.db.execute(queries.ADOPT, customer_id=account.id, email=account.email, store_id=account.store_id)


async def follow_email(ctx: Context, account: Account) -> None:
    await ctx.db.execute(queries.FOLLOW_EMAIL, customer_id=account.id, email=account.email)


async def confirm_with_account(ctx: Context, customer_id: int) -> None:
    """The account was confirmed: a subscription that waited for it becomes active, with a mail."""
    existing = await queries.find_of_customer(ctx.db, customer_id)
    if existing is not None and existing.status == Status.UNCONFIRMED:
        await _mail(ctx, await _set_status(ctx, existing, Status.SUBSCRIBED))


async def subscribe_visitor(ctx: Context, email: str) -> Status:
    """The form in the footer: a guest, or a customer who types an address. The status tells which text to show.

    Raises:
        InvalidSubscriberEmail: no address.
        GuestsMayNotSubscribe: the shop wants an account first.
        EmailOfAnotherUser: the address belongs to an account, and the visitor is not that customer.
        AlreadySubscribed
    """
    if emails.problems(email, "Email"):
        raise InvalidSubscriberEmail
    own_id = ctx.actor.customer_id
    if own_id is None and not ctx.flag(GUESTS_MAY):
        raise GuestsMayNotSubscribe
    account = await find_account(ctx, email)
    if account is not None and account.id != own_id:
        raise EmailOfAnotherUser
    existing = await _existing(ctx, email)
    if existing is not None and existing.status == Status.SUBSCRIBED:
        raise AlreadySubscribed
    if account is not None:
        return await subscribe(ctx, account)
    status = Status.NOT_ACTIVE if ctx.flag(NEEDS_CONFIRMATION) else Status.SUBSCRIBED
    if existing is None:
        subscriber = await _insert(ctx, email, ctx.store.id, None, status)
    else:
        subscriber = await _set_status(ctx, existing, status)
    await _mail(ctx, subscriber)
    return status


async def confirm_subscription(ctx: Context, subscriber_id: int, code: str) -> None:
    """The link of a confirmation mail. Raises InvalidSubscriptionId or InvalidSubscriptionCode."""
    subscriber = await _by_link(ctx, subscriber_id, code)
    if subscriber.status != Status.SUBSCRIBED:
        await _mail(ctx, await _set_status(ctx, subscriber, Status.SUBSCRIBED))


async def unsubscribe_by_link(ctx: Context, subscriber_id: int, code: str) -> None:
    """The link at the foot of a newsletter. Raises InvalidSubscriptionId or InvalidSubscriptionCode."""
    subscriber = await _by_link(ctx, subscriber_id, code)
    if subscriber.status != Status.UNSUBSCRIBED:
        await _mail(ctx, await _set_status(ctx, subscriber, Status.UNSUBSCRIBED))


async def _by_link(ctx: Context, subscriber_id: int, code: str) -> Subscriber:
    found = await ctx.db.one_or_none(Subscriber, queries.FIND_BY_ID, id=subscriber_id)
    if found is None:
        raise InvalidSubscriptionId
    if not is_same(code, found.confirm_code):
        raise InvalidSubscriptionCode
    return found


async def _existing(ctx: Context, email: str) -> Subscriber | None:
    """The subscription of an address in the website of the call."""
    views = [view.id for view in ctx.stores.views if view.website_id == ctx.store.website_id]
    return await ctx.db.one_or_none(Subscriber, queries.FIND_OF_EMAIL, email=email, store_ids=views)


async def _insert(ctx: Context, email: str, store_id: int, customer_id: int | None, status: Status) -> Subscriber:
    return await ctx.db.one(
        Subscriber,
        queries.INSERT,
        store_id=store_id,
        customer_id=customer_id,
        email=email,
        status=status,
        confirm_code=random_key(),
        now=ctx.now,
    )


async def _set_status(ctx: Context, subscriber: Subscriber, status: Status) -> Subscriber:
    await ctx.db.execute(queries.SET_STATUS, id=subscriber.id, status=status, now=ctx.now)
    subscriber.status = status
    return subscriber


async def _mail(ctx: Context, subscriber: Subscriber) -> None:
    if subscriber.status == Status.SUBSCRIBED:
        await mails.subscription_success(ctx, subscriber)
    elif subscriber.status == Status.NOT_ACTIVE:
        await mails.subscription_request(ctx, subscriber)
    elif subscriber.status == Status.UNSUBSCRIBED:
        await mails.unsubscribed(ctx, subscriber)
