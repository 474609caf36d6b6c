"""What a page says when something that its script asked for does not come."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.async_api import Browser, Page, expect

from tests.browser.test_admin import admin as admin
from tests.browser.test_admin import page as page

LONG = 60_000
REPORT = "<h1>There has been an error</h1><p><code>c0ffee</code></p>"
REFUSAL = '<div class="message error"><span class="message-kind">Error</span> <div>Nothing fits.</div></div>'


async def press(page: Page, admin: str, **answer: Any) -> None:
    """Ask the grid of customers for its second page, which htmx does, and let it be answered so."""
    await page.goto(f"{admin}/customer/index/")
    # A letter in the search field, which must not be lost.
    await page.locator("#grid-search").fill("typed")

    async def respond(route: Any) -> None:
        if answer:
            await route.fulfill(content_type="text/html", **answer)
        else:
            await route.abort()

    await page.route("**/customer/index/?**", respond)
    await page.get_by_role("link", name="Next page").first.click()


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        ({}, "The shop cannot be reached. Nothing that you typed is lost"),
        ({"status": 413}, "That is more than can be sent at once. Send smaller or fewer files."),
        ({"status": 401}, "Your session has ended. Sign in"),
        ({"status": 404}, "What this is about is no longer there. Load the page again."),
        ({"status": 503}, "The shop is busy. Nothing that you typed is lost: try again in a moment."),
        ({"status": 500}, "Something went wrong. Try again; if it happens again, load the page anew."),
        ({"status": 500, "body": REPORT}, "if it happens again, tell the shop this number: c0ffee"),
        ({"status": 422, "body": REFUSAL}, "Nothing fits."),
        ({"status": 422}, "That was refused. Check what you typed and try again."),
    ],
)
async def test_what_fails_is_told_in_sight_and_nothing_is_lost(
    page: Page, admin: str, answer: dict[str, Any], told: str
) -> None:
    await press(page, admin, **answer)

    alert = page.get_by_role("alert")
    await expect(alert).to_contain_text(told, timeout=LONG)
    await expect(alert).to_be_in_viewport()
    await expect(page.locator("#grid-search")).to_have_value("typed")
    await alert.focus()
    await expect(alert).to_be_focused()
    await alert.get_by_role("button", name="Close").click()
    await expect(alert).to_have_count(0)


async def test_what_was_told_goes_with_the_next_success(page: Page, admin: str) -> None:
    await press(page, admin, status=503)
    await expect(page.get_by_role("alert")).to_be_visible(timeout=LONG)

    await page.unroute("**/customer/index/?**")
    await page.get_by_role("link", name="Next page").first.click()

    await expect(page.get_by_role("link", name="Previous page").first).to_be_visible(timeout=LONG)
    await expect(page.get_by_role("alert")).to_have_count(0)


async def test_an_answer_that_does_not_come_in_time_is_told(page: Page, admin: str) -> None:
    await page.goto(f"{admin}/customer/index/")
    await page.evaluate("htmx.config.timeout = 50")
    await page.route("**/customer/index/?**", lambda _: None)
    await page.get_by_role("link", name="Next page").first.click()

    await expect(page.get_by_role("alert")).to_contain_text("has not answered in time", timeout=LONG)


async def test_the_storefront_tells_it_too(chromium: Browser, shop: str) -> None:
    context = await chromium.new_context()
    page = await context.new_page()
    await page.goto(f"{shop}/us/")
    await page.route("**/checkout/rates/", lambda route: route.fulfill(status=503))
    await page.evaluate("htmx.ajax('POST', '/us/checkout/rates/', { target: '#content', swap: 'none' })")

    await expect(page.get_by_role("alert")).to_contain_text("The shop is busy.", timeout=LONG)
    await context.close()
