"""Sources, stocks and mass actions as people use them: by mouse, by keyboard, on a phone, without scripts."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Browser, Page, expect
from starlette.applications import Starlette
from starlette.routing import Mount

from entrepot import inventory
from entrepot.admin import admin_app
from entrepot.app import new_services
from entrepot.inventory.contracts import SourceItemConfiguration
from entrepot.kit.context import Context
from entrepot.kit.db import Database
from entrepot.kit.pages import STATIC
from entrepot.settings import Settings
from tests.admin.browser import an_administrator
from tests.admin.inventory_makers import a_stock, put, warehouses
from tests.browser.live_shop import served
from tests.browser.test_admin import faults, sign_in
from tests.catalog.products.makers import a_product
from tests.conftest import _clone
from tests.storefront.makers import a_website

PAGES = [
    "adminhtml/dashboard/",
    "inventory/source/index/",
    "inventory/source/index/?f.name=nobody",
    "inventory/source/new/",
    "inventory/source/edit/source_code/baltimore_wh/",
    "inventory/stock/index/",
    "inventory/stock/new/",
    "inventory/stock/edit/stock_id/1/",
    "inventory/stock/edit/stock_id/2/",
    "reports/report_product/lowstock/",
]


@asynccontextmanager
async def live_warehouses(database_url: str, home: Path) -> AsyncIterator[str]:
    """The Admin of a shop with two websites, five sources, two stocks and three products."""
    database = Database(database_url, max_size=4)
    await database.open()
    services = new_services(Settings(home=home, database_url=database_url), database)
    async with services.work() as ctx:
        await _fill(ctx)
    app = Starlette(routes=[Mount("/static", STATIC), Mount("/admin", admin_app(services))])
    async with served(app) as address:
        yield f"{address}/admin"
    await database.close()


async def _fill(ctx: Context) -> None:
    await an_administrator(ctx)
    await a_website(ctx, "na", "North America Store")
    await warehouses(ctx)
    await inventory.save_source(
        ctx,
        inventory.Source(
            source_code="llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch_wh",
            name="Warehouse of Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch",
            country_id="GB",
            postcode="LL61 5UJ",
            enabled=False,
            latitude=53.22,
            longitude=-4.2,
        ),
    )
    await a_stock(ctx, "North America Stock", ["na_website"], "baltimore_wh", "austin_wh", "reno_wh")
    await a_product(ctx, "24-WB01", name="Voyage Yoga Bag")
    await a_product(ctx, "24-WB03", name="Driven Backpack")
    await put(ctx, "24-WB01", baltimore_wh=35, austin_wh=10)
    await put(ctx, "24-WB03", baltimore_wh=19, berlin_wh=32)
    low = [SourceItemConfiguration(source_code="austin_wh", sku="24-WB01", notify_stock_qty=Decimal(20))]
    await inventory.low_quantity.save_low_quantities(ctx, low)


@pytest.fixture(scope="module")
async def admin(server_url: str, template: str, home: Path) -> AsyncIterator[str]:
    """The address of the Admin."""
    with _clone(server_url, template, f"entrepot_inventory_{os.getpid()}") as url:
        async with live_warehouses(url, home) as address:
            yield address


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


async def order_of(page: Page) -> list[str]:
    """The codes of the assigned sources, from the top."""
    return await page.locator("[data-ranked] tbody tr td:nth-child(2)").all_text_contents()


async def choose_bags(page: Page, admin: str) -> None:
    await page.goto(f"{admin}/catalog/product/?f.sku=24-WB")
    await page.get_by_role("checkbox", name="Select all on this page").check()
    await page.get_by_text("Actions (2)").click()


async def test_a_source_is_added(page: Page, admin: str) -> None:
    await page.get_by_text("Stores", exact=True).click()
    await page.get_by_role("link", name="Sources", exact=True).click()
    await page.get_by_role("link", name="Add New Source").click()
    await page.get_by_label("Name", exact=False).first.fill("HQ")
    await page.get_by_label("Code", exact=False).first.fill("hq")
    await expect(page.get_by_label("State/Province as Text")).to_be_hidden()
    await page.get_by_label("State/Province", exact=True).select_option(label="New York")
    await page.get_by_label("City").fill("New York")
    await page.get_by_label("Postcode").fill("10022")
    await page.get_by_role("button", name="Save & Close").click()

    await expect(page.get_by_role("status").first).to_contain_text("The Source has been saved.")
    await expect(page.get_by_role("cell", name="hq", exact=True)).to_be_visible()


async def test_sources_are_arranged_by_arrows_numbers_and_dragging(page: Page, admin: str) -> None:
    await page.goto(f"{admin}/inventory/stock/edit/stock_id/2/")
    await page.get_by_role("button", name="Move Reno Warehouse up").click()
    assert await order_of(page) == ["baltimore_wh", "reno_wh", "austin_wh"]
    await expect(page.get_by_role("button", name="Move Reno Warehouse up")).to_be_focused()

    await page.get_by_label("Priority of Austin Warehouse").fill("1")
    await page.get_by_label("Priority of Austin Warehouse").press("Tab")
    assert await order_of(page) == ["austin_wh", "baltimore_wh", "reno_wh"]

    await page.get_by_role("cell", name="reno_wh").drag_to(page.get_by_role("cell", name="austin_wh"))
    assert await order_of(page) in (["reno_wh", "austin_wh", "baltimore_wh"], ["austin_wh", "reno_wh", "baltimore_wh"])
    arranged = await order_of(page)

    await page.get_by_role("button", name="Save & Continue").click()
    await expect(page.get_by_role("status")).to_contain_text("The Stock has been saved.")
    assert await order_of(page) == arranged


async def test_a_source_is_assigned_and_unassigned_and_unsaved_work_is_not_lost(page: Page, admin: str) -> None:
    await page.goto(f"{admin}/inventory/stock/new/")
    await page.get_by_label("Name", exact=False).first.fill("Spare Stock")
    await page.get_by_text("Assign Sources", exact=True).first.click()
    await page.get_by_role("checkbox", name="Berlin Warehouse").check()
    await page.get_by_role("checkbox", name="Austin Warehouse").check()
    await page.get_by_role("button", name="Assign", exact=True).click()
    await expect(page.get_by_label("Priority of Berlin Warehouse")).to_have_value("2")
    await page.get_by_role("button", name="Unassign Austin Warehouse").click()
    await expect(page.get_by_label("Priority of Berlin Warehouse")).to_have_value("1")
    await expect(page.get_by_label("Name", exact=False).first).to_have_value("Spare Stock")

    asked: list[str] = []

    async def stay(dialog: Any) -> None:
        asked.append(dialog.type)
        await dialog.dismiss()

    page.on("dialog", stay)
    await page.get_by_label("Priority of Berlin Warehouse").press("Tab")
    await page.get_by_role("link", name="Back").click(no_wait_after=True)
    await page.wait_for_timeout(300)
    assert asked == ["beforeunload"]
    page.remove_listener("dialog", stay)

    await page.get_by_role("button", name="Save & Close").click()
    row = page.get_by_role("row").filter(has_text="Spare Stock")
    await expect(row.get_by_role("cell", name="Berlin Warehouse")).to_be_visible()


async def test_inventory_is_transferred_from_the_products_grid(page: Page, admin: str) -> None:
    await choose_bags(page, admin)
    await page.get_by_role("button", name="Transfer Inventory To Source").click()
    await expect(page.get_by_role("heading", level=1)).to_have_text("Bulk Inventory Transfer")
    await page.get_by_role("combobox", name="Origin Source").select_option("berlin_wh")
    await page.get_by_label("Destination Source").select_option("reno_wh")
    await page.get_by_label("Unassign from origin source after transfer").check()
    await page.get_by_role("button", name="Transfer Inventory").click()

    await expect(page.get_by_role("status").first).to_contain_text(
        "Bulk operation was successful: 1 inventory transfers."
    )
    row = page.get_by_role("row").filter(has_text="Driven Backpack")
    await expect(row).to_contain_text("Reno Warehouse: 32")
    await expect(row).not_to_contain_text("Berlin Warehouse")


async def test_a_stock_is_arranged_without_scripts(chromium: Browser, admin: str) -> None:
    context = await chromium.new_context(java_script_enabled=False, viewport={"width": 360, "height": 740})
    page = await sign_in(context, admin)
    await page.goto(f"{admin}/inventory/stock/new/")
    await page.get_by_label("Name", exact=False).first.fill("By Hand")
    await page.get_by_text("Assign Sources", exact=True).first.click()
    for name in ("Austin Warehouse", "Reno Warehouse"):
        await page.get_by_role("checkbox", name=name).check()
    await page.get_by_role("button", name="Assign", exact=True).click()
    await page.get_by_role("button", name="Move Reno Warehouse up").click()
    await expect(page.get_by_label("Priority of Reno Warehouse")).to_have_value("1")
    await page.get_by_role("button", name="Save & Continue").click()
    await expect(page.get_by_role("status")).to_contain_text("The Stock has been saved.")
    assert await order_of(page) == ["reno_wh", "austin_wh"]

    await page.goto(f"{admin}/catalog/product/?f.sku=24-WB01")
    await page.get_by_role("checkbox", name="Voyage Yoga Bag").check()
    await page.get_by_text("Actions", exact=True).click()
    await page.get_by_role("button", name="Assign Inventory Source", exact=True).click()
    await page.get_by_role("checkbox", name="Berlin Warehouse").check()
    await page.get_by_role("button", name="Assign Sources").click()
    await expect(page.get_by_role("status").first).to_contain_text("Bulk operation was successful: 1 assignments.")
    await context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 360])
async def test_pages_can_be_read_by_everybody(chromium: Browser, admin: str, width: int, scheme: Any) -> None:
    context = await chromium.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme)
    page = await sign_in(context, admin)
    found = []
    for path in PAGES:
        await page.goto(f"{admin}/{path}")
        found += await told(page, path)
        for details in await page.locator(".assign > summary").all():
            await details.click()
            found += await told(page, f"{path}, open")
    for action in ("Assign Inventory Source", "Unassign Inventory Source", "Transfer Inventory To Source"):
        await choose_bags(page, admin)
        await page.get_by_role("button", name=action, exact=True).click()
        await expect(page.get_by_text("2 products", exact=True)).to_be_visible()
        found += await told(page, action)
    await context.close()
    assert found == []


async def told(page: Page, name: str) -> list[str]:
    """What axe finds wrong, and whether the page is too wide."""
    found = await faults(page, name)
    overflow = await page.evaluate("document.documentElement.scrollWidth - innerWidth")
    if overflow > 0:
        found.append(f"{name} is {overflow} px too wide")
    return found
