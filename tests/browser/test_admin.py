"""The Admin as its people use it: with a mouse, a keyboard, a phone, in the dark, and without scripts."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Browser, BrowserContext, Page, expect

from tests.admin.browser import PASSWORD
from tests.browser.live_admin import live_admin
from tests.conftest import _clone

AXE = Path(__file__).parents[2] / "node_modules" / "axe-core" / "axe.min.js"

PAGES = [
    "adminhtml/dashboard/",
    "reports/report_sales/sales/?empty=1&actual=1",
    "reports/report_sales/bestsellers/",
    "customer/index/",
    "customer/index/?f.name=nobody",
    "customer/index/edit/id/1/",
    "customer/index/edit/id/1/tab/account/",
    "customer/index/edit/id/1/tab/addresses/",
    "customer/address/new/customer_id/1/",
    "adminhtml/system_store/",
    "adminhtml/system_store/newWebsite/",
    "adminhtml/system_config/edit/section/oauth/",
    "adminhtml/system_config/edit/section/general/website/1/",
    "adminhtml/system_currency/",
    "adminhtml/integration/edit/id/1/",
    "adminhtml/user/edit/user_id/1/",
    "adminhtml/user_role/editrole/rid/2/",
    "adminhtml/locks/",
    "bulk/bulk/details/uuid/799a59c0-09ca-4d60-b432-2953986c1c38/",
    "adminhtml/index/globalSearch/?query=customer",
    "adminhtml/import/",
    "adminhtml/export/?entity=products",
    "adminhtml/history/",
    "tax/rule/",
    "tax/rule/new/",
    "tax/rate/",
    "tax/rate/edit/rate/1/",
    "tax/rate/importExport/",
    "nothing/to/see/",
]


@pytest.fixture(scope="session")
async def admin(server_url: str, template: str, home: Path) -> AsyncIterator[str]:
    """The address of the Admin."""
    with _clone(server_url, template, f"entrepot_admin_{os.getpid()}") as url:
        async with live_admin(url, home) as address:
            yield address


async def sign_in(context: BrowserContext, admin: str) -> Page:
    page = await context.new_page()
    await page.goto(f"{admin}/")
    await page.get_by_label("Username").fill("ada")
    await page.get_by_label("Password").fill(PASSWORD)
    await page.get_by_role("button", name="Sign in").click()
    await expect(page.get_by_role("heading", level=1)).to_have_text("Dashboard")
    return page


@pytest.fixture
async def page(chromium: Browser, admin: str) -> AsyncIterator[Page]:
    """Ada's browser, signed in. No script may fail, and the page's own policy may refuse nothing."""
    context = await chromium.new_context(viewport={"width": 1280, "height": 800})
    errors: list[str] = []
    context.on("weberror", lambda error: errors.append(str(error.error)))
    context.on("console", lambda message: errors.append(message.text) if "Content Security" in message.text else None)
    yield await sign_in(context, admin)
    await context.close()
    assert errors == []


async def test_an_administrator_makes_a_website_a_store_and_a_view(page: Page, admin: str) -> None:
    await page.get_by_text("Stores", exact=True).click()
    await page.get_by_role("link", name="All Stores").click()

    await page.get_by_role("link", name="Create Website").click()
    await page.get_by_label("Name").fill("Outlet")
    await page.get_by_label("Code").fill("outlet")
    await page.get_by_role("button", name="Save Web Site").click()
    await expect(page.get_by_role("status")).to_contain_text("You saved the website.")

    await page.get_by_role("main").get_by_role("link", name="Create Store", exact=True).first.click()
    await page.get_by_label("Web Site").select_option(label="Outlet")
    await page.get_by_label("Name").fill("Outlet Store")
    await page.get_by_label("Code").fill("outlet_store")
    await page.get_by_role("button", name="Save Store").click()
    await expect(page.get_by_role("status")).to_contain_text("You saved the store.")

    await page.get_by_role("link", name="Create Store View").first.click()
    await page.get_by_label("Store", exact=False).first.select_option(label="Outlet Store")
    await page.get_by_label("Name").fill("Outlet English")
    await page.get_by_label("Code").fill("outlet_en")
    await page.get_by_role("button", name="Save Store View").click()
    await expect(page.get_by_role("status")).to_contain_text("You saved the store view.")

    row = page.get_by_role("row").filter(has_text="Outlet")
    await expect(row.get_by_role("cell")).to_have_text(
        ["Outlet (Code: outlet)", "Outlet Store (Code: outlet_store)", "Outlet English (Code: outlet_en)"]
    )


async def test_typing_into_a_setting_takes_it_from_the_system(page: Page, admin: str) -> None:
    await page.goto(f"{admin}/adminhtml/system_config/")
    await page.get_by_role("navigation", name="Sections").get_by_role("link", name="OAuth").click()
    field = page.get_by_label("Customer Token Lifetime (hours)", exact=True)
    box = page.get_by_role("checkbox", name="Use system value: Customer Token Lifetime (hours)")
    await expect(box).to_be_checked()

    await field.fill("0.001")
    await expect(box).not_to_be_checked()
    await page.get_by_role("button", name="Save Config").click()
    await expect(page.get_by_role("status")).to_contain_text("You saved the configuration.")
    await expect(field).to_have_value("0.001")

    await box.check()
    await expect(field).to_have_value("1")
    await page.get_by_role("button", name="Save Config").click()
    await expect(box).to_be_checked()


async def test_a_node_of_the_tree_brings_those_below_and_above(page: Page, admin: str) -> None:
    await page.goto(f"{admin}/adminhtml/user_role/new/")
    sales = page.get_by_role("checkbox", name="Sales", exact=True).first
    create = page.locator("input[value='Magento_Sales::create']")
    await create.check()
    await expect(sales).to_be_checked()
    await expect(page.locator("input[value='Magento_Sales::cancel']")).not_to_be_checked()

    await page.locator("input[value='Magento_Sales::sales']").uncheck()
    await expect(create).not_to_be_checked()
    await page.locator("input[value='Magento_Sales::sales']").check()
    await expect(page.locator("input[value='Magento_Sales::cancel']")).to_be_checked()
    await expect(page.locator("input[value='Magento_Backend::admin']")).to_be_checked()

    await page.get_by_label("Resource Access").select_option("1")
    await expect(page.locator("[data-tree]")).to_be_hidden()


async def test_a_grid_is_filtered_without_a_new_page_and_a_row_opens_the_thing(page: Page, admin: str) -> None:
    await page.goto(f"{admin}/customer/index/")
    await page.evaluate("window.stayed = true")
    await page.get_by_role("textbox", name="Name", exact=True).fill("Wilhelmina")
    await page.get_by_role("textbox", name="Name", exact=True).press("Enter")

    await expect(page.get_by_text("1 record", exact=True)).to_be_visible()
    assert page.url.endswith("/customer/index/?f.name=Wilhelmina")
    assert await page.evaluate("window.stayed")
    await page.get_by_role("link", name="Name: Wilhelmina").click()
    await expect(page.get_by_role("status")).to_contain_text("47 records")
    assert page.url.endswith("/customer/index/")

    await page.get_by_role("link", name="Next page").click()
    await expect(page.get_by_text("2 of 3")).to_be_visible()
    await page.go_back()
    await expect(page.get_by_text("1 of 3")).to_be_visible()
    await page.get_by_role("cell", name="jdoe@example.com").click()
    await expect(page.get_by_role("heading", level=1)).to_have_text("Jane Doe")


async def test_a_mass_action_counts_what_is_chosen_and_asks_in_words(page: Page, admin: str) -> None:
    await page.goto(f"{admin}/customer/index/?search=shopper4&sort=-entity_id")
    await page.get_by_role("row").filter(has_text="shopper44@").get_by_role("checkbox").check()
    await page.get_by_text("Actions (1)").click()
    await page.get_by_role("button", name="Delete").click()

    question = page.get_by_role("dialog", name="Are you sure you want to delete the selected customers?")
    await expect(question).to_be_visible()
    await question.get_by_role("button", name="Cancel").click()
    await expect(page.get_by_role("cell", name="shopper44@example.com")).to_be_visible()

    await page.get_by_text("Actions (1)").click()
    await page.get_by_role("button", name="Delete").click()
    await question.get_by_role("button", name="Delete").click()
    await expect(page.get_by_role("status").first).to_contain_text("A total of 1 record(s) were deleted.")
    assert page.url.endswith("/customer/index/?search=shopper4&sort=-entity_id")


async def test_states_follow_the_country(page: Page, admin: str) -> None:
    await page.goto(f"{admin}/customer/address/new/customer_id/1/")
    states, text = page.locator("#region_id"), page.locator("#region")
    await expect(states).to_be_visible()
    await expect(text).to_be_hidden()
    await page.get_by_label("Country").select_option("NZ")
    await expect(states).to_be_hidden()
    await expect(text).to_be_visible()


async def test_the_postcode_is_required_where_the_country_needs_it(page: Page, admin: str) -> None:
    await page.goto(f"{admin}/customer/address/new/customer_id/1/")
    postcode, star = page.locator("#postcode"), page.locator("label[for=postcode] .required")
    await page.locator("#country_id").select_option("US")
    await expect(star).to_be_visible()
    assert await postcode.evaluate("(field) => field.required")
    await page.locator("#country_id").select_option("HK")
    await expect(star).to_be_hidden()
    assert not await postcode.evaluate("(field) => field.required")


async def test_what_was_typed_outlives_the_session(page: Page, admin: str) -> None:
    address = f"{admin}/customer/address/new/customer_id/1/"
    await page.goto(address)
    await page.get_by_label("Company").fill('Lovelace & "Sons"')
    await page.locator("#country_id").select_option("HK")
    await page.get_by_label("City").fill("Kowloon")
    await page.context.clear_cookies(name="entrepot_admin")
    for label, value in (("Street Address", "1 Elm"), ("Phone Number", "5")):
        await page.get_by_label(label, exact=False).first.fill(value)
    await page.get_by_role("button", name="Save Address").click()
    await expect(page.get_by_text("Your session has ended. Sign in to go on; what you typed is kept.")).to_be_visible()

    await page.get_by_label("Username").fill("ada")
    await page.get_by_label("Password").fill(PASSWORD)
    await page.get_by_role("button", name="Sign in").click()

    await expect(page.get_by_text("What you typed is still here")).to_be_visible()
    assert page.url == address
    await expect(page.get_by_label("Company")).to_have_value('Lovelace & "Sons"')
    await expect(page.locator("#country_id")).to_have_value("HK")
    await expect(page.get_by_label("City")).to_have_value("Kowloon")
    await page.get_by_role("button", name="Save Address").click()
    await expect(page.get_by_text("New customer address has been added.")).to_be_visible()


async def test_everything_is_a_few_keys_away(page: Page, admin: str) -> None:
    await page.keyboard.press("?")
    await expect(page.get_by_role("dialog", name="Keyboard Shortcuts")).to_be_visible()
    await page.keyboard.press("Escape")
    await page.keyboard.press("g")
    await page.keyboard.press("c")
    await expect(page.get_by_role("heading", level=1)).to_have_text("Customers")
    await page.keyboard.press("/")
    await expect(page.get_by_label("Search by keyword")).to_be_focused()
    await page.keyboard.type("g c")
    await expect(page.get_by_label("Search by keyword")).to_have_value("g c")


async def test_unsaved_work_is_not_lost_without_a_word(page: Page, admin: str) -> None:
    await page.goto(f"{admin}/adminhtml/system_store/newWebsite/")
    await page.get_by_label("Name").fill("Half a na")
    asked: list[str] = []

    async def stay(dialog: Any) -> None:
        asked.append(dialog.type)
        await dialog.dismiss()

    page.on("dialog", stay)
    await page.get_by_role("link", name="Back").click(no_wait_after=True)
    await page.wait_for_timeout(300)
    assert asked == ["beforeunload"]
    await expect(page.get_by_label("Name")).to_have_value("Half a na")


async def test_everything_works_without_scripts(chromium: Browser, admin: str) -> None:
    context = await chromium.new_context(java_script_enabled=False, viewport={"width": 360, "height": 740})
    page = await sign_in(context, admin)
    await page.get_by_role("link", name="Menu").click()
    await page.get_by_role("navigation", name="Main").get_by_text("Customers", exact=True).click()
    await page.get_by_role("link", name="All Customers").click()
    await page.get_by_label("Search by keyword").fill("shopper43@")
    await page.get_by_role("button", name="Search").click()
    await page.get_by_role("checkbox", name="Shopper 43").check()
    await page.get_by_text("Actions", exact=True).click()
    await page.get_by_role("button", name="Delete").click()
    await expect(page.get_by_text("Are you sure you want to delete the selected customers?")).to_be_visible()
    await page.get_by_role("button", name="Delete").click()
    await expect(page.get_by_role("status").first).to_contain_text("A total of 1 record(s) were deleted.")
    await context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 360])
async def test_pages_can_be_read_by_everybody(chromium: Browser, admin: str, width: int, scheme: Any) -> None:
    context = await chromium.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme)
    door = await context.new_page()
    await door.goto(f"{admin}/")
    found = await faults(door, "the door")
    page = await sign_in(context, admin)
    for path in PAGES:
        await page.goto(f"{admin}/{path}")
        found += await faults(page, path)
        overflow = await page.evaluate("document.documentElement.scrollWidth - innerWidth")
        if overflow > 0:
            found.append(f"{path} is {overflow} px too wide")
    await context.close()
    assert found == []


async def faults(page: Page, name: str) -> list[str]:
    """What axe finds wrong, one line a rule."""
    await page.evaluate(AXE.read_text())
    result = await page.evaluate("axe.run()")
    return [
        f"{name}: {found['id']}: {found['nodes'][0]['html'][:200]} {found['nodes'][0]['failureSummary'][:200]}"
        for found in result["violations"]
    ]
