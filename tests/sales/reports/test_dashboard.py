"""What the dashboard says was sold, worked out by hand."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from entrepot.sales.reports import dashboard
from entrepot.sales.reports.dashboard import BestCustomer, BestProduct, Part
from entrepot.sales.reports.ranges import month_of, range_of, year_of
from tests.customers.makers import a_customer, configure
from tests.sales.reports.makers import an_item, an_order

NOW = datetime(2020, 3, 3, 12, 30, tzinfo=UTC)
CHICAGO = ZoneInfo("America/Chicago")


@pytest.fixture
def march(ctx):
    """It is half past twelve on the 3rd of March 2020."""
    ctx.now = NOW
    return ctx


def test_the_last_hours_begin_on_the_hour_where_the_shop_is():
    found = range_of("24h", NOW, CHICAGO)
    assert (found.step, found.since) == ("hour", datetime(2020, 3, 2, 13, tzinfo=UTC))
    assert (found.parts[0], found.parts[-1], len(found.parts)) == (
        datetime(2020, 3, 2, 7), datetime(2020, 3, 3, 6), 24
    )  # fmt: skip


def test_an_hour_that_comes_twice_is_one_part_and_one_that_is_left_out_is_none():
    back = range_of("24h", datetime(2020, 11, 1, 18, tzinfo=UTC), CHICAGO)
    assert (back.parts[0], len(back.parts)) == (datetime(2020, 10, 31, 14), 23)
    forth = range_of("24h", datetime(2020, 3, 8, 18, tzinfo=UTC), CHICAGO)
    assert (forth.parts[0], len(forth.parts)) == (datetime(2020, 3, 7, 13), 24)
    assert datetime(2020, 3, 8, 2) not in forth.parts


def test_hours_of_a_zone_that_is_half_an_hour_off_are_its_own():
    found = range_of("24h", datetime(2020, 3, 3, 12, 10, tzinfo=UTC), ZoneInfo("Asia/Kolkata"))
    # It is 17:40 there.
    assert found.parts[-1] == datetime(2020, 3, 3, 17)
    assert found.since <= datetime(2020, 3, 2, 12, 30, tzinfo=UTC)
    assert len(found.parts) == 24


def test_days_begin_at_midnight_where_the_shop_is():
    week = range_of("7d", NOW, CHICAGO)
    assert (week.step, week.since) == ("day", datetime(2020, 2, 26, 6, tzinfo=UTC))
    assert [part.day for part in week.parts] == [26, 27, 28, 29, 1, 2, 3]
    month = range_of("1m", NOW, CHICAGO)
    assert [part.day for part in month.parts] == [1, 2, 3]


def test_years_go_by_months():
    year = range_of("1y", NOW, CHICAGO)
    assert (year.step, year.since) == ("month", datetime(2020, 1, 1, 6, tzinfo=UTC))
    assert [part.month for part in year.parts] == [1, 2, 3]
    two = range_of("2y", NOW, CHICAGO)
    assert (two.parts[0], len(two.parts)) == (datetime(2019, 1, 1), 15)


@pytest.mark.parametrize(
    ("today", "begins", "first"),
    [
        (date(2020, 3, 3), 1, date(2020, 3, 1)),
        (date(2020, 3, 3), 3, date(2020, 3, 3)),
        (date(2020, 3, 3), 15, date(2020, 2, 15)),
        (date(2020, 3, 3), 31, date(2020, 2, 29)),
        (date(2021, 1, 3), 15, date(2020, 12, 15)),
    ],
)
def test_months_begin_on_the_day_that_is_configured(today, begins, first):
    assert month_of(today, begins) == first


@pytest.mark.parametrize(
    ("today", "month", "day", "first"),
    [
        (date(2020, 3, 3), 1, 1, date(2020, 1, 1)),
        (date(2020, 3, 3), 4, 6, date(2019, 4, 6)),
        (date(2020, 4, 6), 4, 6, date(2020, 4, 6)),
        (date(2021, 3, 3), 2, 29, date(2021, 2, 28)),
    ],
)
def test_years_begin_on_the_day_that_is_configured(today, month, day, first):
    assert year_of(today, month, day) == first


async def test_each_part_of_the_time_says_what_was_sold_in_it(march):
    await an_order(
        march, "2020-03-02 11:00+00", "1", base_total_invoiced="24.49", base_tax_invoiced="1.49",
        base_shipping_invoiced=5, base_total_refunded="9.75", base_tax_refunded="0.75", base_to_global_rate=2,
    )  # fmt: skip
    await an_order(march, "2020-03-02 23:59+00", "2", state="new")
    await an_order(march, "2020-03-02 12:00+00", "3", state="canceled")
    await an_order(march, "2020-02-25 23:59+00", "4")

    found = await dashboard.sales_by_part(march, dashboard.current_range(march, "7d"))
    assert [part.began_at.day for part in found] == [26, 27, 28, 29, 1, 2, 3]
    # 24.49 - 1.49 - 5 - (9.75 - 0.75) = 9, twice as much in the currency of the shop.
    assert found[5] == Part(datetime(2020, 3, 2), 2, Decimal(18), Decimal("1.48"), Decimal(10))
    assert found[6] == Part(datetime(2020, 3, 3))
    assert sum(part.orders for part in found) == 2


async def test_the_time_zone_of_the_shop_cuts_the_time(march):
    await configure(march, "general/locale/timezone", "America/Chicago")
    await an_order(march, "2020-03-02 05:59+00")
    found = await dashboard.sales_by_part(march, dashboard.current_range(march, "7d"))
    assert {part.began_at.day: part.orders for part in found if part.orders} == {1: 1}
    found = await dashboard.sales_by_part(march, dashboard.current_range(march, "1y"))
    assert {part.began_at.month: part.orders for part in found if part.orders} == {3: 1}


async def test_the_shop_s_own_year_and_month_are_configured(march):
    await configure(march, "general/locale/timezone", "America/Chicago")
    await configure(march, "reports/dashboard/ytd_start", "04,06")
    await configure(march, "reports/dashboard/mtd_start", "2")
    assert dashboard.current_range(march, "1y").parts[0] == datetime(2019, 4, 1)
    assert dashboard.current_range(march, "1y").since == datetime(2019, 4, 6, 5, tzinfo=UTC)
    assert [part.day for part in dashboard.current_range(march, "1m").parts] == [2, 3]


async def test_store_views_are_looked_at_by_themselves(march):
    order_id = await an_order(march, "2020-03-02 11:00+00")
    await an_item(march, order_id, "mug", 2, 1)
    week = dashboard.current_range(march, "7d")
    for store_ids, count in (((1,), 1), ((7,), 0), ((), 0), (None, 1)):
        assert sum(part.orders for part in await dashboard.sales_by_part(march, week, store_ids)) == count
        assert len(await dashboard.best_products(march, week, store_ids)) == count


async def test_bestsellers_are_of_the_whole_time(march):
    for number, at in enumerate(("2020-02-27 11:00+00", "2020-03-02 11:00+00", "2020-02-01 11:00+00")):
        order_id = await an_order(march, at, str(number))
        await an_item(march, order_id, "mug", 2, 1, base_price=10 + number)
        await an_item(march, order_id, "pen", 3, 2, base_price="2.50")

    assert await dashboard.best_products(march, dashboard.current_range(march, "7d")) == [
        BestProduct(2, "Pen", Decimal("2.5"), Decimal(6)),
        BestProduct(1, "Mug", Decimal(11), Decimal(4)),
    ]


async def test_the_customers_with_most_orders_come_first(march):
    me = (await a_customer(march)).id
    for number, total in enumerate(("10", "25.01")):
        await an_order(
            march, "2020-03-02 11:00+00", str(number), customer_id=me, base_grand_total=total,
            base_total_refunded="0.01", customer_firstname="Jane", customer_lastname="Doe",
        )  # fmt: skip
    await an_order(march, "2020-03-02 11:00+00", "9", base_grand_total=1000)

    (best,) = await dashboard.best_customers(march, dashboard.current_range(march, "7d"))
    assert best == BestCustomer(me, "Jane Doe", 2, Decimal("34.99"))
    assert best.average == Decimal("17.495")
