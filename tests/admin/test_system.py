"""System: users, roles, integrations, bulk actions; and Stores > Currency Rates."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest

from entrepot import access, directory
from entrepot.access import resources
from entrepot.asynchronous.service import get_bulk_short_status
from tests.admin.browser import PASSWORD, AdminBrowser, an_administrator
from tests.browser.live_admin import INSERT_BULK, INSERT_OPERATIONS

WRONG = "The password entered for the current user is invalid. Verify the password and try again."
OWN = {"current_password": PASSWORD}
USER = {
    "username": "bob",
    "firstname": "Bob",
    "lastname": "Builder",
    "email": "bob@example.com",
    "password": "bricks and 1 wall",
    "password_confirmation": "bricks and 1 wall",
    "is_active": "1",
    "interface_locale": "en_US",
}


# Users


async def test_a_user_is_made_and_can_sign_in(browser, services, ctx, ada):
    await browser.get("/admin/adminhtml/user/new/")
    await browser.post("/admin/adminhtml/user/save/", {**USER, **OWN, "role_id": ada.role_id})
    assert browser.messages == ["success: You saved the user."]

    other = AdminBrowser(services)
    await other.enter("bob", USER["password"])
    assert other.heading == "Dashboard"


async def test_a_user_is_refused_at_the_fields(browser, ctx):
    await browser.get("/admin/adminhtml/user/new/")
    fields = {**USER, **OWN, "username": "", "email": "nobody", "password": "short", "password_confirmation": "other"}
    answer = await browser.post("/admin/adminhtml/user/save/", fields)

    assert answer.status_code == 422
    assert browser.error_at("username") == '"User Name" is required. Enter and try again.'
    assert browser.error_at("email") == "Please enter a valid email."
    assert (browser.error_at("password") or "").startswith("Your password must be at least 7 characters.")
    assert browser.error_at("password_confirmation") == "Your password confirmation must match your password."
    assert "short" not in browser.page.text
    assert [user.username for user in await access.list_users(ctx)] == ["ada"]


async def test_nothing_is_saved_without_the_own_password_and_the_guess_is_counted(browser, ctx):
    await browser.get("/admin/adminhtml/user/new/")
    await browser.post("/admin/adminhtml/user/save/", {**USER, "current_password": "guess"})

    assert browser.error_at("current_password") == WRONG
    assert [(user.username, user.failures_num) for user in await access.list_users(ctx)] == [("ada", 1)]


async def test_a_user_is_deleted_but_not_oneself(browser, ctx, ada):
    bob = await an_administrator(ctx, "bob")
    await browser.get(f"/admin/adminhtml/user/edit/user_id/{bob.user_id}/")
    delete = f"/admin/adminhtml/user/delete/user_id/{bob.user_id}/"
    await browser.post(delete, OWN)
    assert "Are you sure you want to delete the user bob?" in browser.text
    await browser.post(delete, {**OWN, "confirmed": "1"})
    assert browser.messages == ["success: You deleted the user."]

    await browser.post(f"/admin/adminhtml/user/delete/user_id/{ada.user_id}/", {**OWN, "confirmed": "1"})
    assert browser.messages == ["error: You cannot delete your own account."]
    assert [user.username for user in await access.list_users(ctx)] == ["ada"]


# Roles


async def test_ticking_a_resource_brings_what_stands_above_it(browser, ctx):
    await browser.get("/admin/adminhtml/user_role/new/")
    fields = {**OWN, "role_name": "Sellers", "all": "0", "resource": ["Magento_Sales::create"]}
    await browser.post("/admin/adminhtml/user_role/saverole/", fields)

    assert browser.messages == ["success: You saved the role."]
    role = access.find_role_by_name(await _fresh(ctx), "Sellers")
    assert role is not None
    assert role.resources == {"Magento_Sales::create", *resources.ancestors("Magento_Sales::create")}


async def test_full_access_stands_alone(browser, ctx):
    await browser.get("/admin/adminhtml/user_role/new/")
    fields = {**OWN, "role_name": "Everything", "all": "1", "resource": ["Magento_Sales::create"]}
    await browser.post("/admin/adminhtml/user_role/saverole/", fields)

    role = access.find_role_by_name(await _fresh(ctx), "Everything")
    assert role is not None and role.resources == {resources.ALL}


async def test_the_tree_shows_what_was_chosen_also_after_a_refusal(browser, ctx, ada):
    await an_administrator(ctx, "bob", ["Magento_Customer::manage"])
    role = access.find_role_by_name(await _fresh(ctx), "Role of bob")
    assert role is not None
    await browser.get(f"/admin/adminhtml/user_role/editrole/rid/{role.id}/")
    assert ticked(browser) == {resources.ROOT, "Magento_Customer::manage"}
    assert len(re.findall('name="resource"', browser.page.text)) == 1 + len(resources.descendants(resources.ROOT))

    fields = {**OWN, "role_name": "Role of ada", "all": "0", "resource": ["Magento_Backend::dashboard"]}
    await browser.post(f"/admin/adminhtml/user_role/saverole/rid/{role.id}/", fields)
    assert browser.error_at("role_name") == 'A role with the name "Role of ada" already exists.'
    assert ticked(browser) == {resources.ROOT, "Magento_Backend::dashboard"}
    assert access.get_role(await _fresh(ctx), role.id).resources == {resources.ROOT, "Magento_Customer::manage"}


async def test_the_own_role_cannot_be_deleted(browser, ctx, ada):
    await browser.get(f"/admin/adminhtml/user_role/editrole/rid/{ada.role_id}/")
    delete = f"/admin/adminhtml/user_role/delete/rid/{ada.role_id}/"
    answer = await browser.post(delete, {**OWN, "confirmed": "1"})

    assert (answer.status_code, browser.messages) == (422, ["error: You cannot delete self-assigned roles."])
    assert access.get_role(await _fresh(ctx), ada.role_id)


def ticked(browser):
    return set(re.findall(r'name="resource" value="([^"]+)" checked', browser.page.text))


async def _fresh(ctx):
    """A context with the shared state as the browser left it."""
    return await ctx.services.context(ctx.db)


# Integrations


async def test_an_integration_is_made_activated_once_and_reauthorized(browser, ctx):
    home = "/admin/adminhtml/integration"
    await browser.get(f"{home}/new/")
    fields = {**OWN, "name": "Warehouse", "email": "w@example.com", "all": "0", "resource": "Magento_Customer::manage"}
    await browser.post(f"{home}/save/", fields)
    assert browser.messages == ["success: The integration 'Warehouse' has been saved."]
    (integration,) = await access.list_integrations(ctx)
    assert (integration.is_active, "Magento_Customer::manage" in integration.resources) == (False, True)

    pairs = f"id/{integration.integration_id}/"
    await browser.post(f"{home}/activate/{pairs}")
    assert "It will be able to use the resources chosen under API." in browser.text
    await browser.post(f"{home}/activate/{pairs}", {"confirmed": "1"})
    first = shown_credentials(browser)
    assert list(first) == ["Consumer Key", "Consumer Secret", "Access Token", "Access Token Secret"]
    assert all(re.fullmatch("[0-9a-z]{32}", value) for value in first.values())

    await browser.post(f"{home}/activate/{pairs}", {"confirmed": "1"})
    assert list(shown_credentials(browser)) == ["Consumer Key", "Consumer Secret"]
    await browser.post(f"{home}/reauthorize/{pairs}", {"confirmed": "1"})
    second = shown_credentials(browser)
    assert second["Consumer Key"] == first["Consumer Key"]
    assert second["Access Token"] != first["Access Token"]

    await browser.post(f"{home}/delete/{pairs}", {"confirmed": "1"})
    assert browser.messages == ["success: The integration 'Warehouse' has been deleted."]
    assert await access.list_integrations(ctx) == []


async def test_an_integration_is_refused_at_the_fields(browser, ctx):
    home = "/admin/adminhtml/integration"
    await browser.get(f"{home}/new/")
    fields = {**OWN, "name": "Warehouse", "email": "nobody", "endpoint": "ftp://x", "all": "1"}
    answer = await browser.post(f"{home}/save/", fields)

    assert answer.status_code == 422
    assert browser.error_at("email") == "Please enter a valid email."
    assert "Callback URL" in (browser.error_at("endpoint") or "")
    assert await access.list_integrations(ctx) == []


async def test_an_unknown_integration_is_said_not_to_exist(browser):
    await browser.get("/admin/adminhtml/integration/edit/id/99/")

    assert browser.messages == ['error: The integration with ID "99" doesn\'t exist.']


def shown_credentials(browser):
    return dict(re.findall(r"<dt>(.*?)</dt><dd><code[^>]*>(.*?)</code>", browser.page.text))


# Bulk actions


async def test_a_bulk_is_listed_with_its_state_and_what_may_be_is_retried(browser, ctx):
    await ctx.db.execute(INSERT_BULK)
    await ctx.db.execute(INSERT_OPERATIONS)
    uuid = "799a59c0-09ca-4d60-b432-2953986c1c38"
    await browser.get("/admin/bulk/index/")
    assert [row[1:5] for row in browser.rows] == [
        ["Topic async.create", "Administrator", "3", "Finished with Failures"]
    ]

    await browser.get(f"/admin/bulk/bulk/details/uuid/{uuid}/")
    assert [row[1:3] for row in browser.rows] == [
        ["Complete", "Service execution success"],
        ["Failed, can be retried", "deadlock detected"],
        ["Failed", "The email is taken."],
    ]
    await browser.post(f"/admin/bulk/bulk/retry/uuid/{uuid}/")

    assert browser.messages == ["success: 1 item(s) have been scheduled for update."]
    status = await get_bulk_short_status(ctx, uuid)
    assert [one.status for one in status.operations_list or []] == [1, 4, 3]
    assert "Retry" not in browser.text


@pytest.mark.parametrize("uuid", ["nonsense", "00000000-0000-0000-0000-000000000000"])
async def test_an_unknown_bulk_is_said_not_to_exist(browser, uuid):
    await browser.get(f"/admin/bulk/bulk/details/uuid/{uuid}/")

    assert browser.messages == [f"error: Bulk uuid {uuid} not exist"]


# Currency rates


async def test_a_rate_is_saved_and_a_rate_of_0_is_ignored(browser, ctx):
    home = "/admin/adminhtml/system_currency"
    await browser.get(f"{home}/")
    assert browser.value("rate[USD][EUR]") == "0.7067"
    await browser.post(f"{home}/saveRates/", {"rate[USD][EUR]": "-0.9"})
    assert browser.messages == ["success: All valid rates have been saved."]
    assert directory.find_rate(await _fresh(ctx), "USD", "EUR") == Decimal("0.9")

    await browser.post(f"{home}/saveRates/", {"rate[USD][EUR]": "0"})
    assert directory.find_rate(await _fresh(ctx), "USD", "EUR") == Decimal("0.9")


@pytest.mark.parametrize("text", ["nothing", "NaN", "1e99", "Infinity", "--1"])
async def test_a_rate_that_is_no_number_changes_nothing(browser, ctx, text):
    home = "/admin/adminhtml/system_currency"
    await browser.get(f"{home}/")
    answer = await browser.post(f"{home}/saveRates/", {"rate[USD][EUR]": text})

    assert answer.status_code == 422
    assert browser.messages == ['error: Please correct the input data for "USD => EUR" rate.']
    assert directory.find_rate(await _fresh(ctx), "USD", "EUR") == Decimal("0.7067")
