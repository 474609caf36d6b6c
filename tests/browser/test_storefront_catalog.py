"""Categories, products and search as people use them: by keyboard, on a phone, in the dark, without scripts."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import Browser, Page, expect

from tests.browser.catalog_shop import LONG, catalog_shop
from tests.conftest import _clone

AXE = Path(__file__).parents[2] / "node_modules" / "axe-core" / "axe.min.js"
LONGEST_PAGE_BYTES = 150_000
PAGES = [
    "",
    "gear.html",
    "gear.html?product_list_mode=list&product_list_limit=25",
    "gear/bags.html?price=10-100",
    "empty-shelves.html",
    "training-and-everything-else-around-it.html",
    "voyage-yoga-bag.html",
    "catalogsearch/result/?q=yog",
    "catalogsearch/result/?q=backpak",
    "catalogsearch/result/?q=zzzzqqq",
    "nothing.html",
]


@pytest.fixture(scope="module")
async def shop(server_url: str, template: str, home: Path) -> AsyncIterator[str]:
    """The address of a storefront with a catalog."""
    with _clone(server_url, template, f"entrepot_catalog_browser_{os.getpid()}") as url:
        async with catalog_shop(url, home) as address:
            yield address


@pytest.fixture
async def page(chromium: Browser) -> AsyncIterator[Page]:
    context = await chromium.new_context(viewport={"width": 1280, "height": 800})
    page = await context.new_page()
    page.set_default_timeout(60_000)
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda message: errors.append(message.text) if "Content Security" in message.text else None)
    yield page
    await context.close()
    assert errors == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 360])
async def test_every_page_is_accessible_and_fits(chromium, shop, width, scheme):
    context = await chromium.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme)
    page = await context.new_page()
    page.set_default_timeout(60_000)
    wrong: dict[str, object] = {}
    for path in PAGES:
        answer = await page.goto(f"{shop}/{path}")
        assert len(await answer.body()) < LONGEST_PAGE_BYTES
        if await page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            wrong[path] = "wider than the window"
        await page.evaluate(AXE.read_text(encoding="utf-8"))
        found = await page.evaluate("axe.run({runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']})")
        if found["violations"]:
            wrong[path] = [(one["id"], one["nodes"][0]["html"]) for one in found["violations"]]
    await context.close()
    assert wrong == {}


async def test_a_shopper_goes_from_the_menu_to_a_product(page, shop):
    await page.goto(shop)
    menu = page.get_by_role("navigation", name="Categories").first
    await menu.get_by_text("Gear", exact=True).click()
    await menu.get_by_role("link", name="Bags", exact=True).click()
    await expect(page.get_by_role("heading", name="Bags", level=1)).to_be_visible()

    await page.get_by_label("Shopping Options").get_by_role("link", name="Blue").click()
    await expect(page.get_by_text("Color: Blue")).to_be_visible()
    await page.get_by_role("link", name="Crown Summit Backpack 1", exact=True).click()

    await expect(page.get_by_role("heading", name="Crown Summit Backpack 1", level=1)).to_be_visible()
    await expect(page.get_by_text("SKU#:")).to_be_visible()
    await page.go_back()
    await page.get_by_role("link", name="Remove Color: Blue").click()
    await expect(page.get_by_text("Items 1-9 of 17")).to_be_visible()


async def test_the_menu_opens_by_the_keyboard(page, shop):
    await page.goto(shop)
    summary = page.locator(".top-menu summary")
    await summary.focus()
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("link", name="All Gear")).to_be_visible()
    await page.keyboard.press("Tab")
    await page.keyboard.press("Tab")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("heading", name="Bags", level=1)).to_be_visible()


async def test_a_phone_without_scripts_finds_its_way(chromium, shop):
    context = await chromium.new_context(viewport={"width": 360, "height": 740}, java_script_enabled=False)
    page = await context.new_page()
    page.set_default_timeout(60_000)
    await page.goto(shop)
    await page.get_by_text("Menu", exact=True).click()
    await page.locator(".menu-button").get_by_role("link", name="Bags").click()
    await expect(page.get_by_role("heading", name="Bags", level=1)).to_be_visible()

    await page.locator("details.layers-narrow > summary").click()
    await page.locator("details.layers-narrow").get_by_role("link", name="Green").click()
    await expect(page.get_by_text("Color: Green")).to_be_visible()

    await page.get_by_label("Search entire store here...").fill("yoga")
    await page.get_by_role("button", name="Search").click()
    await expect(page.get_by_role("heading", name="Search results for: 'yoga'")).to_be_visible()
    await context.close()


async def test_the_search_box_suggests_what_the_shop_has(page, shop):
    await page.goto(shop)
    await page.get_by_label("Search entire store here...").press_sequentially("llanf")

    await expect(page.locator("#search-suggestions option")).to_have_attribute("value", LONG)


COVERED = """() => [...document.querySelectorAll("form.buy :is(input:not([type=hidden]), select, textarea, button)")]
    .map((field) => [field, field.getBoundingClientRect()])
    .filter(([, box]) => box.width && box.top + box.height / 2 > 0 && box.top + box.height / 2 < innerHeight)
    .map(([field, box]) => [field, document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2)])
    .map(([field, top]) => [field.id || field.name, top !== field && !field.contains(top) && !top.contains(field)])"""


@pytest.mark.parametrize("width", [1280, 360])
async def test_nothing_covers_the_form_of_a_product_however_far_it_is_scrolled(page, shop, width):
    await page.set_viewport_size({"width": width, "height": 700})
    await page.goto(f"{shop}/voyage-yoga-bag.html")
    seen: set[str] = set()
    for top in range(0, 3000, 260):
        await page.evaluate(f"scrollTo({{top: {top}, behavior: 'instant'}})")
        found = await page.evaluate(COVERED)
        assert [name for name, is_covered in found if is_covered] == [], f"at {top}"
        seen |= {name for name, _ in found}
    assert len(seen) > 15
    description = page.locator(".decision .short-description")
    assert await description.evaluate("(element) => getComputedStyle(element).position") == "static"
