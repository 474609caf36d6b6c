"""Asking for a new password, and setting it."""

import pytest

from tests.storefront.browser import Browser
from tests.storefront.makers import configure, letters, link_in_last_letter

SENT = "If there is an account associated with %s you will receive an email with a link to reset your password."


async def ask(browser, email="jdoe@example.com"):
    await browser.get("/us/customer/account/forgotpassword/")
    await browser.post("/us/customer/account/forgotpasswordpost/", {"email": email})


async def set_password(browser, password, confirmation=None):
    confirmation = password if confirmation is None else confirmation
    fields = {"password": password, "password_confirmation": confirmation}
    await browser.post("/us/customer/account/resetpasswordpost/", fields)


@pytest.fixture
async def opened(browser, ctx, jane):
    """The browser at the page of the link that was mailed."""
    await configure(ctx, "web/url/use_store", "1")
    await ask(browser)
    await browser.get(await link_in_last_letter(ctx))
    return browser


async def test_a_new_password_is_set_by_the_link_of_the_mail(opened, services):
    assert opened.where == "/us/customer/account/createpassword/"
    assert opened.title == "Set a New Password - US Store"

    await set_password(opened, "Fresh-Word-2")

    assert opened.title == "Customer Login - US Store"
    assert opened.messages == ["success: You updated your password."]
    other = Browser(services)
    await other.sign_in(password="Password1")
    assert "Welcome, Jane Doe!" not in other.text
    await other.sign_in(password="Fresh-Word-2")
    assert "Welcome, Jane Doe!" in other.text


async def test_a_link_serves_once(opened, ctx):
    link = await link_in_last_letter(ctx)
    await set_password(opened, "Fresh-Word-2")

    await opened.get(link)

    assert opened.where == "/us/customer/account/forgotpassword/"
    assert opened.messages == ["error: Your password reset link has expired."]


@pytest.mark.parametrize(
    ("password", "confirmation", "message"),
    [
        ("", "", "Please enter a new password."),
        ("Fresh-Word-2", "Fresh-Word-3", "New Password and Confirm New Password values didn't match."),
        (
            "jdoe@example.com",
            "jdoe@example.com",
            "The password can't be the same as the email address. Create a new password and try again.",
        ),
        ("Short1", "Short1", "The password needs at least 8 characters. Create a new password and try again."),
    ],
)
async def test_a_bad_new_password_is_refused_and_the_link_still_serves(opened, password, confirmation, message):
    await set_password(opened, password, confirmation)
    assert opened.where == "/us/customer/account/createpassword/"
    assert opened.messages == [f"error: {message}"]

    await set_password(opened, "Fresh-Word-2")
    assert opened.messages == ["success: You updated your password."]


async def test_known_and_unknown_addresses_are_answered_alike(browser, ctx, jane):
    before = len(await letters(ctx))
    await ask(browser, "nobody@example.com")

    assert browser.title == "Customer Login - US Store"
    assert browser.messages == ["success: " + SENT % "nobody@example.com"]
    assert len(await letters(ctx)) == before


async def test_a_second_request_within_ten_minutes_is_refused(browser, ctx, jane):
    await configure(ctx, "contact/email/recipient_email", "help@example.com")
    await ask(browser)
    before = len(await letters(ctx))

    await ask(browser)

    assert browser.where == "/us/customer/account/forgotpassword/"
    assert browser.messages == [
        "error: We received too many requests for password resets. Please wait and try again later or contact "
        "help@example.com."
    ]
    assert len(await letters(ctx)) == before


@pytest.mark.parametrize(
    ("email", "message"),
    [
        ("", "Please enter your email."),
        ("jdoe", "The email address is incorrect. Verify the email address and try again."),
    ],
)
async def test_what_is_no_address_is_told(browser, jane, email, message):
    await ask(browser, email)

    assert browser.where == "/us/customer/account/forgotpassword/"
    assert browser.messages == [f"error: {message}"]


@pytest.mark.parametrize("path", ["createpassword/?token=0123", "createpassword/"])
async def test_without_a_link_there_is_no_form(browser, us, path):
    await browser.get(f"/us/customer/account/{path}")

    assert browser.messages == ["error: Your password reset link has expired."]


@pytest.mark.parametrize(("email", "mailed"), [("jdoe@example.com", 1), ("nobody@example.com", 0)])
async def test_the_page_does_the_same_for_an_address_without_account(browser, ctx, jane, email, mailed):
    """It looks for nobody: how long the answer takes tells nothing either."""
    before = len(await letters(ctx))
    await ask(browser, email)

    assert browser.messages == [f"success: {SENT % email}"]
    queued = "select args ->> 'email' from procrastinate_jobs where task_name = 'customers.jobs.mail_reset_link'"
    assert await ctx.db.values(queued) == [email]
    assert len(await letters(ctx)) == before + mailed
