"""A real Enter in the fields of all forms of the Admin: no document is made by it, nothing is deleted or placed."""

from __future__ import annotations

import os
import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import Browser, Error, Page, Request, expect
from psycopg.sql import SQL, Identifier, Literal

from tests.admin.whole_shop import Addresses
from tests.browser.test_admin import sign_in
from tests.browser.whole_admin import LiveAdmin, live_whole_shop
from tests.conftest import _clone

TABLES = "select relname from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace"
FLEETING = re.compile(
    r"session|log|job|procrastinate|queue|message|throttle|attempt|mail|bulk|version|setting|nonce|event"
)
"""Tables whose rows come and go by themselves."""
DOCUMENTS = ("sales_order", "sales_invoice", "sales_shipment", "sales_creditmemo")
MONEY = re.compile(r"/(order_create|order_invoice|order_creditmemo|order_shipment|SourceSelection)/")
"""Forms of which every field is tried; of the others one."""
FORMS_AT_LEAST = 100
"""Fewer, and the links are no longer found."""
FIELDS = """
    () => {
      for (const part of document.querySelectorAll("main details")) part.open = true;
      for (const part of document.querySelectorAll("main [hidden]")) part.hidden = false;
      const kinds = "input:not([type=hidden], [type=submit], [type=button], [type=file], [type=image]), select";
      window.fields = [...document.querySelectorAll(kinds)].filter((field) => field.form && !field.disabled
        && field.checkVisibility() && field.form.method === "post");
      const name = (form) => form.id.startsWith("grid-") ? form.id : form.getAttribute("action");
      return window.fields.map((field) => {
        const part = field.closest("[data-enter]");
        return [name(field.form), part ? part.dataset.enter : "", field.name];
      });
    }
"""


@pytest.fixture(scope="module")
async def live(server_url: str, template: str, home: Path) -> AsyncIterator[LiveAdmin]:
    with _clone(server_url, template, f"entrepot_enter_{os.getpid()}") as url:
        async with live_whole_shop(url, home) as found:
            yield found


@pytest.fixture
async def page(chromium: Browser, live: LiveAdmin) -> AsyncIterator[Page]:
    context = await chromium.new_context(viewport={"width": 1280, "height": 1000})
    yield await sign_in(context, f"{live.address}/admin")
    await context.close()


async def counts(live: LiveAdmin) -> dict[str, int]:
    async with live.database.transaction() as db:
        tables = [table for (table,) in await db.all(tuple, TABLES) if not FLEETING.search(table)]
        one = SQL("select {} as name, count(*) as count from {}")
        counted = SQL(" union all ").join(one.format(Literal(table), Identifier(table)) for table in tables)
        return dict(await db.all(tuple, counted))


async def assert_no_harm(live: LiveAdmin, before: dict[str, int]) -> None:
    after = await counts(live)
    assert {table: after[table] for table in DOCUMENTS} == {table: before[table] for table in DOCUMENTS}
    assert [f"{table}: {before[table]} -> {after[table]}" for table in before if after[table] < before[table]] == []


async def addresses_of(page: Page, live: LiveAdmin) -> list[str]:
    """One page of each kind, with all its links."""
    waiting = Addresses("/admin/", *live.shop.unlinked)
    found: dict[str, str] = {}
    while waiting.waiting:
        path = waiting.waiting.pop()
        answer = await page.request.get(live.address + path)
        text = await answer.text()
        waiting.found_in(text)
        kind = re.sub(r"/\d+(?=/)", "/#", path)
        if "<form" in text.partition("<main")[2]:
            found.setdefault(kind, path)
    return list(found.values())


def form_of(address: str, action: str, part: str, name: str) -> str:
    """What fields are tried once for: grids are of one template, and so are the sections of the configuration."""
    kind = re.sub(r"/\d+(?=/)", "/#", action).partition("/section/")[0]
    return f"{kind} {re.sub(r'[0-9]+', '#', part)} {name if MONEY.search(address) else ''}"


async def visit(page: Page, address: str) -> None:
    try:
        await page.goto(address)
    except Error:
        # What was sent a moment ago came in between.
        await page.wait_for_load_state("networkidle")
        await page.goto(address)


async def press_enter(page: Page, address: str, number: int) -> None:
    """Until what it sends is answered and shown, if it sends anything."""
    sent: list[Request] = []

    def note(request: Request) -> None:
        if request.method == "POST":
            sent.append(request)

    await visit(page, address)
    await page.evaluate(FIELDS)
    page.on("request", note)
    await page.evaluate("number => window.fields[number]?.focus()", number)
    await page.keyboard.press("Enter")
    await page.wait_for_timeout(80)
    page.remove_listener("request", note)
    for request in sent:
        await request.response()
        if request.is_navigation_request():
            await page.wait_for_function("() => !window.fields && document.readyState === 'complete'")


async def test_enter_makes_no_document_and_deletes_nothing_in_any_form(page: Page, live: LiveAdmin) -> None:
    before = await counts(live)
    done: set[str] = set()
    for path in await addresses_of(page, live):
        address = live.address + path
        await visit(page, address)
        for number, (action, part, name) in enumerate(await page.evaluate(FIELDS)):
            form = form_of(address, action, part, name)
            if form not in done:
                done.add(form)
                await press_enter(page, address, number)
    await assert_no_harm(live, before)
    assert len(done) > FORMS_AT_LEAST


async def test_enter_in_a_part_with_its_own_button_does_what_that_does(page: Page, live: LiveAdmin) -> None:
    draft = f"{live.address}/admin/sales/order_create/edit/id/{live.shop.draft}/"
    await page.goto(draft)
    coupon = page.get_by_role("textbox", name="Coupon Code")
    await coupon.fill("TENOFF")
    await coupon.press("Enter")
    await expect(page.locator(".order-coupon .badge")).to_have_text("TENOFF")
    await page.get_by_role("button", name="Add Products").click()
    find = page.get_by_label("Find by name or SKU")
    await find.fill("24-WB03")
    await find.press("Enter")
    await expect(page.get_by_role("checkbox", name="Select Product 24-WB03")).to_be_visible()
    await expect(page.get_by_role("checkbox", name="Select Mug")).to_have_count(0)
    field = page.get_by_label("First Name").first
    await field.fill("Janet")
    await field.press("Enter")
    await page.wait_for_load_state("networkidle")
    await page.goto(draft)
    await expect(page.get_by_label("First Name").first).to_have_value("Janet")


async def test_enter_in_the_search_of_related_products_searches(page: Page, live: LiveAdmin) -> None:
    async with live.database.transaction() as db:
        mug = await db.value("select product_id from product where sku = 'mug'")
    await page.goto(f"{live.address}/admin/catalog/product/edit/id/{mug}/")
    links = page.locator("#section-product-links")
    if await links.get_attribute("open") is None:
        await links.locator("summary").first.click()
    await page.get_by_role("button", name="Add Related Products").click()
    find = page.locator("input[name=find_related]")
    await find.fill("24-WB03")
    await find.press("Enter")
    await expect(page.locator("input[name=add_related]")).to_have_count(1)
    assert f"/edit/id/{mug}/" in page.url
