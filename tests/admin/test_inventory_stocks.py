"""Stores > Inventory > Stocks: what is sold where, and from which sources in which order."""

from __future__ import annotations

import pytest

from entrepot import inventory
from tests.admin.browser import AdminBrowser, an_administrator
from tests.admin.inventory_makers import a_stock, put, shelves, warehouses
from tests.storefront.makers import a_website

HOME = "/admin/inventory/stock"
GRID = f"{HOME}/index/"


@pytest.fixture(autouse=True)
async def stock_ids_from_two(ctx):
    await ctx.db.execute("alter table inventory_stock alter column stock_id restart with 2")


@pytest.fixture
async def shop(ctx):
    """Two websites more, the warehouses, and a stock for the first of the websites."""
    await a_website(ctx, "na", "North America Store")
    await a_website(ctx, "eu", "Europe Store")
    await warehouses(ctx)
    await a_stock(ctx, "North America Stock", ["na_website"], "baltimore_wh", "austin_wh", "reno_wh")


def lines(*codes, priorities=()):
    """The rows of the form as they are sent."""
    fields = {}
    for place, code in enumerate(codes):
        fields[f"sources[{place}][code]"] = code
        fields[f"sources[{place}][priority]"] = str(priorities[place] if priorities else place + 1)
    return fields


def shown(browser):
    return [row[1] for row in browser.rows]


async def stock_of(services, website):
    """The id of the stock from which the website sells, as a new request sees it."""
    async with services.work() as ctx:
        return await inventory.stock_id_of_channel(ctx, "website", website)


async def linked(ctx, stock_id):
    return [source.source_code for source in await inventory.sources_of_stock(ctx, stock_id)]


async def test_the_grid_tells_channels_and_sources_in_order(browser, shop):
    await browser.get(GRID)

    assert browser.heading == "Manage Stock"
    assert [row[1:5] for row in browser.rows] == [
        ["1", "Default Stock", "Main Website eu website", "Default Source"],
        ["2", "North America Stock", "na website", "Baltimore Warehouse Austin Warehouse Reno Warehouse"],
    ]


async def test_a_stock_is_added_and_takes_a_website_from_another(browser, ctx, shop, services):
    await browser.get(f"{HOME}/new/")
    assert ">eu website (of Default Stock)</option>" in browser.page.text
    assert ">na website (of North America Stock)</option>" in browser.page.text
    fields = {"name": "Europe Stock", "websites": ["", "eu_website"], "assign": ["reno_wh", "berlin_wh"]}
    await browser.post(f"{HOME}/save/", fields)

    assert browser.messages == [
        "success: The Stock has been saved.",
        "notice: eu website now sells from this stock, no longer from Default Stock.",
    ]
    assert browser.where == f"{HOME}/edit/stock_id/3/"
    assert shown(browser) == ["reno_wh", "berlin_wh"]
    assert await stock_of(services, "eu_website") == 3
    assert await stock_of(services, "base") == 1
    assert await linked(ctx, 3) == ["reno_wh", "berlin_wh"]


async def test_a_website_that_is_left_out_goes_to_the_default_stock(browser, shop, services):
    await browser.get(f"{HOME}/edit/stock_id/2/")
    assert '<option value="na_website" selected>na website</option>' in browser.page.text
    fields = {"name": "North America Stock", "websites": "", **lines("baltimore_wh", "austin_wh", "reno_wh")}
    await browser.post(f"{HOME}/save/stock_id/2/", fields)

    assert browser.messages == [
        "success: The Stock has been saved.",
        "notice: All unassigned sales channels will be assigned to the Default Stock",
    ]
    assert await stock_of(services, "na_website") == 1


async def test_priorities_order_the_sources_and_missing_rows_are_unassigned(browser, ctx, shop):
    await browser.get(f"{HOME}/edit/stock_id/2/")
    assert shown(browser) == ["baltimore_wh", "austin_wh", "reno_wh"]
    rows = lines("baltimore_wh", "reno_wh", "berlin_wh", priorities=(3, 1, 2))
    fields = {"name": "North America Stock", "websites": "na_website", **rows, "after": "close"}
    await browser.post(f"{HOME}/save/stock_id/2/", fields)

    assert browser.where == GRID
    assert await linked(ctx, 2) == ["reno_wh", "berlin_wh", "baltimore_wh"]
    links = await ctx.db.all(
        tuple, "select source_code, priority from inventory_source_stock_link where stock_id = 2 order by priority"
    )
    assert links == [("reno_wh", 1), ("berlin_wh", 2), ("baltimore_wh", 3)]


@pytest.mark.parametrize(
    ("pressed", "codes"),
    [
        ("up reno_wh", ["baltimore_wh", "reno_wh", "austin_wh"]),
        ("down baltimore_wh", ["austin_wh", "baltimore_wh", "reno_wh"]),
        ("up baltimore_wh", ["baltimore_wh", "austin_wh", "reno_wh"]),
        ("remove sources.1", ["baltimore_wh", "reno_wh"]),
        ("assign", ["baltimore_wh", "austin_wh", "reno_wh", "berlin_wh"]),
    ],
)
async def test_buttons_of_the_rows_show_the_form_again_and_save_nothing(browser, ctx, shop, pressed, codes):
    await browser.get(f"{HOME}/edit/stock_id/2/")
    ticked = {"assign": "berlin_wh"} if pressed == "assign" else {}
    fields = {"name": "Half a na", "websites": "na_website", **lines("baltimore_wh", "austin_wh", "reno_wh"), **ticked}
    answer = await browser.post(f"{HOME}/save/stock_id/2/", {**fields, "do": pressed})

    assert answer.status_code == 200
    assert shown(browser) == codes
    assert browser.value("name") == "Half a na"
    assert browser.messages == []
    assert await linked(ctx, 2) == ["baltimore_wh", "austin_wh", "reno_wh"]
    assert (await inventory.get_stock(ctx, 2)).name == "North America Stock"


async def test_a_refused_stock_is_shown_again_with_all_that_was_typed(browser, ctx, shop, services):
    await browser.get(f"{HOME}/new/")
    fields = {"name": " ", "websites": "eu_website", **lines("berlin_wh")}
    answer = await browser.post(f"{HOME}/save/", fields)

    assert answer.status_code == 422
    assert browser.error_at("name") == '"name" can not be empty.'
    assert shown(browser) == ["berlin_wh"]
    assert [stock.stock_id for stock in (await inventory.list_stocks(ctx)).items] == [1, 2]
    assert await stock_of(services, "eu_website") == 1


async def test_the_default_source_serves_no_other_stock(browser, ctx, shop):
    await browser.get(f"{HOME}/edit/stock_id/2/")
    assert 'name="assign" value="default"' not in browser.page.text
    fields = {"name": "North America Stock", "websites": "na_website", **lines("austin_wh", "default")}
    answer = await browser.post(f"{HOME}/save/stock_id/2/", fields)

    assert answer.status_code == 422
    assert browser.messages == ["error: Can not save link related to Default Source or Default Stock"]
    assert await linked(ctx, 2) == ["baltimore_wh", "austin_wh", "reno_wh"]


async def test_the_sources_of_the_default_stock_are_fixed(browser, ctx, shop):
    await browser.get(f"{HOME}/edit/stock_id/1/")

    assert "NOTE: Assign sources is disabled for default stock" in browser.text
    assert shown(browser) == ["default"]
    assert "Delete" not in browser.text
    fields = {"name": "Main Stock", "websites": ["base", "eu_website"], **lines("berlin_wh")}
    await browser.post(f"{HOME}/save/stock_id/1/", fields)
    assert browser.messages == ["success: The Stock has been saved."]
    assert browser.heading == "Main Stock"
    assert await linked(ctx, 1) == ["default"]


async def test_channels_of_other_sorts_stay(browser, ctx, shop):
    await ctx.db.execute("insert into inventory_stock_sales_channel (type, code, stock_id) values ('kiosk', 'k1', 2)")
    await browser.get(f"{HOME}/edit/stock_id/2/")
    await browser.post(f"{HOME}/save/stock_id/2/", {"name": "North America Stock", "websites": "na_website"})

    stock = await inventory.get_stock(ctx, 2)
    assert [(one.type, one.code) for one in stock.extension_attributes.sales_channels] == [
        ("kiosk", "k1"),
        ("website", "na_website"),
    ]


async def test_deleting_asks_first_and_keeps_what_lies_in_the_sources(browser, ctx, shop):
    await put(ctx, "24-WB01", austin_wh=10)
    await a_stock(ctx, "Spare", [], "austin_wh")
    await browser.get(f"{HOME}/edit/stock_id/3/")
    await browser.post(f"{HOME}/delete/stock_id/3/")
    assert "Are you sure you want to delete the stock Spare? Source items stay." in browser.text
    assert len((await inventory.list_stocks(ctx)).items or ()) == 3

    await browser.post(f"{HOME}/delete/stock_id/3/", {"confirmed": "1"})
    assert browser.messages == ["success: The Stock has been deleted."]
    assert [stock.stock_id for stock in (await inventory.list_stocks(ctx)).items] == [1, 2]
    assert await shelves(ctx, "24-WB01") == {"austin_wh": (10, 1)}


async def test_a_stock_that_sells_is_not_deleted(browser, ctx, shop):
    await browser.get(f"{HOME}/edit/stock_id/2/")
    await browser.post(f"{HOME}/delete/stock_id/2/", {"confirmed": "1"})

    assert browser.messages == ["error: Stock has at least one sale channel and could not be deleted."]
    assert browser.where == f"{HOME}/edit/stock_id/2/"
    assert len((await inventory.list_stocks(ctx)).items or ()) == 2


async def test_of_several_stocks_those_are_deleted_that_may_be(browser, ctx, shop):
    await a_stock(ctx, "Spare", [])
    await browser.get(GRID)
    await browser.post(f"{HOME}/massDelete/", {"selected": ["1", "2", "3"], "confirmed": "1", "back": GRID})

    assert browser.messages == [
        "error: Default Stock could not be deleted.",
        "error: Stock has at least one sale channel and could not be deleted.",
        "success: You deleted 1 Stock(s).",
    ]
    assert shown(browser) == ["1", "2"]


async def test_a_stock_that_there_is_not_is_said_to_be_none(browser):
    await browser.get(f"{HOME}/edit/stock_id/77/")

    assert browser.messages == ['error: Stock with id "77" does not exist.']
    assert browser.where == GRID


async def test_who_may_not_assign_sources_changes_the_rest_only(ctx, services, db, shop):
    await an_administrator(ctx, "editor", ["Magento_InventoryApi::stock", "Magento_InventoryApi::stock_edit"])
    editor = AdminBrowser(services)
    await editor.enter("editor")
    await editor.get(f"{HOME}/edit/stock_id/2/")
    assert "Unassign" not in editor.text
    assert "Delete" not in editor.text
    await editor.post(f"{HOME}/save/stock_id/2/", {"name": "Renamed", "websites": "na_website", **lines("berlin_wh")})

    assert editor.heading == "Renamed"
    assert await linked(ctx, 2) == ["baltimore_wh", "austin_wh", "reno_wh"]
