"""An order that is edited and ordered once more, with scripts and without."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import Browser, expect

from tests.browser.test_admin_orders import live_orders
from tests.browser.test_refund import PHONE, opened, see
from tests.conftest import _clone


@pytest.fixture
async def admin(server_url: str, template: str, tmp_path: Path) -> AsyncIterator[str]:
    with _clone(server_url, template, f"entrepot_edit_{os.getpid()}") as url:
        async with live_orders(url, tmp_path) as address:
            yield address


async def test_an_order_is_edited_and_ordered_once_more(chromium: Browser, admin: str) -> None:
    page = await opened(chromium, admin)
    await page.goto(f"{admin}/sales/order/view/order_id/3/")
    await page.get_by_role("button", name="Edit", exact=True).click()
    await expect(page.get_by_role("dialog")).to_contain_text(
        "This order will be canceled and a new one will be created"
    )
    await page.get_by_role("dialog").get_by_role("button", name="Edit").click()
    await expect(page.get_by_role("heading", level=1)).to_have_text("Edit Order #000000003")
    await expect(page.get_by_role("textbox", name="Order Comments")).to_have_value(
        "Please wrap it as a gift, and ring twice."
    )
    await page.get_by_label("Qty of Mug").fill("4")
    await page.get_by_label("Qty of Mug").press("Tab")
    await expect(page.locator("#order-totals")).to_contain_text("$79.80")
    await see(page, "order-edit")
    await page.get_by_role("button", name="Submit Order").click()
    await expect(page.get_by_role("heading", level=1)).to_have_text("#000000003-1")
    await see(page, "order-edited")
    await page.get_by_role("link", name="#000000003", exact=True).click()
    await expect(page.get_by_text("The order is canceled. Nothing is left to do.")).to_be_visible()
    await see(page, "order-replaced")
    await page.get_by_role("button", name="Reorder").click()
    await expect(page.get_by_role("heading", level=1)).to_have_text("Create New Order for Jane Doe")
    await page.context.close()

    page = await opened(chromium, admin, viewport=PHONE, java_script_enabled=False)
    await page.goto(f"{admin}/sales/order/view/order_id/1/")
    await page.get_by_role("button", name="Edit", exact=True).click()
    await expect(page.get_by_text("This order will be canceled and a new one will be created")).to_be_visible()
    await page.get_by_role("button", name="Edit", exact=True).click()
    await expect(page.get_by_role("heading", level=1)).to_have_text("Edit Order #000000001")
    await page.get_by_role("button", name="Submit Order").click()
    await expect(page.get_by_role("heading", level=1)).to_have_text("#000000001-1")
    await page.context.close()
