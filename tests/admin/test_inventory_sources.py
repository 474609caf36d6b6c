"""Stores > Inventory > Sources: the grid and the form."""

from __future__ import annotations

import pytest

from entrepot import inventory
from entrepot.inventory.errors import SourceNotFound
from tests.admin.browser import AdminBrowser, an_administrator
from tests.admin.inventory_makers import warehouses

HOME = "/admin/inventory/source"
GRID = f"{HOME}/index/"

TYPED = {
    "name": "Baltimore Warehouse",
    "source_code": "baltimore_wh",
    "enabled": ["0", "1"],
    "description": "",
    "latitude": "39.290882",
    "longitude": "-76.610759",
    "country_id": "US",
    "region_id": "31",
    "region": "",
    "city": "Baltimore",
    "street": "901 Harford Rd.",
    "postcode": "21214",
    "contact_name": "Ethan Carter",
    "email": "",
    "phone": "",
    "fax": "",
}


async def test_the_grid_has_all_sources_with_their_states(browser, ctx):
    await warehouses(ctx)
    await browser.get(GRID)

    assert browser.heading == "Manage Sources"
    assert [row[1:4] for row in browser.rows] == [
        ["austin_wh", "Austin Warehouse", "Enabled"],
        ["baltimore_wh", "Baltimore Warehouse", "Enabled"],
        ["berlin_wh", "Berlin Warehouse", "Enabled"],
        ["default", "Default Source", "Enabled"],
        ["reno_wh", "Reno Warehouse", "Enabled"],
    ]
    assert f'href="{HOME}/edit/source_code/austin_wh/"' in browser.page.text

    await browser.get(f"{GRID}?f.name=BALT")
    assert [row[1] for row in browser.rows] == ["baltimore_wh"]


async def test_further_columns_can_be_shown(browser, ctx):
    await warehouses(ctx, "austin_wh")
    await browser.get(GRID)
    columns = ["source_code", "latitude", "country_id", "region", "contact_name"]
    await browser.post("/admin/mui/bookmark/save/", {"grid": "inventory_source_listing", "columns": columns})
    await browser.get(f"{GRID}?f.country_id=US&f.source_code=austin")

    assert browser.rows[0][1:6] == ["austin_wh", "Ethan Carter", "39.290882", "United States", "Texas"]


async def test_a_source_is_added_with_all_that_was_typed(browser, ctx):
    await browser.get(f"{HOME}/new/")
    assert browser.heading == "New Source"
    await browser.post(f"{HOME}/save/", TYPED)

    assert browser.messages == ["success: The Source has been saved."]
    assert browser.where == f"{HOME}/edit/source_code/baltimore_wh/"
    assert browser.heading == "Baltimore Warehouse"
    assert browser.value("street") == "901 Harford Rd."
    saved = await inventory.get_source(ctx, "baltimore_wh")
    assert (saved.name, saved.enabled, saved.country_id, saved.region_id, saved.city, saved.postcode) == (
        "Baltimore Warehouse",
        True,
        "US",
        31,
        "Baltimore",
        "21214",
    )
    assert (saved.latitude, saved.longitude, saved.contact_name) == (39.290882, -76.610759, "Ethan Carter")


@pytest.mark.parametrize(("after", "where"), [("close", GRID), ("new", f"{HOME}/new/")])
async def test_saving_leads_on(browser, after, where):
    await browser.get(f"{HOME}/new/")
    await browser.post(f"{HOME}/save/", {**TYPED, "after": after})

    assert browser.where == where
    assert browser.messages == ["success: The Source has been saved."]


async def test_all_that_is_wrong_stands_at_its_field(browser, ctx):
    await browser.get(f"{HOME}/new/")
    wrong = {**TYPED, "name": " ", "source_code": "two words", "postcode": "", "latitude": "north", "longitude": "181"}
    answer = await browser.post(f"{HOME}/save/", wrong)

    assert answer.status_code == 422
    assert browser.error_at("name") == '"name" can not be empty.'
    assert browser.error_at("source_code") == '"source_code" can not contain whitespaces.'
    assert browser.error_at("postcode") == '"postcode" can not be empty.'
    assert browser.error_at("latitude") == "Latitude is a number from -90 to 90, such as 39.290882."
    assert browser.error_at("longitude") == "Longitude is a number from -180 to 180, such as 39.290882."
    assert browser.value("latitude") == "north"
    assert [source.source_code for source in (await inventory.list_sources(ctx)).items] == ["default"]


async def test_adding_does_not_overwrite_a_source_of_that_code(browser, ctx):
    await warehouses(ctx, "baltimore_wh")
    await browser.get(f"{HOME}/new/")
    answer = await browser.post(f"{HOME}/save/", {**TYPED, "source_code": "BALTIMORE_WH", "name": "Another"})

    assert answer.status_code == 422
    assert browser.error_at("source_code") == "There is a source with this code already. Choose another code."
    assert (await inventory.get_source(ctx, "baltimore_wh")).name == "Baltimore Warehouse"


async def test_a_code_stays_and_what_is_emptied_is_gone(browser, ctx):
    await warehouses(ctx, "baltimore_wh")
    await browser.get(f"{HOME}/edit/source_code/baltimore_wh/")
    changed = {**TYPED, "source_code": "other", "contact_name": "", "country_id": "NZ", "region": "Otago", "city": ""}
    await browser.post(f"{HOME}/save/source_code/baltimore_wh/", changed)

    saved = await inventory.get_source(ctx, "baltimore_wh")
    assert (saved.contact_name, saved.city, saved.region_id, saved.region) == (None, None, None, "Otago")
    assert (saved.latitude, saved.longitude) == (39.290882, -76.610759)
    with pytest.raises(SourceNotFound):
        await inventory.get_source(ctx, "other")


async def test_coordinates_that_are_emptied_are_gone(browser, ctx):
    await warehouses(ctx, "baltimore_wh")
    await browser.get(f"{HOME}/edit/source_code/baltimore_wh/")
    # The address is in no table of places, so nothing takes their place.
    fields = {**TYPED, "latitude": "", "longitude": "", "postcode": "unknown", "city": "Nowhere"}
    await browser.post(f"{HOME}/save/source_code/baltimore_wh/", fields)

    saved = await inventory.get_source(ctx, "baltimore_wh")
    assert (saved.latitude, saved.longitude) == (None, None)


async def test_a_source_at_0_0_is_shown_without_coordinates_and_keeps_them(browser, ctx):
    await browser.get(f"{HOME}/edit/source_code/default/")
    assert (browser.value("latitude"), browser.value("longitude")) == ("", "")
    fields = {**TYPED, "name": "Main", "latitude": "", "longitude": "", "postcode": "00000", "city": ""}
    await browser.post(f"{HOME}/save/source_code/default/", fields)

    saved = await inventory.get_source(ctx, "default")
    assert (saved.name, saved.latitude, saved.longitude) == ("Main", 0, 0)


async def test_the_default_source_can_not_be_disabled(browser, ctx):
    await browser.get(f"{HOME}/edit/source_code/default/")
    fields = {**TYPED, "name": "Default Source", "enabled": "0", "city": "Elsewhere"}
    answer = await browser.post(f"{HOME}/save/source_code/default/", fields)

    assert answer.status_code == 422
    assert browser.error_at("enabled") == "Default source can not be disabled."
    kept = await inventory.get_source(ctx, "default")
    assert (kept.enabled, kept.city, kept.description) == (True, None, "Default Source")


async def test_sources_are_disabled_and_enabled_together(browser, ctx):
    await warehouses(ctx)
    await browser.get(GRID)
    await browser.post(f"{HOME}/massDisable/", {"selected": ["austin_wh", "default", "reno_wh"], "back": GRID})
    assert browser.messages == [
        "error: Default Source can not be disabled.",
        "success: A total of 2 source(s) have been disabled.",
    ]
    assert [row[1] for row in browser.rows if row[3] == "Disabled"] == ["austin_wh", "reno_wh"]

    await browser.post(f"{HOME}/massEnable/", {"all": "1", "back": f"{GRID}?f.name=warehouse"})
    assert browser.messages == [
        "success: A total of 2 source(s) have been enabled.",
        "notice: A total of 2 source(s) already enabled.",
    ]
    assert browser.where == f"{GRID}?f.name=warehouse"
    kept = await inventory.get_source(ctx, "austin_wh")
    assert (kept.enabled, kept.contact_name, kept.city) == (True, "Ethan Carter", "Austin")


async def test_a_source_that_there_is_not_is_said_to_be_none(browser):
    await browser.get(f"{HOME}/edit/source_code/nowhere/")

    assert browser.messages == ["error: The Source does not exist."]
    assert browser.where == GRID


async def test_who_may_only_look_has_no_button_that_changes(ctx, services, db):
    await an_administrator(ctx, "reader", ["Magento_InventoryApi::source"])
    reader = AdminBrowser(services)
    await reader.enter("reader")

    await reader.get(GRID)
    assert "Add New Source" not in reader.text
    assert "Actions" not in reader.text
    await reader.get(f"{HOME}/edit/source_code/default/")
    assert reader.heading == "Default Source"
    assert "Save & Continue" not in reader.text
    assert "Save & Close" not in reader.text
    await reader.post(f"{HOME}/massDisable/", {"selected": "default"})
    assert "Access denied" in reader.text


@pytest.mark.parametrize("code", ["a/b", "o'neil&co", "50%", "Größe"])
async def test_any_code_that_the_interface_takes_has_a_form(browser, ctx, code):
    await inventory.save_source(
        ctx, inventory.Source(source_code=code, name="Odd", country_id="US", postcode="1", latitude=1, longitude=1)
    )
    await browser.get(GRID)
    assert [row[1] for row in browser.rows if row[2] == "Odd"] == [code]
    await browser.get(browser_link(browser, "Odd"))

    assert browser.heading == "Odd"


def browser_link(browser, name):
    """Where the row of this name leads."""
    row = next(line for line in browser.page.text.split("<tr") if f">{name}<" in line.replace("\n", ""))
    return row.split('data-href="')[1].split('"')[0].replace("&#39;", "'").replace("&amp;", "&")
