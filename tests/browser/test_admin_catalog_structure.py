"""Categories, attributes and sets as people use them: by dragging, by keyboard, on a phone, and without scripts."""

from __future__ import annotations

import os
import re
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Browser, Locator, Page, expect

from tests.browser.live_catalog import live_catalog
from tests.browser.test_admin import faults, sign_in
from tests.conftest import _clone

PAGES = [
    "catalog/category/edit/id/3/",
    "catalog/category/edit/id/3/store/2/",
    "catalog/category/add/parent/3/",
    "catalog/category/moveTo/id/4/",
    "catalog/category/products/id/4/?f.in_category=1",
    "catalog/product_attribute/",
    "catalog/product_attribute/new/",
    "catalog/product_attribute/edit/attribute_id/93/",
    "catalog/product_set/",
    "catalog/product_set/add/",
    "catalog/product_set/edit/id/4/",
    "adminhtml/system_config/edit/section/catalog/",
    "adminhtml/system_config/edit/section/cataloginventory/",
]


@pytest.fixture(scope="session")
async def catalog_admin(server_url: str, template: str, home: Path) -> AsyncIterator[str]:
    """The address of the Admin."""
    with _clone(server_url, template, f"entrepot_structure_{os.getpid()}") as url:
        async with live_catalog(url, home) as address:
            yield address


@pytest.fixture
async def page(chromium: Browser, catalog_admin: str) -> AsyncIterator[Page]:
    """Ada's browser, signed in. No script may fail, and the page's own policy may refuse nothing."""
    context = await chromium.new_context(viewport={"width": 1280, "height": 800})
    context.set_default_timeout(60_000)
    expect.set_options(timeout=60_000)
    errors: list[str] = []
    context.on("weberror", lambda error: errors.append(str(error.error)))
    context.on("console", lambda message: errors.append(message.text) if "Content Security" in message.text else None)
    yield await sign_in(context, catalog_admin)
    await context.close()
    assert errors == []


def tree(page: Page) -> Locator:
    return page.get_by_role("navigation", name="Categories")


def category(page: Page, category_id: int) -> Locator:
    return tree(page).locator(f"[data-category='{category_id}'] > a")


def below(page: Page, category_id: int) -> Locator:
    """The links of the categories directly below one."""
    return page.locator(f"[data-category='{category_id}'] > details > ul > li > a")


async def the_set(page: Page) -> str:
    """The address of the set Clothes."""
    await page.goto(page.url.split("/admin/")[0] + "/admin/catalog/product_set/?f.name=Clothes")
    href = await page.locator("tbody tr").first.get_attribute("data-href")
    assert href
    return href


async def test_a_category_is_dragged_onto_another_and_between_two(page: Page, catalog_admin: str) -> None:
    await page.goto(f"{catalog_admin}/catalog/category/edit/id/3/")
    await category(page, 5).drag_to(category(page, 6))
    await expect(page.get_by_role("status")).to_contain_text("You moved the category.")
    await expect(below(page, 6)).to_have_text([re.compile("Bags")])

    await category(page, 5).drag_to(category(page, 3), target_position={"x": 60, "y": 2})
    await expect(below(page, 2)).to_have_text([re.compile(name) for name in ("Bags", "Women", "Men", "Llanfair")])

    # Back to where it was, by the form that says the same.
    await page.get_by_role("link", name="Move", exact=True).click()
    await page.get_by_label("Category", exact=False).first.select_option("4")
    await page.get_by_label("Place").select_option("behind")
    await page.get_by_role("button", name="Move Category").click()
    await expect(below(page, 3)).to_have_text([re.compile("Tops"), re.compile("Bags")])


async def test_a_root_category_cannot_be_dragged(page: Page, catalog_admin: str) -> None:
    await page.goto(f"{catalog_admin}/catalog/category/edit/id/2/")
    await category(page, 2).drag_to(category(page, 3))

    await expect(page.get_by_role("heading", level=1)).to_have_text("Default Category (ID: 2)")
    await expect(page.get_by_role("status")).to_have_count(0)


async def test_a_store_view_takes_the_default_value_again_by_ticking_its_box(page: Page, catalog_admin: str) -> None:
    await page.goto(f"{catalog_admin}/catalog/category/edit/id/3/store/2/")
    await page.get_by_text("Search Engine Optimization").click()
    title = page.locator("#meta_title")
    await expect(title).to_have_value("Women of the US")
    await page.get_by_label("Use Default Value: Meta Title").check()
    await expect(title).to_have_value("")
    # Typing takes the tick away, also for a check box.
    await page.get_by_label("Enable Category", exact=True).uncheck()
    await expect(page.get_by_label("Use Default Value: Enable Category")).not_to_be_checked()
    await page.get_by_label("Use Default Value: Enable Category").check()
    await expect(page.get_by_label("Enable Category", exact=True)).to_be_checked()


async def test_products_are_ticked_and_numbered_page_by_page(page: Page, catalog_admin: str) -> None:
    await page.goto(f"{catalog_admin}/catalog/category/products/id/5/?f.sku=WT4")
    await page.locator("#in-40").check()
    await page.locator("[name='position[40]']").fill("3")
    await page.get_by_role("button", name="Save", exact=True).click()
    await expect(page.get_by_role("status").first).to_contain_text("You saved the category.")

    await page.locator("#filter-in_category").select_option("1")
    await expect(page.locator("#grid tbody tr")).to_have_count(1)
    await expect(page.locator("[name='position[40]']")).to_have_value("3")


async def test_the_form_of_an_attribute_follows_its_input_and_grows(page: Page, catalog_admin: str) -> None:
    await page.goto(f"{catalog_admin}/catalog/product_attribute/new/")
    await page.get_by_label("Default label").fill("Pattern")
    await expect(page.get_by_role("heading", name="Manage Options")).to_be_hidden()
    await page.get_by_label("Catalog Input Type").select_option("multiselect")
    await expect(page.get_by_role("heading", name="Manage Options")).to_be_visible()
    for number, name in enumerate(("Plain", "Striped", "Dotted", "Checked", "Floral", "Paisley"), 1):
        if number > 5:
            await page.get_by_role("button", name="Add Option").click()
        await page.locator(f"[name='option_label[new{number}][0]']").fill(name)
    for number in (2, 6):
        await page.locator(f"[name=default_option][value=new{number}]").check()
    await page.get_by_role("button", name="Save and Continue Edit").click()

    await expect(page.get_by_role("status").first).to_contain_text("You saved the product attribute.")
    await expect(page.get_by_label("Admin: Paisley")).to_have_value("Paisley")
    await expect(page.get_by_label("Is default: Striped")).to_be_checked()
    await expect(page.get_by_label("Is default: Paisley")).to_be_checked()
    await expect(page.get_by_label("Is default: Plain")).not_to_be_checked()


async def test_a_set_is_arranged_by_dragging_by_arrows_and_by_selects(page: Page, catalog_admin: str) -> None:
    address = catalog_admin.removesuffix("/admin") + await the_set(page)
    await page.goto(address)
    groups = page.locator("[data-attribute-set] .set-group")
    content = groups.filter(has=page.get_by_role("heading", name="Content", exact=True, include_hidden=True))
    codes = content.locator("li[data-attribute]:not([hidden]) code")
    before = await codes.all_inner_texts()

    fabric, first = page.locator("li[data-attribute=fabric]"), content.locator("li").first
    await first.scroll_into_view_if_needed()
    await fabric.drag_to(first, source_position={"x": 20, "y": 10}, target_position={"x": 20, "y": 3})
    await expect(codes).to_have_text(["fabric", *before])
    await page.get_by_label("fabric down").click()
    await page.get_by_label("Group of color").select_option(label="Content")
    await expect(codes).to_have_text([before[0], "fabric", *before[1:], "color"])
    await page.get_by_role("button", name="Save", exact=True).click()
    await expect(page.get_by_role("status")).to_contain_text("You saved the attribute set.")
    await expect(codes).to_have_text([before[0], "fabric", *before[1:], "color"])

    # What leaves is asked about.
    await page.get_by_label("Group of color").select_option(label="Unassigned")
    await page.get_by_role("button", name="Save", exact=True).click()
    await expect(page.get_by_text("Attributes leave the set: color.")).to_be_visible()
    await page.get_by_role("main").get_by_role("button", name="Save").click()
    await expect(codes).to_have_text([before[0], "fabric", *before[1:]])


async def test_without_scripts_a_set_and_a_category_are_changed_all_the_same(
    chromium: Browser, catalog_admin: str
) -> None:
    context = await chromium.new_context(java_script_enabled=False)
    context.set_default_timeout(60_000)
    page = await sign_in(context, catalog_admin)
    await page.goto(catalog_admin.removesuffix("/admin") + await the_set(page))
    await page.get_by_label("Group of manufacturer").select_option(label="Content")
    await page.get_by_label("Place of manufacturer").fill("0")
    await page.get_by_label("New group").fill("Origin")
    await page.get_by_role("button", name="Add Group").click()
    await expect(page.get_by_label("Name of the group Origin")).to_have_value("Origin")
    await expect(page.get_by_label("Group of manufacturer")).to_have_value(
        await page.locator("li[data-attribute=description] select").input_value()
    )

    await page.goto(f"{catalog_admin}/catalog/category/add/parent/2/")
    await page.get_by_label("Category Name").fill("Sale")
    await page.get_by_role("button", name="Save", exact=True).last.click()
    await expect(tree(page)).to_contain_text("Sale (0)")
    await page.get_by_role("button", name="Delete", exact=True).click()
    await page.get_by_role("main").get_by_role("button", name="Delete").click()
    await expect(tree(page)).not_to_contain_text("Sale")
    await context.close()


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (1280, "dark"), (360, "light")])
async def test_pages_fit_and_can_be_used_by_everybody(
    chromium: Browser, catalog_admin: str, width: int, scheme: Any
) -> None:
    context = await chromium.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme)
    context.set_default_timeout(60_000)
    page = await sign_in(context, catalog_admin)
    found: list[str] = []
    for path in PAGES:
        await page.goto(f"{catalog_admin}/{path}")
        # What is closed is looked at too.
        await page.evaluate("document.querySelectorAll('details.section').forEach((one) => one.open = true)")
        overflow = await page.evaluate("document.documentElement.scrollWidth - innerWidth")
        if overflow > 0:
            found.append(f"{path} is {overflow} px too wide")
        found += await faults(page, path)
    await context.close()
    assert found == []
