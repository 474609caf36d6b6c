"""Newsletter subscriptions of customers and guests."""

import pytest

from entrepot.customers import newsletter
from entrepot.customers.errors import (
    AlreadySubscribed,
    EmailOfAnotherUser,
    GuestsMayNotSubscribe,
    InvalidSubscriberEmail,
    InvalidSubscriptionCode,
    InvalidSubscriptionId,
)
from entrepot.customers.newsletter import Status
from entrepot.kit.context import GUEST, Actor, ActorType
from tests.customers.makers import JANE, a_customer, configure, last_letter, mails

GUEST_EMAIL = "guest@example.com"


@pytest.fixture
def visit(ctx):
    """The call of a guest in the default store view."""
    return ctx.in_store(ctx.stores.default, actor=GUEST)


async def subscriber_of(ctx, customer):
    found = await newsletter.find_subscriber(ctx, customer.id)
    assert found is not None
    return found


async def statuses(ctx):
    return await ctx.db.values("select subscriber_status from newsletter_subscriber order by subscriber_id")


async def subjects(ctx):
    return [subject for _, subject in await mails(ctx)]


async def test_a_customer_subscribes_once_and_unsubscribes(ctx):
    jane = await a_customer(ctx)
    await ctx.db.execute("delete from mail")
    await newsletter.set_subscription(ctx, jane.id, False)
    assert await statuses(ctx) == []
    for _ in range(2):
        await newsletter.set_subscription(ctx, jane.id, True)
    subscriber = await subscriber_of(ctx, jane)
    assert (subscriber.email, subscriber.store_id, len(subscriber.confirm_code)) == (JANE, 1, 32)
    for _ in range(2):
        await newsletter.set_subscription(ctx, jane.id, False)
    assert await statuses(ctx) == [3]
    assert await mails(ctx) == [
        ([JANE], "Newsletter subscription success"),
        ([JANE], "Newsletter unsubscription success"),
    ]


async def test_a_subscription_may_need_its_own_confirmation(ctx):
    await configure(ctx, "newsletter/subscription/confirm", "1")
    jane = await a_customer(ctx, subscribed=True)
    assert jane.extension_attributes.is_subscribed is False
    assert await statuses(ctx) == [2]
    assert (await subjects(ctx))[-1] == "Newsletter subscription confirmation"
    subscriber = await subscriber_of(ctx, jane)
    link = f"newsletter/subscriber/confirm/?id={subscriber.id}&code={subscriber.confirm_code}"
    assert link in await last_letter(ctx)

    with pytest.raises(InvalidSubscriptionCode):
        await newsletter.confirm_subscription(ctx, subscriber.id, "wrong")
    with pytest.raises(InvalidSubscriptionId):
        await newsletter.confirm_subscription(ctx, 4711, subscriber.confirm_code)
    await newsletter.confirm_subscription(ctx, subscriber.id, subscriber.confirm_code)
    assert await statuses(ctx) == [1]
    await newsletter.unsubscribe_by_link(ctx, subscriber.id, subscriber.confirm_code)
    assert await statuses(ctx) == [3]


async def test_a_guest_subscribes_and_the_new_account_adopts_it(ctx, visit):
    assert await newsletter.subscribe_visitor(visit, GUEST_EMAIL) is Status.SUBSCRIBED
    with pytest.raises(AlreadySubscribed):
        await newsletter.subscribe_visitor(visit, "Guest@example.com")
    made = await a_customer(ctx, "GUEST@example.com")
    assert made.extension_attributes.is_subscribed is True
    assert await ctx.db.values("select customer_id from newsletter_subscriber") == [made.id]


async def test_who_may_not_subscribe(ctx, visit):
    jane = await a_customer(ctx)
    for email in ("no address", "x@localhost"):
        with pytest.raises(InvalidSubscriberEmail):
            await newsletter.subscribe_visitor(visit, email)
    with pytest.raises(EmailOfAnotherUser):
        await newsletter.subscribe_visitor(visit, JANE)
    await configure(ctx, "newsletter/subscription/allow_guest_subscribe", "0")
    later = ctx.in_store(ctx.stores.default, actor=GUEST)
    with pytest.raises(GuestsMayNotSubscribe):
        await newsletter.subscribe_visitor(later, GUEST_EMAIL)
    assert await statuses(ctx) == []

    own = ctx.in_store(ctx.stores.default, actor=Actor(ActorType.CUSTOMER, jane.id))
    assert await newsletter.subscribe_visitor(own, JANE) is Status.SUBSCRIBED
    assert (await subscriber_of(ctx, jane)).status == 1


async def test_a_guest_who_left_comes_back(ctx, visit):
    await newsletter.subscribe_visitor(visit, GUEST_EMAIL)
    await ctx.db.execute("update newsletter_subscriber set subscriber_status = 3")
    await configure(ctx, "newsletter/subscription/confirm", "1")
    later = ctx.in_store(ctx.stores.default, actor=GUEST)
    assert await newsletter.subscribe_visitor(later, GUEST_EMAIL) is Status.NOT_ACTIVE
    assert await statuses(ctx) == [2]
