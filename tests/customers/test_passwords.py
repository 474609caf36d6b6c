"""Passwords changed and reset."""

from datetime import timedelta

import pytest

from entrepot.access import SessionKind, sessions
from entrepot.customers import open_reset_link
from entrepot.customers.errors import NoSuchResetToken, ResetTokenExpired
from entrepot.kit import passwords
from tests.customers.makers import (
    JANE,
    PASSWORD,
    a_customer,
    as_customer,
    configure,
    last_letter,
    mails,
    no_such,
    no_such_email,
    required,
    us_store,
)

URL = "/rest/V1/customers"
SAME_AS_EMAIL = "The password can't be the same as the email address. Create a new password and try again."
WRONG = {"message": "The password doesn't match this account. Verify the password and try again."}
MISMATCH = {"message": "The password token is mismatched. Reset and try again."}
EXPIRED = {"message": "The password token is expired. Reset and try again."}


async def is_password(ctx, password):
    return await passwords.verify(password, await ctx.db.value("select password_hash from customer"))


async def token(ctx):
    return await ctx.db.value("select rp_token from customer")


async def test_a_customer_changes_its_password(ctx, rest):
    jane = await a_customer(ctx)
    me = await as_customer(ctx, rest, jane)
    session = await sessions.open(ctx, SessionKind.STOREFRONT, actor_id=jane.id, website_id=1)
    sent = await mails(ctx)

    reply = await me.put(f"{URL}/me/password", {"currentPassword": PASSWORD, "newPassword": "Better-2"})
    assert (reply.status, reply.body) == (200, True)
    assert await is_password(ctx, "Better-2")
    assert await token(ctx) is None
    assert await sessions.find(ctx, SessionKind.STOREFRONT, session.cookie) is None
    assert (await me.get(f"{URL}/me")).status == 200
    assert await mails(ctx) == sent


async def test_wrong_current_passwords_count_and_lock_but_the_right_one_still_serves(ctx, rest):
    me = await as_customer(ctx, rest, await a_customer(ctx))
    wrong = {"currentPassword": "wrong", "newPassword": "Better-2"}
    for _ in range(9):
        reply = await me.put(f"{URL}/me/password", wrong)
        assert (reply.status, reply.body) == (401, WRONG)
    assert (await me.put(f"{URL}/me/password", wrong)).body == {"message": "The account is locked."}
    assert await ctx.db.value("select failures_num from customer") == 10
    assert (await me.put(f"{URL}/me/password", wrong | {"currentPassword": PASSWORD})).body is True


@pytest.mark.parametrize(
    ("new", "message"),
    [
        ("jDoe@example.com", SAME_AS_EMAIL),
        ("Short-1", "The password needs at least %1 characters. Create a new password and try again."),
    ],
)
async def test_a_weak_new_password_is_refused(ctx, rest, new, message):
    me = await as_customer(ctx, rest, await a_customer(ctx))
    reply = await me.put(f"{URL}/me/password", {"currentPassword": PASSWORD, "newPassword": new})
    assert (reply.status, reply.body["message"]) == (400, message)
    assert await is_password(ctx, PASSWORD)


async def test_a_reset_is_mailed_and_an_earlier_link_dies(ctx, rest):
    await a_customer(ctx)
    first = await token(ctx)
    reply = await rest.put(f"{URL}/password", {"email": "JDOE@example.com", "template": "email_reset"})
    assert (reply.status, reply.body) == (200, True)
    second = await token(ctx)
    assert (second != first, len(second), int(second, 16) > 0) == (True, 32, True)
    assert (await mails(ctx))[-1] == ([JANE], "Reset your Main Website Store password")
    assert f"customer/account/createPassword/?token={second}" in await last_letter(ctx)

    await rest.put(f"{URL}/password", {"email": JANE, "template": "email_reminder", "websiteId": 1})
    assert len(await mails(ctx)) == 3
    assert await token(ctx) != second


async def test_a_reset_is_refused_without_touching_the_token(ctx, rest):
    await us_store(ctx)
    await a_customer(ctx)
    before = await token(ctx)
    reply = await rest.put(f"{URL}/password", {"email": JANE, "template": "email_other"})
    assert (reply.status, reply.body) == (
        400,
        {
            "message": 'Invalid value of "%value" provided for the %fieldName field. '
            "Possible values: %template1 or %template2.",
            "parameters": {
                "value": "email_other",
                "fieldName": "template",
                "template1": "email_reminder",
                "template2": "email_reset",
            },
        },
    )
    reply = await rest.put(f"{URL}/password", {"email": JANE, "template": "email_reset", "websiteId": 2})
    assert (reply.status, reply.body) == (404, no_such_email(JANE, 2))
    reply = await rest.put("/rest/all/V1/customers/password", {"email": JANE, "template": "email_reset"})
    assert reply.body == no_such_email(JANE, 0)
    assert (await rest.put(f"{URL}/password", {})).body == required("email", "template")
    assert await token(ctx) == before


async def test_a_token_is_checked_and_not_used_up(ctx, rest):
    jane = await a_customer(ctx)
    valid = f"{URL}/{jane.id}/password/resetLinkToken/{await token(ctx)}"
    for _ in range(2):
        reply = await rest.get(valid)
        assert (reply.status, reply.body) == (200, True)


@pytest.mark.parametrize(
    ("customer_id", "given", "status", "answer"),
    [
        (
            0, "x", 400,
            {
                "message": 'Invalid value of "%value" provided for the %fieldName field.',
                "parameters": {"value": 0, "fieldName": "customerId"},
            },
        ),
        (4711, "x", 404, no_such("customerId", 4711)),
        (None, "x", 400, MISMATCH),
    ],
)  # fmt: skip
async def test_a_token_that_does_not_serve_is_refused(ctx, rest, customer_id, given, status, answer):
    jane = await a_customer(ctx)
    reply = await rest.get(f"{URL}/{jane.id if customer_id is None else customer_id}/password/resetLinkToken/{given}")
    assert (reply.status, reply.body) == (status, answer)


@pytest.mark.parametrize(
    ("age", "is_valid"),
    [
        (timedelta(hours=1, minutes=59), True),
        (timedelta(hours=2), False),
        (timedelta(minutes=-1), False),
    ],
)
async def test_a_token_expires_after_two_whole_hours(ctx, rest, age, is_valid):
    jane = await a_customer(ctx)
    await ctx.db.execute("update customer set rp_token_created_at = %(at)s", at=ctx.now - age)
    reply = await rest.get(f"{URL}/{jane.id}/password/resetLinkToken/{await token(ctx)}")
    assert (reply.status, reply.body) == ((200, True) if is_valid else (400, EXPIRED))


@pytest.mark.parametrize("email", [JANE, ""])
async def test_a_token_sets_a_new_password_once(ctx, rest, email):
    jane = await a_customer(ctx)
    session = await sessions.open(ctx, SessionKind.STOREFRONT, actor_id=jane.id, website_id=1)
    body = {"email": email, "resetToken": await token(ctx), "newPassword": "Better-2"}

    reply = await rest.post(f"{URL}/resetPassword", body)
    assert (reply.status, reply.body) == (200, True)
    assert await is_password(ctx, "Better-2")
    assert await sessions.find(ctx, SessionKind.STOREFRONT, session.cookie) is None
    again = await rest.post(f"{URL}/resetPassword", body)
    expected = MISMATCH if email else {
        "message": "No such entity with rp_token = %value", "parameters": {"value": body["resetToken"]}
    }  # fmt: skip
    assert again.body == expected


async def test_a_reset_is_refused_in_order(ctx, rest):
    await a_customer(ctx)
    good = await token(ctx)

    async def reset(**body):
        given = {"email": JANE, "resetToken": good, "newPassword": "Better-2", **body}
        reply = await rest.post(f"{URL}/resetPassword", given)
        return reply.status, reply.body

    assert await reset(email="x@example.com") == (404, no_such_email("x@example.com", 1))
    assert await reset(resetToken="") == (400, required("resetPasswordLinkToken"))
    assert await reset(resetToken="bad", newPassword="x") == (400, MISMATCH)
    assert await reset(newPassword="jdoe@example.com") == (400, {"message": SAME_AS_EMAIL})
    assert (await reset(newPassword="Abc"))[0] == 400
    assert (await rest.post(f"{URL}/resetPassword", {})).body == required("email", "resetToken", "newPassword")
    assert await is_password(ctx, PASSWORD)
    assert await token(ctx) == good


async def test_one_token_of_two_accounts_is_refused_without_an_email(ctx, rest):
    await a_customer(ctx)
    await a_customer(ctx, "joe@example.com")
    await ctx.db.execute("update customer set rp_token = 'same'")
    reply = await rest.post(f"{URL}/resetPassword", {"email": "", "resetToken": "same", "newPassword": "Better-2"})
    assert (reply.status, reply.body) == (400, {"message": "Reset password token expired."})


async def test_an_opened_reset_link_confirms_the_address(ctx):
    await configure(ctx, "customer/create_account/confirm", "1")
    jane = await a_customer(ctx, password=None)
    assert await ctx.db.value("select confirmation from customer") is not None
    link = await token(ctx)
    assert await open_reset_link(ctx, link) == jane.id
    assert await ctx.db.value("select confirmation from customer") is None

    await ctx.db.execute("update customer set rp_token_created_at = %(at)s", at=ctx.now - timedelta(hours=3))
    with pytest.raises(ResetTokenExpired):
        await open_reset_link(ctx, link)
    with pytest.raises(NoSuchResetToken):
        await open_reset_link(ctx, "unknown")
