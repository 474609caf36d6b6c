"""Stores > Taxes, the exchange of rates, and Configuration > Sales > Tax (spec 51, 11)."""

from __future__ import annotations

import re

import pytest

from entrepot import customers
from entrepot.kit.context import Context, Services
from entrepot.kit.search_criteria import SearchCriteria
from entrepot.stores import write_value
from entrepot.taxes.classes import search_classes
from entrepot.taxes.contracts import TaxRule
from entrepot.taxes.rate_service import get_rate, search_rates
from entrepot.taxes.rules import get_rule, search_rules
from tests.admin.browser import AdminBrowser, an_administrator
from tests.taxes.makers import GOODS, RETAIL, a_class, a_rate, a_rule

RULES, RATES = "/admin/tax/rule/", "/admin/tax/rate/"
RULE = {
    "code": "Retail",
    "tax_rate": ["", "1", "2"],
    "tax_customer_class": ["", str(RETAIL)],
    "tax_product_class": ["", str(GOODS)],
    "priority": "1",
    "calculate_subtotal": ["0", "1"],
    "position": "2",
}
RATE = {
    "code": "Texas",
    "zip_is_range": "0",
    "tax_postcode": "75*",
    "tax_region_id": "57",
    "tax_country_id": "US",
    "rate": "6.25",
    "title[1]": "Sales tax",
}
HEADER = "Code,Country,State,Zip/Post Code,Rate,Zip/Post is Range,Range From,Range To"


async def rules(ctx: Context) -> list[TaxRule]:
    return (await search_rules(ctx, SearchCriteria())).items or []


async def rate_codes(ctx: Context) -> list[str | None]:
    return [rate.code for rate in (await search_rates(ctx, SearchCriteria())).items or []]


async def class_names(ctx: Context) -> list[str | None]:
    return [one.class_name for one in (await search_classes(ctx, SearchCriteria())).items or []]


def chosen(browser: AdminBrowser, name: str) -> list[str]:
    """The labels of what is chosen in a select."""
    select = re.search(rf'<select[^>]*name="{re.escape(name)}".*?</select>', browser.page.text, re.DOTALL)
    return re.findall(r"<option[^>]* selected>(.*?)</option>", select[0] if select else "")


# ---------------------------------------------------------------- rules


async def test_without_rules_the_grid_says_that_nothing_is_taxed(browser: AdminBrowser):
    await browser.get(RULES)
    assert browser.heading == "Tax Rules"
    assert "There are no tax rules yet: nothing is taxed." in browser.text


async def test_the_grid_tells_who_pays_what(browser: AdminBrowser, ctx: Context):
    await a_rule(ctx, "Retail", rates=[1, 2], priority=1, position=2)
    await a_rule(ctx, "Many", rates=[await a_rate(ctx, f"rate {n:02}") for n in range(12)], calculate_subtotal=True)
    await browser.get(RULES)
    many = " ".join(f"rate {n:02}" for n in range(10))
    assert [row[:7] for row in browser.rows] == [
        ["Many", "Retail Customer", "Taxable Goods", f"{many} and 2 more", "0", "Yes", "0"],
        ["Retail", "Retail Customer", "Taxable Goods", "US-CA-*-Rate 1 US-NY-*-Rate 1", "1", "No", "2"],
    ]


async def test_a_rule_is_made_changed_and_deleted(browser: AdminBrowser, ctx: Context):
    await browser.get(f"{RULES}new/")
    assert chosen(browser, "tax_customer_class") == ["Retail Customer"]
    assert chosen(browser, "tax_product_class") == ["Taxable Goods"]
    await browser.post(f"{RULES}save/", RULE)
    assert (browser.where, browser.messages) == (RULES, ["success: You saved the tax rule."])
    (made,) = await rules(ctx)
    assert made.id is not None
    assert made == TaxRule(
        id=made.id,
        code="Retail",
        priority=1,
        position=2,
        customer_tax_class_ids=[RETAIL],
        product_tax_class_ids=[GOODS],
        tax_rate_ids=[1, 2],
        calculate_subtotal=True,
    )

    await browser.get(f"{RULES}edit/rule/{made.id}/")
    assert (browser.heading, chosen(browser, "tax_rate")) == ("Retail", ["US-CA-*-Rate 1", "US-NY-*-Rate 1"])
    changed = {**RULE, "code": "Wholesale", "tax_rate": ["", "2"], "calculate_subtotal": "0", "after": "edit"}
    await browser.post(f"{RULES}save/rule/{made.id}/", changed)
    assert browser.where == f"{RULES}edit/rule/{made.id}/"
    kept = await get_rule(ctx, made.id)
    assert (kept.code, kept.tax_rate_ids, kept.calculate_subtotal) == ("Wholesale", [2], False)

    await browser.post(f"{RULES}delete/rule/{made.id}/")
    assert "Are you sure you want to do this?" in browser.text
    assert await rules(ctx) != []
    await browser.post(f"{RULES}delete/rule/{made.id}/", {"confirmed": "1"})
    assert (browser.where, browser.messages) == (RULES, ["success: The tax rule has been deleted."])
    assert await rules(ctx) == []


async def test_a_rule_is_shown_again_with_what_is_wrong(browser: AdminBrowser, ctx: Context):
    await browser.get(f"{RULES}new/")
    await browser.post(f"{RULES}save/", {**RULE, "code": "", "tax_rate": "", "priority": "-1"})
    assert browser.page.status_code == 422
    assert browser.messages == [
        'error: The Priority value of "-1" must be greater than or equal to 0.',
        'error: "Name" is required. Enter and try again.',
        'error: "Tax Rate" is required. Enter and try again.',
    ]
    assert browser.error_at("code") == '"Name" is required. Enter and try again.'
    assert chosen(browser, "tax_product_class") == ["Taxable Goods"]
    assert await rules(ctx) == []


async def test_a_taken_name_is_told_at_its_field(browser: AdminBrowser, ctx: Context):
    await a_rule(ctx, "Retail", rates=[1])
    await browser.get(f"{RULES}new/")
    await browser.post(f"{RULES}save/", RULE)
    assert browser.error_at("code") == "Code already exists."
    assert len(await rules(ctx)) == 1


async def test_a_rule_that_is_gone(browser: AdminBrowser):
    await browser.get(f"{RULES}edit/rule/77/")
    assert (browser.where, browser.messages) == (RULES, ["error: This rule no longer exists."])
    await browser.get(f"{RULES}new/")
    await browser.post(f"{RULES}save/rule/77/", RULE)
    assert (browser.where, browser.messages) == (RULES, ["error: This rule no longer exists."])


# ---------------------------------------------------------------- parts of a rule


async def test_a_class_is_added_on_the_way_and_chosen(browser: AdminBrowser, ctx: Context):
    await browser.get(f"{RULES}new/")
    await browser.post(
        f"{RULES}save/", {**RULE, "code": "Half typed", "class_name[PRODUCT]": " Books ", "do": "add PRODUCT"}
    )
    assert browser.messages == ["success: You saved the class."]
    assert browser.value("code") == "Half typed"
    assert sorted(chosen(browser, "tax_product_class")) == ["Books", "Taxable Goods"]
    assert chosen(browser, "tax_rate") == ["US-CA-*-Rate 1", "US-NY-*-Rate 1"]
    assert await class_names(ctx) == ["Taxable Goods", "Retail Customer", "Books"]
    assert await rules(ctx) == []


async def test_a_class_that_there_is_already_is_refused(browser: AdminBrowser, ctx: Context):
    await browser.get(f"{RULES}new/")
    await browser.post(f"{RULES}save/", {**RULE, "class_name[PRODUCT]": "taxable goods", "do": "add PRODUCT"})
    assert browser.page.status_code == 422
    assert browser.messages == ["error: A class with the same name already exists for ClassType PRODUCT."]
    assert await class_names(ctx) == ["Taxable Goods", "Retail Customer"]


async def test_a_class_is_renamed_and_deleted(browser: AdminBrowser, ctx: Context):
    books = await a_class(ctx, "Books")
    await browser.get(f"{RULES}new/")
    await browser.post(f"{RULES}save/", {**RULE, f"class_name[{books}]": "Print", "do": f"rename {books}"})
    assert await class_names(ctx) == ["Taxable Goods", "Retail Customer", "Print"]
    await browser.post(f"{RULES}save/", {**RULE, "do": f"delete {books}"})
    assert "Do you really want to delete this tax class?" in browser.text
    assert await class_names(ctx) == ["Taxable Goods", "Retail Customer", "Print"]
    await browser.post(f"{RULES}save/", {**RULE, "do": f"delete {books}", "confirmed": "1"})
    assert browser.messages == ["success: You deleted the class."]
    assert browser.value("code") == "Retail"
    assert await class_names(ctx) == ["Taxable Goods", "Retail Customer"]


async def test_a_class_in_use_stays(browser: AdminBrowser, ctx: Context):
    await browser.get(f"{RULES}new/")
    await browser.post(f"{RULES}save/", {**RULE, "do": f"delete {RETAIL}", "confirmed": "1"})
    assert browser.messages == [
        "error: You cannot delete this tax class because it is used in existing customer group(s)."
    ]
    assert await class_names(ctx) == ["Taxable Goods", "Retail Customer"]


async def test_a_rate_is_added_on_the_way_and_chosen(browser: AdminBrowser, ctx: Context):
    await browser.get(f"{RULES}new/")
    new = {"new_code": "DE", "new_postcode": "*", "new_region": "0", "new_country": "DE", "new_percent": "19"}
    await browser.post(f"{RULES}save/", {**RULE, **new, "do": "add rate"})
    assert browser.messages == ["success: You saved the tax rate."]
    assert chosen(browser, "tax_rate") == ["DE", "US-CA-*-Rate 1", "US-NY-*-Rate 1"]
    assert await rate_codes(ctx) == ["US-CA-*-Rate 1", "US-NY-*-Rate 1", "DE"]
    await browser.post(f"{RULES}save/", {**RULE, **new, "new_percent": "much", "new_code": "FR", "do": "add rate"})
    assert browser.error_at("new_percent") == "Please enter a valid number in this field."
    assert browser.value("new_code") == "FR"
    assert len(await rate_codes(ctx)) == 3


async def test_of_very_many_rates_those_of_a_rule_are_named(browser: AdminBrowser, ctx: Context):
    for number in range(499):
        await a_rate(ctx, f"zip {number}")
    await browser.get(f"{RULES}new/")
    assert 'name="tax_rate"' not in browser.page.text
    named = {**RULE, "tax_rate": "", "tax_rate_codes": "ZIP 7\r\n\r\nzip 9\r\nno such\r\n"}
    await browser.post(f"{RULES}save/", named)
    assert browser.error_at("tax_rate_codes") == "There are no tax rates with these identifiers: no such."
    assert await rules(ctx) == []
    new = {"new_code": "DE", "new_postcode": "*", "new_region": "0", "new_country": "DE", "new_percent": "19"}
    await browser.post(f"{RULES}save/", {**named, "tax_rate_codes": "zip 7", **new, "do": "add rate"})
    assert ">zip 7\nDE</textarea>" in browser.page.text
    await browser.post(f"{RULES}save/", {**named, "tax_rate_codes": "zip 7\r\nde"})
    assert browser.messages == ["success: You saved the tax rule."]
    (made,) = await rules(ctx)
    codes = [(await get_rate(ctx, id)).code for id in made.tax_rate_ids or []]
    assert codes == ["zip 7", "DE"]
    await browser.get(f"{RULES}edit/rule/{made.id}/")
    assert ">zip 7\nDE</textarea>" in browser.page.text


# ---------------------------------------------------------------- rates


async def test_the_grid_of_rates(browser: AdminBrowser, ctx: Context):
    await a_rate(ctx, "PL", country="PL", ends=(100, 200), rate="8")
    await browser.get(RATES)
    assert [row[:5] for row in browser.rows] == [
        ["PL", "Poland", "*", "100-200", "8"],
        ["US-CA-*-Rate 1", "United States", "CA", "*", "8.25"],
        ["US-NY-*-Rate 1", "United States", "NY", "*", "8.375"],
    ]
    await browser.get(f"{RATES}?f.tax_country_id=PL")
    assert [row[0] for row in browser.rows] == ["PL"]
    await browser.get(f"{RATES}?f.region_name=NY")
    assert [row[0] for row in browser.rows] == ["US-NY-*-Rate 1"]


async def test_a_rate_is_made_changed_and_deleted(browser: AdminBrowser, ctx: Context):
    await browser.get(f"{RATES}add/")
    assert browser.value("tax_postcode") == "*"
    await browser.post(f"{RATES}save/", {**RATE, "after": "edit"})
    assert browser.messages == ["success: You saved the tax rate."]
    rate_id = int(browser.where.split("/")[-2])
    made = await get_rate(ctx, rate_id)
    assert (made.code, made.region_name, made.tax_postcode, str(made.rate)) == ("Texas", "TX", "75*", "6.25")
    assert [(title.store_id, title.value) for title in made.titles or []] == [("1", "Sales tax")]
    assert (browser.heading, browser.value("title[1]"), browser.value("rate")) == ("Texas", "Sales tax", "6.25")

    ranged = {**RATE, "zip_is_range": "1", "zip_from": "75000", "zip_to": "79999", "title[1]": ""}
    await browser.post(f"{RATES}save/rate/{rate_id}/", ranged)
    changed = await get_rate(ctx, rate_id)
    assert (browser.where, changed.tax_postcode, changed.titles) == (RATES, "75000-79999", [])

    await browser.get(f"{RATES}edit/rate/{rate_id}/")
    await browser.post(f"{RATES}delete/rate/{rate_id}/")
    assert "Are you sure you want to delete this tax rate?" in browser.text
    await browser.post(f"{RATES}delete/rate/{rate_id}/", {"confirmed": "1"})
    assert browser.messages == ["success: You deleted the tax rate."]
    assert "Texas" not in await rate_codes(ctx)


async def test_a_rate_is_shown_again_with_what_is_wrong(browser: AdminBrowser, ctx: Context):
    await browser.get(f"{RATES}add/")
    await browser.post(f"{RATES}save/", {**RATE, "code": "", "rate": "-1", "tax_postcode": ""})
    assert browser.page.status_code == 422
    assert browser.error_at("code") == '"code" is required. Enter and try again.'
    assert browser.error_at("rate") == "Please enter a number 0 or greater in this field."
    assert browser.error_at("tax_postcode") == '"postcode" is required. Enter and try again.'
    assert browser.value("title[1]") == "Sales tax"
    assert len(await rate_codes(ctx)) == 2


async def test_a_rate_in_a_rule_stays(browser: AdminBrowser, ctx: Context):
    await a_rule(ctx, rates=[1])
    await browser.get(f"{RATES}edit/rate/1/")
    await browser.post(f"{RATES}delete/rate/1/", {"confirmed": "1"})
    assert browser.messages == ["error: The tax rate can't be removed because it exists in a tax rule."]
    assert len(await rate_codes(ctx)) == 2


async def test_a_rate_that_is_gone(browser: AdminBrowser):
    await browser.get(f"{RATES}edit/rate/77/")
    assert (browser.where, browser.messages) == (RATES, ["error: This tax rate no longer exists."])


# ---------------------------------------------------------------- exchange


async def upload(browser: AdminBrowser, *lines: str) -> None:
    await browser.get(f"{RATES}importExport/")
    files = {"import_rates_file": ("rates.csv", "\n".join(lines).encode(), "text/csv")}
    browser.page = await browser.client.post(f"{RATES}importPost/", data={"form_key": browser.form_key}, files=files)


async def test_rates_are_imported_and_exported(browser: AdminBrowser, ctx: Context):
    await upload(browser, f"{HEADER},default", "TX,US,TX,75*,6.25,,,,Sales tax")
    assert browser.messages == ["success: The tax rate has been imported.", "notice: Tax rates in the file: 1."]
    await browser.post(f"{RATES}exportPost/")
    assert browser.page.headers["content-disposition"] == 'attachment; filename="tax_rates.csv"'
    assert browser.page.text.splitlines() == [
        f"{HEADER},default",
        "US-CA-*-Rate 1,US,CA,*,8.25,,,,",
        "US-NY-*-Rate 1,US,NY,*,8.375,,,,",
        "TX,US,TX,75*,6.25,,,,Sales tax",
    ]


async def test_a_file_with_mistakes_is_told_line_by_line(browser: AdminBrowser, ctx: Context):
    await upload(browser, HEADER, "good,US,TX,*,1,,,", "bad,US,XX,*,x,,,")
    assert browser.page.status_code == 422
    assert browser.messages == [
        'error: Line 3: The country "US" has no state "XX".',
        'error: Line 3: "percentage_rate" is required. Enter and try again.',
    ]
    assert len(await rate_codes(ctx)) == 2


async def test_the_menu_marks_the_exchange_and_not_the_grid_above_it(browser: AdminBrowser):
    for path, marked in ((f"{RATES}importExport/", "Import/Export Tax Rates"), (RATES, "Tax Zones and Rates")):
        await browser.get(path)
        current = re.findall(r'aria-current="page"[^>]*>(.*?)</a>', browser.page.text, re.DOTALL)
        assert [label.strip() for label in current] == [marked]


async def test_no_file_is_no_import(browser: AdminBrowser):
    await browser.get(f"{RATES}importExport/")
    await browser.post(f"{RATES}importPost/")
    assert (browser.page.status_code, browser.messages) == (422, ["error: Select a file to import."])


# ---------------------------------------------------------------- rights, groups and settings


@pytest.mark.parametrize("path", [RULES, f"{RULES}new/", RATES, f"{RATES}edit/rate/1/", f"{RATES}importExport/"])
async def test_the_pages_need_their_rights(visitor: AdminBrowser, ctx: Context, path: str):
    await an_administrator(ctx, "guest", ["Magento_Backend::dashboard"])
    await visitor.enter("guest")
    await visitor.get(path)
    assert visitor.page.status_code == 403


async def test_a_group_may_have_any_class_of_customers(browser: AdminBrowser, ctx: Context):
    wholesale = await a_class(ctx, "Wholesale Customer", "CUSTOMER")
    await browser.get("/admin/customer/group/new/")
    await browser.post("/admin/customer/group/save/", {"code": "Dealers", "tax_class_id": str(wholesale)})
    groups = {group.code: group.tax_class_id for group in await customers.list_groups(ctx)}
    assert groups["Dealers"] == wholesale


async def test_the_configuration_offers_the_settings_of_taxes(browser: AdminBrowser, ctx: Context, services: Services):
    section = "/admin/adminhtml/system_config/edit/section/tax/"
    await browser.get(section)
    for label in ("Tax Class for Shipping", "Tax Calculation Method Based On", "Default Country", "Display Subtotal"):
        assert label in browser.text
    assert "Enable FPT" not in browser.text
    field = "groups[classes][fields][shipping_tax_class]"
    await browser.post("/admin/adminhtml/system_config/save/section/tax/", {f"{field}[value]": str(GOODS)})
    assert browser.messages == ["success: You saved the configuration."]
    async with services.work() as later:
        assert later.config("tax/classes/shipping_tax_class") == str(GOODS)


@pytest.mark.parametrize(
    ("settings", "warned"),
    [
        ({}, []),
        ({"tax/calculation/algorithm": "UNIT_BASE_CALCULATION"}, []),
        ({"tax/calculation/algorithm": "ROW_BASE_CALCULATION", "tax/cart_display/price": "3"}, ["rounding errors"]),
        ({"tax/calculation/algorithm": "ROW_BASE_CALCULATION", "tax/calculation/price_includes_tax": "1"},
         ["rounding errors"]),
        ({"tax/calculation/discount_tax": "1"}, []),
        ({"tax/calculation/discount_tax": "1", "tax/calculation/apply_after_discount": "0"}, ["before the discount"]),
    ],
)  # fmt: skip
async def test_settings_that_do_not_go_together_are_told(
    browser: AdminBrowser, ctx: Context, settings: dict[str, str], warned: list[str]
):
    for path, value in settings.items():
        await write_value(ctx, path, value)
    for page in (RULES, "/admin/adminhtml/system_config/edit/section/tax/"):
        await browser.get(page)
        assert len(browser.messages) == len(warned)
        for message, part in zip(browser.messages, warned, strict=True):
            assert part in message and "Default Store View" in message
