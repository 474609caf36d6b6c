"""Configuration > Sales: ways to ship and to pay, checkout, and the tables of table rates (spec 50, 10.3 and 16)."""

from __future__ import annotations

import pytest

from entrepot.kit.context import Context, Services
from entrepot.quotes.carriers.tablerate import PIECES, WEIGHT
from entrepot.quotes.carriers.tablerate_csv import export_rates
from entrepot.stores import write_value
from tests.admin.browser import AdminBrowser, an_administrator

HOME = "/admin/adminhtml/system_config/"
CARRIERS = f"{HOME}edit/section/carriers/website/1/"
IMPORT, EXPORT = f"{HOME}importTablerates/website/1/", f"{HOME}exportTablerates/website/1/"
TABLE = "Country,Region/State,Zip/Postal Code,Weight (and above),Shipping Price\nUS,*,*,0,15\n"


async def upload(browser: AdminBrowser, text: str, condition: str = WEIGHT) -> None:
    await browser.get(CARRIERS)
    files = {"tablerates_file": ("tablerates.csv", text.encode(), "text/csv")}
    data = {"form_key": browser.form_key, "condition_name": condition}
    browser.page = await browser.client.post(IMPORT, data=data, files=files)


@pytest.mark.parametrize(
    ("section", "label"),
    [
        ("carriers", "Free Shipping"), ("payment", "Purchase Order"), ("shipping", "Origin"),
        ("checkout", "Enable Terms and Conditions"), ("sales", "Allow Gift Messages for Order Items"),
    ],
)  # fmt: skip
async def test_the_settings_of_checkout_are_shown(browser: AdminBrowser, section, label):
    await browser.get(f"{HOME}edit/section/{section}/")
    assert browser.page.status_code == 200
    assert label in browser.text


async def test_tables_are_exchanged_in_the_scope_of_a_website_only(browser: AdminBrowser):
    await browser.get(CARRIERS)
    assert "Table Rates of Main Website" in browser.text
    for scope in ("", "store/1/"):
        await browser.get(f"{HOME}edit/section/carriers/{scope}")
        assert "Import Table Rates" not in browser.text
    await browser.get(f"{HOME}edit/section/payment/website/1/")
    assert "Import Table Rates" not in browser.text


async def test_a_file_becomes_the_table_of_the_website(browser: AdminBrowser, ctx: Context):
    await upload(browser, TABLE)
    assert "The table rates have been imported." in browser.text
    assert "Rows in the table: 1." in browser.text
    assert (await export_rates(ctx, 1, WEIGHT)).splitlines()[1:] == ['"USA","*","*","0.0000","15.0000"']


async def test_a_file_that_is_wrong_is_told_line_by_line_and_changes_nothing(browser: AdminBrowser, ctx: Context):
    await upload(browser, TABLE)
    await upload(browser, TABLE + "XX,*,*,0,1\nUS,*,*,x,1\n")
    for sentence in (
        "We couldn't import this file because of these errors:",
        'The "XX" country in row number "3" is incorrect. Verify the country and try again.',
        'Please correct Weight vs. Destination "x" in the Row #4.',
    ):
        assert sentence in browser.text
    assert (await export_rates(ctx, 1, WEIGHT)).splitlines()[1:] == ['"USA","*","*","0.0000","15.0000"']


async def test_without_a_file_nothing_is_imported(browser: AdminBrowser):
    await browser.get(CARRIERS)
    await browser.post(IMPORT, {"condition_name": WEIGHT})
    assert "Select a file to import." in browser.text


async def test_the_table_is_exported_by_condition(browser: AdminBrowser, ctx: Context):
    await write_value(ctx, "carriers/tablerate/condition_name", PIECES)
    await upload(browser, TABLE.replace("Weight", "# of Items"), PIECES)
    await browser.get(CARRIERS)
    await browser.post(EXPORT, {"condition_name": PIECES})
    assert browser.page.headers["content-disposition"] == 'attachment; filename="tablerates.csv"'
    assert browser.page.text == (
        '"Country","Region/State","Zip/Postal Code","# of Items (and above)","Shipping Price"\n'
        '"USA","*","*","0.0000","15.0000"\n'
    )


async def test_tables_need_the_permission_of_shipping_methods(services: Services, ctx: Context):
    await an_administrator(ctx, "bob", ["Magento_Backend::admin", "Magento_Config::config", "Magento_Payment::payment"])
    bob = AdminBrowser(services)
    await bob.enter("bob")
    for path in (IMPORT, EXPORT):
        await bob.post(path, {"condition_name": WEIGHT})
        assert bob.page.status_code == 403
