"""The dashboard, the account's own data, and the newsletter."""

import pytest

from entrepot import customers
from tests.storefront.browser import Browser
from tests.storefront.makers import a_customer, configure, letters

REFUSED = (
    "error: The account sign-in was incorrect or your account is disabled temporarily. Please wait and try again later."
)


async def edit(browser, **fields):
    await browser.get("/us/customer/account/edit/")
    await browser.post("/us/customer/account/editPost/", {"firstname": "Jane", "lastname": "Doe", **fields})


async def test_the_dashboard_says_what_is_not_there(browser, ctx, us):
    await a_customer(ctx, us)
    await browser.sign_in()

    assert "You have not set a default billing address." in browser.text
    assert "You have not set a default shipping address." in browser.text
    assert "You aren't subscribed to our newsletter." in browser.text


async def test_the_name_is_changed_without_a_password(browser, ctx, jane):
    await browser.sign_in()
    await edit(browser, firstname="Janet", email="stolen@example.com", group_id="2")

    assert browser.where == "/us/customer/account/"
    assert browser.messages == ["success: You saved the account information."]
    changed = await customers.get_by_id(ctx, jane.id)
    assert (changed.firstname, changed.email, changed.group_id) == ("Janet", "jdoe@example.com", 1)
    assert len(changed.addresses or []) == 1


async def test_email_and_password_are_changed_with_the_current_password(browser, services, ctx, jane):
    other = Browser(services)
    await other.sign_in()
    await browser.sign_in()
    await edit(
        browser,
        change_email="1",
        change_password="1",
        email="jane@example.com",
        current_password="Password1",
        password="Fresh-Word-2",
        password_confirmation="Fresh-Word-2",
    )

    assert browser.messages == ["success: You saved the account information."]
    assert "jane@example.com" in browser.text
    told = [
        letter[0] for letter in await letters(ctx) if letter[1] == "Your US Store email and password has been changed"
    ]
    assert [to.split("<")[-1].rstrip(">") for to in told] == ["jdoe@example.com", "jane@example.com"]
    await other.get("/us/customer/account/")
    assert other.title == "Customer Login - US Store"
    await other.sign_in("jane@example.com", "Fresh-Word-2")
    assert "Welcome, Jane Doe!" in other.text


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        (
            {"change_email": "1", "email": "new@example.com", "current_password": "wrong"},
            "The password doesn't match this account. Verify the password and try again.",
        ),
        (
            {
                "change_password": "1",
                "current_password": "Password1",
                "password": "Fresh-Word-2",
                "password_confirmation": "x",
            },
            "Password confirmation doesn't match entered password.",
        ),
        ({"lastname": ""}, '"Last Name" is a required value.'),
    ],
)
async def test_a_refused_change_changes_nothing(browser, ctx, jane, fields, message):
    await browser.sign_in()
    await edit(browser, **{"firstname": "Typed", **fields})

    assert browser.where == "/us/customer/account/edit/"
    assert browser.messages == [f"error: {message}"]
    assert browser.value("firstname") == "Typed"
    stored = await customers.get_by_id(ctx, jane.id)
    assert (stored.firstname, stored.lastname, stored.email) == ("Jane", "Doe", "jdoe@example.com")


async def test_too_many_wrong_passwords_sign_out(browser, ctx, jane):
    await configure(ctx, "customer/password/lockout_failures", "2")
    await browser.sign_in()
    for _ in range(2):
        await edit(browser, change_email="1", email="new@example.com", current_password="wrong")

    assert browser.title == "Customer Login - US Store"
    assert browser.messages == [REFUSED]
    assert (await customers.get_by_id(ctx, jane.id)).email == "jdoe@example.com"


async def test_change_password_opens_the_form_there(browser, jane):
    await browser.sign_in()
    await browser.get("/us/customer/account/edit/changepass/1/")

    box = browser.page.text.split('id="change_password"')[1].split(">")[0]
    assert "checked" in box


async def test_the_newsletter_is_subscribed_and_left(browser, ctx, jane):
    await browser.sign_in()
    await browser.get("/us/newsletter/manage/")
    await browser.post("/us/newsletter/manage/save/", {"is_subscribed": "1"})
    assert browser.where == "/us/customer/account/"
    assert browser.messages == ["success: We have saved your subscription."]
    assert 'You are subscribed to "General Subscription".' in browser.text

    await browser.post("/us/newsletter/manage/save/", {"is_subscribed": "1"})
    assert browser.messages == ["success: We have updated your subscription."]
    await browser.post("/us/newsletter/manage/save/", {})
    assert browser.messages == ["success: We have removed your newsletter subscription."]


async def test_a_subscription_may_have_to_be_confirmed(browser, ctx, jane):
    await configure(ctx, "newsletter/subscription/confirm", "1")
    await browser.sign_in()
    await browser.post("/us/newsletter/manage/save/", {"is_subscribed": "1"})

    assert browser.messages == ["success: A confirmation request has been sent."]
    row = await ctx.db.one(
        dict, "select subscriber_id as id, subscriber_confirm_code as code from newsletter_subscriber"
    )
    await browser.get(f"/us/newsletter/subscriber/confirm/id/{row['id']}/code/wrong/")
    assert browser.messages == ["error: This is an invalid subscription confirmation code."]
    await browser.get(f"/us/newsletter/subscriber/confirm/id/{row['id']}/code/{row['code']}/")
    assert browser.messages == ["success: Your subscription has been confirmed."]
    await browser.get(f"/us/newsletter/subscriber/unsubscribe/?id={row['id']}&code={row['code']}")
    assert browser.messages == ["success: You unsubscribed."]
    assert await ctx.db.value("select subscriber_status from newsletter_subscriber") == 3


@pytest.mark.parametrize(
    ("email", "message"),
    [
        ("guest@example.com", "success: Thank you for your subscription."),
        ("no address", "error: Please enter a valid email address."),
        ("jdoe@example.com", "error: This email address is already assigned to another user."),
    ],
)
async def test_the_footer_subscribes_guests_and_stays_on_the_page(browser, jane, email, message):
    await browser.get("/us/customer/account/login/")
    await browser.post(
        "/us/newsletter/subscriber/new/",
        {"email": email},
        headers={"referer": "http://shop.example/us/customer/account/login/"},
    )

    assert browser.where == "/us/customer/account/login/"
    assert browser.messages == [message]


async def test_the_shop_may_want_an_account_before_a_subscription(browser, ctx, us):
    await configure(ctx, "newsletter/subscription/allow_guest_subscribe", "0")
    await browser.get("/us/")
    await browser.post("/us/newsletter/subscriber/new/", {"email": "guest@example.com"})

    assert browser.messages == ["error: Sorry, but the administrator denied subscription for guests. Please register."]
    assert '<a href="/us/customer/account/create/">register</a>' in browser.page.text
