"""Signing in and out."""

import pytest

from entrepot.storefront.coming_back import encode
from tests.storefront.browser import Browser
from tests.storefront.makers import PASSWORD, a_customer, configure

JANE = {"login[username]": "jdoe@example.com", "login[password]": PASSWORD}
REFUSED = (
    "error: The account sign-in was incorrect or your account is disabled temporarily. Please wait and try again later."
)


async def test_a_customer_signs_in_and_sees_the_dashboard(browser, jane):
    await browser.sign_in()

    assert browser.where == "/us/customer/account/"
    assert browser.title == "My Account - US Store"
    assert "Welcome, Jane Doe!" in browser.text
    assert "jdoe@example.com" in browser.text


async def test_a_visitor_who_was_sent_to_sign_in_comes_back(browser, jane):
    await browser.get("/us/customer/address/?p=1")
    assert browser.title == "Customer Login - US Store"

    await browser.post(browser.action("loginPost"), {**JANE, "login[username]": "JDoe@example.com"})

    assert browser.where == "/us/customer/address/?p=1"


async def test_the_shop_may_prefer_its_dashboard(browser, ctx, jane):
    await configure(ctx, "customer/startup/redirect_dashboard", "1")
    await browser.get("/us/customer/address/")

    await browser.post(browser.action("loginPost"), JANE)

    assert browser.where == "/us/customer/account/"


@pytest.mark.parametrize("address", ["http://evil.example/", "//evil.example", "https:evil.example", "/\\evil.example"])
async def test_nobody_is_sent_to_another_host_after_signing_in(browser, jane, address):
    await browser.get(f"/us/customer/account/login/referer/{encode(address)}/")
    await browser.post(browser.action("loginPost"), JANE)

    assert str(browser.page.url) == "http://shop.example/us/customer/account/"


@pytest.mark.parametrize(
    ("email", "password"), [("jdoe@example.com", "Another-Word-9"), ("nobody@example.com", PASSWORD), ("<b>", "x")]
)
async def test_a_wrong_sign_in_says_no_more_than_that(browser, jane, email, password):
    await browser.sign_in(email, password)

    assert browser.where == "/us/customer/account/login/"
    assert browser.messages == [REFUSED]
    assert browser.value("login[username]") == email.replace("<b>", "&lt;b&gt;")
    assert password not in browser.page.text or password == "x"


async def test_a_wrong_password_counts(browser, ctx, jane):
    await browser.sign_in(password="wrong")

    assert await ctx.db.value("select failures_num from customer where entity_id = %(id)s", id=jane.id) == 1


async def test_a_locked_account_is_answered_like_a_wrong_password(browser, ctx, jane):
    await configure(ctx, "customer/password/lockout_failures", "2")
    for _ in range(2):
        await browser.sign_in(password="wrong")

    await browser.sign_in()

    assert browser.messages == [REFUSED]


async def test_name_and_password_are_required(browser, jane):
    await browser.sign_in(password="")

    assert browser.messages == ["error: A login and a password are required."]


async def test_a_message_is_shown_once(browser, jane):
    await browser.sign_in(password="wrong")
    await browser.get("/us/customer/account/login/")

    assert browser.messages == []


async def test_an_account_that_waits_for_its_confirmation_is_told_so(browser, ctx, us):
    await configure(ctx, "customer/create_account/confirm", "1")
    await a_customer(ctx, us)

    await browser.sign_in()

    assert browser.messages == [
        "error: This account is not confirmed. Click here to resend confirmation email.",
    ]
    assert 'href="/us/customer/account/confirmation/?email=jdoe%40example.com"' in browser.page.text


async def test_a_sign_in_without_the_form_key_does_nothing(browser, jane):
    await browser.get("/us/customer/account/login/")
    await browser.post_without_key(
        "/us/customer/account/loginPost/",
        {"form_key": "0123456789abcdef", "login[username]": "jdoe@example.com", "login[password]": PASSWORD},
        headers={"referer": "http://shop.example/us/customer/account/login/"},
    )

    assert browser.where == "/us/customer/account/login/"
    assert browser.messages == ["error: Invalid Form Key. Please refresh the page."]
    assert "Welcome, Jane" not in browser.text


async def test_another_visitor_s_form_key_is_worth_nothing(browser, services, jane):
    other = Browser(services)
    await other.get("/us/customer/account/login/")
    await browser.get("/us/customer/account/login/")

    await browser.post_without_key(
        "/us/customer/account/loginPost/",
        {"form_key": other.form_key, "login[username]": "jdoe@example.com", "login[password]": PASSWORD},
    )

    assert browser.messages == ["error: Invalid Form Key. Please refresh the page."]


async def test_signing_in_changes_the_cookie_and_the_form_key(browser, jane):
    await browser.sign_in(password="wrong")
    before, key = browser.client.cookies["entrepot_session"], browser.form_key

    await browser.sign_in()

    assert browser.client.cookies["entrepot_session"] != before
    assert browser.form_key != key


async def test_a_customer_of_another_website_is_not_signed_in(browser, jane):
    await browser.sign_in()

    await browser.get("/default/customer/account/")

    assert browser.title == "Customer Login - Main Website Store"
    await browser.sign_in(root="/default")
    assert browser.messages == [REFUSED]


async def test_with_shared_accounts_one_sign_in_serves_all_websites(browser, ctx, jane):
    await configure(ctx, "customer/account_share/scope", "0")
    await browser.sign_in()

    await browser.get("/default/customer/account/")

    assert browser.where == "/default/customer/account/"
    assert "Welcome, Jane Doe!" in browser.text


async def test_signing_out_ends_the_session(browser, jane):
    await browser.sign_in()
    cookie = browser.client.cookies["entrepot_session"]

    answer = await browser.get("/us/customer/account/logout/")

    assert browser.where == "/us/customer/account/logoutSuccess/"
    assert "You have signed out and will go to our homepage in 5 seconds." in browser.text
    assert answer.headers["refresh"] == "5; url=/us/"
    browser.client.cookies.set("entrepot_session", cookie, domain="shop.example")
    await browser.get("/us/customer/account/")
    assert browser.title == "Customer Login - US Store"


async def test_who_is_signed_in_needs_no_sign_in_page(browser, jane):
    await browser.sign_in()

    for path in ["login", "create", "forgotpassword", "confirmation"]:
        await browser.get(f"/us/customer/account/{path}/")
        assert browser.where == "/us/customer/account/"


@pytest.mark.parametrize(
    "path",
    ["customer/account", "customer/account/edit", "customer/address", "customer/address/new", "newsletter/manage"],
)
async def test_the_pages_of_an_account_are_for_its_owner(browser, us, path):
    await browser.get(f"/us/{path}/")

    assert browser.title == "Customer Login - US Store"


async def test_a_deleted_customer_is_signed_out(browser, ctx, jane):
    await browser.sign_in()
    await ctx.db.execute("delete from customer where entity_id = %(id)s", id=jane.id)

    await browser.get("/us/customer/account/")

    assert browser.title == "Customer Login - US Store"


async def test_pages_of_an_account_are_not_kept_by_browsers(browser, jane):
    await browser.sign_in()

    assert browser.page.headers["cache-control"] == "no-store"
