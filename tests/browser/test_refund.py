"""An order that is held, released, paid and refunded by hand, with scripts and without."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Browser, Page, expect

from tests.browser.test_admin import sign_in
from tests.browser.test_admin_inventory import told
from tests.browser.test_admin_orders import live_orders
from tests.conftest import _clone

PHONE = {"width": 390, "height": 844}


@pytest.fixture
async def admin(server_url: str, template: str, tmp_path: Path) -> AsyncIterator[str]:
    with _clone(server_url, template, f"entrepot_refund_{os.getpid()}") as url:
        async with live_orders(url, tmp_path) as address:
            yield address


async def opened(chromium: Browser, admin: str, **more: Any) -> Page:
    context = await chromium.new_context(**{"viewport": {"width": 1280, "height": 900}, **more})
    return await sign_in(context, admin)


async def see(page: Page, name: str) -> None:
    """The page, as a picture if those are asked for, and what axe says of it."""
    if directory := os.environ.get("ENTREPOT_PICTURES"):
        await page.screenshot(path=f"{directory}/{name}.png", full_page=True)
    assert await told(page, name) == []


async def test_an_order_is_held_paid_and_refunded(chromium: Browser, admin: str) -> None:
    page = await opened(chromium, admin)
    await page.goto(f"{admin}/sales/order/view/order_id/1/")
    await page.get_by_role("button", name="Hold", exact=True).click()
    await expect(page.get_by_role("status")).to_contain_text("You put the order on hold.")
    await see(page, "order-held")
    await page.get_by_role("button", name="Unhold").click()
    await page.get_by_role("link", name="Invoice", exact=True).click()
    await page.get_by_role("button", name="Submit Invoice").click()

    await page.get_by_role("link", name="Credit Memo", exact=True).click()
    await page.get_by_label("Qty to Refund of Mug").fill("1")
    await page.get_by_label("Return Mug to stock").check()
    await page.get_by_label("Refund Shipping").fill("0")
    await page.get_by_label("Adjustment Fee").fill("2")
    await page.get_by_role("button", name="Update Totals").click()
    await expect(page.locator(".sums .strong td")).to_have_text("$8.00")
    await expect(page.get_by_label("Return Mug to stock")).to_be_checked()
    await see(page, "creditmemo-new")
    await page.get_by_role("button", name="Refund Offline").click()
    await expect(page.get_by_role("status")).to_contain_text("You created the credit memo.")
    await page.goto(f"{admin}/sales/creditmemo/view/id/1/")
    await expect(page.locator(".sums .strong td")).to_have_text("$8.00")
    await see(page, "creditmemo")
    await page.goto(f"{admin}/sales/transactions/")
    await see(page, "transactions")
    await page.context.close()

    page = await opened(chromium, admin, viewport=PHONE, java_script_enabled=False)
    await page.goto(f"{admin}/sales/order_creditmemo/new/order_id/1/")
    await expect(page.get_by_label("Qty to Refund of Mug")).to_have_value("1")
    await page.get_by_role("button", name="Refund Offline").click()
    await expect(page.get_by_role("status")).to_contain_text("You created the credit memo.")
    await page.context.close()
