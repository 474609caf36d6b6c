"""Products in the Admin as its people use them: with a mouse, a keyboard, a phone, in the dark, and without scripts."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Browser, Page, expect
from starlette.applications import Starlette
from starlette.routing import Mount

from entrepot.admin import admin_app
from entrepot.app import new_services
from entrepot.catalog.contracts import CustomOption, CustomOptionValue, TierPrice
from entrepot.kit.context import Context
from entrepot.kit.db import Database
from entrepot.kit.pages import STATIC
from entrepot.settings import Settings
from tests.admin.browser import an_administrator
from tests.admin.product_pages import several_sources
from tests.browser.live_shop import served
from tests.browser.test_admin import AXE, sign_in
from tests.catalog.products.makers import a_category, a_product, custom
from tests.conftest import _clone
from tests.inventory.makers import put
from tests.storefront.makers import a_website

LONG = 60_000
"""Milliseconds that a slow machine may take."""

PAGES = [
    "catalog/product/",
    "catalog/product/?f.name=nothing",
    "catalog/product/new/type/virtual/",
    "catalog/product/edit/id/1/",
    "catalog/product/edit/id/1/store/2/",
]


@pytest.fixture(scope="session")
async def catalog_admin(server_url: str, template: str, home: Path) -> AsyncIterator[str]:
    """The address of the Admin of a shop with some products in several sources."""
    with _clone(server_url, template, f"entrepot_admin_products_{os.getpid()}") as url:
        database = Database(url, max_size=4)
        await database.open()
        services = new_services(Settings(home=home, database_url=url), database)
        async with services.work() as ctx:
            await _fill(ctx)
        app = Starlette(routes=[Mount("/static", STATIC), Mount("/admin", admin_app(services))])
        async with served(app) as address:
            yield f"{address}/admin"
        await database.close()


async def _fill(ctx: Context) -> None:
    await an_administrator(ctx)
    us = await a_website(ctx)
    await several_sources(ctx, us)
    await a_category(ctx.db, 3, name="Gear", is_active="1")
    values = [CustomOptionValue(title="Short", price=Decimal(0), price_type="fixed", sort_order=1)]
    await a_product(
        ctx,
        "24-WB01",
        name="Voyage Yoga Bag",
        price=Decimal(32),
        options=[CustomOption(title="Strap", type="drop_down", is_require=True, sort_order=1, values=values)],
        tier_prices=[TierPrice(customer_group_id=32000, qty=Decimal(5), value=Decimal(28))],
        custom_attributes=custom(category_ids=["3"], description="<p>For yoga.</p>"),
    )
    await put(ctx, "baltimore_wh", "24-WB01", 35)
    for number in range(25):
        name = f"A product with a name that is rather long for a column of a grid, number {number}"
        await a_product(ctx, f"many-{number}", name=name)


@pytest.fixture
async def page(chromium: Browser, catalog_admin: str) -> AsyncIterator[Page]:
    """Ada's browser, signed in. No script may fail, and the page's own policy may refuse nothing."""
    context = await chromium.new_context(viewport={"width": 1280, "height": 900})
    context.set_default_timeout(LONG)
    errors: list[str] = []
    context.on("weberror", lambda error: errors.append(str(error.error)))
    context.on("console", lambda message: errors.append(message.text) if "Content Security" in message.text else None)
    yield await sign_in(context, catalog_admin)
    await context.close()
    assert errors == []


async def opened(page: Page, section: str) -> Any:
    """A section of the form, unfolded."""
    found = page.locator(f"#section-{section}")
    await found.evaluate("section => { section.open = true; }")
    return found


async def test_a_product_is_made_from_the_grid_and_found_again(page: Page, catalog_admin: str) -> None:
    await page.keyboard.press("g")
    await page.keyboard.press("p")
    await expect(page.get_by_role("heading", level=1)).to_have_text("Products", timeout=LONG)
    await page.get_by_role("link", name="Add Product").click()
    await page.locator("#product_name").fill("Driven Backpack")
    await page.locator("#product_price").fill("36")
    await page.get_by_text("Assign Sources").click()
    await page.get_by_label("Austin Warehouse").check()
    await page.get_by_role("button", name="Done").click()
    await page.get_by_label("Qty in Austin Warehouse", exact=True).fill("12")
    await page.get_by_role("button", name="Save", exact=True).click()
    await expect(page.get_by_role("status")).to_contain_text("You saved the product.", timeout=LONG)

    await page.goto(f"{catalog_admin}/catalog/product/?search=backpack")
    await expect(page.get_by_role("row").filter(has_text="Driven Backpack")).to_contain_text("Austin Warehouse")


async def test_a_type_that_is_chosen_shows_its_fields_and_keeps_the_rest(page: Page, catalog_admin: str) -> None:
    await page.goto(f"{catalog_admin}/catalog/product/edit/id/2/")
    await page.locator("#product_name").fill("Not saved yet")
    section = await opened(page, "product-options")
    await section.get_by_role("button", name="Add Option").click()
    await section.get_by_label("Option Title").fill("Size")
    await section.get_by_label("Option Type of").select_option("drop_down")
    await section.get_by_role("button", name="Add Value").click()
    await section.get_by_label("Title of value").fill("Small")
    await section.get_by_label("Option Type of").select_option("radio")

    await expect(section.get_by_label("Title of value")).to_have_value("Small", timeout=LONG)
    await expect(page.locator("#product_name")).to_have_value("Not saved yet")


async def test_typing_takes_the_default_away_and_ticking_brings_it_back(page: Page, catalog_admin: str) -> None:
    await page.goto(f"{catalog_admin}/catalog/product/edit/id/1/store/2/")
    box = page.get_by_label("Use Default Value: Product Name")
    await expect(box).to_be_checked(timeout=LONG)
    await page.locator("#product_name").fill("Yoga Bag")
    await expect(box).not_to_be_checked()
    await box.check()
    await expect(page.locator("#product_name")).to_have_value("Voyage Yoga Bag")


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (360, "dark")])
async def test_pages_are_accessible_and_fit(page: Page, catalog_admin: str, path: str, width: int, scheme: Any) -> None:
    await page.set_viewport_size({"width": width, "height": 800})
    await page.emulate_media(color_scheme=scheme)
    await page.goto(f"{catalog_admin}/{path}")
    await page.evaluate("for (const section of document.querySelectorAll('details.section')) section.open = true")
    await page.evaluate(AXE.read_text())
    found = await page.evaluate("axe.run()")
    assert [(one["id"], [node["html"] for node in one["nodes"]]) for one in found["violations"]] == []
    assert await page.evaluate("document.documentElement.scrollWidth") <= width


async def test_the_form_works_without_scripts(chromium: Browser, catalog_admin: str) -> None:
    context = await chromium.new_context(java_script_enabled=False)
    context.set_default_timeout(LONG)
    page = await sign_in(context, catalog_admin)
    await page.goto(f"{catalog_admin}/catalog/product/edit/id/3/")
    await page.locator("#product_name").fill("Changed without scripts")
    await page.locator("#section-product-tier-prices > summary").click()
    await page.get_by_role("button", name="Add Price").click()
    await page.get_by_label("Quantity 1").fill("3")
    await page.get_by_label("Amount or Percent 1").fill("20")
    await page.get_by_role("button", name="Save", exact=True).click()

    await expect(page.get_by_role("status")).to_contain_text("You saved the product.", timeout=LONG)
    await expect(page.get_by_role("heading", level=1)).to_have_text("Changed without scripts")
    await expect(page.get_by_label("Amount or Percent 1")).to_have_value("20.00")
    await context.close()
