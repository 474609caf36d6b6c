"""What pages call beside the operations: the account form, the limiter of resets, sign-ins that are recorded."""

from datetime import timedelta

import pytest

from entrepot.access import SessionKind, sessions
from entrepot.customers import (
    AccountForm,
    AccountKind,
    Customer,
    admit_reset_request,
    edit_account,
    sign_in,
    visits,
)
from entrepot.customers.errors import (
    EmailTaken,
    InvalidLogin,
    NotConfirmed,
    PasswordsDiffer,
    TooManyResetRequests,
    WrongPassword,
)
from entrepot.kit.context import Actor, ActorType
from tests.customers.makers import JANE, PASSWORD, a_customer, an_address, configure, mails, read


def form(**more):
    return AccountForm(profile=Customer(firstname="Janet", lastname="Doe"), **more)


def own(ctx, customer):
    return ctx.in_store(ctx.stores.default, actor=Actor(ActorType.CUSTOMER, customer.id))


async def test_the_account_form_changes_the_name_alone(ctx):
    jane = await a_customer(ctx, group_id=2, addresses=[an_address()])
    before = await mails(ctx)
    await edit_account(own(ctx, jane), jane.id, form())
    after = await read(ctx, jane.id)
    assert (after.firstname, after.email, after.group_id, len(after.addresses)) == ("Janet", JANE, 2, 1)
    assert await mails(ctx) == before


async def test_the_account_form_changes_email_and_password_and_tells(ctx):
    jane = await a_customer(ctx)
    mine = await sessions.open(ctx, SessionKind.STOREFRONT, actor_id=jane.id, website_id=1)
    other = await sessions.open(ctx, SessionKind.STOREFRONT, actor_id=jane.id, website_id=1)
    await ctx.db.execute("delete from mail")
    await edit_account(
        own(ctx, jane),
        jane.id,
        form(email="new@example.com", current_password=PASSWORD, new_password="Better-2", confirmation="Better-2"),
        mine,
    )
    assert (await read(ctx, jane.id)).email == "new@example.com"
    assert await sign_in.sign_in(own(ctx, jane), "new@example.com", "Better-2") == jane.id
    assert await sessions.find(ctx, SessionKind.STOREFRONT, mine.cookie) is not None
    assert await sessions.find(ctx, SessionKind.STOREFRONT, other.cookie) is None
    subject = "Your Main Website Store email and password has been changed"
    assert await mails(ctx) == [([JANE], subject), (["new@example.com"], subject)]


@pytest.mark.parametrize(
    ("given", "refused"),
    [
        ({"email": "new@example.com", "current_password": "wrong"}, WrongPassword),
        ({"email": "joe@example.com", "current_password": PASSWORD}, EmailTaken),
        ({"new_password": "Better-2", "confirmation": "Other-22", "current_password": PASSWORD}, PasswordsDiffer),
        ({"new_password": "Better-2", "confirmation": "Better-2", "current_password": "wrong"}, WrongPassword),
    ],
)
async def test_the_account_form_is_refused_and_nothing_changes(ctx, given, refused):
    jane = await a_customer(ctx)
    await a_customer(ctx, "joe@example.com")
    before = await mails(ctx)
    with pytest.raises(refused):
        async with ctx.savepoint():
            await edit_account(own(ctx, jane), jane.id, form(**given))
    after = await read(ctx, jane.id)
    assert (after.firstname, after.email) == ("Jane", JANE)
    assert await mails(ctx) == before


@pytest.mark.parametrize(
    ("protection", "same_email", "same_ip", "counts"),
    [
        ("1", True, False, True),
        ("1", False, True, True),
        ("1", False, False, False),
        ("2", True, False, False),
        ("2", False, True, True),
        ("3", True, False, True),
        ("3", False, True, False),
        ("0", True, True, False),
    ],
)
async def test_what_the_limiter_counts(ctx, protection, same_email, same_ip, counts):
    await configure(ctx, "customer/password/password_reset_protection_type", protection)
    await configure(ctx, "contact/email/recipient_email", "help@shop.test")
    ctx.remote_address = "192.0.2.1"
    await admit_reset_request(ctx, "Unknown@example.com")
    ctx.remote_address = "192.0.2.1" if same_ip else "192.0.2.2"
    email = "unknown@example.com" if same_email else "other@example.com"
    if counts:
        with pytest.raises(TooManyResetRequests) as refused:
            await admit_reset_request(ctx, email)
        assert refused.value.parameters == ("help@shop.test",)
    else:
        await admit_reset_request(ctx, email)
    recorded = await ctx.db.value("select count(*) from password_reset_request_event")
    assert recorded == (1 if counts else 2)


async def test_the_limiter_looks_at_the_last_hour_and_the_time_between(ctx):
    start = ctx.now
    for minutes in (0, 11, 22, 33, 44):
        ctx.now = start + timedelta(minutes=minutes)
        await admit_reset_request(ctx, JANE)
    ctx.now = start + timedelta(minutes=55)
    with pytest.raises(TooManyResetRequests):
        await admit_reset_request(ctx, JANE)
    await admit_reset_request(ctx, JANE, AccountKind.ADMIN)
    ctx.now = start + timedelta(minutes=61)
    await admit_reset_request(ctx, JANE)


async def test_a_sign_in_is_recorded_with_sign_out_and_visit(ctx):
    jane = await a_customer(ctx)
    mine = own(ctx, jane)
    assert await visits(ctx, jane.id) == type(await visits(ctx, jane.id))()
    await sign_in.sign_in(mine, JANE, PASSWORD)
    await sign_in.record_visit(mine, jane.id)
    await sign_in.record_logout(mine, jane.id)
    found = await visits(ctx, jane.id)
    assert (found.last_login_at, found.last_visit_at, found.last_logout_at) == (ctx.now, ctx.now, ctx.now)


async def test_pages_learn_why_a_sign_in_failed(ctx):
    await configure(ctx, "customer/create_account/confirm", "1")
    jane = await a_customer(ctx)
    mine = own(ctx, jane)
    with pytest.raises(InvalidLogin):
        await sign_in.sign_in(mine, JANE, "wrong")
    with pytest.raises(NotConfirmed):
        await sign_in.sign_in(mine, JANE, PASSWORD)
    assert (await visits(ctx, jane.id)).last_login_at is None
