"""The tutorial's order as people invoice and ship it in the Admin (spec 70-tutorial-inventory, 12 to 14).

What comes before is made over REST. Baltimore's parcel is sent with scripts, Reno's without.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Browser, Page, expect

from tests.browser.test_admin_inventory import told
from tests.browser.test_tutorial import LONG, go, headings, rows
from tests.journeys.caller import Shop
from tests.journeys.inventory_tutorial import (
    cart,
    checkout,
    customers,
    environment,
    links,
    order,
    products,
    source_items,
    sources,
    stocks,
)
from tests.journeys.inventory_tutorial.editions import SECOND
from tests.journeys.inventory_tutorial.source_items import check_ledger
from tests.running_server import PASSWORD, Running, running_server

AMOUNT = "$2,812.00"


@pytest.fixture
def server(committed_url: str, tmp_path: Path) -> Iterator[Running]:
    with running_server(committed_url, tmp_path) as running:
        yield running


@pytest.fixture
def shop(server: Running) -> Shop:
    return Shop(server)


@pytest.fixture
def order_id(shop: Shop) -> str:
    """Of 20 bags, 50 packs and a download, which nobody has touched yet."""
    environment.play(shop)
    sources.play(shop, SECOND)
    stocks.play(shop)
    links.play(shop)
    environment.make_current(shop)
    products.play(shop, SECOND)
    source_items.play(shop, SECOND)
    jane = customers.play(shop, SECOND)
    cart.play(shop, jane, SECOND)
    checkout.play(jane, SECOND)
    return order.play(jane)


@asynccontextmanager
async def signed_in(chromium: Browser, server: Running, **more: Any) -> AsyncIterator[Page]:
    """An administrator's page. No script may fail."""
    context = await chromium.new_context(**{"viewport": {"width": 1280, "height": 900}, **more})
    context.set_default_timeout(LONG)
    expect.set_options(timeout=LONG)
    errors: list[str] = []
    context.on("weberror", lambda error: errors.append(str(error.error)))
    page = await context.new_page()
    await page.goto(f"{server.url}/admin/")
    await page.get_by_label("Username").fill("admin")
    await page.get_by_label("Password").fill(PASSWORD)
    await page.get_by_role("button", name="Sign in").click()
    await expect(page.get_by_role("heading", level=1)).to_have_text("Dashboard")
    yield page
    await context.close()
    expect.set_options(timeout=5_000)
    assert errors == []


async def test_an_order_is_invoiced_and_shipped_from_two_sources(
    chromium: Browser, server: Running, shop: Shop, order_id: str
) -> None:
    async with signed_in(chromium, server) as page:
        await open_order(page)
        await invoice(page)
        await see_the_sources(page)
        await ship_from(page, "Baltimore Warehouse (39)", ["20", "19"], "Shipment from Baltimore")
        await expect(page.get_by_role("note")).to_contain_text("31 to ship")
        await see_pages(chromium, server, order_id)
    async with signed_in(chromium, server, java_script_enabled=False) as page:
        await page.goto(f"{server.url}/admin/sales/order/view/order_id/{order_id}/")
        await page.get_by_role("link", name="Ship", exact=True).click()
        await ship_from(page, "Reno Warehouse (31)", ["31"], "Shipment from Reno")
        await expect(page.get_by_role("link", name="Ship", exact=True)).to_have_count(0)
    async with signed_in(chromium, server) as page:
        await see_the_shipments(page)
    await asyncio.to_thread(check_ledger, shop, SECOND.shipped, SECOND.paid)


async def open_order(page: Page) -> None:
    await go(page, "Sales", "Orders")
    await rows(page).first.get_by_role("link", name="View").click()
    await expect(page.get_by_role("heading", level=1)).to_have_text("#2000000001")


async def invoice(page: Page) -> None:
    """Section 12, by hand: first looked at in part, then made of all that was ordered."""
    await page.get_by_role("link", name="Invoice", exact=True).click()
    await expect(page.get_by_role("heading", level=1)).to_have_text("New Invoice for #2000000001")
    bags = page.get_by_label("Qty to Invoice of Voyage Yoga Bag")
    await expect(bags).to_have_value("20")
    await bags.fill("10")
    await page.get_by_role("button", name="Update Qty's").last.click()
    await expect(page.locator(".sums .strong td")).to_have_text("$2,492.00")
    assert await told(page, "New Invoice") == []
    await bags.fill("20")
    await page.get_by_label("Email Copy of Invoice").check()
    await page.get_by_role("button", name="Submit Invoice").click()
    await expect(page.get_by_role("status")).to_contain_text("The invoice has been created.")
    await expect(page.locator(".head .badge")).to_have_text("Processing")
    await expect(page.get_by_role("link", name="Invoice", exact=True)).to_have_count(0)

    await go(page, "Sales", "Invoices")
    columns = await headings(page)
    row = rows(page).first
    for heading, expected in (
        ("Order #", "2000000001"),
        ("Bill-to Name", "Jane Doe"),
        ("Status", "Paid"),
        ("Grand Total (Base)", AMOUNT),
    ):
        await expect(row.locator("> *").nth(columns.index(heading))).to_have_text(expected)
    await row.get_by_role("link", name="View").click()
    await expect(page.locator(".sums .strong td")).to_have_text(AMOUNT)
    await page.get_by_role("link", name="#2000000001").click()


async def see_the_sources(page: Page) -> None:
    """Section 13: 20/35, 0/10, 0/25; 19/19, 0/0, 31/42. What is changed is added up at once."""
    await page.get_by_role("link", name="Ship", exact=True).click()
    await expect(page.get_by_role("heading", level=1)).to_have_text("Source Selection for #2000000001")
    names = {source["source_code"]: source["name"] for source in SECOND.sources}
    await expect(rows(page)).to_have_count(2)
    for (sku, selection), to_ship in zip(SECOND.selection.items(), ("20", "50"), strict=True):
        row = rows(page).filter(has_text=f"SKU: {sku}")
        await expect(row.locator("td").nth(1)).to_have_text(to_ship)
        for place, (code, deducted, available) in enumerate(selection, start=2):
            await expect(page.locator("main thead th").nth(place)).to_contain_text(names[code])
            cell = row.locator("td").nth(place)
            await expect(cell.get_by_role("textbox")).to_have_value(str(deducted))
            await expect(cell).to_contain_text(f"/ {available}")
    menu = page.get_by_label("Select a Source to Ship from")
    await expect(menu.locator("option")).to_have_text(
        ["Baltimore Warehouse (39)", "Austin Warehouse (0)", "Reno Warehouse (31)"]
    )
    algorithms = page.locator("select[name=algorithm_code]")
    await expect(algorithms.locator("option")).to_have_text(
        ["Distance Priority", "Fewest Shipments", "Source Priority"]
    )
    reno = page.get_by_label("Qty to Deduct of Driven Backpack from Reno Warehouse")
    await reno.fill("30")
    await reno.press("Tab")
    await expect(page.locator("#selection")).to_contain_text("Driven Backpack: 1")
    await reno.fill("43")
    await reno.press("Tab")
    await expect(page.locator("#selection")).to_contain_text("Only 42 of Driven Backpack are available")
    await algorithms.select_option(label="Fewest Shipments")
    await expect(page.locator("#selection")).to_contain_text("Remaining: 0")
    await algorithms.select_option(label="Source Priority")
    await expect(menu.locator("option").first).to_have_text("Baltimore Warehouse (39)")


async def ship_from(page: Page, source: str, quantities: list[str], comment: str) -> None:
    """Section 14, from the choice of the source on."""
    await page.get_by_label("Select a Source to Ship from").select_option(label=source)
    await page.get_by_role("button", name="Proceed to Shipment").click()
    await expect(page.get_by_role("heading", level=1)).to_have_text("New Shipment for #2000000001")
    await expect(page.get_by_role("definition").filter(has_text=source.partition(" (")[0])).to_be_visible()
    fields = page.locator("main tbody input")
    assert [await field.input_value() for field in await fields.all()] == quantities
    await page.get_by_role("button", name="Add Tracking Number").click()
    await page.get_by_label("Carrier").select_option(label="United Parcel Service")
    await page.get_by_label("Number", exact=True).fill("1Z-9876543210")
    await page.get_by_label("Comment Text").fill(comment)
    await page.get_by_role("button", name="Submit Shipment").click()
    await expect(page.get_by_role("status")).to_contain_text("The shipment has been created.")


async def see_the_shipments(page: Page) -> None:
    """14.3: two rows of one order, which is complete."""
    await go(page, "Sales", "Shipments")
    await expect(rows(page)).to_have_count(2)
    columns = await headings(page)
    for row, total in zip(await rows(page).all(), ("31", "39"), strict=True):
        for heading, expected in (("Order #", "2000000001"), ("Ship-to Name", "Jane Doe"), ("Total Quantity", total)):
            await expect(row.locator("> *").nth(columns.index(heading))).to_have_text(expected)
    await rows(page).first.get_by_role("link", name="View").click()
    for text in ("Reno Warehouse", "1Z-9876543210", "United Parcel Service", "Shipment from Reno"):
        await expect(page.get_by_role("main")).to_contain_text(text)
    await page.get_by_role("link", name="#2000000001").click()
    await expect(page.locator(".head .badge")).to_have_text("Complete")


async def see_pages(chromium: Browser, server: Running, order_id: str) -> None:
    """On a phone and in the dark they are read as well."""
    found = []
    for width, scheme in ((1280, "light"), (360, "dark")):
        viewport = {"width": width, "height": 800}
        async with signed_in(chromium, server, viewport=viewport, color_scheme=scheme) as page:
            for path in (
                "sales/invoice/view/id/1/",
                "sales/shipment/view/id/1/",
                f"inventoryshipping/SourceSelection/index/order_id/{order_id}/",
                f"sales/order_shipment/new/order_id/{order_id}/source_code/reno_wh/",
            ):
                await page.goto(f"{server.url}/admin/{path}")
                found += await told(page, path)
    assert found == []
