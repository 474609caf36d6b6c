"""What was ordered, in a real browser: from the order to the list, its pages, and into the cart once more."""

from __future__ import annotations

import os
import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import Browser, Page, expect

from tests.browser.orders_shop import OrdersShop, orders_shop
from tests.browser.test_checkout import AXE, LONGEST_WAIT_MS, RULES, fill_address, put_in, sign_in
from tests.conftest import _clone


@pytest.fixture(scope="module")
async def shop(server_url: str, template: str, home: Path) -> AsyncIterator[OrdersShop]:
    with _clone(server_url, template, f"entrepot_orders_browser_{os.getpid()}") as url:
        async with orders_shop(url, home) as shop:
            yield shop


@pytest.fixture(params=[True, False], ids=["with scripts", "without scripts"])
async def page(request, chromium: Browser) -> AsyncIterator[Page]:
    context = await chromium.new_context(java_script_enabled=request.param, viewport={"width": 1280, "height": 900})
    page = await context.new_page()
    page.set_default_timeout(LONGEST_WAIT_MS)
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda message: errors.append(message.text) if "Content Security" in message.text else None)
    yield page
    await context.close()
    assert errors == []


async def test_a_guest_buys_makes_an_account_and_orders_once_more(page, shop):
    address = f"buyer{id(page)}@example.com"
    await put_in(page, shop.address, "voyage-yoga-bag.html", 2)
    await page.goto(f"{shop.address}/checkout/")
    await page.locator("#email").fill(address)
    await fill_address(page)
    if await page.get_by_role("button", name="Update Shipping Methods").is_visible():
        await page.get_by_role("button", name="Update Shipping Methods").click()
    await page.get_by_label("Fixed").check()
    await page.get_by_role("button", name="Next").click()
    await page.get_by_role("button", name="Next").click()
    await page.get_by_role("button", name="Place Order").click()
    number = await page.locator(".order-number strong").inner_text()

    await page.get_by_role("main").get_by_role("button", name="Create an Account").click()
    await page.locator("#password").fill("Password1")
    await page.locator("#password_confirmation").fill("Password1")
    await page.get_by_role("main").get_by_role("button", name="Create an Account").click()

    recent = page.get_by_role("region", name="Recent Orders")
    await expect(recent.get_by_role("row", name=re.compile(number))).to_contain_text("$74.00")
    await recent.get_by_role("link", name="View All").click()
    await expect(page.get_by_role("heading", name="My Orders")).to_be_visible()
    await page.get_by_role("link", name=f"View Order {number}").click()
    await expect(page.get_by_role("heading", name=f"Order # {number}")).to_be_visible()
    await expect(page.get_by_role("row", name=re.compile("Voyage Yoga Bag"))).to_contain_text("Ordered: 2")

    await page.get_by_role("button", name="Reorder").click()
    await expect(page.get_by_role("heading", name="Shopping Cart")).to_be_visible()
    await expect(page.get_by_role("row", name=re.compile("Voyage Yoga Bag"))).to_contain_text("$64.00")


async def test_a_guest_finds_the_order_by_what_the_mail_says(page, shop):
    await page.goto(shop.address)
    await page.get_by_role("link", name="Orders and Returns").click()
    await page.get_by_label("Order ID").fill(shop.guests_number)
    await page.get_by_label("Billing Last Name").fill("Doe")
    await page.get_by_label("ZIP Code", exact=True).check()
    await expect(page.locator("#oar_email")).to_be_hidden()
    await page.locator("#oar_zip").fill("10577")
    await page.get_by_role("button", name="Continue").click()
    await expect(page.get_by_role("heading", name=f"Order # {shop.guests_number}")).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 360])
async def test_every_page_is_accessible_and_fits(chromium, shop, width, scheme):
    context = await chromium.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
    page = await context.new_page()
    page.set_default_timeout(LONGEST_WAIT_MS)
    wrong: dict[str, object] = {}
    pictures = os.environ.get("ENTREPOT_TEST_PICTURES")

    async def check(name: str, path: str = "") -> None:
        if path:
            await page.goto(f"{shop.address}{path}")
        if await page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            wrong[name] = "wider than the window"
        await page.evaluate(AXE.read_text(encoding="utf-8"))
        found = await page.evaluate(RULES)
        if found["violations"]:
            wrong[name] = [(one["id"], one["nodes"][0]["html"]) for one in found["violations"]]
        if pictures:
            await page.screenshot(path=f"{pictures}/{name}-{width}-{scheme}.png", full_page=True)

    order = f"order_id/{shop.order_id}/"
    await check("guest-form", "/sales/guest/form/")
    await page.get_by_label("Order ID").fill(shop.guests_number)
    await page.get_by_label("Billing Last Name").fill("Nobody")
    await page.locator("#oar_email").fill("jdoe@example.com")
    await page.get_by_role("button", name="Continue").click()
    await check("guest-error")
    await page.get_by_label("Billing Last Name").fill("Doe")
    await page.get_by_role("button", name="Continue").click()
    await check("guest-order")
    await sign_in(page, shop.address)
    await check("dashboard", "/customer/account/")
    await check("history", "/sales/order/history/")
    await check("view", f"/sales/order/view/{order}")
    await check("invoices", f"/sales/order/invoice/{order}")
    await check("shipments", f"/sales/order/shipment/{order}")
    await check("refunds", f"/sales/order/creditmemo/{order}")
    await check("print", f"/sales/order/print/{order}")
    await check("print-invoice", f"/sales/order/printInvoice/{order}")
    await page.goto(f"{shop.address}/sales/order/shipment/{order}")
    await page.get_by_role("link", name="Track your order").click()
    await check("tracking")
    await check("downloads", "/downloadable/customer/products/")
    await page.context.clear_cookies()
    await sign_in(page, shop.address, "new@example.com")
    await check("no-orders", "/sales/order/history/")
    await check("no-downloads", "/downloadable/customer/products/")
    await context.close()
    assert wrong == {}
