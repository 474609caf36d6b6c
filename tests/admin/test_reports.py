"""Reports > Sales and Bestsellers: what they are asked for, what they show, and who sees them."""

from __future__ import annotations

import csv
import io
import re

import pytest
import time_machine

from tests.admin.browser import AdminBrowser, an_administrator
from tests.customers.makers import us_store
from tests.sales.reports.makers import an_item, an_order

ROOT = "/admin/reports/report_sales"
TIME = "from=2020-03-01&to=2020-03-04"

REPORTS = {
    "sales": ("Orders Report", "Magento_Reports::salesroot_sales"),
    "tax": ("Tax Report", "Magento_Reports::tax"),
    "invoiced": ("Invoice Report", "Magento_Reports::invoiced"),
    "shipping": ("Shipping Report", "Magento_Reports::shipping"),
    "refunded": ("Refunds Report", "Magento_Reports::refunded"),
    "coupons": ("Coupons Report", "Magento_Reports::coupons"),
    "bestsellers": ("Bestsellers Report", "Magento_Reports::bestsellers"),
}


@pytest.fixture
async def orders(ctx):
    """10.004 and 20.004 on the 2nd, 1000 on the 4th of March: the sum of what is shown would be off by a cent."""
    first = await an_order(
        ctx, "2020-03-02 12:00+00", "1", base_grand_total="10.004", coupon_code="=1+1", shipping_description="Flat"
    )
    await an_item(ctx, first, "mug", 2, 1, name="Mug")
    await an_order(
        ctx,
        "2020-03-02 13:00+00",
        "2",
        base_grand_total="20.004",
        base_total_refunded="0.5",
        shipping_description="By air",
    )
    await an_order(ctx, "2020-03-04 12:00+00", "3", base_grand_total="1000", shipping_description="Flat")


def table(answer):
    return list(csv.reader(io.StringIO(answer.text)))


def totals(browser):
    """The cells of the line of totals."""
    found = re.search(r"<tfoot>(.*?)</tfoot>", browser.page.text, re.DOTALL)
    return re.findall(r"<td[^>]*>(.*?)</td>", found[1] if found else "")


def intervals(browser):
    table = browser.page.text.partition('class="grid-scroll report"')[2]
    body = table.partition("<tbody>")[2].partition("</tbody>")[0]
    return re.findall(r"<th[^>]*>(.*?)</th>", body)


async def test_a_report_has_a_line_for_each_interval_and_what_all_come_to(browser, orders):
    await browser.get(f"{ROOT}/sales/?{TIME}")

    assert browser.heading == "Orders Report"
    assert intervals(browser) == ["Mar 2, 2020", "Mar 4, 2020"]
    assert [row[:4] for row in browser.rows] == [
        ["2", "2", "$30.01", "$0.00"],
        ["1", "0", "$1,000.00", "$0.00"],
    ]
    assert totals(browser)[:3] == ["3", "2", "$1,030.01"]


async def test_months_are_called_by_their_names(browser, orders):
    await browser.get(f"{ROOT}/sales/?{TIME}&period=month")
    assert (intervals(browser), browser.rows[0][0]) == (["Mar 2020"], "3")


async def test_empty_rows_are_shown_where_they_are_wanted(browser, orders):
    await browser.get(f"{ROOT}/sales/?{TIME}&empty=1")

    assert intervals(browser) == ["Mar 1, 2020", "Mar 2, 2020", "Mar 3, 2020", "Mar 4, 2020"]
    assert browser.rows[0][:3] == ["0", "0", "$0.00"]


async def test_actual_values_have_columns_of_their_own(browser, orders):
    await browser.get(f"{ROOT}/sales/?{TIME}")
    assert "Revenue" not in browser.text
    await browser.get(f"{ROOT}/sales/?{TIME}&actual=1")
    assert "Revenue" in browser.text
    assert len(browser.rows[0]) == 16


async def test_lines_of_one_interval_stand_under_it(browser, orders):
    await browser.get(f"{ROOT}/shipping/?{TIME}")

    assert intervals(browser) == ["Mar 2, 2020", "Mar 4, 2020"]
    assert '<th scope="rowgroup" rowspan="2">Mar 2, 2020</th>' in browser.page.text
    assert [row[0] for row in browser.rows] == ["By air", "Flat", "Flat"]


async def test_a_report_is_exported_with_numbers_that_can_be_read(browser, orders):
    answer = await browser.get(f"{ROOT}/sales/?{TIME}&empty=1&export=csv")

    assert answer.headers["content-disposition"] == 'attachment; filename="report_orders.csv"'
    assert [line[:5] for line in table(answer)] == [
        ["Interval", "Orders", "Sales Items", "Sales Total", "Invoiced"],
        ["2020-03-01", "0", "0", "0.00", "0.00"],
        ["2020-03-02", "2", "2", "30.01", "0.00"],
        ["2020-03-03", "0", "0", "0.00", "0.00"],
        ["2020-03-04", "1", "0", "1000.00", "0.00"],
        ["Total", "3", "2", "1030.01", "0.00"],
    ]


async def test_no_cell_of_the_export_is_a_formula(browser, orders):
    answer = await browser.get(f"{ROOT}/coupons/?{TIME}&export=csv")
    assert table(answer)[1][:2] == ["2020-03-02", "'=1+1"]


async def test_orders_in_two_lines_are_not_added_up(browser, ctx, orders):
    id = await ctx.db.value("select min(entity_id) from sales_order where increment_id = '1'")
    for code in ("NY", "NYC"):
        await ctx.db.execute(
            "insert into sales_order_tax (order_id, code, percent, base_real_amount) values (%(id)s, %(code)s, 4.5, 1)",
            id=id, code=code,
        )  # fmt: skip
    await browser.get(f"{ROOT}/tax/?{TIME}")
    assert [row[:4] for row in browser.rows] == [["NY", "4.5%", "1", "$1.00"], ["NYC", "4.5%", "1", "$1.00"]]
    assert totals(browser) == ["", "", "", "$2.00"]


async def test_statuses_are_chosen(browser, ctx, orders):
    await an_order(ctx, "2020-03-02 12:00+00", "4", state="new", status="pending")
    await browser.get(f"{ROOT}/sales/?{TIME}&status=pending&status=closed")
    assert [row[0] for row in browser.rows] == ["1"]
    assert "2 chosen" in browser.text


async def test_websites_stores_and_views_have_reports_of_their_own(browser, ctx, orders):
    view = await us_store(ctx)
    await an_order(ctx, "2020-03-02 12:00+00", "4", store_id=view.id)
    for scope, count in (
        ("", "4"), ("website/1/", "3"), ("group/1/", "3"), ("store/1/", "3"), (f"website/{view.website_id}/", "1"),
        (f"store/{view.id}/", "1"), ("store/99/", "4"),
    ):  # fmt: skip
        await browser.get(f"{ROOT}/sales/{scope}?{TIME}")
        assert totals(browser)[0] == count, scope
    await browser.get(f"{ROOT}/sales/?{TIME}&empty=1")
    assert f"{ROOT}/sales/website/1/?from=2020-03-01&amp;to=2020-03-04&amp;period=day&amp;use=created&amp;empty=1" in (
        browser.page.text
    )


@time_machine.travel("2020-03-31 23:30:00+00:00", tick=False)
async def test_without_a_time_it_is_this_month(browser, orders):
    await browser.get(f"{ROOT}/sales/")
    assert 'name="from" type="date" value="2020-03-01"' in browser.page.text
    assert 'name="to" type="date" value="2020-03-31"' in browser.page.text
    assert totals(browser)[0] == "3"


@pytest.mark.parametrize("time", ["from=x&to=0000-00-00&period=week&use=when&status=no", "from=1&to=99999-01-01"])
async def test_what_cannot_be_read_counts_as_not_asked(browser, time):
    answer = await browser.get(f"{ROOT}/sales/?{time}")
    assert answer.status_code == 200


async def test_a_time_that_ends_before_it_begins_is_refused(browser, orders):
    await browser.get(f"{ROOT}/sales/?from=2020-03-04&to=2020-03-01")
    assert "The first day must not be later than the last." in browser.text
    assert intervals(browser) == []


async def test_more_empty_rows_than_anybody_reads_are_refused(browser):
    await browser.get(f"{ROOT}/sales/?from=1900-01-01&to=2020-03-01&empty=1")
    assert "There are too many intervals." in browser.text


async def test_a_time_without_orders_says_so(browser):
    await browser.get(f"{ROOT}/sales/?{TIME}")
    assert "Nothing was found for this time." in browser.text
    assert totals(browser) == []


@pytest.mark.parametrize("name", REPORTS)
async def test_each_report_takes_its_own_resource(ctx, services, db, orders, name):
    title, resource = REPORTS[name]
    await an_administrator(ctx, "reporter", [resource])
    reporter = AdminBrowser(services)
    await reporter.enter("reporter")

    for other, (_, _) in REPORTS.items():
        answer = await reporter.get(f"{ROOT}/{other}/?{TIME}")
        assert answer.status_code == (200 if other == name else 403), other
    await reporter.get(f"{ROOT}/{name}/?{TIME}")
    assert reporter.heading == title
    assert len(re.findall(r'href="/admin/reports/report_sales/\w+/"', reporter.page.text)) == 1
