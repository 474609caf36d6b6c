"""Customers > All Customers and Customer Groups."""

from __future__ import annotations

from typing import Any

import pytest

from entrepot import access, customers
from entrepot.customers import Customer
from entrepot.kit.context import ActorType, Context
from entrepot.kit.search_criteria import SearchCriteria
from tests.admin.browser import AdminBrowser, an_administrator
from tests.storefront.makers import a_customer, a_website, an_address

HOME = "/admin/customer/index"
ACCOUNT = {"group_id": "1", "firstname": "Jane", "lastname": "Doe", "email": "jdoe@example.com"}


@pytest.fixture
async def us(ctx):
    return await a_website(ctx)


@pytest.fixture
async def jane(ctx, us):
    return await a_customer(ctx, us, addresses=[an_address()])


async def test_the_grid_shows_what_the_default_billing_address_adds(browser, jane):
    await browser.get(f"{HOME}/")

    row = browser.rows[0]
    assert row[1:9] == [
        str(jane.id),
        "Jane Doe",
        "jdoe@example.com",
        "General",
        "512-555-1111",
        "10755",
        "United States",
        "New York",
    ]
    assert row[10:] == ["us website", "Edit"]
    assert f'data-href="{HOME}/edit/id/{jane.id}/"' in browser.page.text


async def test_every_column_can_be_shown(browser, jane):
    from entrepot.admin.customer_grid import ALL_CUSTOMERS

    names = [column.name for column in ALL_CUSTOMERS.columns]
    await browser.get(f"{HOME}/")
    await browser.post("/admin/mui/bookmark/save/", {"grid": "customer_listing", "back": f"{HOME}/", "columns": names})

    shown = dict(zip(names, browser.rows[0][1:], strict=False))
    assert shown["confirmed"] == "Confirmation Not Required"
    assert shown["created_in"] == "US Store View"
    assert shown["billing_full"] == "123 Oak Ave, Purchase, New York, 10755, US"
    assert shown["shipping_full"] == shown["billing_full"]
    assert (shown["billing_city"], shown["billing_lastname"]) == ("Purchase", "Doe")


async def test_the_customer_view_tells_the_account(browser, jane):
    await browser.get(f"{HOME}/edit/id/{jane.id}/")

    assert browser.heading == "Jane Doe"
    for fact in ("Last Logged In Never", "Account Lock Unlocked", "Account Created in US Store View"):
        assert fact in browser.text
    assert "Jane Doe 123 Oak Ave Purchase, New York, 10755 United States" in browser.text
    assert "Unlock" not in browser.text.replace("Unlocked", "")


async def test_a_new_account_has_no_password_and_is_told_so_by_mail(browser, ctx, us):
    await browser.get(f"{HOME}/new/")
    fields = {**ACCOUNT, "website_id": us.website_id, "store_id": us.id, "group_id": "2", "dob": "1980-02-29"}
    await browser.post(f"{HOME}/save/", {**fields, "continue": "1"})

    assert browser.messages == ["success: You saved the customer."]
    made = ((await customers.search_customers(ctx, SearchCriteria())).items or [])[0]
    assert browser.where == f"{HOME}/edit/id/{made.id}/"
    assert (made.group_id, made.store_id, made.dob, made.gender) == (2, us.id, "1980-02-29", None)
    assert await ctx.db.value("select password_hash from customer") is None
    assert (
        b"Create Your Password" in await ctx.db.value("select letter from mail")
        or await ctx.db.value("select count(*) from mail") == 1
    )


async def test_what_is_wrong_stands_at_the_fields(browser, ctx, us):
    await browser.get(f"{HOME}/new/")
    fields = {**ACCOUNT, "website_id": us.website_id, "store_id": us.id, "firstname": "", "email": "nobody"}
    answer = await browser.post(f"{HOME}/save/", fields)

    assert answer.status_code == 422
    assert browser.error_at("firstname") == '"First Name" is a required value.'
    assert browser.error_at("email") == '"Email" is not a valid email address.'
    assert browser.value("lastname") == "Doe"
    assert await ctx.db.value("select count(*) from customer") == 0


async def test_an_address_that_is_taken_is_said_at_the_field(browser, jane, us):
    await browser.get(f"{HOME}/new/")
    await browser.post(f"{HOME}/save/", {**ACCOUNT, "website_id": us.website_id, "store_id": us.id})

    text = "A customer with the same email address already exists in an associated website."
    assert browser.error_at("email") == text


async def test_an_account_is_changed_and_its_addresses_stay(browser, ctx, jane):
    await browser.get(f"{HOME}/edit/id/{jane.id}/tab/account/")
    assert browser.value("firstname") == "Jane"
    fields = {**ACCOUNT, "firstname": "Janet", "group_id": "3", "gender": "2", "middlename": "Q"}
    await browser.post(f"{HOME}/save/id/{jane.id}/", fields)

    assert (browser.where, browser.messages) == (f"{HOME}/", ["success: You saved the customer."])
    now = await customers.get_by_id(ctx, jane.id)
    assert (now.firstname, now.middlename, now.group_id, now.gender) == ("Janet", "Q", 3, 2)
    assert [address.id for address in await addresses_of(ctx, jane)] == [address.id for address in jane.addresses]


async def test_emptied_fields_are_cleared(browser, ctx, jane):
    await browser.get(f"{HOME}/edit/id/{jane.id}/tab/account/")
    await browser.post(f"{HOME}/save/id/{jane.id}/", {**ACCOUNT, "dob": "1980-01-01", "taxvat": "X1", "gender": "1"})
    await browser.post(f"{HOME}/save/id/{jane.id}/", {**ACCOUNT, "dob": "", "taxvat": "", "gender": ""})

    now = await customers.get_by_id(ctx, jane.id)
    assert (now.dob, now.taxvat) == (None, None)
    assert now.gender in (None, 0)


async def test_the_newsletter_is_a_tab_of_its_own(browser, ctx, jane):
    address = f"{HOME}/edit/id/{jane.id}/tab/newsletter/"
    await browser.get(address)
    save = {"subscription": ["0", "1"], "continue": "1"}
    await browser.post(f"{HOME}/saveNewsletter/id/{jane.id}/", save)
    assert browser.where == address
    assert "Last Date Subscribed" in browser.text
    assert await is_subscribed(ctx, jane)

    await browser.post(f"{HOME}/saveNewsletter/id/{jane.id}/", {"subscription": "0", "continue": "1"})
    assert "Last Date Unsubscribed" in browser.text


async def test_a_reset_password_link_is_mailed(browser, ctx, jane):
    before = await ctx.db.value("select count(*) from mail")
    await browser.get(f"{HOME}/edit/id/{jane.id}/")
    await browser.post(f"{HOME}/resetPassword/id/{jane.id}/")

    assert browser.messages == ["success: The customer will receive an email with a link to reset password."]
    assert await ctx.db.value("select count(*) from mail") == before + 1


async def test_force_sign_in_ends_the_tokens(browser, ctx, jane):
    await access.issue(ctx, ActorType.CUSTOMER, jane.id)
    await browser.get(f"{HOME}/edit/id/{jane.id}/")
    await browser.post(f"/admin/customer/customer/invalidateToken/id/{jane.id}/")
    assert browser.messages == ["success: You have revoked the customer's tokens."]

    await browser.post(f"/admin/customer/customer/invalidateToken/id/{jane.id}/")
    assert browser.messages == ["error: This customer has no tokens."]


async def test_a_locked_account_is_unlocked(browser, ctx, jane):
    await ctx.db.execute("update customer set failures_num = 10, lock_expires = now() + interval '1 hour'")
    await browser.get(f"{HOME}/edit/id/{jane.id}/")
    assert "Account Lock Locked" in browser.text
    await browser.post(browser.action("customer/locks/unlock"))

    assert browser.messages == ["success: Customer has been unlocked successfully."]
    assert await ctx.db.value("select lock_expires from customer") is None


async def test_deleting_asks_first(browser, ctx, jane):
    await browser.get(f"{HOME}/edit/id/{jane.id}/")
    await browser.post(f"{HOME}/delete/id/{jane.id}/")
    assert "Are you sure you want to delete this customer?" in browser.text
    assert await ctx.db.value("select count(*) from customer") == 1

    await browser.post(f"{HOME}/delete/id/{jane.id}/", {"confirmed": "1"})
    assert browser.messages == ["success: You deleted the customer."]
    assert await ctx.db.value("select count(*) from customer") == 0


async def test_buttons_without_permission_are_not_shown_and_do_nothing(ctx, services, jane):
    await an_administrator(ctx, "clerk", ["Magento_Customer::manage"])
    browser = AdminBrowser(services)
    await browser.enter("clerk")
    await browser.get(f"{HOME}/edit/id/{jane.id}/")
    for label in ("Delete Customer", "Reset Password", "Force Sign-In"):
        assert label not in browser.text

    answer = await browser.post(f"{HOME}/delete/id/{jane.id}/", {"confirmed": "1"})
    assert answer.status_code == 403
    assert await ctx.db.value("select count(*) from customer") == 1


# Mass actions


async def _three(ctx, us):
    made = []
    for name in ("Anna", "Bert", "Carl"):
        made.append(await a_customer(ctx, us, email=f"{name.lower()}@example.com", firstname=name))
    return made


async def test_chosen_customers_are_deleted_after_a_question(browser, ctx, us):
    anna, bert, _ = await _three(ctx, us)
    await browser.get(f"{HOME}/")
    chosen = {"selected": [str(anna.id), str(bert.id)], "back": f"{HOME}/?f.name=a"}
    await browser.post(f"{HOME}/massDelete/", chosen)
    assert "Are you sure you want to delete the selected customers?" in browser.text
    assert browser.page.text.count('name="selected"') == 2

    await browser.post(f"{HOME}/massDelete/", {**chosen, "confirmed": "1"})
    assert browser.messages == ["success: A total of 2 record(s) were deleted."]
    assert browser.where == f"{HOME}/?f.name=a"
    assert await ctx.db.values("select firstname from customer") == ["Carl"]


async def test_all_that_fit_the_filters_are_chosen(browser, ctx, us):
    await _three(ctx, us)
    await browser.get(f"{HOME}/")
    chosen = {"all": "1", "back": f"{HOME}/?f.name=r&limit=1&p=2", "group": "2", "confirmed": "1"}
    await browser.post(f"{HOME}/massAssignGroup/", chosen)

    assert browser.messages == ["success: A total of 2 record(s) were updated."]
    assert await ctx.db.values("select firstname from customer where group_id = 2 order by 1") == ["Bert", "Carl"]


async def test_chosen_customers_are_subscribed_and_unsubscribed(browser, ctx, us):
    anna, bert, _ = await _three(ctx, us)
    await browser.get(f"{HOME}/")
    chosen = {"selected": [str(anna.id), str(bert.id)], "back": f"{HOME}/"}
    await browser.post(f"{HOME}/massSubscribe/", chosen)
    assert browser.messages == ["success: A total of 2 record(s) were updated."]
    await browser.post(f"{HOME}/massUnsubscribe/", {**chosen, "selected": str(bert.id), "confirmed": "1"})

    assert await is_subscribed(ctx, anna)
    assert not await is_subscribed(ctx, bert)


async def test_nothing_is_done_when_nothing_is_chosen(browser, ctx, us):
    await _three(ctx, us)
    await browser.get(f"{HOME}/")
    await browser.post(f"{HOME}/massDelete/", {"confirmed": "1", "selected": ["x", "-1", "1e9"]})

    assert browser.messages == ["error: An item needs to be selected. Select and try again."]
    assert await ctx.db.value("select count(*) from customer") == 3


# Addresses

ADDRESS = {
    "firstname": "Jane",
    "lastname": "Doe",
    "street0": "1 Elm St",
    "street1": "Apt 2",
    "city": "Austin",
    "country_id": "US",
    "region_id": "57",
    "postcode": "78701",
    "telephone": "555",
}


async def test_an_address_is_added_and_made_a_default(browser, ctx, jane):
    await browser.get(f"/admin/customer/address/new/customer_id/{jane.id}/")
    await browser.post(f"/admin/customer/address/save/customer_id/{jane.id}/", {**ADDRESS, "default_shipping": "1"})

    assert browser.messages == ["success: New customer address has been added."]
    first, second = await addresses_of(ctx, jane)
    assert (second.street, second.region.region, second.default_shipping) == (["1 Elm St", "Apt 2"], "Texas", True)
    assert (first.default_billing, first.default_shipping) == (True, None)

    await browser.post(f"/admin/customer/address/defaultBillingAddress/customer_id/{jane.id}/id/{second.id}/")
    assert browser.messages == ["success: Default billing address has been changed."]
    first, second = await addresses_of(ctx, jane)
    assert (first.default_billing, second.default_billing) == (None, True)


async def test_an_address_without_a_street_or_a_state_is_refused_at_the_fields(browser, ctx, jane):
    await browser.get(f"/admin/customer/address/new/customer_id/{jane.id}/")
    fields = {**ADDRESS, "street0": "", "street1": "", "region_id": ""}
    answer = await browser.post(f"/admin/customer/address/save/customer_id/{jane.id}/", fields)

    assert answer.status_code == 422
    assert browser.error_at("street0") == '"street" is required. Enter and try again.'
    assert browser.error_at("region_id") == '"regionId" is required. Enter and try again.'
    assert browser.value("city") == "Austin"
    assert len(await addresses_of(ctx, jane)) == 1


async def test_an_address_is_changed_and_deleted(browser, ctx, jane):
    (address,) = jane.addresses
    pairs = f"customer_id/{jane.id}/id/{address.id}/"
    await browser.get(f"/admin/customer/address/edit/{pairs}")
    assert (browser.value("street0"), browser.value("city")) == ("123 Oak Ave", "Purchase")
    fields = {**ADDRESS, "country_id": "AE", "region_id": "57", "region": "Dubai", "default_billing": "1"}
    await browser.post(f"/admin/customer/address/save/{pairs}", fields)
    assert browser.messages == ["success: Customer address has been updated."]
    (changed,) = await addresses_of(ctx, jane)
    assert (changed.country_id, changed.region.region, changed.region_id) == ("AE", "Dubai", 0)
    assert (changed.default_billing, changed.default_shipping) == (True, None)

    await browser.post(f"/admin/customer/address/delete/{pairs}")
    assert "Are you sure you want to delete this address?" in browser.text
    await browser.post(f"/admin/customer/address/delete/{pairs}", {"confirmed": "1"})
    assert browser.messages == ["success: You deleted the address."]
    assert await addresses_of(ctx, jane) == []


async def test_another_customers_address_is_not_found(browser, ctx, jane, us):
    other = await a_customer(ctx, us, email="other@example.com")
    address = f"customer_id/{other.id}/id/{jane.addresses[0].id}/"
    await browser.get(f"/admin/customer/address/edit/{address}")
    assert "No such entity with addressId" in browser.messages[0]
    await browser.post(f"/admin/customer/address/delete/{address}", {"confirmed": "1"})

    assert len(await addresses_of(ctx, jane)) == 1


# Groups


async def test_a_group_is_made_renamed_and_deleted(browser, ctx):
    await browser.get("/admin/customer/group/new/")
    await browser.post("/admin/customer/group/save/", {"code": "Friends", "tax_class_id": "3"})
    assert browser.messages == ["success: You saved the customer group."]
    group = (await customers.list_groups(ctx))[-1]

    await browser.post(f"/admin/customer/group/save/id/{group.id}/", {"code": "General", "tax_class_id": "3"})
    assert browser.error_at("code") == "Customer Group already exists."
    await browser.post(f"/admin/customer/group/save/id/{group.id}/", {"code": "Family", "tax_class_id": "3"})
    assert [one.code for one in await customers.list_groups(ctx)][-1] == "Family"

    await browser.post(f"/admin/customer/group/delete/id/{group.id}/")
    assert "Are you sure you want to delete a Family record?" in browser.text
    await browser.post(f"/admin/customer/group/delete/id/{group.id}/", {"confirmed": "1"})
    assert browser.messages == ["success: You deleted the customer group."]
    await browser.get(f"/admin/customer/group/edit/id/{group.id}/")
    assert browser.messages == ["error: The customer group no longer exists."]


async def test_not_logged_in_keeps_its_name_and_is_never_deleted(browser, ctx):
    await browser.get("/admin/customer/group/edit/id/0/")
    assert "readonly" in browser.page.text
    assert "Delete Customer Group" not in browser.text
    await browser.post("/admin/customer/group/save/id/0/", {"code": "Anybody", "tax_class_id": "3"})
    assert (await customers.list_groups(ctx))[0].code == "NOT LOGGED IN"

    answer = await browser.post("/admin/customer/group/delete/id/0/", {"confirmed": "1"})
    assert (answer.status_code, browser.messages) == (422, ["error: Cannot delete group."])


async def addresses_of(ctx: Context, customer: Customer) -> list[Any]:
    return list((await customers.get_by_id(ctx, customer.id or 0)).addresses or ())


async def is_subscribed(ctx: Context, customer: Customer) -> bool:
    extension = (await customers.get_by_id(ctx, customer.id or 0)).extension_attributes
    return bool(extension and extension.is_subscribed)
