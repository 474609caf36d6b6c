"""The inventory tutorial as people verify it in the Admin and in the storefront (spec 70-tutorial-inventory).

Websites are made by hand, as the tutorial does; what it calls over REST is called, and then looked at. It goes from an
empty shop over goods in six sources to an order that is complete in one go, once for each edition.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from playwright.async_api import Browser, Locator, Page, expect

from tests.journeys.caller import Shop
from tests.journeys.inventory_tutorial import (
    cart,
    checkout,
    customers,
    environment,
    invoice,
    links,
    order,
    products,
    shipments,
    source_items,
    sources,
    stocks,
)
from tests.journeys.inventory_tutorial.editions import FIRST, LINKS, SECOND, SITES, STOCKS, Edition, Site
from tests.running_server import PASSWORD, Running, running_server

LONG = 60_000
"""Milliseconds that a slow machine may take."""

NAMES = {source["source_code"]: source["name"] for source in FIRST.sources}


@pytest.fixture
def server(committed_url: str, tmp_path: Path) -> Iterator[Running]:
    with running_server(committed_url, tmp_path) as running:
        yield running


@pytest.fixture
async def page(chromium: Browser, server: Running) -> AsyncIterator[Page]:
    """The administrator's browser, signed in. No script may fail."""
    context = await chromium.new_context(viewport={"width": 1280, "height": 900})
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


@pytest.mark.parametrize("edition", [FIRST, SECOND], ids=str)
async def test_people_see_what_each_step_made(chromium: Browser, page: Page, server: Running, edition: Edition) -> None:
    for site in SITES:
        await make(page, site)
    await see_sites(page)
    await show_codes_in_addresses(page)
    await accept_bank_transfers(page)
    shop = await asyncio.to_thread(Shop, server)
    await asyncio.to_thread(environment.verify, shop)

    await asyncio.to_thread(sources.play, shop, edition)
    await see_sources(page)
    await asyncio.to_thread(stocks.play, shop)
    await see_stocks(page)
    await asyncio.to_thread(links.play, shop)
    await see_links(page)

    await asyncio.to_thread(products.play, shop, edition)
    await see_products_before_they_are_assigned(page, edition)
    await asyncio.to_thread(source_items.play, shop, edition)
    await see_products(page, edition.quantities, edition.salable)
    await see_sources_of_a_product(page, edition)

    jane = await asyncio.to_thread(customers.play, shop, edition)
    await asyncio.to_thread(cart.play, shop, jane, edition)
    async with a_visit(chromium, f"{server.url}/us") as visit:
        await see_the_cart(visit, edition)
        await see_the_checkout(visit, edition)
    await asyncio.to_thread(checkout.play, jane, edition)
    order_id = await asyncio.to_thread(order.play, jane)
    await see_the_order(page, edition, "Pending")
    await see_products(page, edition.quantities, edition.left)

    await asyncio.to_thread(invoice.play, shop, order_id)
    await see_the_order(page, edition, "Processing")
    await see_products(page, edition.quantities | {edition.not_shipped: {"hq": 9998}}, edition.paid)
    await asyncio.to_thread(shipments.play, shop, order_id, edition)
    await see_the_order(page, edition, "Complete")
    await see_products(page, edition.shipped, edition.paid)


async def make(page: Page, site: Site) -> None:
    """Step 1, in All Stores: a website, its store, and its store view."""
    (website, website_name), (group, group_name), (view, view_name) = site
    await go(page, "Stores", "All Stores")
    await page.get_by_role("link", name="Create Website").click()
    await page.get_by_label("Name").fill(website_name)
    await page.get_by_label("Code").fill(website)
    await page.get_by_role("button", name="Save Web Site").click()
    await expect(page.get_by_role("status")).to_contain_text("You saved the website.")

    await page.get_by_role("main").get_by_role("link", name="Create Store", exact=True).first.click()
    await page.get_by_label("Web Site").select_option(label=website_name)
    await page.get_by_label("Name").fill(group_name)
    await page.get_by_label("Code").fill(group)
    await page.get_by_label("Root Category").select_option(label="Default Category")
    await page.get_by_role("button", name="Save Store").click()
    await expect(page.get_by_role("status")).to_contain_text("You saved the store.")

    await page.get_by_role("link", name="Create Store View").first.click()
    await page.get_by_label("Store", exact=False).first.select_option(label=group_name)
    await page.get_by_label("Name").fill(view_name)
    await page.get_by_label("Code").fill(view)
    await page.get_by_label("Status").select_option(label="Enabled")
    await page.get_by_role("button", name="Save Store View").click()
    await expect(page.get_by_role("status")).to_contain_text("You saved the store view.")


async def see_sites(page: Page) -> None:
    for site in SITES:
        row = page.get_by_role("row").filter(has_text=site.website[1])
        await expect(row.get_by_role("cell")).to_have_text(
            [f"{name} (Code: {code})" for code, name in (site.website, site.group, site.view)]
        )


async def show_codes_in_addresses(page: Page) -> None:
    await open_section(page, "Web")
    await page.get_by_label("Add Store Code to Urls", exact=True).select_option(label="Yes")
    await page.get_by_role("button", name="Save Config").click()
    await expect(page.get_by_role("status")).to_contain_text("You saved the configuration.")


async def accept_bank_transfers(page: Page) -> None:
    await open_section(page, "Payment Methods")
    group = page.locator("main details").filter(has=page.get_by_text("Bank Transfer Payment", exact=True))
    await group.get_by_label("Enabled", exact=True).select_option(label="Yes")
    await page.get_by_role("button", name="Save Config").click()
    await expect(page.get_by_role("status")).to_contain_text("You saved the configuration.")


async def open_section(page: Page, name: str) -> None:
    await go(page, "Stores", "Configuration")
    await page.get_by_role("navigation", name="Sections").get_by_role("link", name=name, exact=True).click()
    await page.evaluate("for (const group of document.querySelectorAll('main details')) group.open = true")


async def go(page: Page, branch: str, name: str) -> None:
    """By the menu, whose branch may be open already. Ends on the new page, for what is read from it without waiting."""
    menu = page.get_by_role("navigation", name="Main")
    entry = menu.get_by_role("link", name=name, exact=True)
    if not await entry.is_visible():
        await menu.locator("summary").get_by_text(branch, exact=True).click()
    async with page.expect_navigation():
        await entry.click()


def rows(page: Page) -> Locator:
    """Those of the grid's body."""
    return page.get_by_role("main").locator("table tbody tr")


async def headings(page: Page) -> list[str]:
    """Of the grid's columns, without the signs that say how it is sorted."""
    return [
        text.strip(" \n↑↓▲▼") for text in await page.locator("main thead tr").first.locator("> *").all_inner_texts()
    ]


async def see_sources(page: Page) -> None:
    """Step 2: the six, and the default one."""
    await go(page, "Stores", "Sources")
    await expect(page.get_by_role("heading", level=1)).to_have_text("Manage Sources")
    await expect(rows(page)).to_have_count(7)
    assert {"Code", "Name", "Is Enabled"} <= set(await headings(page))
    for code, name in {**NAMES, "default": "Default Source"}.items():
        row = rows(page).filter(has=page.get_by_role("cell", name=code, exact=True))
        await expect(row.get_by_role("cell", name=name, exact=True)).to_be_visible()
        await expect(row).to_contain_text("Enabled")


async def see_stocks(page: Page) -> None:
    """Step 3: each of the two stocks sells on its website."""
    await go(page, "Stores", "Stocks")
    await expect(page.get_by_role("heading", level=1)).to_have_text("Manage Stock")
    await expect(rows(page)).to_have_count(3)
    assert {"ID", "Name", "Sales Channels", "Assigned Sources"} <= set(await headings(page))
    channels = {code: name for (code, name), _, _ in SITES}
    for stock_id, (name, website) in STOCKS.items():
        row = stock_row(page, name)
        await expect(row.get_by_role("cell", name=str(stock_id), exact=True)).to_be_visible()
        await expect(row).to_contain_text(channels[website])


async def see_links(page: Page) -> None:
    """Step 4: the sources of each stock, the first that is tried on top."""
    for stock_id, (name, _) in STOCKS.items():
        await go(page, "Stores", "Stocks")
        row = stock_row(page, name)
        for code in LINKS[stock_id]:
            await expect(row).to_contain_text(NAMES[code])
        await row.get_by_role("link").first.click()
        assigned = page.locator("[data-ranked] tbody tr")
        await expect(assigned.locator("td:nth-child(2)")).to_have_text(LINKS[stock_id])
        await expect(assigned.locator("td:nth-child(3)")).to_have_text([NAMES[code] for code in LINKS[stock_id]])


def stock_row(page: Page, name: str) -> Locator:
    return rows(page).filter(has=page.get_by_role("cell", name=name, exact=True))


async def see_products_before_they_are_assigned(page: Page, edition: Edition) -> None:
    """Step 5 of the first edition: nothing lies anywhere."""
    await go(page, "Catalog", "Products")
    await expect(page.get_by_role("heading", level=1)).to_have_text("Products")
    assert "Quantity" not in await headings(page)
    for product in edition.products:
        in_sources = [("Default Source", product.starts_with)] if product.starts_with else []
        in_stocks = [("Default Stock", product.starts_with)] if product.starts_with else []
        await see_quantities(page, product.sku, in_sources, in_stocks)


async def see_products(page: Page, stored: dict[str, dict[str, int]], salable: dict[str, dict[int, int]]) -> None:
    """The numbers of the ledger."""
    await go(page, "Catalog", "Products")
    for sku, quantities in stored.items():
        in_sources = [(NAMES[code], quantity) for code, quantity in quantities.items()]
        in_stocks = [(name, salable[sku][stock_id]) for stock_id, (name, _) in STOCKS.items()]
        await see_quantities(page, sku, in_sources, in_stocks)


async def see_quantities(
    page: Page, sku: str, in_sources: list[tuple[str, int]], in_stocks: list[tuple[str, int]]
) -> None:
    columns = await headings(page)
    row = rows(page).filter(has=page.get_by_role("cell", name=sku, exact=True))
    await expect(row).to_have_count(1)
    for heading, expected in (("Quantity per Source", in_sources), ("Salable Quantity", in_stocks)):
        lines = row.locator("> *").nth(columns.index(heading)).locator("dl > div")
        await expect(lines).to_have_count(len(expected))
        shown = [" ".join(line.split()) for line in await lines.all_inner_texts()]
        assert sorted(shown) == sorted(f"{name}: {quantity}" for name, quantity in expected)


async def see_sources_of_a_product(page: Page, edition: Edition) -> None:
    """The form's panel: what lies where, and what can be sold of it."""
    product = edition.products[0]
    row = rows(page).filter(has=page.get_by_role("cell", name=product.sku, exact=True))
    await row.get_by_role("link").last.click()
    panel = page.locator("#panel-sources")
    for code, quantity in edition.quantities[product.sku].items():
        await expect(panel.get_by_label(f"Qty in {NAMES[code]}", exact=True)).to_have_value(str(quantity))
        await expect(panel.get_by_label(f"Source Item Status in {NAMES[code]}", exact=True)).to_have_value("1")
    for stock_id, (name, _) in STOCKS.items():
        line = panel.locator("dl > div").filter(has_text=name)
        await expect(line).to_contain_text(str(edition.salable[product.sku][stock_id]))


@asynccontextmanager
async def a_visit(chromium: Browser, address: str) -> AsyncIterator[Page]:
    """Jane's browser, signed in to the storefront."""
    context = await chromium.new_context(viewport={"width": 1280, "height": 900}, base_url=f"{address}/")
    context.set_default_timeout(LONG)
    visit = await context.new_page()
    await visit.goto("customer/account/login")
    await visit.get_by_label("Email").first.fill(customers.EMAIL)
    await visit.get_by_label("Password").first.fill(customers.PASSWORD)
    await visit.get_by_role("button", name="Sign In").click()
    await expect(visit.get_by_text("Welcome, Jane Doe!")).to_be_visible()
    yield visit
    await context.close()


async def see_the_cart(visit: Page, edition: Edition) -> None:
    """Step 8: three lines, with what was chosen, and the count in the header."""
    purchase = edition.purchase
    await expect(visit.locator("#cart-count [aria-hidden]")).to_have_text(str(purchase.items_qty))
    await visit.goto("checkout/cart")
    lines = visit.locator("table.cart-lines tbody tr")
    await expect(lines).to_have_count(3)
    for line in purchase.lines:
        row = lines.filter(has=visit.get_by_text(edition.product(line.sku).name, exact=True))
        await expect(row.get_by_role("textbox")).to_have_value(str(line.qty))
        await expect(row.locator("td").nth(1)).to_have_text(dollars(edition.product(line.sku).price))
        await expect(row.locator("td").nth(3)).to_have_text(dollars(line.row_total))
        for title in line.downloads:
            await expect(row).to_contain_text("Downloads")
            await expect(row.get_by_role("definition")).to_have_text(title)
    await expect(visit.locator(".totals").get_by_role("row").first).to_contain_text(dollars(purchase.subtotal))


async def see_the_checkout(visit: Page, edition: Edition) -> None:
    """Step 9: where it goes, what that costs, how it can be paid, and what it comes to."""
    purchase = edition.purchase
    await visit.goto("checkout")
    await expect(visit.locator("#checkout-step")).to_contain_text("123 Oak Ave")
    await expect(visit.get_by_label("Fixed")).to_be_checked()
    await expect(visit.locator("#checkout-step")).to_contain_text(dollars(purchase.shipping))
    await visit.get_by_role("button", name="Next").click()
    await visit.get_by_label("Bank Transfer Payment").check()
    await expect(visit.locator(".totals .grand")).to_contain_text(dollars(purchase.grand_total))


async def see_the_order(page: Page, edition: Edition, status: str) -> None:
    """Step 10 and later: Sales > Orders."""
    await go(page, "Sales", "Orders")
    await expect(rows(page)).to_have_count(1)
    row = rows(page).first
    total = dollars(edition.purchase.grand_total)
    columns = await headings(page)
    for heading, expected in (
        ("ID", "2000000001"),
        ("Purchase Point", "US Store View"),
        ("Bill-to Name", "Jane Doe"),
        ("Ship-to Name", "Jane Doe"),
        ("Grand Total (Base)", total),
        ("Grand Total (Purchased)", total),
        ("Status", status),
    ):
        await expect(row.locator("> *").nth(columns.index(heading))).to_have_text(expected)


def dollars(amount: int) -> str:
    return f"${amount:,}.00"
