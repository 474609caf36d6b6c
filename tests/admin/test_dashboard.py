"""The dashboard's charts and lists: of which time and store views, and who sees them."""

from __future__ import annotations

import re

import pytest

from entrepot.catalog.browsing import terms
from tests.admin.browser import AdminBrowser, an_administrator
from tests.customers.makers import configure, us_store
from tests.sales.reports.makers import an_item, an_order

DASHBOARD = "/admin/adminhtml/dashboard/"


@pytest.fixture
async def order(ctx):
    """An order of an hour ago: 20.00 for two mugs, paid."""
    at = f"{ctx.now:%Y-%m-%d %H:%M:%S+00}"
    id = await an_order(
        ctx, at, "1", base_grand_total="27.49", base_total_invoiced="27.49", base_tax_invoiced="1.49",
        base_shipping_invoiced=6, base_currency_code="USD",
    )  # fmt: skip
    await an_item(ctx, id, "mug", 2, 1, name="Blue Mug")
    return id


def sums(browser):
    found = re.search(r'<dl class="sums">(.*?)</dl>', browser.page.text, re.DOTALL)
    return re.findall(r"<dt>(.*?)</dt><dd>(.*?)</dd>", found[1] if found else "")


def section(browser, id):
    return browser.page.text.partition(f'id="{id}"')[2].partition("</section>")[0]


@pytest.mark.parametrize(("period", "parts"), [("24h", 24), ("7d", 7), ("nonsense", 7)])
async def test_charts_have_a_bar_for_each_part_of_the_time(browser, order, period, parts):
    await browser.get(f"{DASHBOARD}?period={period}")

    assert browser.page.text.count('class="chart-bar"') == 2 * parts
    assert section(browser, "sales-title").count("<tr>") == 1 + parts
    assert 'aria-label="Orders: 1 in all, most in ' in browser.page.text
    assert 'aria-label="Amounts: $20.00 in all, most in ' in browser.page.text


@pytest.mark.parametrize("period", ["24h", "7d", "1m", "1y", "2y"])
async def test_beside_them_stands_what_the_orders_of_the_time_came_to(browser, order, period):
    await browser.get(f"{DASHBOARD}?period={period}")
    assert sums(browser) == [("Revenue", "$20.00"), ("Tax", "$1.49"), ("Shipping", "$6.00"), ("Quantity", "1")]
    assert "Blue Mug" in section(browser, "bestsellers")


async def test_charts_can_be_switched_off(browser, ctx, order):
    await configure(ctx, "admin/dashboard/enable_charts", "0")
    await browser.get(DASHBOARD)
    assert "<svg" not in section(browser, "sales-title")
    assert sums(browser)[0] == ("Revenue", "$20.00")


async def test_store_views_have_dashboards_of_their_own(browser, ctx, order):
    view = await us_store(ctx)
    for scope, lifetime, count in (
        ("", "$27.49", "1"),
        ("website/1/", "$27.49", "1"),
        (f"store/{view.id}/", "$0.00", "0"),
    ):
        await browser.get(f"{DASHBOARD}index/{scope}")
        assert f"<strong>{lifetime}</strong> <span>Lifetime Sales</span>" in browser.page.text, scope
        assert sums(browser)[3] == ("Quantity", count), scope
        assert ("sales/order/view" in section(browser, "last-orders")) == (count == "1"), scope
    assert f'{DASHBOARD}index/website/1/?period=7d"' in browser.page.text


async def test_what_shoppers_look_for_is_told(browser, ctx):
    shop = ctx.in_store(ctx.stores.by_id(1))
    for text in ("bag", "mug", "bag"):
        await terms.record(shop, text, len(text))
    await terms.record(shop, "pen", 0)
    await browser.get(DASHBOARD)
    assert re.findall(r'<th scope="row">(\w+)</th>', section(browser, "terms-2")) == ["bag", "mug", "pen"]
    assert set(re.findall(r'<th scope="row">(\w+)</th>', section(browser, "terms-1"))) == {"bag", "mug", "pen"}
    view = await us_store(ctx)
    await browser.get(f"{DASHBOARD}index/store/{view.id}/")
    assert "Nobody has searched yet." in section(browser, "terms-1")


async def test_only_who_may_see_orders_sees_what_was_sold(ctx, services, db, order):
    await an_administrator(ctx, "guest", ["Magento_Backend::dashboard"])
    guest = AdminBrowser(services)
    await guest.enter("guest")
    await guest.get(DASHBOARD)
    assert guest.heading == "Dashboard"
    for word in ("$27.49", "Bestsellers", "Search Terms", "<svg viewBox"):
        assert word not in guest.page.text, word


async def test_the_page_takes_as_many_statements_for_many_orders_as_for_few(browser, ctx, order):
    counts = []
    # As many as fill a list to begin with: how many there are is only counted where they do not fit.
    for numbers in (range(2, 8), range(8, 18)):
        for number in numbers:
            await an_item(ctx, await an_order(ctx, "2020-03-02 12:00+00", str(number)), f"pen-{number}", 1, number)
        await browser.get(DASHBOARD)
        before = ctx.db.statements
        await browser.get(DASHBOARD)
        counts.append(ctx.db.statements - before)
    assert counts[0] == counts[1]


@pytest.mark.parametrize(
    ("section", "label"),
    [
        ("reports", "Year-To-Date Starts"),
        ("admin", "Enable Charts"),
        ("sales", "Logo for PDF Print-outs"),
        ("sales_pdf", "Display Order ID in Header"),
    ],
)
async def test_what_print_outs_and_charts_go_by_is_configured(browser, section, label):
    await browser.get(f"/admin/adminhtml/system_config/edit/section/{section}/")
    assert label in browser.text
