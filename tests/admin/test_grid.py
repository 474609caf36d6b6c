"""The mechanism of grids, tried on the customers' grid and on lists in memory."""

from __future__ import annotations

import csv
import io

import pytest

from entrepot import customers
from entrepot.admin.grid import views
from entrepot.customers import Customer
from tests.storefront.makers import a_customer, an_address

GRID = "/admin/customer/index/"


async def people(ctx, *names):
    for name in names:
        view = ctx.stores.default
        new = Customer(
            email=f"{name.lower()}@example.com", firstname=name, lastname="Doe", website_id=1, store_id=view.id
        )
        await customers.create_account(ctx, new)


def names_of(browser):
    return [row[2] for row in browser.rows]


async def test_an_empty_grid_says_why_and_offers_the_next_step(browser):
    await browser.get(GRID)

    assert "No customer has an account yet." in browser.text
    assert browser.page.text.count('href="/admin/customer/index/new/"') == 2
    assert "<table>" not in browser.page.text.partition("<dialog")[0]


async def test_a_filter_is_a_part_of_the_text_in_any_case(browser, ctx):
    await people(ctx, "Anna", "Joanna", "Bert")
    await browser.get(f"{GRID}?f.name=ANNA&sort=name")

    assert names_of(browser) == ["Anna Doe", "Joanna Doe"]
    assert browser.tags == ["Name: ANNA"]
    assert "2 records" in browser.text


@pytest.mark.parametrize("sign", ["%", "_", "\\"])
async def test_signs_of_patterns_stand_for_themselves(browser, ctx, sign):
    await people(ctx, "Anna")
    await browser.get(GRID, params={"f.name": sign})

    assert "No record fits these filters." in browser.text


async def test_numbers_are_filtered_by_a_range(browser, ctx):
    await people(ctx, "Anna", "Bert", "Carl")
    await browser.get(f"{GRID}?sort=entity_id")
    ids = [row[1] for row in browser.rows]
    await browser.get(f"{GRID}?sort=entity_id&f.entity_id.from={ids[1]}&f.entity_id.to={ids[2]}")

    assert names_of(browser) == ["Bert Doe", "Carl Doe"]
    assert browser.tags == [f"ID: {ids[1]} to {ids[2]}"]


async def test_days_are_days_where_the_shop_is(browser, ctx):
    await people(ctx, "Anna", "Bert")
    move = "update customer set created_at = %(at)s where firstname = %(name)s"
    # In Los Angeles the first is the last second of the 10th, the second the first one of the 11th.
    await ctx.db.execute(move, at="2026-07-11 06:59:59+00", name="Anna")
    await ctx.db.execute(move, at="2026-07-11 07:00:00+00", name="Bert")

    await browser.get(f"{GRID}?f.created_at.to=2026-07-10")
    assert names_of(browser) == ["Anna Doe"]
    await browser.get(f"{GRID}?f.created_at.from=2026-07-11")
    assert names_of(browser) == ["Bert Doe"]
    assert 'title="2026-07-11 07:00:00 UTC"' in browser.page.text
    assert "Jul 11, 2026, 12:00 AM" in browser.text


async def test_a_day_that_is_none_is_no_filter(browser, ctx):
    await people(ctx, "Anna")
    await browser.get(f"{GRID}?f.created_at.from=yesterday")

    assert names_of(browser) == ["Anna Doe"]


async def test_choices_are_filtered_by_their_value_and_shown_by_their_label(browser, ctx):
    await a_customer(ctx, ctx.stores.default, addresses=[an_address()])
    await people(ctx, "Bert")
    await browser.get(f"{GRID}?f.billing_country_id=US")

    assert [(row[2], row[7]) for row in browser.rows] == [("Jane Doe", "United States")]
    assert browser.tags == ["Country: United States"]


async def test_a_keyword_is_looked_for_in_several_fields(browser, ctx):
    await people(ctx, "Anna", "Bert")
    await browser.get(f"{GRID}?search=bert@ex")

    assert names_of(browser) == ["Bert Doe"]
    assert browser.tags == ["Keyword: bert@ex"]


async def test_headings_sort_and_turn_round(browser, ctx):
    await people(ctx, "Bert", "Anna", "carl")
    await browser.get(f"{GRID}?sort=name")
    assert names_of(browser) == ["Anna Doe", "Bert Doe", "carl Doe"]
    assert 'aria-sort="ascending"' in browser.page.text
    assert 'href="/admin/customer/index/?sort=-name"' in browser.page.text

    await browser.get(f"{GRID}?sort=-name")
    assert names_of(browser) == ["carl Doe", "Bert Doe", "Anna Doe"]


@pytest.mark.parametrize("sort", ["nothing", "billing_full", "-", "name;drop"])
async def test_an_unknown_order_is_the_first_one(browser, ctx, sort):
    await people(ctx, "Anna")
    await browser.get(GRID, params={"sort": sort})

    assert names_of(browser) == ["Anna Doe"]


async def test_pages_are_as_long_as_asked_and_one_beyond_the_last_is_the_last(browser, ctx):
    await people(ctx, "Anna", "Bert", "Carl")
    await browser.get(f"{GRID}?sort=name&limit=2")
    assert names_of(browser) == ["Anna Doe", "Bert Doe"]
    assert 'href="/admin/customer/index/?sort=name&amp;limit=2&amp;p=2"' in browser.page.text

    await browser.get(f"{GRID}?sort=name&limit=2&p=9")
    assert names_of(browser) == ["Carl Doe"]
    assert "3 records, 3–3" in browser.text  # noqa: RUF001 -- a range is written with a dash
    assert "2 of 2" in browser.text


async def test_columns_and_page_size_are_remembered_per_administrator(browser, ctx, ada):
    await people(ctx, "Anna")
    await browser.get(GRID)
    back = f"{GRID}?f.name=a&limit=30&p=3"
    chosen = {"grid": "customer_listing", "back": back, "columns": ["", "name", "created_in"]}
    await browser.post("/admin/mui/bookmark/save/", chosen)
    assert browser.where == back
    assert [row[1:3] for row in browser.rows] == [["Anna Doe", "Default Store View"]]

    await browser.post("/admin/mui/bookmark/save/", {"grid": "customer_listing", "back": back, "limit": "50"})
    assert browser.where == f"{GRID}?f.name=a"
    view = await views.find(ctx.db, ada.user_id, "customer_listing")
    assert (view.columns, view.page_size) == (["name", "created_in"], 50)
    assert (await views.find(ctx.db, ada.user_id + 1, "customer_listing")).columns is None

    await browser.post("/admin/mui/bookmark/save/", {"grid": "customer_listing", "back": back, "reset": "1"})
    assert (await views.find(ctx.db, ada.user_id, "customer_listing")) == views.View(None, 50)


async def test_remembering_leads_nowhere_but_back(browser):
    await browser.post("/admin/mui/bookmark/save/", {"grid": "x", "back": "https://evil.example/", "limit": "50"})

    assert browser.where == "/admin/adminhtml/dashboard/"


async def test_the_csv_has_the_filtered_rows_and_runs_nothing_in_a_spreadsheet(browser, ctx):
    await people(ctx, "Anna", "Bert")
    await ctx.db.execute(
        "update customer set firstname = '=HYPERLINK(\"x\")', lastname = 'a,b' where firstname = 'Anna'"
    )
    answer = await browser.get(f"{GRID}?f.email=anna&export=csv")

    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert answer.headers["content-disposition"] == 'attachment; filename="customer_listing.csv"'
    lines = list(csv.reader(io.StringIO(answer.text)))
    assert lines[0][:4] == ["ID", "Name", "Email", "Group"]
    assert [line[1:4] for line in lines[1:]] == [['\'=HYPERLINK("x") a,b', "anna@example.com", "General"]]


async def test_the_csv_goes_on_beyond_one_chunk(browser, ctx, monkeypatch):
    monkeypatch.setattr("entrepot.admin.grid.export.CHUNK", 2)
    await people(ctx, "Anna", "Bert", "Carl", "Dora", "Emil")
    answer = await browser.get(f"{GRID}?sort=name&export=csv")

    assert [line[1] for line in csv.reader(io.StringIO(answer.text))] == [
        "Name",
        "Anna Doe",
        "Bert Doe",
        "Carl Doe",
        "Dora Doe",
        "Emil Doe",
    ]


async def test_values_are_escaped(browser, ctx):
    await people(ctx, "Anna")
    await ctx.db.execute("update customer set firstname = '<b>x</b>'")
    await browser.get(GRID, params={"f.name": "<b>"})

    assert "&lt;b&gt;x&lt;/b&gt; Doe" in browser.page.text
    assert "<b>x" not in browser.page.text


async def test_a_list_in_memory_is_filtered_sorted_and_paged_alike(browser):
    roles = "/admin/customer/group/"
    await browser.get(f"{roles}?search=ail&sort=-code")
    assert [row[1] for row in browser.rows] == ["Retailer"]

    users = "/admin/adminhtml/user/"
    await browser.get(f"{users}?f.username=AD&f.is_active=1&f.user_id.from=1&f.logdate.from=2020-01-01")
    assert [row[1] for row in browser.rows] == ["ada"]
    await browser.get(f"{users}?f.is_active=0")
    assert "No record fits these filters." in browser.text
    await browser.get(f"{users}?f.user_id.from=nonsense")
    assert "No record fits these filters." in browser.text
