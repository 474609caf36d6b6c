"""Reports > Products > Low Stock, and its number on the dashboard."""

from __future__ import annotations

import csv
import io

import pytest

from entrepot import inventory
from entrepot.inventory.contracts import SourceItemConfiguration
from tests.admin.browser import AdminBrowser, an_administrator
from tests.admin.inventory_makers import put, warehouses
from tests.catalog.products.makers import a_product

REPORT = "/admin/reports/report_product/lowstock/"


@pytest.fixture
async def goods(ctx):
    """Austin should have 10 bags and has 4; Baltimore has more than enough; of backpacks Austin has none left."""
    await warehouses(ctx)
    bag = await a_product(ctx, "24-WB01", name="Voyage Yoga Bag")
    await a_product(ctx, "24-WB03", name="Driven Backpack")
    await put(ctx, "24-WB01", austin_wh=4, baltimore_wh=35)
    await put(ctx, "24-WB03", austin_wh=0)
    await notify(ctx, ("austin_wh", "24-WB01", 10), ("baltimore_wh", "24-WB01", 10), ("austin_wh", "24-WB03", None))
    return bag.id


async def notify(ctx, *thresholds):
    await inventory.low_quantity.save_low_quantities(
        ctx,
        [
            SourceItemConfiguration(source_code=code, sku=sku, notify_stock_qty=quantity)
            for code, sku, quantity in thresholds
        ],
    )


async def test_the_report_names_each_product_and_source_that_runs_low(browser, goods):
    await browser.get(REPORT)

    assert browser.heading == "Low Stock"
    # Without a threshold of its own the backpack has the configured one, 1.
    assert [row[:7] for row in browser.rows] == [
        ["Driven Backpack", "24-WB03", "austin_wh", "Austin Warehouse", "0", "1", "1"],
        ["Voyage Yoga Bag", "24-WB01", "austin_wh", "Austin Warehouse", "4", "10", "6"],
    ]
    assert f'data-href="/admin/catalog/product/edit/id/{goods}/"' in browser.page.text


async def test_it_is_filtered_and_exported(browser, goods):
    await browser.get(f"{REPORT}?f.quantity.from=1&f.source_name=aust")
    assert [row[1] for row in browser.rows] == ["24-WB01"]

    answer = await browser.get(f"{REPORT}?search=bag&export=csv")
    assert list(csv.reader(io.StringIO(answer.text))) == [
        ["Product", "SKU", "Source Code", "Source", "Stock Qty", "Notify Quantity", "Missing"],
        ["Voyage Yoga Bag", "24-WB01", "austin_wh", "Austin Warehouse", "4.0000", "10.0000", "6.0000"],
    ]


async def test_a_disabled_source_misses_nothing(browser, ctx, goods):
    await inventory.save_source(
        ctx, inventory.Source(source_code="austin_wh", name="Austin", country_id="US", postcode="1", enabled=False)
    )
    await browser.get(REPORT)

    assert "Nothing is running low" in browser.text


async def test_what_is_no_product_or_made_of_others_is_neither_told_nor_counted(ctx, goods):
    await a_product(ctx, "MH01", name="Chaz Hoodie", type_id="configurable")
    for sku in ("MH01", "no product"):
        await put(ctx, sku, austin_wh=0)
        await notify(ctx, ("austin_wh", sku, 5))

    assert [one.sku for one in await inventory.list_running_low(ctx)] == ["24-WB03", "24-WB01"]
    before = ctx.db.statements
    assert await inventory.count_running_low(ctx) == 2
    assert ctx.db.statements == before + 1


async def test_the_dashboard_counts_what_runs_low(browser, goods):
    await browser.get("/admin/adminhtml/dashboard/")

    assert f'<a href="{REPORT}" class="card number warn"><strong>2</strong> <span>Low stock</span>' in browser.page.text


async def test_the_report_is_the_report_s_resource(ctx, services, db, goods):
    await an_administrator(ctx, "reporter", ["Magento_Reports::lowstock"])
    reporter = AdminBrowser(services)
    await reporter.enter("reporter")
    await reporter.get(REPORT)

    assert len(reporter.rows) == 2
    assert "catalog/product/edit" not in reporter.page.text
