"""Signing in and out of the Admin, and what holds a session."""

from __future__ import annotations

from datetime import timedelta

import pytest

from entrepot import stores
from entrepot.access import list_users
from entrepot.stores import ConfigValue
from tests.admin.browser import PASSWORD, AdminBrowser, an_administrator

REFUSED = (
    "error: The account sign-in was incorrect or your account is disabled temporarily. Please wait and try again later."
)


async def configure(ctx, path, value):
    await stores.set_config(ctx, ConfigValue(path=path, value=value))


async def test_an_administrator_gets_to_the_dashboard(visitor, ada):
    await visitor.enter("ada")

    assert visitor.where == "/admin/adminhtml/dashboard/"
    assert visitor.heading == "Dashboard"


async def test_after_signing_in_the_page_that_was_asked_for_is_shown(visitor, ada):
    await visitor.get("/admin/customer/group/?search=whole")
    to = visitor.value("to")
    await visitor.post(
        "/admin/adminhtml/auth/loginPost/",
        {"login[username]": "ada", "login[password]": PASSWORD, "to": "/admin/customer/group/?search=whole"},
    )

    assert to == "/admin/customer/group/?search=whole"
    assert visitor.where == "/admin/customer/group/?search=whole"


@pytest.mark.parametrize("to", ["https://evil.example/", "//evil.example/", "/checkout/", "javascript:alert(1)"])
async def test_signing_in_leads_nowhere_but_into_the_admin(visitor, ada, to):
    await visitor.get("/admin/")
    await visitor.post(
        "/admin/adminhtml/auth/loginPost/", {"login[username]": "ada", "login[password]": PASSWORD, "to": to}
    )

    assert visitor.where == "/admin/adminhtml/dashboard/"


async def test_a_wrong_password_is_refused_and_counted(visitor, ada, ctx):
    await visitor.enter("ada", "wrong")

    assert (visitor.page.status_code, visitor.messages) == (401, [REFUSED])
    assert visitor.value("login[username]") == "ada"
    assert "wrong" not in visitor.page.text
    assert [user.failures_num for user in await list_users(ctx) if user.username == "ada"] == [1]
    assert "Welcome, please sign in" in (await visitor.get("/admin/")).text


async def test_six_failures_lock_the_user_and_another_unlocks_him(visitor, browser, ctx):
    await an_administrator(ctx, "bob")
    for _ in range(6):
        await visitor.enter("bob", "wrong")
    await visitor.enter("bob")
    assert visitor.messages == [REFUSED]

    await browser.get("/admin/adminhtml/locks/")
    assert [row[2] for row in browser.rows] == ["bob"]
    await browser.post("/admin/adminhtml/locks/massUnlock/", {"selected": browser.rows[0][1]})

    assert browser.messages == ["success: Unlocked 1 user(s)."]
    await visitor.enter("bob")
    assert visitor.heading == "Dashboard"


async def test_signing_out_ends_the_session(browser):
    cookie = browser.client.cookies["entrepot_admin"]
    await browser.post("/admin/adminhtml/auth/logout/")

    assert browser.messages == ["success: You have logged out."]
    browser.client.cookies.set("entrepot_admin", cookie, domain="shop.example", path="/admin")
    assert "Welcome, please sign in" in (await browser.get("/admin/customer/index/")).text


async def test_the_cookie_is_only_for_the_admin_and_out_of_reach_of_scripts(visitor, ada):
    await visitor.get("/admin/adminhtml/auth/login/")
    fields = {"form_key": visitor.form_key, "login[username]": "ada", "login[password]": PASSWORD}
    answer = await visitor.client.post("/admin/adminhtml/auth/loginPost/", data=fields, follow_redirects=False)

    cookie = next(line for line in answer.headers.get_list("set-cookie") if line.startswith("entrepot_admin="))
    assert {"HttpOnly", "Path=/admin", "SameSite=lax"} <= set(cookie.split("; "))
    assert "Max-Age" not in cookie


async def test_a_session_ends_when_it_is_not_used(browser, services, monkeypatch):
    later = services.clock() + timedelta(seconds=901)
    monkeypatch.setattr(services, "clock", lambda: later)
    await browser.get("/admin/customer/index/")

    assert "Welcome, please sign in" in browser.page.text


async def test_a_form_of_another_site_does_nothing(browser, ctx):
    answer = await browser.post_without_key(
        "/admin/adminhtml/system_store/saveWebsite/", {"name": "Evil", "code": "evil"}
    )

    assert answer.status_code == 200
    assert browser.messages == ["error: Invalid Form Key. Please refresh the page."]
    assert [website.code for website in await stores.get_websites(ctx)] == ["admin", "base"]


async def test_every_post_needs_the_form_key(browser):
    from tests.admin.test_permissions import DECLARED

    for one in DECLARED:
        if "POST" in one.methods:
            answer = await browser.client.post(f"/admin/{one.path}/", data={}, follow_redirects=False)
            assert answer.status_code == 302, one.path
            await browser.get("/admin/adminhtml/dashboard/")
            assert browser.messages == ["error: Invalid Form Key. Please refresh the page."], one.path


async def test_an_old_password_has_to_be_changed_before_anything_else(visitor, ada, ctx):
    await ctx.db.execute("update admin_user set password_changed_at = now() - interval '91 days'")
    await visitor.enter("ada")
    assert visitor.heading == "Account Setting"
    assert visitor.messages == ["error: Your password has expired; please create a new one."]
    await visitor.get("/admin/customer/index/")
    assert visitor.heading == "Account Setting"

    account = {"username": "ada", "firstname": "Ada", "lastname": "Lovelace", "email": "ada@example.com"}
    new = {"password": "another horse 2", "password_confirmation": "another horse 2", "current_password": PASSWORD}
    await visitor.post("/admin/adminhtml/system_account/save/", {**account, **new})

    assert visitor.messages == ["success: You saved the account."]
    await visitor.get("/admin/customer/index/")
    assert visitor.heading == "Customers"


async def test_the_own_account_is_saved_only_with_the_own_password(browser, ctx):
    await browser.get("/admin/adminhtml/system_account/")
    account = {"username": "ada", "firstname": "Augusta", "lastname": "Lovelace", "email": "ada@example.com"}
    await browser.post("/admin/adminhtml/system_account/save/", {**account, "current_password": "guessed"})

    text = "The password entered for the current user is invalid. Verify the password and try again."
    assert browser.error_at("current_password") == text
    assert browser.value("firstname") == "Augusta"
    assert [user.firstname for user in await list_users(ctx)] == ["Ada"]


async def test_the_startup_page_can_be_chosen(visitor, ada, ctx):
    await configure(ctx, "admin/startup/menu_item_id", "Magento_Backend::store")
    await visitor.enter("ada")

    assert visitor.where == "/admin/adminhtml/system_store/"


async def test_a_script_whose_session_has_ended_is_sent_to_the_door(visitor):
    answer = await visitor.client.get("/admin/customer/index/", headers={"hx-request": "true"})

    assert (answer.status_code, answer.headers["hx-redirect"]) == (204, "/admin/")


async def test_pages_forbid_scripts_and_styles_of_others(browser):
    policy = browser.page.headers["content-security-policy"]

    assert "default-src 'self'" in policy
    assert "unsafe" not in policy
    assert browser.page.headers["cache-control"] == "no-store"
    assert " style=" not in browser.page.text
    assert "<script>" not in browser.page.text
    assert await AdminBrowser.get(browser, "/admin/nothing/at/all/") is browser.page
    assert browser.page.status_code == 404
