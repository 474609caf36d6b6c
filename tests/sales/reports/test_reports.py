"""Reports, with sums that are worked out by hand."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from entrepot.sales import reports
from entrepot.sales.reports import (
    BestsellersLine,
    CouponsLine,
    InvoicedLine,
    OrdersLine,
    RefundsLine,
    ReportAsked,
    ShippingLine,
    TaxLine,
)
from tests.customers.makers import configure
from tests.sales.reports.makers import an_item, an_order

MARCH = ReportAsked(first=date(2020, 3, 1), last=date(2020, 3, 31))
SECOND, THIRD = date(2020, 3, 2), date(2020, 3, 3)

# Two mugs at 10.00, one of which came back: 20.00 - 2.00 + 1.49 tax + 5.00 shipping = 24.49.
HALF_REFUNDED = {
    "base_grand_total": "24.49", "base_subtotal": "20", "base_discount_amount": "-2", "base_tax_amount": "1.49",
    "base_shipping_amount": "5", "base_total_invoiced": "24.49", "base_total_paid": "24.49",
    "base_subtotal_invoiced": "20", "base_discount_invoiced": "-2", "base_tax_invoiced": "1.49",
    "base_shipping_invoiced": "5", "base_total_invoiced_cost": "8", "base_total_refunded": "9.75",
    "base_total_offline_refunded": "9.75", "base_subtotal_refunded": "10", "base_discount_refunded": "-1",
    "base_tax_refunded": "0.75", "coupon_code": "SPRING", "coupon_rule_name": "Spring",
    "shipping_description": "Flat Rate - Fixed",
}  # fmt: skip
# Three mugs, nothing of it invoiced, one of them cancelled.
OPEN = {
    "base_grand_total": "45", "base_subtotal": "30", "base_shipping_amount": "15", "base_total_canceled": "10",
    "base_subtotal_canceled": "10", "shipping_description": "Flat Rate - Fixed",
}  # fmt: skip


@pytest.fixture
async def orders(ctx):
    """Two on the 2nd of March, one on the 3rd."""
    first = await an_order(ctx, "2020-03-02 11:00+00", "1", **HALF_REFUNDED)
    await an_item(ctx, first, "mug", 2, 1, qty_invoiced=2)
    second = await an_order(ctx, "2020-03-02 12:00+00", "2", **OPEN)
    await an_item(ctx, second, "mug", 3, 1, qty_canceled=1)
    third = await an_order(ctx, "2020-03-03 12:00+00", "3", **OPEN)
    await an_item(ctx, third, "mug", 3, 1, qty_canceled=1)
    return first, second, third


async def test_the_report_on_orders_adds_up_what_was_ordered_and_what_became_of_it(ctx, orders):
    assert await reports.orders_report(ctx, MARCH) == [
        OrdersLine(
            SECOND,
            orders=2,
            items=Decimal(4),  # 2 + 3 - 1
            items_actual=Decimal(2),
            total=Decimal("59.49"),  # 24.49 + 45 - 10
            # Goods of 18.00 were paid, and 9.00 of it came back: (24.49 - 1.49 - 5) - (9.75 - 0.75).
            revenue=Decimal("9.00"),
            profit=Decimal("1.00"),  # The goods had cost 8.00.
            invoiced=Decimal("24.49"),
            paid=Decimal("24.49"),
            refunded=Decimal("9.75"),
            tax=Decimal("1.49"),
            tax_actual=Decimal("0.74"),
            shipping=Decimal(20),
            shipping_actual=Decimal(5),
            discount=Decimal(2),
            discount_actual=Decimal(1),
            canceled=Decimal(10),
        ),
        OrdersLine(
            THIRD, orders=1, items=Decimal(2), total=Decimal(35), shipping=Decimal(15), canceled=Decimal(10)
        ),
    ]  # fmt: skip


async def test_a_month_and_a_year_are_the_sums_of_their_days(ctx, orders):
    await an_order(ctx, "2020-04-30 12:00+00", base_grand_total=1)
    await an_order(ctx, "2021-01-01 12:00+00", base_grand_total=2)
    first, last = date(2020, 1, 1), date(2021, 12, 31)

    months = await reports.orders_report(ctx, ReportAsked(period="month", first=first, last=last))
    assert [(line.began_on, line.orders, line.total) for line in months] == [
        (date(2020, 3, 1), 3, Decimal("94.49")),
        (date(2020, 4, 1), 1, 1),
        (date(2021, 1, 1), 1, 2),
    ]
    years = await reports.orders_report(ctx, ReportAsked(period="year", first=first, last=last))
    assert [(line.began_on, line.orders, line.total) for line in years] == [
        (date(2020, 1, 1), 4, Decimal("95.49")),
        (date(2021, 1, 1), 1, 2),
    ]


async def test_only_days_within_the_time_count_also_of_months(ctx, orders):
    asked = ReportAsked(period="month", first=THIRD, last=date(2020, 5, 1))
    (line,) = await reports.orders_report(ctx, asked)
    assert (line.began_on, line.orders) == (date(2020, 3, 1), 1)


async def test_the_time_zone_of_an_order_s_store_view_decides_its_day(ctx):
    await configure(ctx, "general/locale/timezone", "America/Chicago")
    await an_order(ctx, "2020-03-02 05:59+00", "1")  # 23:59 on the first, in Chicago
    await an_order(ctx, "2020-03-02 06:00+00", "2")
    await an_order(ctx, "2020-03-02 06:00+00", "3", store_id=None)

    found = await reports.orders_report(ctx, MARCH)
    assert [(line.began_on, line.orders) for line in found] == [(date(2020, 3, 1), 1), (SECOND, 2)]
    (line,) = await reports.orders_report(ctx, ReportAsked(first=SECOND, last=SECOND))
    assert line.orders == 2

    await configure(ctx, "general/locale/timezone", "Pacific/Auckland", "websites", 1)
    # 18:59 and 19:00 on the 2nd in Auckland; the order of no view stays where the shop is.
    found = await reports.orders_report(ctx, MARCH)
    assert [(line.began_on, line.orders) for line in found] == [(SECOND, 3)]


async def test_orders_that_nobody_has_begun_with_count_only_by_name(ctx, orders):
    await an_order(ctx, "2020-03-04 12:00+00", "4", state="new", status="pending")
    await an_order(ctx, "2020-03-04 12:00+00", "5", state="pending_payment")

    assert [line.orders for line in await reports.orders_report(ctx, MARCH)] == [2, 1]
    named = ReportAsked(first=MARCH.first, last=MARCH.last, statuses=("pending", "closed"))
    assert [(line.began_on, line.orders) for line in await reports.orders_report(ctx, named)] == [
        (date(2020, 3, 4), 1)
    ]  # fmt: skip


async def test_store_views_can_be_chosen(ctx, orders):
    await an_order(ctx, "2020-03-02 12:00+00", "4", store_id=None)
    for store_ids, orders_of_the_second in ((None, 3), ((1,), 2), ((), 0), ((7,), 0)):
        asked = ReportAsked(first=SECOND, last=SECOND, store_ids=store_ids)
        found = await reports.orders_report(ctx, asked)
        assert sum(line.orders for line in found) == orders_of_the_second, store_ids


async def test_amounts_are_in_the_currency_of_the_shop(ctx):
    await an_order(ctx, "2020-03-02 12:00+00", base_grand_total="10.01", base_to_global_rate="1.2345")
    (line,) = await reports.orders_report(ctx, MARCH)
    assert line.total == Decimal("12.357345")


async def test_the_last_change_can_be_the_date_that_counts(ctx):
    await an_order(ctx, "2020-03-02 12:00+00", updated_at="2020-03-05 12:00+00")
    asked = ReportAsked(first=MARCH.first, last=MARCH.last, use="updated")
    assert [line.began_on for line in await reports.orders_report(ctx, asked)] == [date(2020, 3, 5)]


async def test_the_report_on_taxes_gives_each_rate_its_own_share(ctx, orders):
    first, second, _ = orders
    for order_id, code, percent, real in (
        (first, "NY", "4.5", "0.8"), (first, "NYC", "3.875", "0.69"), (second, "NY", "4.5", "0.9")
    ):  # fmt: skip
        await ctx.db.execute(
            """
            insert into sales_order_tax (order_id, code, percent, base_amount, base_real_amount)
            values (%(order_id)s, %(code)s, %(percent)s, 1.49, %(real)s)
            """,
            order_id=order_id, code=code, percent=percent, real=real,
        )  # fmt: skip
    assert await reports.tax_report(ctx, MARCH) == [
        TaxLine(SECOND, "NY", Decimal("4.5"), 2, Decimal("1.7")),
        TaxLine(SECOND, "NYC", Decimal("3.875"), 1, Decimal("0.69")),
    ]


async def test_the_report_on_invoices_tells_what_is_paid(ctx, orders):
    await an_order(ctx, "2020-03-02 13:00+00", "4", base_total_invoiced=7, base_total_paid=3)
    await an_order(ctx, "2020-03-02 13:00+00", "5", state="canceled", base_total_invoiced=100)

    assert await reports.invoiced_report(ctx, MARCH) == [
        InvoicedLine(SECOND, 3, 2, Decimal("31.49"), Decimal("27.49"), Decimal(4)),
        InvoicedLine(THIRD, 1),
    ]


async def test_the_date_of_the_last_invoice_can_count(ctx, orders):
    first, *_ = orders
    for number, at in enumerate(("2020-03-04 12:00+00", "2020-03-06 12:00+00")):
        await ctx.db.execute(
            "insert into sales_invoice (order_id, increment_id, created_at) values (%(id)s, %(number)s, %(at)s)",
            id=first, number=str(number), at=at,
        )  # fmt: skip
    asked = ReportAsked(first=MARCH.first, last=MARCH.last, use="document")
    assert [(line.began_on, line.orders) for line in await reports.invoiced_report(ctx, asked)] == [
        (date(2020, 3, 6), 1)
    ]  # fmt: skip


async def test_so_can_that_of_the_last_shipment_and_of_the_last_credit_memo(ctx, orders):
    first, *_ = orders
    for table, at in (("sales_shipment", "2020-03-07 12:00+00"), ("sales_creditmemo", "2020-03-08 12:00+00")):
        await ctx.db.execute(
            f"insert into {table} (order_id, increment_id, created_at) values (%(id)s, '1', %(at)s)",  # noqa: S608
            id=first, at=at,
        )  # fmt: skip
    asked = ReportAsked(first=MARCH.first, last=MARCH.last, use="document")
    assert await reports.shipping_report(ctx, asked) == [
        ShippingLine(date(2020, 3, 7), "Flat Rate - Fixed", 1, Decimal(5), Decimal(5))
    ]
    assert await reports.refunds_report(ctx, asked) == [
        RefundsLine(date(2020, 3, 8), 1, Decimal("9.75"), Decimal(0), Decimal("9.75"))
    ]


async def test_the_report_on_shipping_goes_by_method(ctx, orders):
    await an_order(ctx, "2020-03-02 13:00+00", "4", base_shipping_amount=7, shipping_description="Best Way")
    await an_order(ctx, "2020-03-02 13:00+00", "5", is_virtual=1)

    assert await reports.shipping_report(ctx, MARCH) == [
        ShippingLine(SECOND, "Best Way", 1, Decimal(7), Decimal(0)),
        ShippingLine(SECOND, "Flat Rate - Fixed", 2, Decimal(20), Decimal(5)),
        ShippingLine(THIRD, "Flat Rate - Fixed", 1, Decimal(15), Decimal(0)),
    ]


async def test_the_report_on_refunds_has_refunded_orders_only(ctx, orders):
    await an_order(
        ctx, "2020-03-02 13:00+00", state="closed", base_total_refunded=3, base_total_online_refunded=3
    )  # fmt: skip
    assert await reports.refunds_report(ctx, MARCH) == [
        RefundsLine(SECOND, 2, Decimal("12.75"), Decimal(3), Decimal("9.75"))
    ]


async def test_the_report_on_coupons_tells_what_they_took_off(ctx, orders):
    assert await reports.coupons_report(ctx, MARCH) == [
        CouponsLine(
            SECOND, "SPRING", "Spring", 1, Decimal(20), Decimal(2), Decimal(18), Decimal(10), Decimal(1), Decimal(9)
        )
    ]


async def test_bestsellers_are_what_was_ordered_most_of_each_interval(ctx, orders):
    _, second, third = orders
    hoodie = await an_item(ctx, third, "hoodie-m", 9, 50, product_type="configurable", base_price=52)
    await an_item(ctx, third, "hoodie-m", 9, 51, parent_item_id=hoodie, base_price=0)
    canceled = await an_order(ctx, "2020-03-03 12:00+00", "4", state="canceled")
    await an_item(ctx, canceled, "mug", 100, 1)
    for product_id in range(10, 15):
        await an_item(ctx, second, f"pen-{product_id}", 20 - product_id, product_id, base_price="2.50")

    assert await reports.bestsellers_report(ctx, MARCH) == [
        BestsellersLine(SECOND, 10, "pen-10", "Pen-10", Decimal("2.5"), Decimal(10)),
        BestsellersLine(SECOND, 11, "pen-11", "Pen-11", Decimal("2.5"), Decimal(9)),
        BestsellersLine(SECOND, 12, "pen-12", "Pen-12", Decimal("2.5"), Decimal(8)),
        BestsellersLine(SECOND, 13, "pen-13", "Pen-13", Decimal("2.5"), Decimal(7)),
        BestsellersLine(SECOND, 14, "pen-14", "Pen-14", Decimal("2.5"), Decimal(6)),
        BestsellersLine(THIRD, 51, "hoodie-m", "Hoodie-M", Decimal(52), Decimal(9)),
        BestsellersLine(THIRD, 1, "mug", "Mug", Decimal(10), Decimal(3)),
    ]


async def test_each_report_is_one_statement(ctx, orders):
    for report in (
        reports.orders_report, reports.tax_report, reports.invoiced_report, reports.shipping_report,
        reports.refunds_report, reports.coupons_report, reports.bestsellers_report,
    ):  # fmt: skip
        before = ctx.db.statements
        await report(ctx, MARCH)
        assert ctx.db.statements == before + 1, report


@pytest.mark.parametrize(
    ("period", "first", "last", "days"),
    [
        ("day", date(2020, 2, 28), date(2020, 3, 1), [date(2020, 2, 28), date(2020, 2, 29), date(2020, 3, 1)]),
        ("month", date(2019, 11, 30), date(2020, 1, 1), [date(2019, 11, 1), date(2019, 12, 1), date(2020, 1, 1)]),
        ("year", date(2019, 6, 1), date(2020, 1, 1), [date(2019, 1, 1), date(2020, 1, 1)]),
        ("day", date(2020, 3, 2), date(2020, 3, 1), []),
    ],
)
def test_intervals_are_all_that_have_a_day_within_the_time(period, first, last, days):
    assert list(reports.intervals(period, first, last)) == days
