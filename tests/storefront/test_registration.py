"""Creating an account and confirming its address."""

import pytest

from entrepot import customers
from tests.storefront.makers import a_customer, configure, letters, link_in_last_letter

FORM = {
    "firstname": "Jane",
    "lastname": "Doe",
    "email": "jdoe@example.com",
    "password": "Password1",
    "password_confirmation": "Password1",
}


async def register(browser, **more):
    await browser.get("/us/customer/account/create/")
    await browser.post("/us/customer/account/createpost/", {**FORM, **more})


async def count(ctx):
    return await ctx.db.value("select count(*) from customer")


async def test_a_new_customer_is_signed_in_and_thanked(browser, ctx, us):
    await register(browser, is_subscribed="1")

    assert browser.where == "/us/customer/account/"
    assert browser.messages == ["success: Thank you for registering with US Store."]
    assert "Welcome, Jane Doe!" in browser.text
    account = await customers.find_account(ctx, "jdoe@example.com", us.website_id)
    assert account is not None
    assert (account.website_id, account.store_id, account.group_id) == (us.website_id, us.id, 1)
    assert 'You are subscribed to "General Subscription".' in browser.text


async def test_different_passwords_are_told_and_the_rest_is_kept(browser, ctx, us):
    await register(browser, password_confirmation="Password2", firstname='Ja"ne')

    assert browser.where == "/us/customer/account/create/"
    assert browser.messages == ["error: Please make sure your passwords match."]
    assert (browser.value("firstname"), browser.value("email")) == ("Ja&#34;ne", "jdoe@example.com")
    assert "Password1" not in browser.page.text
    assert await count(ctx) == 0


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        (
            {"password": "Pass1", "password_confirmation": "Pass1"},
            "The password needs at least 8 characters. Create a new password and try again.",
        ),
        ({"firstname": " "}, '"First Name" is a required value.'),
        ({"email": "jdoe"}, '"Email" is not a valid email address.'),
    ],
)
async def test_broken_rules_are_told(browser, ctx, us, changed, message):
    await register(browser, **changed)

    assert browser.messages == [f"error: {message}"]
    assert await count(ctx) == 0


async def test_a_taken_address_leads_to_its_password(browser, ctx, jane):
    await register(browser, email="JDOE@example.com")

    assert browser.messages == [
        "error: There is already an account with this email address. If you are sure that it is your email address, "
        "click here to get your password and access your account."
    ]
    assert 'href="/us/customer/account/forgotpassword/"' in browser.page.text
    assert await count(ctx) == 1


async def test_an_account_that_must_be_confirmed_is_not_signed_in_before(browser, ctx, us):
    await configure(ctx, "customer/create_account/confirm", "1")
    await configure(ctx, "web/url/use_store", "1")
    await register(browser)

    assert browser.title == "Customer Login - US Store"
    assert browser.messages == [
        "success: You must confirm your account. Please check your email for the confirmation link or click here for a "
        "new link."
    ]
    await browser.get(await link_in_last_letter(ctx))
    assert browser.where == "/us/customer/account/"
    assert browser.messages == ["success: Thank you for registering with US Store."]
    assert "Welcome, Jane Doe!" in browser.text


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("?id=%(id)s&key=wrong", "This confirmation key is invalid or has expired."),
        ("?id=%(id)s", "There was an error confirming the account"),
        ("?id=999999&key=x", "There was an error confirming the account"),
    ],
)
async def test_a_wrong_link_confirms_nothing(browser, ctx, us, query, message):
    await configure(ctx, "customer/create_account/confirm", "1")
    customer = await a_customer(ctx, us)

    await browser.get("/us/customer/account/confirm/" + query % {"id": customer.id})

    assert browser.title == "Customer Login - US Store"
    assert browser.messages == [f"error: {message}"]
    assert await ctx.db.value("select confirmation from customer where entity_id = %(id)s", id=customer.id)


async def test_the_link_can_be_sent_again(browser, ctx, us):
    await configure(ctx, "customer/create_account/confirm", "1")
    await a_customer(ctx, us)
    await browser.get("/us/customer/account/confirmation/?email=jdoe%40example.com")
    assert browser.value("email") == "jdoe@example.com"

    await browser.post("/us/customer/account/confirmation/", {"email": "jdoe@example.com"})

    assert browser.title == "Customer Login - US Store"
    assert browser.messages == ["success: Please check your email for confirmation key."]
    assert [letter[1] for letter in await letters(ctx)] == ["Please confirm your US Store account"] * 2


@pytest.mark.parametrize(
    ("email", "message"),
    [
        ("jdoe@example.com", "success: This email does not require confirmation."),
        ("x@example.com", "error: Wrong email."),
    ],
)
async def test_a_link_is_sent_only_to_who_needs_it(browser, ctx, jane, email, message):
    before = len(await letters(ctx))
    await browser.get("/us/customer/account/confirmation/")

    await browser.post("/us/customer/account/confirmation/", {"email": email})

    assert browser.messages == [message]
    assert len(await letters(ctx)) == before


async def test_a_visitor_may_come_back_after_registering(browser, us):
    await browser.get("/us/newsletter/manage/")
    await browser.get(browser.page.text.split('class="button secondary" href="')[1].split('"')[0])
    await browser.post(browser.action("createpost"), FORM)

    assert browser.where == "/us/newsletter/manage/"
