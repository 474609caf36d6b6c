"""Buying as people do it: by mouse, by keyboard, on a phone, in the dark, without scripts; up to the order's number."""

from __future__ import annotations

import os
import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import Browser, Page, expect

from tests.browser.checkout_shop import checkout_shop
from tests.conftest import _clone

AXE = Path(__file__).parents[2] / "node_modules" / "axe-core" / "axe.min.js"
RULES = "axe.run({runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']})"
LONGEST_WAIT_MS = 90_000


@pytest.fixture(scope="module")
async def shop(server_url: str, template: str, home: Path) -> AsyncIterator[str]:
    """The address of a storefront to buy in."""
    with _clone(server_url, template, f"entrepot_checkout_browser_{os.getpid()}") as url:
        async with checkout_shop(url, home) as address:
            yield address


@pytest.fixture
async def page(chromium: Browser) -> AsyncIterator[Page]:
    context = await chromium.new_context(viewport={"width": 1280, "height": 900})
    page = await context.new_page()
    page.set_default_timeout(LONGEST_WAIT_MS)
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda message: errors.append(message.text) if "Content Security" in message.text else None)
    yield page
    await context.close()
    assert errors == []


async def put_in(page: Page, shop: str, path: str, qty: int = 1) -> None:
    await page.goto(f"{shop}/{path}")
    if await page.get_by_label("Small").count():
        await page.get_by_label("Small").check()
    await page.get_by_label("Qty").fill(str(qty))
    await page.locator("form.buy").get_by_role("button", name="Add to Cart").click()
    await expect(page.locator(".message.success").first).to_be_visible(timeout=LONGEST_WAIT_MS)


async def sign_in(page: Page, shop: str, email: str = "jdoe@example.com") -> None:
    await page.goto(f"{shop}/customer/account/login/")
    await page.get_by_label("Email", exact=False).first.fill(email)
    await page.get_by_label("Password").fill("Password1")
    await page.get_by_role("button", name="Sign In").click()
    await expect(page.get_by_text(re.compile("Welcome, .+ Doe!"))).to_be_visible(timeout=LONGEST_WAIT_MS)


async def fill_address(page: Page) -> None:
    for label, value in (
        ("First Name", "Jane"),
        ("Last Name", "Doe"),
        ("Phone Number", "512-555-1111"),
        ("City", "Purchase"),
        ("Zip/Postal Code", "10577"),
    ):
        await page.locator("#checkout-step").get_by_label(label).fill(value)
    await page.locator("#street-1").fill("123 Oak Ave")
    await page.locator("#country").select_option("US")
    await page.locator("#region_id").select_option(label="New York")


async def total(page: Page) -> str:
    return (await page.locator(".totals .grand td").inner_text()).strip()


async def test_a_customer_buys_the_tutorials_cart(page, shop):
    await sign_in(page, shop, "buyer@example.com")
    await put_in(page, shop, "voyage-yoga-bag.html", 20)
    await put_in(page, shop, "driven-backpack.html", 50)
    await put_in(page, shop, "yoga-adventure.html", 1)

    link = page.get_by_role("link", name=re.compile("Cart.*71"))
    await link.click()
    panel = page.get_by_role("region", name="My Cart")
    await expect(panel.get_by_text("$2,462.00")).to_be_visible(timeout=LONGEST_WAIT_MS)
    await panel.get_by_role("link", name="View and Edit Cart").click()
    await expect(page.get_by_role("row", name=re.compile("Driven Backpack")).get_by_text("$1,800.00")).to_be_visible()
    assert await total(page) == "$2,462.00"
    await page.get_by_role("link", name="Proceed to Checkout").click()

    # There is only one way to ship, which is chosen already.
    await expect(page.get_by_label("Fixed")).to_be_checked(timeout=LONGEST_WAIT_MS)
    await expect(page.locator(".totals .grand")).to_contain_text("$2,812.00")
    await page.get_by_role("button", name="Next").click()
    await page.get_by_label("Bank Transfer Payment").check()
    await expect(page.get_by_text("IBAN DE02")).to_be_visible()
    await page.get_by_role("button", name="Next").click()

    await expect(page.locator(".is-done").first).to_contain_text("Flat Rate - Fixed", timeout=LONGEST_WAIT_MS)
    assert await total(page) == "$2,812.00"
    await page.get_by_label("I agree to the terms of the shop").check()
    await page.get_by_role("button", name="Place Order").click()
    await expect(page.get_by_role("heading", name="Thank you for your purchase!")).to_be_visible(
        timeout=LONGEST_WAIT_MS
    )
    assert re.search(r"order (number is|# is): \d{9}\.", await page.locator(".order-number").inner_text())
    assert await page.locator("#cart-count [aria-hidden]").inner_text() == ""


async def test_a_guests_ways_to_ship_follow_the_address(page, shop):
    await put_in(page, shop, "voyage-yoga-bag.html", 2)
    await page.goto(f"{shop}/checkout/")
    await page.locator("#email").fill("guest@example.com")
    await fill_address(page)
    await expect(page.get_by_label("Fixed")).to_be_visible(timeout=LONGEST_WAIT_MS)
    await page.get_by_label("Fixed").check()
    await expect(page.locator(".totals .grand")).to_contain_text("$74.00", timeout=LONGEST_WAIT_MS)
    await page.get_by_role("button", name="Next").click()

    same = page.get_by_label("My billing and shipping address are the same")
    await expect(same).to_be_checked(timeout=LONGEST_WAIT_MS)
    await expect(page.locator("#firstname")).to_be_hidden()
    await same.uncheck()
    await expect(page.locator("#firstname")).to_be_visible()
    await same.check()
    await page.get_by_label("Purchase Order").first.check()
    await page.get_by_role("button", name="Next").click()
    await expect(page.locator("#po_number-error")).to_contain_text("Purchase order number is a required field.")
    await page.locator("#po_number").fill("PO-7")
    await page.get_by_role("button", name="Next").click()
    await page.get_by_label("I agree to the terms of the shop").check()
    await page.get_by_role("button", name="Place Order").click()
    await page.get_by_role("main").get_by_role("button", name="Create an Account").click()
    await expect(page.get_by_label("Email").first).to_have_value("guest@example.com", timeout=LONGEST_WAIT_MS)


async def test_a_guest_who_closed_the_browser_finds_the_cart_and_what_was_typed(page, shop):
    await put_in(page, shop, "voyage-yoga-bag.html", 2)
    await page.goto(f"{shop}/checkout/")
    await page.locator("#email").fill("guest@example.com")
    await fill_address(page)
    await page.get_by_label("Fixed").check()
    # An answer that is under way would bring the cookie back.
    await page.wait_for_load_state("networkidle")
    await page.context.clear_cookies(name=re.compile("entrepot_session.*"))
    await page.get_by_role("button", name="Next").click()

    await expect(page.get_by_text("What you typed is still here")).to_be_visible(timeout=LONGEST_WAIT_MS)
    await expect(page.locator("#email")).to_have_value("guest@example.com")
    await expect(page.locator("#region_id")).to_have_value("43")
    await expect(page.locator("#street-1")).to_have_value("123 Oak Ave")
    await page.get_by_label("Fixed").check()
    await page.get_by_role("button", name="Next").click()
    await expect(page.get_by_label("My billing and shipping address are the same")).to_be_checked()

    # A part of the page that a script asks for makes the whole page come again.
    await page.goto(f"{shop}/checkout/")
    await page.wait_for_load_state("networkidle")
    await page.context.clear_cookies(name=re.compile("entrepot_session.*"))
    await page.locator("#postcode").fill("10578")
    await page.locator("#postcode").blur()
    await expect(page.get_by_text("What you typed is still here")).to_be_visible(timeout=LONGEST_WAIT_MS)
    await expect(page.locator("#postcode")).to_have_value("10578")


async def test_an_email_that_has_an_account_is_asked_to_sign_in(page, shop):
    await put_in(page, shop, "voyage-yoga-bag.html", 2)
    await page.goto(f"{shop}/checkout/")
    await page.locator("#email").fill("jdoe@example.com")
    await page.locator("#firstname").focus()
    await expect(page.get_by_text("You already have an account with us.")).to_be_visible(timeout=LONGEST_WAIT_MS)
    await expect(page.locator("#login-email")).to_have_value("jdoe@example.com")
    await page.locator("#login-pass").fill("Password1")
    await page.locator("#sign-in-here").get_by_role("button", name="Sign In").click()
    await expect(page.get_by_text("Welcome, Jane Doe!")).to_be_visible(timeout=LONGEST_WAIT_MS)
    await expect(page.get_by_role("radio", name=re.compile("123 Oak Ave")).first).to_be_checked()
    await expect(page.locator("#firstname")).to_be_hidden()
    await page.get_by_label("New Address").check()
    await expect(page.locator("#firstname")).to_be_visible()


async def test_the_panel_changes_the_cart_in_place(page, shop):
    await put_in(page, shop, "voyage-yoga-bag.html", 2)
    await put_in(page, shop, "driven-backpack.html", 1)
    link = page.get_by_role("link", name=re.compile("Cart"), exact=False).and_(page.locator(".cart-link"))
    await link.click()
    panel = page.get_by_role("region", name="My Cart")
    await panel.get_by_label("Qty: Driven Backpack").fill("3")
    await panel.get_by_role("button", name="Update").first.click()
    await expect(panel.get_by_text("$172.00")).to_be_visible(timeout=LONGEST_WAIT_MS)
    await expect(page.locator("#cart-count")).to_contain_text("5")

    await panel.get_by_role("button", name=re.compile("Remove.*Driven Backpack")).click()
    await expect(page.get_by_text("Are you sure you would like to remove this item")).to_be_visible()
    await page.get_by_role("dialog").get_by_role("button", name="Remove").click()
    await expect(panel.get_by_text("$64.00").last).to_be_visible(timeout=LONGEST_WAIT_MS)
    await expect(panel.get_by_text("Driven Backpack")).to_have_count(0)
    await page.keyboard.press("Escape")
    await expect(panel).to_be_hidden()
    await expect(link).to_be_focused()


async def test_all_of_it_works_without_scripts(chromium, shop):
    context = await chromium.new_context(java_script_enabled=False, viewport={"width": 1280, "height": 900})
    page = await context.new_page()
    page.set_default_timeout(LONGEST_WAIT_MS)
    await put_in(page, shop, "voyage-yoga-bag.html", 2)
    await page.locator(".cart-link").click()
    assert page.url == f"{shop}/checkout/cart/"
    await page.get_by_label("Qty: Voyage Yoga Bag").fill("3")
    await page.get_by_role("button", name="Update Shopping Cart").click()
    assert await total(page) == "$96.00"
    await page.get_by_role("link", name="Proceed to Checkout").click()
    await page.locator("#email").fill("guest@example.com")
    await fill_address(page)
    await page.get_by_role("button", name="Update Shipping Methods").click()
    await page.get_by_label("Fixed").check()
    await page.get_by_role("button", name="Next").click()
    await page.get_by_label("Check / Money order").check()
    await page.get_by_role("button", name="Next").click()
    await page.get_by_label("I agree to the terms of the shop").check()
    await page.get_by_role("button", name="Place Order").click()
    await expect(page.get_by_role("heading", name="Thank you for your purchase!")).to_be_visible()
    await context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 360])
async def test_every_page_is_accessible_and_fits(chromium, shop, width, scheme):
    context = await chromium.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
    page = await context.new_page()
    page.set_default_timeout(LONGEST_WAIT_MS)
    wrong: dict[str, object] = {}
    pictures = os.environ.get("ENTREPOT_TEST_PICTURES")

    async def check(name: str) -> None:
        if await page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            wrong[name] = "wider than the window"
        await page.evaluate(AXE.read_text(encoding="utf-8"))
        found = await page.evaluate(RULES)
        if found["violations"]:
            wrong[name] = [(one["id"], one["nodes"][0]["html"]) for one in found["violations"]]
        if pictures:
            await page.screenshot(path=f"{pictures}/{name}-{width}-{scheme}.png", full_page=True)

    await page.goto(f"{shop}/checkout/cart/")
    await check("empty")
    await put_in(page, shop, "voyage-yoga-bag.html", 20)
    await put_in(page, shop, "long.html", 3)
    await check("added")
    await page.goto(f"{shop}/checkout/cart/")
    await page.locator(".fold > summary").first.click()
    await check("cart")
    await page.locator(".cart-link").click()
    await expect(page.locator("#mini-cart")).to_be_visible(timeout=LONGEST_WAIT_MS)
    await check("panel")
    await page.goto(f"{shop}/checkout/gift/edit/")
    await check("gift")
    await page.goto(f"{shop}/checkout/cart/clear/")
    await check("clear")
    await page.goto(f"{shop}/checkout/")
    await check("shipping")
    await page.get_by_role("button", name="Next").click()
    await expect(page.locator(".message.error").first).to_be_visible(timeout=LONGEST_WAIT_MS)
    await check("shipping-errors")
    await page.locator("#email").fill("guest@example.com")
    await fill_address(page)
    await page.get_by_label("Fixed").check()
    await page.get_by_role("button", name="Next").click()
    await expect(page.locator("#methods")).to_be_visible(timeout=LONGEST_WAIT_MS)
    await check("payment")
    await page.get_by_label("Bank Transfer Payment").check()
    await page.get_by_role("button", name="Next").click()
    await expect(page.get_by_role("button", name="Place Order")).to_be_visible(timeout=LONGEST_WAIT_MS)
    await check("review")
    await page.get_by_label("I agree to the terms of the shop").check()
    await page.get_by_role("button", name="Place Order").click()
    await expect(page.locator(".thanks")).to_be_visible(timeout=LONGEST_WAIT_MS)
    await check("success")
    await put_in(page, shop, "driven-backpack.html", 1)
    await sign_in(page, shop)
    await page.goto(f"{shop}/checkout/")
    await check("address-book")
    await context.close()
    assert wrong == {}
