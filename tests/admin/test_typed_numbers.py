"""That every kind of page in the Admin reads the numbers that people type by the same rule.

The rule itself is in `tests/kit/pages/test_typed.py`.
"""

from __future__ import annotations

import re
from decimal import Decimal

import pytest

from entrepot import access, directory, inventory, stores
from entrepot.access import User
from entrepot.catalog import categories
from entrepot.catalog.contracts import ProductExtension, StockItem
from entrepot.inventory.errors import SourceNotFound
from entrepot.kit.context import ActorType, Context
from entrepot.kit.errors import InvalidFieldValue
from entrepot.kit.search_criteria import SearchCriteria
from entrepot.promotions.conditions import ADDRESS, SUBSELECT
from entrepot.promotions.rules import search_rules
from entrepot.promotions.trees import to_keep
from entrepot.stores import ConfigValue
from entrepot.taxes.rate_service import search_rates
from tests.admin.browser import AdminBrowser
from tests.admin.product_pages import HOME as PRODUCTS
from tests.admin.product_pages import found, send_fields, several_sources, shelves, skus
from tests.admin.test_cart_price_rules import RULE
from tests.admin.test_inventory_sources import TYPED as SOURCE
from tests.admin.test_orders_create import add, begin, name_of_line, totals
from tests.admin.test_taxes import RATE
from tests.catalog.categories.makers import a_category
from tests.catalog.products.makers import a_product, beside, id_of, shown
from tests.inventory.makers import put
from tests.quotes import makers as quotes
from tests.rest_client import RestClient
from tests.sales.makers import an_order_of_mugs
from tests.storefront.makers import a_website

NO_NUMBER = "Please enter a valid number in this field."
WRITTEN = [("1,5", "1.5"), ("1.234,50", "1234.5"), ("1 234,50", "1234.5"), ("1,234,567", "1234567")]
WRONG = ["abc", "1,2,3.4.5", "1e5"]

written = pytest.mark.parametrize(("text", "number"), [(text, Decimal(number)) for text, number in WRITTEN])
wrong = pytest.mark.parametrize("text", WRONG)


def marked(browser: AdminBrowser, name: str) -> bool:
    """Whether the input of this name is marked as wrong."""
    found = re.search(rf'name="{re.escape(name)}"(?:[^">]|"[^"]*")*>', browser.page.text)
    return found is not None and 'aria-invalid="true"' in found[0]


# ---------------------------------------------------------------- products

BAG = {"product[name]": "Bag", "product[sku]": "bag"}


@written
async def test_a_product_has_the_price_the_weight_and_the_quantity_that_were_typed(browser, ctx, text, number):
    await browser.get(f"{PRODUCTS}/new/type/simple/")
    typed = {"product[price]": text, "product[weight]": text, "product[special_price]": text}
    await send_fields(browser, {**BAG, **typed, "stock[qty]": text, "stock[is_in_stock]": "1"})

    assert browser.messages == ["success: You saved the product."]
    product = await found(ctx, "bag")
    assert (product.price, product.weight) == (number, number)
    assert Decimal(shown(product)["special_price"]) == number
    assert await shelves(ctx, "bag") == {"default": (number, 1)}


@wrong
@pytest.mark.parametrize(
    ("name", "element", "label"),
    [
        ("product[price]", "product_price", "Price"),
        ("product[weight]", "product_weight", "Weight"),
        ("stock[qty]", "stock_qty", "Quantity"),
        ("stock[min_qty]", "stock_min_qty", "Out-of-Stock Threshold"),
    ],
)
async def test_what_is_no_number_is_refused_at_the_products_field(browser, ctx, name, element, label, text):
    await browser.get(f"{PRODUCTS}/new/type/simple/")
    await send_fields(browser, {**BAG, "product[price]": "1", "stock[use_config_min_qty]": None, name: text})

    assert browser.page.status_code == 422
    assert browser.messages == [f"error: {label}: {NO_NUMBER}"]
    assert browser.error_at(element) == NO_NUMBER
    assert browser.value(name) == text
    assert await skus(ctx) == []


async def test_a_price_of_more_digits_than_its_column_holds_is_refused(browser, ctx):
    await browser.get(f"{PRODUCTS}/new/type/simple/")
    await send_fields(browser, {**BAG, "product[price]": "1,1234567", "stock[qty]": "100.000.000"})

    assert browser.error_at("product_price") == ("Please enter a number with at most 6 decimal places in this field.")
    assert browser.error_at("stock_qty") == "Please enter a number less than 100000000 in this field."
    assert await skus(ctx) == []


async def test_rows_of_a_product_have_what_was_typed_into_them(browser, ctx):
    await browser.get(f"{PRODUCTS}/new/type/simple/")
    rows = {
        "tier_prices[0][website_id]": "0", "tier_prices[0][group]": "32000", "tier_prices[0][qty]": "2,5",
        "tier_prices[0][kind]": "fixed", "tier_prices[0][amount]": "1.234,50",
        "tier_prices[1][website_id]": "0", "tier_prices[1][group]": "32000", "tier_prices[1][qty]": "1 000",
        "tier_prices[1][kind]": "discount", "tier_prices[1][amount]": "12,5 %",
        "options[0][title]": "Engraving", "options[0][type]": "field", "options[0][price]": "-1,5",
    }  # fmt: skip
    await send_fields(browser, {**BAG, "product[price]": "2000", **rows})

    assert browser.messages == ["success: You saved the product."]
    product = await found(ctx, "bag")
    tiers = [(tier.qty, tier.value) for tier in product.tier_prices or ()]
    assert tiers == [(Decimal("2.5"), Decimal("1234.5")), (Decimal(1000), Decimal(1750))]
    assert [option.price for option in product.options or ()] == [Decimal("-1.5")]


@wrong
async def test_what_is_no_number_is_refused_at_the_field_of_the_row(browser, ctx, text):
    await browser.get(f"{PRODUCTS}/new/type/simple/")
    rows = {
        "tier_prices[0][website_id]": "0", "tier_prices[0][group]": "32000", "tier_prices[0][qty]": "2",
        "tier_prices[0][kind]": "fixed", "tier_prices[0][amount]": text,
        "options[0][title]": "Engraving", "options[0][type]": "field", "options[0][price]": text,
        "options[0][sort_order]": text, "options[0][max_characters]": "1,5",
    }  # fmt: skip
    await send_fields(browser, {**BAG, "product[price]": "20", **rows})

    assert sorted(browser.messages) == sorted(
        [
            f"error: Amount or Percent 1: {NO_NUMBER}",
            f"error: Position of Engraving: {NO_NUMBER}",
            f"error: Price of Engraving: {NO_NUMBER}",
            "error: Max Characters of Engraving: Please enter a whole number in this field.",
        ]
    )
    for name in ("tier_prices[0][amount]", "options[0][price]", "options[0][sort_order]"):
        assert (browser.error_at(name), browser.value(name), marked(browser, name)) == (NO_NUMBER, text, True)
    assert browser.error_at("options[0][max_characters]") == "Please enter a whole number in this field."
    assert not marked(browser, "tier_prices[0][qty]")
    assert await skus(ctx) == []


async def test_quantities_in_sources_are_what_was_typed(browser, ctx):
    us = await a_website(ctx)
    await several_sources(ctx, us)
    bag = await a_product(ctx, "bag", name="Bag", price=Decimal(1))
    await put(ctx, "baltimore_wh", "bag", 1)
    await browser.get(f"{PRODUCTS}/edit/id/{id_of(bag)}/")
    await send_fields(browser, {"sources[0][quantity]": "1.234,50"})
    assert browser.messages == ["success: You saved the product."]
    assert await shelves(ctx, "bag") == {"baltimore_wh": (Decimal("1234.5"), 1)}

    await send_fields(browser, {"sources[0][quantity]": "1,2,3.4.5", "sources[0][notify_default]": "0",
                                "sources[0][notify]": "abc"})  # fmt: skip
    for name, text in (("sources[0][quantity]", "1,2,3.4.5"), ("sources[0][notify]", "abc")):
        assert (browser.error_at(name), browser.value(name)) == (NO_NUMBER, text)
    assert await shelves(ctx, "bag") == {"baltimore_wh": (Decimal("1234.5"), 1)}


async def test_many_products_get_what_was_typed_for_all_of_them(browser, ctx):
    bag = await a_product(ctx, "bag", name="Bag", price=Decimal(1))
    update = "/admin/catalog/product_action_attribute/"
    await browser.get(f"{PRODUCTS}/")
    await browser.post(f"{update}edit/", {"selected": str(id_of(bag))})
    await send_fields(browser, {"keep[price]": None, "product[price]": "abc", "selected": str(id_of(bag))})
    assert (browser.error_at("product_price"), browser.value("product[price]")) == (NO_NUMBER, "abc")
    assert (await found(ctx, "bag")).price == 1

    await send_fields(browser, {"keep[price]": None, "product[price]": "1.234,50", "selected": str(id_of(bag))})
    assert (await found(ctx, "bag")).price == Decimal("1234.5")


async def test_what_the_form_of_a_product_shows_is_saved_as_it_was(browser, ctx):
    await browser.get(f"{PRODUCTS}/new/type/simple/")
    await send_fields(
        browser,
        {
            **BAG,
            "product[price]": "1234.567891",
            "product[weight]": "1234",
            "stock[qty]": "1234",
            "stock[is_in_stock]": "1",
        },
    )
    before = await found(ctx, "bag")
    assert (browser.value("product[price]"), browser.value("product[weight]")) == ("1234.567891", "1234")
    assert browser.value("stock[qty]") == "1234"
    await send_fields(browser, {})

    after = await found(ctx, "bag")
    assert (after.price, after.weight) == (before.price, before.weight) == (Decimal("1234.567891"), Decimal(1234))
    assert await shelves(ctx, "bag") == {"default": (Decimal(1234), 1)}
    assert beside(after).website_ids == beside(before).website_ids


# ---------------------------------------------------------------- categories

CATEGORY = "/admin/catalog/category"


@written
async def test_a_category_has_the_price_step_that_was_typed(browser, ctx, text, number):
    women = await a_category(ctx, "Women")
    await browser.get(f"{CATEGORY}/edit/id/{women.id}/")
    await browser.post(f"{CATEGORY}/save/id/{women.id}/", {"filter_price_range": text})

    assert browser.messages == ["success: You saved the category."]
    saved = await categories.get(ctx, women.id)
    step = next(one.value for one in saved.custom_attributes or () if one.attribute_code == "filter_price_range")
    assert Decimal(step or "") == number


async def test_a_place_in_a_category_that_is_no_number_is_refused_and_nothing_is_lost(browser, ctx):
    women = await a_category(ctx, "Women")
    bag = id_of(await a_product(ctx, "bag", name="Bag", visibility=1))
    await browser.get(f"{CATEGORY}/products/id/{women.id}/")
    back = browser.where
    name = f"position[{bag}]"
    sent = {"shown": str(bag), "in_category": str(bag), name: "first", "back": back}
    await browser.post(browser.action("saveProducts"), sent)

    assert browser.messages == [f"error: Position: {NO_NUMBER}"]
    assert (browser.error_at(name), browser.value(name)) == (NO_NUMBER, "first")
    assert re.search(rf'id="in-{bag}"[^>]* checked', browser.page.text)
    assert await ctx.db.value("select count(*) from product_category") == 0

    await browser.post(browser.action("saveProducts"), {**sent, name: "1 000"})
    assert await ctx.db.values("select position from product_category") == [1000]


# ---------------------------------------------------------------- stores: sources, rates, settings


async def test_a_source_lies_where_was_typed(browser, ctx):
    await browser.get("/admin/inventory/source/new/")
    await browser.post("/admin/inventory/source/save/", {**SOURCE, "latitude": "39,290882", "longitude": "\u221276,61"})

    saved = await inventory.get_source(ctx, "baltimore_wh")
    assert (saved.latitude, saved.longitude) == (39.290882, -76.61)


@wrong
async def test_a_place_that_is_no_number_is_refused(browser, ctx, text):
    await browser.get("/admin/inventory/source/new/")
    await browser.post("/admin/inventory/source/save/", {**SOURCE, "latitude": text})

    assert browser.error_at("latitude") == "Latitude is a number from -90 to 90, such as 39.290882."
    assert browser.value("latitude") == text
    with pytest.raises(SourceNotFound):
        await inventory.get_source(ctx, "baltimore_wh")


async def test_a_place_close_to_the_equator_is_shown_as_it_can_be_typed(browser, ctx):
    await browser.get("/admin/inventory/source/new/")
    await browser.post("/admin/inventory/source/save/", {**SOURCE, "latitude": "0.00002", "longitude": "9"})
    await browser.get("/admin/inventory/source/edit/source_code/baltimore_wh/")
    assert browser.value("latitude") == "0.00002"
    await browser.post("/admin/inventory/source/save/source_code/baltimore_wh/", {
        **SOURCE, "latitude": browser.value("latitude"), "longitude": browser.value("longitude"),
    })  # fmt: skip

    saved = await inventory.get_source(ctx, "baltimore_wh")
    assert (saved.latitude, saved.longitude) == (0.00002, 9)


CURRENCY = "/admin/adminhtml/system_currency"


@written
async def test_a_currency_has_the_rate_that_was_typed(browser, ctx, services, text, number):
    await browser.get(f"{CURRENCY}/")
    await browser.post(f"{CURRENCY}/saveRates/", {"rate[USD][EUR]": text})

    async with services.work() as fresh:
        assert directory.find_rate(fresh, "USD", "EUR") == number


@wrong
async def test_a_rate_that_is_no_number_is_refused(browser, services, text):
    await browser.get(f"{CURRENCY}/")
    before = browser.value("rate[USD][EUR]")
    await browser.post(f"{CURRENCY}/saveRates/", {"rate[USD][EUR]": text})

    assert browser.messages == ['error: Please correct the input data for "USD => EUR" rate.']
    assert (browser.value("rate[USD][EUR]"), marked(browser, "rate[USD][EUR]")) == (text, True)
    assert browser.error_at("USD-EUR") == NO_NUMBER
    async with services.work() as fresh:
        assert directory.find_rate(fresh, "USD", "EUR") == Decimal(before or "")


@pytest.mark.parametrize(("text", "number"), [("1,5", "1.5"), ("1.234,50", "1234.5"), ("8,25 %", "8.25")])
async def test_a_tax_has_the_rate_that_was_typed(browser, ctx, text, number):
    await browser.get("/admin/tax/rate/add/")
    await browser.post("/admin/tax/rate/save/", {**RATE, "rate": text})

    rates = {rate.code: rate.rate for rate in (await search_rates(ctx, SearchCriteria())).items or ()}
    assert rates["Texas"] == Decimal(number)


@wrong
async def test_a_tax_rate_that_is_no_number_is_refused(browser, ctx, text):
    await browser.get("/admin/tax/rate/add/")
    await browser.post(
        "/admin/tax/rate/save/", {**RATE, "rate": text, "zip_is_range": "1", "zip_from": "75.000", "zip_to": "9"}
    )

    assert browser.messages == [
        "error: Range From: Please enter a whole number in this field.",
        f"error: Rate Percent: {NO_NUMBER}",
    ]
    assert (browser.error_at("rate"), browser.value("rate"), browser.value("zip_from")) == (NO_NUMBER, text, "75.000")
    assert "Texas" not in {rate.code for rate in (await search_rates(ctx, SearchCriteria())).items or ()}


CONFIGURATION = "/admin/adminhtml/system_config"
FREE_FROM = "groups[freeshipping][fields][free_shipping_subtotal][value]"
LEAST = "groups[minimum_order][fields][amount][value]"


@written
async def test_a_setting_is_the_number_that_was_typed(browser, services, text, number):
    await browser.get(f"{CONFIGURATION}/edit/section/carriers/")
    await browser.post(f"{CONFIGURATION}/save/section/carriers/", {FREE_FROM: text})

    assert browser.messages == ["success: You saved the configuration."]
    assert browser.value(FREE_FROM) == f"{number.normalize():f}"
    async with services.work() as ctx:
        assert ctx.config_default("carriers/freeshipping/free_shipping_subtotal") == f"{number.normalize():f}"


@wrong
@pytest.mark.parametrize(
    ("section", "name", "path", "label"),
    [
        ("carriers", FREE_FROM, "carriers/freeshipping/free_shipping_subtotal", "Minimum Order Amount"),
        ("sales", LEAST, "sales/minimum_order/amount", "Minimum Amount"),
    ],
)
async def test_a_setting_that_is_no_number_is_refused(browser, services, section, name, path, label, text):
    await browser.get(f"{CONFIGURATION}/edit/section/{section}/")
    await browser.post(f"{CONFIGURATION}/save/section/{section}/", {name: text})

    assert browser.page.status_code == 422
    assert browser.messages == [f"error: {label}: {NO_NUMBER}"]
    assert (browser.error_at(path.replace("/", "_")), browser.value(name)) == (NO_NUMBER, text)
    async with services.work() as ctx:
        assert ctx.config_default(path) is None


async def test_a_minimum_by_customer_group_stays_json(browser, services):
    name = "groups[item_options][fields][min_sale_qty][value]"
    path = "cataloginventory/item_options/min_sale_qty"
    for text, stored in (('{"1":"5","32000":"2"}', '{"1":"5","32000":"2"}'), ("1,5", "1.5")):
        await browser.get(f"{CONFIGURATION}/edit/section/cataloginventory/")
        await browser.post(f"{CONFIGURATION}/save/section/cataloginventory/", {name: text})
        assert browser.messages == ["success: You saved the configuration."]
        async with services.work() as ctx:
            assert ctx.config_default(path) == stored


async def test_a_minimum_amount_of_orders_that_is_no_number_is_refused_wherever_it_comes_from(ctx):
    with pytest.raises(InvalidFieldValue):
        await stores.set_config(ctx, ConfigValue(path="sales/minimum_order/amount", value="1,5"))


# ---------------------------------------------------------------- cart price rules

RULES = "/admin/sales_rule/promo_quote/"


@written
async def test_a_rule_has_the_amounts_and_the_conditions_that_were_typed(browser, ctx, text, number):
    sums = {"conditions[1--2][type]": SUBSELECT, "conditions[1--2][attribute]": "qty",
            "conditions[1--2][operator]": "()", "conditions[1--2][value]": "1,2"}  # fmt: skip
    await browser.get(f"{RULES}new/")
    await browser.post(f"{RULES}save/", {
        **RULE, **sums, "discount_amount": text, "discount_qty": text, "conditions[1--1][value]": text,
    })  # fmt: skip

    assert browser.messages == ["success: You saved the rule."]
    [rule] = (await search_rules(ctx, SearchCriteria())).items or []
    assert (rule.discount_amount, rule.discount_qty) == (number, number)
    assert rule.condition is not None
    subtotal, qty = to_keep(rule.condition)["conditions"]
    assert (subtotal["condition_type"], subtotal["value"]) == (ADDRESS, f"{number.normalize():f}")
    assert qty["value"] == "1,2"


@wrong
async def test_amounts_and_conditions_of_a_rule_that_are_no_numbers_are_refused(browser, ctx, text):
    await browser.get(f"{RULES}new/")
    await browser.post(f"{RULES}save/", {
        **RULE, "discount_amount": text, "discount_step": "1,5", "conditions[1--1][value]": text,
    })  # fmt: skip

    assert sorted(browser.messages) == [
        f"error: Discount Amount: {NO_NUMBER}",
        "error: Discount Qty Step (Buy X): Please enter a whole number in this field.",
        f"error: Subtotal (Excl. Tax): {NO_NUMBER}",
    ]
    for name in ("discount_amount", "conditions[1--1][value]"):
        assert (browser.error_at(name), browser.value(name), marked(browser, name)) == (NO_NUMBER, text, True)
    assert not (await search_rules(ctx, SearchCriteria())).items


# ---------------------------------------------------------------- filters of lists


@pytest.mark.parametrize(("low", "listed"), [("1,5", ["dear", "fair"]), ("1.234,50", ["dear"]), ("1 234,5", ["dear"])])
async def test_lists_are_filtered_by_the_number_that_was_typed(browser, ctx, low, listed):
    for sku, price in (("cheap", "1.49"), ("fair", "1.5"), ("dear", "1234.5")):
        await a_product(ctx, sku, name=sku, price=Decimal(price))
    await browser.get(f"{PRODUCTS}/", params={"f.price.from": low, "sort": "sku"})

    assert [sku for sku in ("cheap", "dear", "fair") if any(sku in row for row in browser.rows)] == listed
    assert browser.value("f.price.from") == low


@wrong
async def test_a_filter_that_is_no_number_finds_nothing_and_says_so(browser, ctx, text):
    bag = await a_product(ctx, "bag", name="Bag", price=Decimal(1))
    await browser.get(f"{PRODUCTS}/", params={"f.price.from": text})

    assert browser.messages == [f"error: Price: from: {NO_NUMBER}"]
    assert (browser.error_at("filter-price.from"), browser.value("f.price.from")) == (NO_NUMBER, text)
    assert "Bag" not in browser.text
    where = str(browser.page.url.raw_path.decode())

    # Nor are all products meant by what is done with all that it finds.
    await browser.post("/admin/catalog/product/massDelete/", {"all": "1", "back": where, "confirmed": "1"})
    assert await skus(ctx) == ["bag"]
    assert id_of(bag)


async def test_an_export_is_narrowed_down_by_the_number_that_was_typed(browser, ctx):
    for sku, price in (("cheap", "1.49"), ("fair", "1.5")):
        await a_product(ctx, sku, name=sku, price=Decimal(price))
    export = "/admin/adminhtml/export/export/"
    await browser.get(export, params={"entity": "products", "filter.price.from": "1,5"})
    assert ("fair" in browser.page.text, "cheap" in browser.page.text) == (True, False)

    await browser.get(export, params={"entity": "products", "filter.price.from": "abc", "filter.sku": "f"})
    assert browser.messages == [f"error: price: from: {NO_NUMBER}"]
    assert (browser.value("filter.price.from"), browser.value("filter.sku")) == ("abc", "f")


# ---------------------------------------------------------------- orders


@pytest.fixture
async def order_id(ctx, rest):
    """Of 2000 mugs at 10, which can be had in parts, with 10,000 for shipping."""
    order_id = await an_order_of_mugs(ctx, rest, qty=2000, in_stock="2000")
    await ctx.db.execute("update sales_order_item set is_qty_decimal = 1")
    return order_id


@pytest.fixture
async def line_id(ctx, order_id):
    return await ctx.db.value("select item_id from sales_order_item where order_id = %(id)s", id=order_id)


DOCUMENTS = pytest.mark.parametrize(
    ("kind", "address"),
    [("invoice", "order_invoice"), ("shipment", "order_shipment"), ("creditmemo", "order_creditmemo")],
)
QUANTITIES = {
    "invoice": "select qty from sales_invoice_item",
    "shipment": "select qty from sales_shipment_item",
    "creditmemo": "select qty from sales_creditmemo_item",
}


async def to_new(browser: AdminBrowser, rest: RestClient, ada: User, ctx: Context, address: str, order_id: int) -> None:
    """To the form of a new document; what is to be given back was paid before."""
    if address == "order_creditmemo":
        admin = rest.as_caller(await access.issue(ctx, ActorType.ADMIN, ada.user_id))
        await admin.post(f"/rest/V1/order/{order_id}/invoice", {})
    await browser.get(f"/admin/sales/{address}/new/order_id/{order_id}/")


@pytest.mark.parametrize(("text", "number"), [("1,5", "1.5"), ("1.234,50", "1234.5")])
@DOCUMENTS
async def test_a_document_is_of_the_quantity_that_was_typed(
    browser, rest, ada, ctx, order_id, line_id, kind, address, text, number
):
    await to_new(browser, rest, ada, ctx, address, order_id)
    await browser.make({f"{kind}[items][{line_id}]": text, "do": "submit"})

    assert browser.page.status_code == 200, browser.messages
    assert await ctx.db.values(QUANTITIES[kind]) == [Decimal(number)]


@wrong
@DOCUMENTS
async def test_a_quantity_of_a_document_that_is_none_is_refused(
    browser, rest, ada, ctx, order_id, line_id, kind, address, text
):
    await to_new(browser, rest, ada, ctx, address, order_id)
    name = f"{kind}[items][{line_id}]"
    await browser.post(browser.action("new"), {name: text, "do": "submit"})

    assert browser.page.status_code == 422
    assert browser.messages == [f"error: {NO_NUMBER}"]
    assert (browser.value(name), marked(browser, name)) == (text, True)
    assert await ctx.db.values(QUANTITIES[kind]) == []


AMOUNTS = ("shipping_amount", "adjustment_positive", "adjustment_negative")


async def test_a_credit_memo_is_adjusted_by_what_was_typed(browser, rest, ada, ctx, order_id, line_id):
    await to_new(browser, rest, ada, ctx, "order_creditmemo", order_id)
    typed = dict(zip(AMOUNTS, ("1.234,50", "1,5", "0,5 %"), strict=True))
    await browser.make({
        f"creditmemo[items][{line_id}]": "1000", **{f"creditmemo[{name}]": text for name, text in typed.items()},
        "do": "submit",
    })  # fmt: skip

    # Of 30,000 that the order came to, 0.5 % are 150.
    amounts = "select shipping_amount, adjustment_positive, adjustment_negative, grand_total from sales_creditmemo"
    assert await ctx.db.all(tuple, amounts) == [(Decimal("1234.5"), Decimal("1.5"), Decimal(150), Decimal("11086"))]


@wrong
@pytest.mark.parametrize("amount", AMOUNTS)
async def test_an_amount_of_a_credit_memo_that_is_none_is_refused(
    browser, rest, ada, ctx, order_id, line_id, amount, text
):
    await to_new(browser, rest, ada, ctx, "order_creditmemo", order_id)
    name = f"creditmemo[{amount}]"
    await browser.post(browser.action("new"), {f"creditmemo[items][{line_id}]": "1", name: text, "do": "submit"})

    assert browser.messages == [f"error: {NO_NUMBER}"]
    assert (browser.value(name), marked(browser, name)) == (text, True)
    assert await ctx.db.value("select count(*) from sales_creditmemo") == 0


async def test_an_order_is_made_with_the_prices_and_quantities_that_were_typed(browser, ctx):
    await quotes.a_product(
        ctx, "rope", "10", extension_attributes=ProductExtension(stock_item=StockItem(is_qty_decimal=True))
    )
    await begin(browser, None)
    await add(browser, ctx, "rope", "2,5")
    line = name_of_line(browser)
    assert browser.value(f"{line}[qty]") == "2.5"
    await send_fields(browser, {"do": "update", f"{line}[qty]": "1,5", f"{line}[price]": "1.234,50"})

    assert (browser.value(f"{line}[qty]"), browser.value(f"{line}[price]")) == ("1.5", "1234.5")
    assert totals(browser)["Subtotal"] == "$1,851.75"


@wrong
async def test_a_price_or_quantity_of_an_order_that_is_none_is_refused(browser, ctx, text):
    await quotes.a_product(ctx, "mug", "10")
    await begin(browser, None)
    await add(browser, ctx, "mug", "2")
    line = name_of_line(browser)
    await send_fields(browser, {"do": "update", f"{line}[qty]": text, f"{line}[price]": text})

    assert "Enter a quantity greater than 0." in browser.text
    assert "Enter a price that is 0 or greater." in browser.text
    assert (browser.value(f"{line}[qty]"), browser.value(f"{line}[price]")) == (text, text)
    assert totals(browser)["Subtotal"] == "$20.00"
