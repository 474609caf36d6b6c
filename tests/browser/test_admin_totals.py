"""The totals of new documents while somebody types, and what their buttons say."""

from __future__ import annotations

import asyncio
import os
import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import Browser, Page, Route, expect

from tests.browser.test_admin import sign_in
from tests.browser.whole_admin import LiveAdmin, live_whole_shop
from tests.conftest import _clone


@pytest.fixture(scope="module")
async def live(server_url: str, template: str, home: Path) -> AsyncIterator[LiveAdmin]:
    with _clone(server_url, template, f"entrepot_totals_{os.getpid()}") as url:
        async with live_whole_shop(url, home) as found:
            yield found


@pytest.fixture
async def page(chromium: Browser, live: LiveAdmin) -> AsyncIterator[Page]:
    """Ada's browser, signed in. No script may fail, and the page's own policy may refuse nothing."""
    context = await chromium.new_context(viewport={"width": 1280, "height": 1000})
    errors: list[str] = []
    context.on("weberror", lambda error: errors.append(str(error.error)))
    context.on("console", lambda message: errors.append(message.text) if "Content Security" in message.text else None)
    yield await sign_in(context, f"{live.address}/admin")
    await context.close()
    assert errors == []


@pytest.fixture
async def memo(page: Page, live: LiveAdmin) -> Page:
    """Two mugs at 10 with 10 for shipping may be given back."""
    await page.goto(f"{live.address}/admin/sales/order_creditmemo/new/order_id/{live.shop.to_refund}/")
    return page


async def count(live: LiveAdmin, table: str) -> int:
    async with live.database.transaction() as db:
        return int(await db.value(f"select count(*) from {table}"))  # noqa: S608 -- the names are those below


async def test_what_is_given_back_follows_what_is_typed(memo: Page) -> None:
    button = memo.get_by_role("button", name=re.compile("Refund Offline"))
    await expect(button).to_have_text("Refund Offline $30.00")
    qty = memo.get_by_label("Qty to Refund of Mug")
    await qty.fill("1")
    await expect(button).to_be_disabled()
    await expect(button).to_have_text("Refund Offline $20.00")
    await expect(button).to_be_enabled()
    await expect(memo.locator("#document-sums")).to_contain_text("$10.00")
    row = memo.locator("tr", has=qty).locator("td.right[data-follows]")
    await expect(row).to_have_text(["$10.00", "$0.00", "$0.00", "$10.00"])
    await memo.get_by_label("Refund Shipping").fill("0")
    await memo.get_by_label("Adjustment Fee").fill("10%")
    await expect(button).to_have_text("Refund Offline $7.00")
    await expect(memo.locator("#document-sums")).not_to_have_attribute("aria-busy", "true")


async def test_the_caret_stays_where_somebody_types(memo: Page) -> None:
    field = memo.get_by_label("Adjustment Refund")
    await field.fill("15")
    await field.evaluate("field => field.setSelectionRange(1, 1)")
    await field.press("2")
    await expect(memo.get_by_role("button", name=re.compile("Refund Offline"))).to_have_text("Refund Offline $155.00")
    assert await field.evaluate("field => [field.value, field.selectionStart, document.activeElement === field]") == [
        "125", 2, True,
    ]  # fmt: skip


async def test_an_answer_that_is_late_does_not_win(memo: Page) -> None:
    """The answer for the first quantity comes after that for the second."""
    first = asyncio.Event()

    async def answer(route: Route) -> None:
        if "%5D=1&" in (route.request.post_data or ""):
            first.set()
            await asyncio.sleep(1)
        await route.continue_()

    await memo.route("**/order_creditmemo/new/**", answer)
    qty = memo.get_by_label("Qty to Refund of Mug")
    await qty.fill("1")
    await asyncio.wait_for(first.wait(), 10)
    await qty.fill("0")
    button = memo.get_by_role("button", name=re.compile("Refund Offline"))
    await expect(button).to_have_text("Refund Offline $10.00")
    await memo.wait_for_timeout(1500)
    await expect(button).to_have_text("Refund Offline $10.00")
    await expect(button).to_be_enabled()


async def test_nothing_is_given_back_while_the_totals_are_unknown(memo: Page, live: LiveAdmin) -> None:
    await memo.route("**/order_creditmemo/new/**", lambda route: route.abort())
    await memo.get_by_label("Qty to Refund of Mug").fill("1")
    button = memo.get_by_role("button", name=re.compile("Refund Offline"))
    await memo.wait_for_timeout(1000)
    await expect(button).to_be_disabled()
    await expect(memo.locator("#document-sums")).to_have_attribute("aria-busy", "true")
    await memo.unroute("**/order_creditmemo/new/**")
    # The button in the page asks anew, whatever a script could not.
    await memo.get_by_role("button", name="Update Qty's").first.click()
    await expect(button).to_have_text("Refund Offline $20.00")
    await expect(button).to_be_enabled()


async def test_what_is_wrong_stands_at_its_field_and_nothing_can_be_submitted(memo: Page) -> None:
    qty = memo.get_by_label("Qty to Refund of Mug")
    button = memo.get_by_role("button", name=re.compile("Refund Offline"))
    await qty.fill("3")
    await expect(memo.get_by_text('We found an invalid quantity to refund item "Mug".')).to_be_visible()
    await expect(qty).to_have_attribute("aria-invalid", "true")
    await expect(button).to_be_disabled()
    await qty.fill("2")
    await expect(button).to_be_enabled()
    await expect(qty).not_to_have_attribute("aria-invalid", "true")
    await memo.get_by_label("Refund Shipping").fill("11")
    await expect(memo.get_by_text("Maximum shipping amount allowed to refund is: $10.00")).to_be_visible()
    await expect(button).to_be_disabled()


async def test_enter_asks_for_the_totals_without_a_new_page(memo: Page, live: LiveAdmin) -> None:
    before = await count(live, "sales_creditmemo")
    await memo.evaluate("window.isSamePage = true")
    qty = memo.get_by_label("Qty to Refund of Mug")
    await qty.fill("1")
    await qty.press("Enter")
    await expect(memo.get_by_role("button", name=re.compile("Refund Offline"))).to_have_text("Refund Offline $20.00")
    assert await memo.evaluate("window.isSamePage")
    assert await count(live, "sales_creditmemo") == before


async def test_an_invoice_follows_what_is_typed_and_is_made_of_it(page: Page, live: LiveAdmin) -> None:
    """Three mugs at 10, with 15 for shipping."""
    await page.goto(f"{live.address}/admin/sales/order_invoice/new/order_id/{live.shop.to_invoice}/")
    button = page.get_by_role("button", name=re.compile("Submit Invoice"))
    await expect(button).to_have_text("Submit Invoice $45.00")
    await page.get_by_label("Qty to Invoice of Mug").fill("1")
    await expect(button).to_have_text("Submit Invoice $25.00")
    await button.click()
    await expect(page.get_by_text("The invoice has been created.")).to_be_visible()
    async with live.database.transaction() as db:
        made = await db.value("select grand_total from sales_invoice order by entity_id desc limit 1")
    assert made == 25


async def test_without_scripts_the_new_sum_is_told_before_the_money_goes(chromium: Browser, live: LiveAdmin) -> None:
    context = await chromium.new_context(java_script_enabled=False)
    page = await sign_in(context, f"{live.address}/admin")
    await page.goto(f"{live.address}/admin/sales/order_creditmemo/new/order_id/{live.shop.to_refund}/")
    before = await count(live, "sales_creditmemo")
    await page.get_by_label("Qty to Refund of Mug").fill("1")
    button = page.get_by_role("button", name=re.compile("Refund Offline"))
    await button.click()
    await expect(page.get_by_text("The totals have changed. Look at them, then submit again.")).to_be_visible()
    await expect(button).to_have_text("Refund Offline $20.00")
    assert await count(live, "sales_creditmemo") == before
    await button.click()
    await expect(page.get_by_text("You created the credit memo.")).to_be_visible()
    assert await count(live, "sales_creditmemo") == before + 1
    await context.close()
