"""Money that a payment gateway takes, lets go and gives back, in the Admin, with scripts and without."""

from __future__ import annotations

import os
import re
from collections.abc import AsyncIterator
from decimal import Decimal
from pathlib import Path

import pytest
from playwright.async_api import Browser, Page, expect

from entrepot.kit.context import Context
from entrepot.quotes.payment_methods import methods
from entrepot.quotes.payment_methods.offline import CheckMoney
from tests.browser.test_admin_orders import live_orders
from tests.browser.test_refund import PHONE, opened, see
from tests.conftest import _clone


class Card(CheckMoney):
    """A gateway that can do all, and does what it is asked."""

    async def capture(self, ctx: Context, order_id: int, invoice_id: int, base_amount: Decimal) -> None:
        await ctx.db.execute(
            "update sales_invoice set transaction_id = %(number)s where entity_id = %(id)s",
            number=f"T-{invoice_id}",
            id=invoice_id,
        )

    async def void(self, ctx: Context, order_id: int, invoice_id: int | None) -> None:
        pass

    async def refund(self, ctx: Context, order_id: int, invoice_id: int, base_amount: Decimal) -> None:
        pass


@pytest.fixture
async def admin(
    server_url: str, template: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[str]:  # fmt: skip
    monkeypatch.setitem(methods(), "checkmo", Card())
    with _clone(server_url, template, f"entrepot_gateway_{os.getpid()}") as url:
        async with live_orders(url, tmp_path) as address:
            yield address


async def invoice_for_later(page: Page, admin: str, invoice_id: int) -> None:
    """Invoice all of the order, and open what becomes this invoice."""
    await page.goto(f"{admin}/sales/order_invoice/new/order_id/1/")
    await page.get_by_label("Amount").select_option(label="Not Capture")
    await page.get_by_role("button", name="Submit Invoice").click()
    await page.goto(f"{admin}/sales/invoice/view/id/{invoice_id}/")
    await expect(page.locator(".head-title")).to_contain_text("Pending")


async def test_an_invoice_is_let_go_taken_and_given_back(chromium: Browser, admin: str) -> None:
    page = await opened(chromium, admin)
    await page.goto(f"{admin}/sales/order_invoice/new/order_id/1/")
    await see(page, "invoice-new-gateway")
    await invoice_for_later(page, admin, 1)
    await see(page, "invoice-open")
    await page.get_by_role("button", name="Cancel", exact=True).click()
    await page.get_by_role("button", name="Cancel Invoice").click()
    await expect(page.get_by_role("status")).to_contain_text("You canceled the invoice.")

    await invoice_for_later(page, admin, 2)
    await page.get_by_role("button", name="Capture", exact=True).click()
    await expect(page.get_by_role("status")).to_contain_text("The invoice has been captured.")
    await see(page, "invoice-captured")

    await page.get_by_role("link", name="Credit Memo", exact=True).click()
    await page.get_by_label("Refund Shipping").fill("1")
    await see(page, "creditmemo-new-gateway")
    await page.get_by_role("button", name=re.compile(r"^Refund \$")).click()
    await expect(page.get_by_role("status")).to_contain_text("You created the credit memo.")
    await page.context.close()


async def test_all_of_it_goes_without_scripts(chromium: Browser, admin: str) -> None:
    page = await opened(chromium, admin, viewport=PHONE, java_script_enabled=False)
    await invoice_for_later(page, admin, 1)
    await page.get_by_role("button", name="Void", exact=True).click()
    await expect(page.get_by_role("status")).to_contain_text("The invoice has been voided.")
    await invoice_for_later(page, admin, 2)
    await page.get_by_role("button", name="Capture", exact=True).click()
    await page.get_by_role("link", name="Credit Memo", exact=True).click()
    await page.get_by_role("button", name=re.compile(r"^Refund \$")).click()
    await expect(page.get_by_role("status")).to_contain_text("You created the credit memo.")
    await page.context.close()
