"""Orders as people make and read them: by mouse, on a phone, in the dark, without scripts."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from decimal import Decimal
from pathlib import Path
from typing import Any, Literal

import pytest
from playwright.async_api import Browser, Page, expect
from starlette.applications import Starlette
from starlette.routing import Mount

from entrepot import customers
from entrepot.admin import admin_app
from entrepot.app import new_services
from entrepot.catalog import CustomOption, CustomOptionValue
from entrepot.customers import Address as BookAddress
from entrepot.kit.context import Context
from entrepot.kit.db import Database
from entrepot.kit.pages import STATIC
from entrepot.quotes import adding, by_administrator, payments, save
from entrepot.quotes.buying import Request
from entrepot.quotes.contracts import Payment
from entrepot.settings import Settings
from tests.admin.browser import an_administrator
from tests.browser.live_shop import served
from tests.browser.test_admin import sign_in
from tests.browser.test_admin_inventory import told
from tests.conftest import _clone
from tests.quotes.makers import a_customer, a_product, configure

PAGES = [
    "adminhtml/dashboard/",
    "sales/order/",
    "sales/order/?f.billing_name=nobody",
    "sales/order/view/order_id/1/",
    "sales/order/view/order_id/3/",
    "sales/order_create/index/",
    "sales/order_create/index/customer_id/1/",
    "sales/order_create/edit/id/4/",
    "sales/order_create/edit/id/5/",
    "sales/order_status/",
    "sales/order_status/edit/status/processing/",
    "sales/order_status/assign/",
    "customer/index/edit/id/1/tab/orders/",
    "customer/index/edit/id/1/tab/cart/",
    "adminhtml/system_config/edit/section/sales_email/",
]
LONG = "Insulated Bottle Of Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch"


@asynccontextmanager
async def live_orders(database_url: str, home: Path) -> AsyncIterator[str]:
    """The Admin of a shop with three orders of two customers, one that is being made, and one that is hardly begun."""
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
    await configure(ctx, payment__purchaseorder__active="1", payment__checkmo__payable_to="Entrepot Ltd")
    await a_product(ctx, "mug", "10", name="Mug")
    await a_product(ctx, "bottle", "19.9", name=LONG)
    sizes = [
        CustomOptionValue(title=title, price=Decimal(price), price_type="fixed", sort_order=order)
        for order, (title, price) in enumerate((("Small", "0"), ("Large", "3")))
    ]
    size = CustomOption(product_sku="shirt", title="Size", type="drop_down", is_require=True, values=sizes)
    await a_product(ctx, "shirt", "25", name="Shirt", options=[size])
    jane = await a_customer(ctx)
    joe = await a_customer(ctx, "joe@example.com")
    book: dict[str, Any] = {
        "firstname": "Jane", "lastname": "Doe", "city": "Austin", "country_id": "US", "postcode": "78758",
        "telephone": "512-555-1111", "region": customers.Region(region_id=57),
    }  # fmt: skip
    for customer in (jane, joe):
        first = BookAddress(**book, street=["1 Home Street"], default_billing=True, default_shipping=True)
        await customers.save_address(ctx, customer.id or 0, first)
    await customers.save_address(ctx, jane.id or 0, BookAddress(**book, street=["2 Work Street"]))
    for customer, lines, note in (
        (jane, {"mug": 2}, None),
        (joe, {"bottle": 3}, None),
        (jane, {"mug": 1, "bottle": 2}, "Please wrap it as a gift, and ring twice."),
    ):
        cart = await _cart(ctx, customer.id or 0, lines)
        cart.content.purchaser.note = note
        payments.choose(ctx, cart, Payment(method="checkmo"))
        await by_administrator.order(ctx, cart)
    await _cart(ctx, jane.id or 0, {"mug": 2, "bottle": 1})
    await by_administrator.begin(ctx, ctx.stores.default, None)


async def _cart(ctx: Context, customer_id: int, lines: dict[str, int]) -> Any:
    """An order that only has to be paid."""
    customer = await customers.get_by_id(ctx, customer_id)
    cart_id = await by_administrator.begin(ctx, ctx.stores.default, customer)
    cart = await by_administrator.open_for_order(ctx, cart_id)
    for sku, qty in lines.items():
        await adding.add(ctx, cart, sku, Request(Decimal(qty)), {})
    await save(ctx, cart)
    by_administrator.ship_by(cart, "flatrate_flatrate")
    await save(ctx, cart)
    return cart


@pytest.fixture(scope="module")
async def admin(server_url: str, template: str, home: Path) -> AsyncIterator[str]:
    """The address of the Admin."""
    with _clone(server_url, template, f"entrepot_orders_{os.getpid()}") as url:
        async with live_orders(url, home) as address:
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


async def add(page: Page, name: str, qty: str) -> None:
    """Find a product and put it into the order."""
    await page.get_by_role("button", name="Add Products").click()
    await page.get_by_label("Find by name or SKU").fill(name)
    await page.get_by_role("button", name="Search", exact=True).click()
    await expect(page.locator("input[name=found_for]")).to_have_value(name)  # the list before it has the product too
    await page.get_by_role("checkbox", name=f"Select {name}", exact=True).check()
    await page.get_by_label(f"Quantity of {name}", exact=True).fill(qty)
    await page.get_by_role("button", name="Add Selected Product(s) to Order").click()


async def test_orders_are_cancelled_together_after_their_number_was_said(page: Page, admin: str) -> None:
    await page.goto(f"{admin}/sales/order/")
    await page.locator("summary", has_text="Actions").click()
    await page.get_by_role("button", name="Cancel", exact=True).click()
    await expect(page.get_by_text("An item needs to be selected. Select and try again.")).to_be_visible()
    await page.get_by_role("checkbox", name="Select 000000001").check()
    await page.get_by_role("checkbox", name="Select 000000002").check()
    await page.locator("summary", has_text="Actions (2)").click()
    await page.get_by_role("button", name="Cancel", exact=True).click()
    dialog = page.get_by_role("dialog")
    await expect(dialog).to_contain_text("Are you sure you want to cancel 2 order(s)?")
    await expect(dialog.get_by_role("button")).to_have_text(["Keep Orders", "Cancel Orders"])
    await dialog.get_by_role("button", name="Keep Orders").click()
    await expect(dialog).to_have_count(0)
    await page.reload()
    await expect(page.locator("tbody .badge", has_text="Canceled")).to_have_count(0)


async def test_an_order_is_made_while_its_totals_follow(page: Page, admin: str) -> None:
    await page.keyboard.press("g")
    await page.keyboard.press("o")
    await expect(page.get_by_role("heading", level=1)).to_have_text("Orders")
    await page.get_by_role("link", name="Create New Order").click()
    await page.get_by_role("row").filter(has_text="jdoe@example.com").get_by_role("link", name="Select").click()
    await page.get_by_role("button", name="Continue").click()
    await page.get_by_role("textbox", name="Order Comments").fill("Call first")

    await add(page, "Mug", "2")
    totals = page.locator("#order-totals")
    await expect(totals).to_contain_text("$20.00")
    await expect(page.get_by_role("textbox", name="Order Comments")).to_have_value("Call first")

    await page.get_by_label("Qty of Mug").fill("3")
    await page.get_by_label("Qty of Mug").press("Tab")
    await expect(totals).to_contain_text("$30.00")
    await page.get_by_label("Custom Price of Mug").fill("8")
    await page.get_by_label("Custom Price of Mug").press("Tab")
    await expect(totals).to_contain_text("$24.00")

    await page.get_by_role("radio", name="Flat Rate - Fixed").check()
    await expect(totals).to_contain_text("$39.00")
    await page.get_by_role("checkbox", name="Same As Billing Address").uncheck()
    books = page.get_by_label("Select from existing customer addresses")
    await expect(books).to_have_count(2)
    await books.nth(1).select_option(label="Jane Doe, 2 Work Street, Austin, Texas, 78758, US")
    await expect(page.locator("#shipping_street0")).to_have_value("2 Work Street")
    await page.get_by_role("radio", name="Check / Money order").check()
    await page.get_by_role("button", name="Submit Order").click()

    await expect(page.get_by_role("status")).to_contain_text("You created the order.")
    await expect(page.get_by_role("table").first).to_contain_text("$8.00")
    await expect(page.get_by_text("Call first")).to_be_visible()
    await expect(page.locator(".sums")).to_contain_text("$39.00")


async def test_options_are_chosen_in_place(page: Page, admin: str) -> None:
    await page.goto(f"{admin}/sales/order_create/edit/id/5/")
    await add(page, "Shirt", "1")
    await page.get_by_role("button", name="Add to Order").click()
    await expect(page.get_by_text("The product's required option(s) weren't entered.").first).to_be_visible()
    await page.get_by_label("Size").select_option(label="Large")
    await page.get_by_role("button", name="Add to Order").click()
    await expect(page.get_by_text("Size: Large")).to_be_visible()
    await expect(page.locator("#order-totals")).to_contain_text("$28.00")
    await page.get_by_role("button", name="Remove Shirt").click()
    await expect(page.get_by_text("No ordered items")).to_be_visible()


async def test_an_order_is_made_without_scripts(chromium: Browser, admin: str) -> None:
    context = await chromium.new_context(java_script_enabled=False, viewport={"width": 360, "height": 740})
    page = await sign_in(context, admin)
    await page.goto(f"{admin}/sales/order_create/index/customer_id/new/")
    await page.get_by_role("button", name="Continue").click()
    await add(page, "Mug", "1")
    await page.get_by_label("Email", exact=False).first.fill("noor@example.com")
    for label, text in (("First Name", "Noor"), ("Last Name", "Doe"), ("City", "Austin"), ("Phone Number", "1")):
        await page.get_by_label(label, exact=False).first.fill(text)
    await page.locator("#billing_street0").fill("1 Main Street")
    await page.locator("#billing_postcode").fill("78758")
    await page.locator("#billing_region_id").select_option(label="Texas")
    await page.get_by_role("button", name="Get shipping methods and rates").click()
    await page.get_by_role("radio", name="Flat Rate - Fixed").check()
    await page.get_by_role("button", name="Submit Order").click()
    await expect(page.get_by_role("alert")).to_contain_text("Please specify a payment method.")
    await page.get_by_role("radio", name="Check / Money order").check()
    await page.get_by_role("button", name="Submit Order").click()
    await expect(page.get_by_role("status")).to_contain_text("You created the order.")
    await expect(page.get_by_role("link", name="Noor Doe")).to_be_visible()
    await context.close()


@pytest.mark.parametrize("width", [1280, 360])
@pytest.mark.parametrize("colours", ["light", "dark"])
async def test_pages_can_be_read(chromium: Browser, admin: str, width: int, colours: Literal["light", "dark"]) -> None:
    context = await chromium.new_context(viewport={"width": width, "height": 800}, color_scheme=colours)
    page = await sign_in(context, admin)
    found = []
    for path in PAGES:
        await page.goto(f"{admin}/{path}")
        found += await told(page, f"{path} at {width}, {colours}")
    await page.goto(f"{admin}/sales/order_create/edit/id/5/")
    await page.get_by_role("button", name="Add Products").click()
    await expect(page.get_by_label("Select Shirt")).to_be_visible()
    await page.get_by_label("Select Shirt").check()
    await page.get_by_role("button", name="Add Selected Product(s) to Order").click()
    await expect(page.get_by_label("Size")).to_be_visible()
    await page.get_by_role("button", name="Submit Order").click()
    await expect(page.get_by_role("alert").first).to_be_visible()
    found += await told(page, f"an order with errors at {width}, {colours}")
    await context.close()
    assert found == []
