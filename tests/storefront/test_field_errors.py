"""What is wrong with a form is told at its fields, and what was typed stays."""

import re

import pytest

from tests.storefront.browser import text_of
from tests.storefront.makers import configure, link_in_last_letter

ACCOUNT = {
    "firstname": "Jane",
    "lastname": "Doe",
    "email": "new@example.com",
    "password": "Secret-Word-1",
    "password_confirmation": "Secret-Word-1",
}
ADDRESS = {
    "firstname": "Jane",
    "lastname": "Doe",
    "company": "",
    "telephone": "512-555-1111",
    "street[]": ["123 Oak Ave", ""],
    "city": "Purchase",
    "country_id": "US",
    "region_id": "43",
    "region": "",
    "postcode": "10755",
}


def tag_of(browser, field):
    found = re.search(rf'<(?:input|select)[^>]* ?id="{re.escape(field)}"[^>]*>', browser.page.text)
    assert found, f"no field {field}"
    return found[0]


def told(browser):
    """The field errors of the page: what is said below each field, by the field's id.

    Each field that says something is marked as invalid and described by what it says; no other field is marked.
    """
    below = dict(re.findall(r'<div class="field-error" id="([^"]+)-error">(.*?)</div>', browser.page.text, re.DOTALL))
    for field in below:
        assert 'aria-invalid="true"' in tag_of(browser, field)
        described = re.search(r'aria-describedby="([^"]*)"', tag_of(browser, field))
        assert described and described[1].split()[0] == f"{field}-error"
    assert browser.page.text.count('aria-invalid="true"') == len(below)
    return {field: text_of(html) for field, html in below.items()}


def links(browser):
    """Where the messages on top lead to."""
    return re.findall(r'<div><a href="#([^"]+)">', browser.page.text)


@pytest.mark.parametrize(
    ("changed", "field", "message"),
    [
        ({"firstname": " "}, "firstname", '"First Name" is a required value.'),
        ({"lastname": ""}, "lastname", '"Last Name" is a required value.'),
        ({"email": "jdoe"}, "email_address", '"Email" is not a valid email address.'),
        ({"email": ""}, "email_address", "The customer email is missing. Enter and try again."),
        (
            {"password": "Pass1", "password_confirmation": "Pass1"},
            "password",
            "The password needs at least 8 characters. Create a new password and try again.",
        ),
        (
            {"password_confirmation": "Secret-Word-2"},
            "password_confirmation",
            "Please make sure your passwords match.",
        ),
    ],
)
async def test_creating_an_account_tells_at_the_field(browser, ctx, us, changed, field, message):
    sent = {**ACCOUNT, **changed}
    await browser.get("/us/customer/account/create/")
    await browser.post("/us/customer/account/createpost/", sent)

    assert told(browser) == {field: message}
    assert links(browser) == [field]
    assert browser.messages == [f"error: {message}"]
    assert 'class="messages" tabindex="-1" autofocus' in browser.page.text
    assert [browser.value(name) for name in ("lastname", "email")] == [sent["lastname"], sent["email"]]
    assert sent["password"] not in browser.page.text
    assert sent["password_confirmation"] not in browser.page.text
    assert await ctx.db.value("select count(*) from customer") == 0


async def test_every_broken_line_is_told_at_its_own_field(browser, us):
    await browser.get("/us/customer/account/create/")
    await browser.post("/us/customer/account/createpost/", {**ACCOUNT, "firstname": "", "lastname": ""})

    expected = {"firstname": '"First Name" is a required value.', "lastname": '"Last Name" is a required value.'}
    assert told(browser) == expected
    assert browser.messages == [f"error: {message}" for message in expected.values()]
    assert links(browser) == list(expected)


async def test_a_taken_address_is_told_at_the_address_with_the_way_in(browser, jane):
    await browser.get("/us/customer/account/create/")
    await browser.post("/us/customer/account/createpost/", {**ACCOUNT, "email": "jdoe@example.com"})

    assert told(browser).keys() == {"email_address"}
    assert browser.page.text.count('href="/us/customer/account/forgotpassword/">click here</a>') == 2


async def test_field_errors_are_gone_with_the_next_page(browser, us):
    await browser.get("/us/customer/account/create/")
    await browser.post("/us/customer/account/createpost/", {**ACCOUNT, "firstname": ""})

    await browser.get("/us/customer/account/create/")

    assert told(browser) == {}
    assert "autofocus" not in browser.page.text


@pytest.mark.parametrize(
    ("email", "password", "fields"),
    [("", "", ["email", "pass"]), ("jdoe@example.com", "", ["pass"]), ("", "Password1", ["email"])],
)
async def test_signing_in_tells_which_field_is_empty(browser, jane, email, password, fields):
    await browser.sign_in(email, password)

    assert told(browser) == dict.fromkeys(fields, "A login and a password are required.")
    assert links(browser) == fields[:1]


async def test_a_refused_sign_in_is_told_alike_with_and_without_an_account(browser, jane):
    answers = []
    for email in ("jdoe@example.com", "nobody@example.com"):
        await browser.sign_in(email, "Wrong-Word-9")
        assert browser.value("login[username]") == email
        assert "Wrong-Word-9" not in browser.page.text
        answers.append(told(browser))

    assert answers[0] == answers[1]
    assert answers[0].keys() == {"pass"}


@pytest.mark.parametrize(
    ("email", "message"),
    [
        ("", "Please enter your email."),
        ("jdoe", "The email address is incorrect. Verify the email address and try again."),
    ],
)
async def test_asking_for_a_new_password_tells_at_the_address(browser, us, email, message):
    await browser.get("/us/customer/account/forgotpassword/")
    await browser.post("/us/customer/account/forgotpasswordpost/", {"email": email})

    assert told(browser) == {"email_address": message}
    assert links(browser) == ["email_address"]
    assert browser.value("email") == email


@pytest.mark.parametrize(
    ("password", "confirmation", "field", "message"),
    [
        ("", "", "password", "Please enter a new password."),
        (
            "Fresh-Word-2",
            "Fresh-Word-3",
            "password_confirmation",
            "New Password and Confirm New Password values didn't match.",
        ),
        (
            "Frsh-2",
            "Frsh-2",
            "password",
            "The password needs at least 8 characters. Create a new password and try again.",
        ),
    ],
)
async def test_setting_a_new_password_tells_at_the_field(browser, ctx, jane, password, confirmation, field, message):
    await configure(ctx, "web/url/use_store", "1")
    await browser.get("/us/customer/account/forgotpassword/")
    await browser.post("/us/customer/account/forgotpasswordpost/", {"email": "jdoe@example.com"})
    await browser.get(await link_in_last_letter(ctx))

    fields = {"password": password, "password_confirmation": confirmation}
    await browser.post("/us/customer/account/resetpasswordpost/", fields)

    assert told(browser) == {field: message}
    assert links(browser) == [field]
    assert not password or password not in browser.page.text


async def edit(browser, **changed):
    await browser.sign_in()
    await browser.get("/us/customer/account/edit/")
    fields = {
        "firstname": "Jane",
        "lastname": "Doe",
        "email": "jdoe@example.com",
        "current_password": "",
        "password": "",
        "password_confirmation": "",
    }
    await browser.post("/us/customer/account/editPost/", {**fields, **changed})


@pytest.mark.parametrize(
    ("changed", "field", "message"),
    [
        ({"firstname": ""}, "firstname", '"First Name" is a required value.'),
        (
            {"change_email": "1", "email": "typed", "current_password": "Password1"},
            "email",
            '"Email" is not a valid email address.',
        ),
        (
            {"change_email": "1", "email": "typed@example.com", "current_password": "Wrong-Word-9"},
            "current_password",
            "The password doesn't match this account. Verify the password and try again.",
        ),
        (
            {
                "change_password": "1",
                "current_password": "Password1",
                "password": "Frsh-2",
                "password_confirmation": "Frsh-2",
            },
            "new-password",
            "The password needs at least 8 characters. Create a new password and try again.",
        ),
        (
            {
                "change_password": "1",
                "current_password": "Password1",
                "password": "Fresh-Word-2",
                "password_confirmation": "Fresh-Word-3",
            },
            "password_confirmation",
            "Password confirmation doesn't match entered password.",
        ),
    ],
)
async def test_editing_the_account_tells_at_the_field(browser, ctx, jane, changed, field, message):
    await edit(browser, **changed)

    assert told(browser) == {field: message}
    assert links(browser) == [field]
    assert browser.value("email") == changed.get("email", "jdoe@example.com")
    assert not any(word in browser.page.text for word in ("Password1", "Wrong-Word-9", "Frsh-2", "Fresh-Word"))
    stored = await ctx.db.one(dict, "select firstname, email from customer where entity_id = %(id)s", id=jane.id)
    assert stored == {"firstname": "Jane", "email": "jdoe@example.com"}


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        (
            {"city": "", "telephone": ""},
            {
                "telephone": '"telephone" is required. Enter and try again.',
                "city": '"city" is required. Enter and try again.',
            },
        ),
        (
            {"firstname": " ", "region_id": ""},
            {
                "firstname": '"firstname" is required. Enter and try again.',
                "region_id": '"regionId" is required. Enter and try again.',
            },
        ),
        ({"street[]": ["", ""]}, {"street-1": '"street" is required. Enter and try again.'}),
        ({"country_id": ""}, {"country": '"countryId" is required. Enter and try again.'}),
        ({"region_id": ""}, {"region_id": '"regionId" is required. Enter and try again.'}),
        (
            {"company": "x" * 256},
            {"company": '"Company" length must be equal or less than 255 characters.'},
        ),
    ],
)
async def test_an_address_is_told_at_its_fields(browser, ctx, jane, changed, expected):
    await browser.sign_in()
    await browser.get("/us/customer/address/new/")
    before = await ctx.db.value("select count(*) from customer_address")

    await browser.post("/us/customer/address/formPost/", {**ADDRESS, **changed})

    assert told(browser) == expected
    assert set(links(browser)) == set(expected)
    assert browser.value("postcode") == "10755"
    assert await ctx.db.value("select count(*) from customer_address") == before


async def test_what_the_form_does_not_ask_for_is_told_on_top_only(browser, jane):
    await browser.sign_in()
    await browser.get("/us/customer/address/new/")

    asked = {name: value for name, value in ADDRESS.items() if name != "telephone"}
    await browser.post("/us/customer/address/formPost/", asked)

    assert browser.messages == ['error: "telephone" is required. Enter and try again.']
    assert told(browser) == {}
    assert links(browser) == []


@pytest.mark.parametrize(
    ("email", "message"),
    [
        ("jdoe", "Please enter a valid email address."),
        ("jdoe@example.com", "This email address is already assigned to another user."),
    ],
)
async def test_the_newsletter_tells_below_its_field(browser, ctx, jane, email, message):
    await browser.get("/us/customer/account/create/")
    await browser.post("/us/newsletter/subscriber/new/", {"email": email}, headers={"referer": str(browser.page.url)})

    # The page has another form with a field of the same name, which is not meant.
    assert browser.where == "/us/customer/account/create/"
    assert told(browser) == {"newsletter-email": message}
    assert links(browser) == ["newsletter-email"]
    assert f'id="newsletter-email" name="email" type="email" value="{email}"' in browser.page.text
    assert browser.value("email") == ""


async def test_a_wrong_address_for_a_new_link_is_told_at_the_field(browser, jane):
    await browser.get("/us/customer/account/confirmation/")
    await browser.post("/us/customer/account/confirmation/", {"email": "x@example.com"})

    assert told(browser) == {"email_address": "Wrong email."}
    assert browser.value("email") == "x@example.com"
