"""Stores > All Stores: the three levels, made, changed and deleted on pages."""

from __future__ import annotations

import pytest

from entrepot import stores
from entrepot.stores.levels import levels
from tests.storefront.makers import a_website

HOME = "/admin/adminhtml/system_store/"


@pytest.fixture
async def us(ctx):
    return await a_website(ctx)


async def codes(ctx):
    return [website.code for website in await stores.get_websites(ctx)]


async def test_the_three_levels_stand_side_by_side_with_links_and_codes(browser, us):
    await browser.get(HOME)

    assert browser.rows == [
        [
            "Main Website (Code: base) Default",
            "Main Website Store (Code: main_website_store)",
            "Default Store View (Code: default)",
        ],
        ["us website (Code: us_website)", "US Store (Code: us_group)", "US Store View (Code: us)"],
    ]
    assert f'href="{HOME}editWebsite/website_id/1/"' in browser.page.text
    assert f'href="{HOME}editGroup/group_id/1/"' in browser.page.text
    assert f'href="{HOME}editStore/store_id/1/"' in browser.page.text


async def test_a_website_with_its_store_and_view_is_made_in_three_forms(browser, services):
    await browser.get(f"{HOME}newWebsite/")
    await browser.post(f"{HOME}saveWebsite/", {"name": "Outlet", "code": "outlet", "sort_order": "5"})
    assert browser.messages == ["success: You saved the website."]
    assert "Create Store" in browser.rows[1][1]
    async with services.work() as ctx:
        website = levels(ctx).website_by_code("outlet")
    assert website is not None and website.sort_order == 5

    group = {"website_id": website.id, "name": "Outlet Store", "code": "outlet_store", "root_category_id": "2"}
    await browser.post(f"{HOME}saveGroup/", group)
    assert browser.messages == ["success: You saved the store."]
    async with services.work() as ctx:
        (made,) = levels(ctx).groups_of(website.id)

    view = {"store_group_id": made.id, "name": "Outlet English", "code": "outlet_en", "is_active": "1"}
    await browser.post(f"{HOME}saveStore/", view)
    assert browser.messages == ["success: You saved the store view."]
    assert browser.rows[1] == [
        "Outlet (Code: outlet)",
        "Outlet Store (Code: outlet_store)",
        "Outlet English (Code: outlet_en)",
    ]


@pytest.mark.parametrize(
    ("code", "text"),
    [
        (
            "1st",
            "Website code may only contain letters (a-z), numbers (0-9) or underscore (_), "
            "and the first character must be a letter.",
        ),
        ("BASE", "Website with the same code already exists."),
        ("", '"code" is required. Enter and try again.'),
    ],
)
async def test_what_is_wrong_with_a_code_stands_at_its_field_and_on_top(browser, ctx, code, text):
    await browser.get(f"{HOME}newWebsite/")
    answer = await browser.post(f"{HOME}saveWebsite/", {"name": "Outlet", "code": code})

    assert answer.status_code == 422
    assert browser.error_at("code") == text
    assert browser.messages == [f"error: {text}"]
    assert browser.value("name") == "Outlet"
    assert await codes(ctx) == ["admin", "base"]


async def test_a_store_s_menu_begins_at_a_root_category(browser, services):
    await browser.get(f"{HOME}newGroup/")
    assert '<option value="2" selected>Default Category</option>' in browser.page.text
    fields = {"website_id": "1", "name": "Second", "code": "second", "root_category_id": "99"}
    answer = await browser.post(f"{HOME}saveGroup/", fields)

    assert answer.status_code == 422
    assert browser.error_at("root_category_id") == 'Invalid value of "99" provided for the rootCategoryId field.'
    async with services.work() as ctx:
        assert len(levels(ctx).groups_of(1)) == 1


async def test_a_view_needs_a_name_and_a_code_of_its_own(browser):
    await browser.get(f"{HOME}newStore/")
    await browser.post(f"{HOME}saveStore/", {"store_group_id": "1", "name": "", "code": "d-e", "is_active": "1"})

    assert browser.error_at("name") == "Name is required"
    assert (browser.error_at("code") or "").startswith("The store code may contain only letters (a-z)")


async def test_a_level_is_renamed_and_keeps_the_rest(browser, us, services):
    await browser.get(f"{HOME}editStore/store_id/{us.id}/")
    assert (browser.value("name"), browser.value("code")) == ("US Store View", "us")
    fields = {"store_group_id": us.group_id, "name": "Stateside", "code": "us", "is_active": "0", "sort_order": "3"}
    await browser.post(f"{HOME}saveStore/store_id/{us.id}/", fields)

    async with services.work() as ctx:
        view = levels(ctx).by_code("us")
    assert view is not None
    assert (view.name, view.is_active, view.sort_order, view.group_id) == ("Stateside", False, 3, us.group_id)
    assert "Disabled" in browser.rows[1][2]


async def test_a_website_becomes_the_default_one(browser, us, services):
    await browser.get(f"{HOME}editWebsite/website_id/{us.website_id}/")
    fields = {"name": "us website", "code": "us_website", "default_group_id": us.group_id, "is_default": ["0", "1"]}
    await browser.post(f"{HOME}saveWebsite/website_id/{us.website_id}/", fields)

    assert browser.messages == ["success: You saved the website."]
    async with services.work() as ctx:
        assert levels(ctx).default_website.id == us.website_id


async def test_deleting_asks_first_and_takes_all_below(browser, us, services):
    address = f"{HOME}deleteWebsitePost/website_id/{us.website_id}/"
    await browser.get(f"{HOME}editWebsite/website_id/{us.website_id}/")
    await browser.post(address)
    assert browser.heading == "Please confirm"
    assert "Are you sure you want to delete the website us website?" in browser.text
    async with services.work() as ctx:
        assert levels(ctx).by_code("us") is not None

    await browser.post(address, {"confirmed": "1"})
    assert browser.messages == ["success: You deleted the website."]
    async with services.work() as ctx:
        assert levels(ctx).by_code("us") is None
        assert await codes(ctx) == ["admin", "base"]


async def test_the_default_website_cannot_be_deleted(browser, ctx):
    await browser.get(f"{HOME}editWebsite/website_id/1/")
    assert "Delete Web Site" not in browser.text
    await browser.post(f"{HOME}deleteWebsitePost/website_id/1/", {"confirmed": "1"})

    assert browser.messages == ["error: This website cannot be deleted."]
    assert await codes(ctx) == ["admin", "base"]


async def test_what_is_gone_is_said_to_be(browser):
    await browser.get(f"{HOME}editStore/store_id/99/")

    assert browser.where == HOME
    assert browser.messages == ["error: The store view no longer exists."]
