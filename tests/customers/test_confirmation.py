"""Confirming the address of an account."""

import pytest

from tests.customers.makers import (
    JANE,
    a_customer,
    as_customer,
    configure,
    last_letter,
    mails,
    no_such,
    no_such_email,
    us_store,
)

URL = "/rest/V1/customers"


@pytest.mark.parametrize(
    ("required", "confirmation", "status"),
    [
        ("0", "key", "account_confirmation_not_required"),
        ("1", "key", "account_confirmation_required"),
        ("1", None, "account_confirmed"),
    ],
)
async def test_the_state_is_told(ctx, admin, required, confirmation, status):
    jane = await a_customer(ctx, confirmation=confirmation)
    await configure(ctx, "customer/create_account/confirm", required, "websites", 1)
    reply = await admin.get(f"{URL}/{jane.id}/confirm")
    assert (reply.status, reply.body) == (200, status)


async def test_the_state_of_an_unknown_account(admin):
    reply = await admin.get(f"{URL}/4711/confirm")
    assert (reply.status, reply.body) == (404, no_such("customerId", 4711))


async def test_the_key_confirms_also_when_that_is_not_required(ctx, admin):
    jane = await a_customer(ctx, confirmation="key")
    reply = await admin.put(f"{URL}/JDOE%40example.com/activate", {"confirmationKey": "key"})
    assert (reply.status, reply.body["id"], "confirmation" in reply.body) == (200, jane.id, False)
    assert (await mails(ctx))[-1] == ([JANE], "Welcome to Main Website Store")


async def test_customers_confirm_themselves(ctx, rest):
    jane = await a_customer(ctx, confirmation="key")
    me = await as_customer(ctx, rest, jane)
    reply = await me.put(f"{URL}/me/activate", {"confirmationKey": "key", "customerId": 4711})
    assert (reply.status, reply.body["id"], "confirmation" in reply.body) == (200, jane.id, False)


async def test_a_wrong_key_or_a_second_time_is_refused(ctx, admin):
    await us_store(ctx)
    await a_customer(ctx, confirmation="key")
    before = await mails(ctx)
    reply = await admin.put(f"{URL}/{JANE}/activate", {"confirmationKey": "other"})
    assert (reply.status, reply.body) == (
        400,
        {"message": "The confirmation token is invalid. Verify the token and try again."},
    )
    reply = await admin.put(f"/rest/us/V1/customers/{JANE}/activate", {"confirmationKey": "key"})
    assert (reply.status, reply.body["message"]) == (404, no_such_email(JANE, 2)["message"])
    assert await mails(ctx) == before

    await admin.put(f"{URL}/{JANE}/activate", {"confirmationKey": "key"})
    reply = await admin.put(f"{URL}/{JANE}/activate", {"confirmationKey": "key"})
    assert (reply.status, reply.body) == (400, {"message": "The account is already active."})


async def test_the_link_is_mailed_again(ctx, admin):
    jane = await a_customer(ctx, confirmation="key")
    reply = await admin.post(f"{URL}/confirm", {"email": JANE, "websiteId": 1, "redirectUrl": "/home"})
    assert (reply.status, reply.body) == (200, [])
    assert (await mails(ctx))[-1] == ([JANE], "Please confirm your Main Website Store account")
    assert f"customer/account/confirm/?id={jane.id}&key=key&back_url=%2Fhome" in await last_letter(ctx)


async def test_the_link_is_not_mailed_where_there_is_nothing_to_confirm(ctx, admin):
    await a_customer(ctx)
    before = await mails(ctx)
    reply = await admin.post(f"{URL}/confirm", {"email": JANE, "websiteId": 1})
    assert (reply.status, reply.body) == (400, {"message": "Confirmation isn't needed."})
    reply = await admin.post(f"{URL}/confirm", {"email": JANE, "websiteId": 7})
    assert (reply.status, reply.body) == (404, no_such_email(JANE, 7))
    assert await mails(ctx) == before


async def test_a_subscription_waits_for_the_account(ctx, admin):
    await configure(ctx, "customer/create_account/confirm", "1")
    await a_customer(ctx, subscribed=True)
    assert await ctx.db.values("select subscriber_status from newsletter_subscriber") == [4]
    key = await ctx.db.value("select confirmation from customer")
    reply = await admin.put(f"{URL}/{JANE}/activate", {"confirmationKey": key})
    assert reply.body["extension_attributes"] == {"is_subscribed": True}
    assert [subject for _, subject in await mails(ctx)] == [
        "Please confirm your Main Website Store account",
        "Newsletter subscription success",
        "Welcome to Main Website Store",
    ]
