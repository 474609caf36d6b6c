"""Orders made for customers in the Admin (spec 50, 16; spec 60, 15.5; spec 80, 3.6)."""

from __future__ import annotations

import html
import re
from decimal import Decimal
from typing import Any

import pytest

from entrepot import customers
from entrepot.catalog import CustomOption, CustomOptionValue
from entrepot.customers import Address, Customer
from entrepot.kit.context import Context
from entrepot.kit.search_criteria import SearchCriteria
from entrepot.sales.contracts import Order
from entrepot.sales.orders import list_orders
from tests.admin.browser import AdminBrowser, an_administrator
from tests.admin.product_pages import send_fields
from tests.promotions.makers import a_rule_with_coupon
from tests.quotes.makers import a_customer, a_product, configure
from tests.quotes.test_downloadable import episodes
from tests.storefront.makers import a_view, a_website

START = "/admin/sales/order_create/index/"
TYPED = {
    "firstname": "Jane", "lastname": "Doe", "street0": "123 Oak Ave", "city": "Purchase", "country_id": "US",
    "region_id": "43", "postcode": "10577", "telephone": "512-555-1111",
}  # fmt: skip
BILLING = {f"billing[{name}]": value for name, value in TYPED.items()}


@pytest.fixture(autouse=True)
async def numbers_begin_anew(ctx: Context) -> None:
    await ctx.db.execute("alter sequence sales_order_number_1 restart")


def said(browser: AdminBrowser) -> str:
    return " ".join(html.unescape(re.sub("<[^>]*>", " ", browser.page.text)).split())


async def jane_with_addresses(ctx: Context) -> Customer:
    jane = await a_customer(ctx)
    book: dict[str, Any] = {
        "firstname": "Jane", "lastname": "Doe", "city": "Austin", "country_id": "US", "postcode": "78758",
        "telephone": "1", "region": customers.Region(region_id=57),
    }  # fmt: skip
    for street, is_default in (("1 Home St", True), ("2 Work St", None)):
        entry = Address(**book, street=[street], default_billing=is_default, default_shipping=is_default)
        await customers.save_address(ctx, jane.id or 0, entry)
    return await customers.get_by_id(ctx, jane.id or 0)


async def begin(browser: AdminBrowser, customer: Customer | None) -> None:
    """To the page on which the order is made."""
    await browser.get(f"{START}customer_id/{customer.id if customer else 'new'}/")
    await send_fields(browser, {})


async def add(browser: AdminBrowser, ctx: Context, sku: str, qty: str = "1") -> None:
    number = await ctx.db.value("select product_id from product where sku = %(sku)s", sku=sku)
    await send_fields(browser, {"do": "find", "find": sku})
    await send_fields(browser, {"do": "add", f"add[{number}]": "1", f"qty[{number}]": qty})


async def orders(ctx: Context) -> list[Order]:
    return list((await list_orders(ctx, SearchCriteria())).items or ())


async def ids_by_sku(ctx: Context) -> dict[str, int]:
    return dict(await ctx.db.all(tuple, "select sku, product_id from product"))


def totals(browser: AdminBrowser) -> dict[str, str]:
    found = re.search(r'<table class="sums">(.*?)</table>', browser.page.text, re.DOTALL)
    assert found
    rows = re.findall(r'<th scope="row">(.*?)</th><td>(.*?)</td>', found[1], re.DOTALL)
    return {html.unescape(label): re.sub("<.*?>", "", amount) for label, amount in rows}


def name_of_line(browser: AdminBrowser) -> str:
    found = re.search(r'name="(item\[\d+\])\[qty\]"', browser.page.text)
    assert found
    return found[1]


async def test_who_it_is_for_is_chosen_first(browser: AdminBrowser, ctx: Context):
    jane = await a_customer(ctx)
    await browser.get(START)
    assert browser.heading == "Create New Order"
    assert f'href="/admin/sales/order_create/index/customer_id/{jane.id}/"' in browser.page.text
    assert 'href="/admin/sales/order_create/index/customer_id/new/"' in browser.page.text
    await browser.get(f"{START}customer_id/{jane.id}/")
    assert browser.heading == "Create New Order for Jane Doe"
    assert "Default Store View" in said(browser)
    await browser.get(f"{START}customer_id/4711/")
    assert "No such entity with customerId = 4711" in said(browser)


async def test_an_order_is_made_from_the_address_book(browser: AdminBrowser, ctx: Context):
    await a_product(ctx, "mug", "10", name="Mug")
    await begin(browser, await jane_with_addresses(ctx))
    await add(browser, ctx, "mug", "2")
    assert totals(browser) == {"Subtotal": "$20.00", "Shipping & Handling": "$0.00", "Grand Total": "$20.00"}
    await send_fields(browser, {"do": "update", "shipping_method": "flatrate_flatrate"})
    assert totals(browser)["Grand Total"] == "$30.00"
    await send_fields(browser, {"do": "submit", "payment[method]": "checkmo", "comment": "Gift wrap, please"})
    assert "You created the order." in said(browser)
    assert browser.heading == "#000000001"
    (order,) = await orders(ctx)
    assert (order.grand_total, order.state, order.customer_email) == (30, "new", "jdoe@example.com")
    assert order.billing_address is not None
    assert order.billing_address.street == ["1 Home St"]
    assert order.remote_ip is None
    assert order.customer_note == "Gift wrap, please"
    assert await ctx.db.value("select send_email from sales_order") == 1


async def test_prices_discounts_and_quantities_are_the_administrators(browser: AdminBrowser, ctx: Context):
    await a_product(ctx, "mug", "10", qty="5")
    await begin(browser, await jane_with_addresses(ctx))
    await add(browser, ctx, "mug")
    line = name_of_line(browser)
    await send_fields(
        browser, {"do": "update", f"{line}[qty]": "3", f"{line}[price]": "7.50", f"{line}[use_discount]": "0"}
    )
    assert totals(browser)["Subtotal"] == "$22.50"
    await send_fields(browser, {"do": "update", f"{line}[qty]": "6"})
    assert "The requested qty is not available" in said(browser)
    assert totals(browser)["Subtotal"] == "$45.00"
    await send_fields(browser, {"do": "update", f"{line}[qty]": "2", f"{line}[price]": ""})
    assert totals(browser)["Subtotal"] == "$20.00"
    await send_fields(browser, {"do": f"remove {line[5:-1]}"})
    assert "No ordered items" in said(browser)
    assert 'value="1 Home St"' in browser.page.text


async def test_what_is_wrong_is_said_on_top_and_at_its_place_and_nothing_is_lost(browser: AdminBrowser, ctx: Context):
    await a_product(ctx, "mug", "10")
    await begin(browser, None)
    await add(browser, ctx, "mug")
    line = name_of_line(browser)
    await send_fields(
        browser,
        {
            "do": "submit", f"{line}[qty]": "none", f"{line}[price]": "-1", "billing[firstname]": "Noor",
            "billing[telephone]": "12", "comment": "Call first", "account[email]": "",
        },
    )  # fmt: skip
    assert browser.page.status_code == 422
    for text in ("Enter a quantity greater than 0.", "Enter a price that is 0 or greater."):
        assert said(browser).count(text) == 2
    for kept in ('value="none"', 'value="-1"', 'value="Noor"', 'value="12"', ">Call first</textarea>"):
        assert kept in browser.page.text, kept
    await send_fields(browser, {"do": "submit", f"{line}[qty]": "1", f"{line}[price]": ""})
    assert browser.page.status_code == 422
    assert browser.error_at("billing_lastname") == '"lastname" is required. Enter and try again.'
    assert browser.error_at("billing_region_id") == '"regionId" is required. Enter and try again.'
    for text in ("Please specify a shipping method.", "Please specify a payment method.", '"Email" is required.'):
        assert said(browser).count(text) == 2, text
    assert await orders(ctx) == []


async def test_without_items_there_is_no_order(browser: AdminBrowser, ctx: Context):
    await begin(browser, await jane_with_addresses(ctx))
    await send_fields(browser, {"do": "submit"})
    assert said(browser).count("Please specify order items.") == 2
    assert await orders(ctx) == []


async def test_somebody_new_gets_an_account_with_the_order(browser: AdminBrowser, ctx: Context):
    await a_product(ctx, "mug", "10")
    await a_customer(ctx)
    await begin(browser, None)
    await add(browser, ctx, "mug")
    email = {"account[email]": "jdoe@example.com", "account[group_id]": "2", "billing[save]": "1"}
    await send_fields(browser, {"do": "rates", **BILLING, **email})
    ready = {"shipping_method": "flatrate_flatrate", "payment[method]": "checkmo", "send_confirmation": "0"}
    await send_fields(browser, {"do": "submit", **ready})
    assert said(browser).count("A customer with the same email address already exists in an associated website.") == 2
    assert await orders(ctx) == []
    await send_fields(browser, {"do": "submit", "account[email]": "noor@example.com"})
    assert browser.heading == "#000000001"
    (order,) = await orders(ctx)
    assert order.customer_id is not None
    account = await customers.get_by_id(ctx, order.customer_id)
    assert (account.email, account.firstname, account.group_id) == ("noor@example.com", "Jane", 2)
    assert [address.city for address in account.addresses or ()] == ["Purchase"]
    assert await ctx.db.value("select send_email from sales_order") == 0


async def test_addresses_are_taken_from_the_book_or_typed(browser: AdminBrowser, ctx: Context):
    await a_product(ctx, "mug", "10")
    jane = await jane_with_addresses(ctx)
    work = next(one for one in jane.addresses or () if one.street == ["2 Work St"])
    await begin(browser, jane)
    await add(browser, ctx, "mug")
    await send_fields(browser, {"do": "update", "same_as_billing": "0"})
    await send_fields(browser, {"do": "book shipping", "shipping[book]": str(work.id)})
    assert 'value="2 Work St"' in browser.page.text
    await send_fields(browser, {"do": "book billing", "billing[book]": ""})
    assert 'value="1 Home St"' not in browser.page.text
    await send_fields(browser, {"do": "rates", **BILLING})
    await send_fields(browser, {"do": "submit", "shipping_method": "flatrate_flatrate", "payment[method]": "checkmo"})
    (order,) = await orders(ctx)
    assert order.billing_address and order.extension_attributes
    assert order.billing_address.street == ["123 Oak Ave"]
    (assignment,) = order.extension_attributes.shipping_assignments or []
    assert assignment.shipping and assignment.shipping.address
    assert assignment.shipping.address.street == ["2 Work St"]
    assert assignment.shipping.address.customer_address_id == work.id


async def test_options_are_chosen_before_a_product_is_added_and_can_be_chosen_anew(browser: AdminBrowser, ctx: Context):
    sizes = [
        CustomOptionValue(title=title, price=Decimal(price), price_type="fixed", sort_order=order)
        for order, (title, price) in enumerate((("Small", "0"), ("Large", "3")))
    ]
    text = CustomOption(title="Engraving", type="field", is_require=False, price=Decimal(2), price_type="fixed")
    size = CustomOption(title="Size", type="drop_down", is_require=True, values=sizes)
    for option in (text, size):
        option.product_sku = "mug"
    await a_product(ctx, "mug", "10", options=[size, text])
    await begin(browser, await jane_with_addresses(ctx))
    await add(browser, ctx, "mug", "2")
    assert "Size" in said(browser)
    key = re.search(r'name="asked" value="(p\d+)"', browser.page.text)
    assert key
    await send_fields(browser, {"do": "add"})
    assert "The product's required option(s) weren't entered." in said(browser)
    found = re.search(
        r'<select name="(choose\[p\d+\]\[options\]\[\d+\])".*?value="(\d+)">Large', browser.page.text, re.S
    )
    assert found
    await send_fields(browser, {"do": "add", found[1]: found[2]})
    assert "Size: Large" in said(browser)
    assert totals(browser)["Subtotal"] == "$26.00"
    line = name_of_line(browser)[5:-1]
    await send_fields(browser, {"do": f"configure {line}"})
    written = re.search(r'name="(choose\[i\d+\]\[options\]\[\d+\])" id="i\d+-\d+" value=""', browser.page.text)
    assert written
    await send_fields(browser, {"do": f"apply i{line}", written[1]: "For Noor"})
    assert "Engraving: For Noor" in said(browser)
    assert totals(browser)["Subtotal"] == "$30.00"
    assert 'name="asked"' not in browser.page.text


async def test_a_coupon_that_is_not_valid_is_said_at_its_field(browser: AdminBrowser, ctx: Context):
    await a_product(ctx, "mug", "10")
    await begin(browser, await jane_with_addresses(ctx))
    await add(browser, ctx, "mug")
    await send_fields(browser, {"do": "coupon", "coupon": "NOTHING"})
    assert said(browser).count('The "NOTHING" coupon code isn\'t valid.') == 2
    assert 'value="NOTHING"' in browser.page.text


async def test_the_least_amount_of_an_order_does_not_apply_but_purchase_orders_need_numbers(
    browser: AdminBrowser, ctx: Context
):
    await configure(
        ctx, sales__minimum_order__active="1", sales__minimum_order__amount="1000", payment__purchaseorder__active="1"
    )
    await a_product(ctx, "mug", "10")
    await begin(browser, await jane_with_addresses(ctx))
    await add(browser, ctx, "mug")
    ready = {"do": "submit", "shipping_method": "flatrate_flatrate", "payment[method]": "purchaseorder"}
    await send_fields(browser, ready)
    assert said(browser).count("Purchase order number is a required field.") == 2
    await send_fields(browser, {"do": "submit", "payment[po_number]": "PO-7"})
    assert browser.heading == "#000000001"
    assert "Purchase Order Number: PO-7" in said(browser)


async def test_virtual_products_need_no_way_to_ship(browser: AdminBrowser, ctx: Context):
    await a_product(ctx, "course", "10", type_id="virtual")
    await begin(browser, await jane_with_addresses(ctx))
    await add(browser, ctx, "course")
    assert "Shipping Method" not in said(browser)
    await send_fields(browser, {"do": "submit", "payment[method]": "checkmo"})
    (order,) = await orders(ctx)
    assert (order.is_virtual, order.grand_total) == (1, 10)


async def test_it_belongs_to_the_chosen_store_view(browser: AdminBrowser, ctx: Context):
    view = await a_view(ctx, ctx.stores.default.group_id, "german", "Deutsch")
    await a_product(ctx, "mug", "10")
    jane = await jane_with_addresses(ctx)
    await browser.get(f"{START}customer_id/{jane.id}/")
    await send_fields(browser, {"store_id": str(view.id)})
    await add(browser, ctx, "mug")
    await send_fields(browser, {"do": "submit", "shipping_method": "flatrate_flatrate", "payment[method]": "checkmo"})
    (order,) = await orders(ctx)
    assert order.store_id == view.id


async def test_accounts_order_where_they_can_be_used(browser: AdminBrowser, ctx: Context):
    us = await a_website(ctx)
    jane = await a_customer(ctx)
    await browser.get(f"{START}customer_id/{jane.id}/")
    assert f'name="store_id" value="{us.id}"' not in browser.page.text
    await send_fields(browser, {"store_id": str(us.id)})
    assert "Please select a store." in said(browser)
    assert await ctx.db.value("select count(*) from quote") == 0
    await configure(ctx, customer__account_share__scope="0")
    await browser.get(f"{START}customer_id/{jane.id}/")
    assert f'name="store_id" value="{us.id}"' in browser.page.text


async def test_a_canceled_or_ordered_one_is_gone(browser: AdminBrowser, ctx: Context):
    await begin(browser, await jane_with_addresses(ctx))
    path = re.search(r'action="(/admin/sales/order_create/cancel/id/\d+/)"', browser.page.text)
    assert path
    edit = path[1].replace("cancel", "edit")
    await browser.post(path[1], {"confirmed": "1"})
    assert browser.heading == "Orders"
    await browser.get(edit)
    assert "This order was placed or canceled meanwhile." in said(browser)


async def test_an_update_takes_the_same_statements_for_any_number_of_lines(browser: AdminBrowser, ctx: Context):
    jane = await jane_with_addresses(ctx)
    for number in range(5):
        await a_product(ctx, f"mug{number}", "10")
    await begin(browser, jane)
    await add(browser, ctx, "mug0")
    await send_fields(browser, {"do": "close"})
    before = ctx.db.statements
    await send_fields(browser, {"do": "update"})
    one = ctx.db.statements - before
    for number in range(1, 5):
        await add(browser, ctx, f"mug{number}")
    await send_fields(browser, {"do": "close"})
    before = ctx.db.statements
    await send_fields(browser, {"do": "update"})
    assert ctx.db.statements - before == one


async def test_only_who_may_create_orders_gets_there(visitor: AdminBrowser, ctx: Context):
    await an_administrator(ctx, "clerk", ["Magento_Sales::sales_order", "Magento_Sales::actions_view"])
    await visitor.enter("clerk")
    await visitor.get(START)
    assert visitor.page.status_code == 403


async def test_enter_applies_the_coupon_that_was_typed(browser: AdminBrowser, ctx: Context):
    await a_product(ctx, "mug", "10", name="Mug")
    await a_rule_with_coupon(ctx, "TEN")
    await begin(browser, await jane_with_addresses(ctx))
    await add(browser, ctx, "mug", "2")
    await send_fields(browser, {"do": "update", "coupon": "TEN"})
    assert totals(browser)["Discount (TEN)"] == "-$2.00"


async def test_an_order_is_not_placed_before_its_total_with_the_typed_coupon_was_seen(
    browser: AdminBrowser, ctx: Context
):
    await a_product(ctx, "mug", "10", name="Mug")
    await a_rule_with_coupon(ctx, "TEN")
    await begin(browser, await jane_with_addresses(ctx))
    await add(browser, ctx, "mug", "2")
    ready = {"shipping_method": "flatrate_flatrate", "payment[method]": "checkmo"}
    await send_fields(browser, {"do": "submit", "coupon": "TEN", **ready})
    assert browser.messages == ["notice: The coupon code was applied. Look at the totals, then submit the order."]
    assert await orders(ctx) == []
    # Two mugs at 10 less 2, and 5 for shipping each.
    assert totals(browser)["Grand Total"] == "$28.00"
    await send_fields(browser, {"do": "submit", "coupon": "ten"})
    [order] = await orders(ctx)
    assert (order.coupon_code, order.grand_total) == ("TEN", Decimal("28.00"))


async def test_products_ticked_stay_ticked_on_other_pages_and_through_a_search(browser: AdminBrowser, ctx: Context):
    for number in range(1, 13):
        await a_product(ctx, f"mug-{number}", "10", name=f"Mug {number}")
    ids = await ids_by_sku(ctx)
    await begin(browser, await jane_with_addresses(ctx))
    await send_fields(browser, {"do": "find"})
    # The newest first, ten a page: the first two mugs are on the second.
    newest, oldest = ids["mug-12"], ids["mug-1"]
    await send_fields(browser, {"do": "find next", f"add[{newest}]": "1", f"qty[{newest}]": "3"})
    assert f'name="add[{oldest}]" value="1" aria-label' in browser.page.text
    assert "Selected on other pages" in browser.page.text
    await send_fields(browser, {"do": "find", "find": "mug-1", f"add[{oldest}]": "1", f"qty[{oldest}]": "2"})
    await send_fields(browser, {"do": "find", "find": "nothing like it"})
    assert "No product fits." in browser.page.text
    await send_fields(browser, {"do": "add"})
    assert sorted(re.findall(r'name="item\[\d+\]\[qty\]"[^>]*value="(\d+)"', browser.page.text)) == ["2", "3"]
    # What is in the order is not ticked any more.
    assert "Selected on other pages" not in browser.page.text


async def test_of_ticked_products_those_that_cannot_be_added_stay_ticked(browser: AdminBrowser, ctx: Context):
    await a_product(ctx, "mug", "10", name="Mug")
    await a_product(ctx, "cup", "10", name="Cup", qty="1")
    ids = await ids_by_sku(ctx)
    await begin(browser, await jane_with_addresses(ctx))
    await send_fields(browser, {"do": "find"})
    both = {f"add[{id}]": "1" for id in ids.values()}
    await send_fields(browser, {"do": "add", **both, f"qty[{ids['cup']}]": "5"})
    assert f'name="add[{ids["cup"]}]" value="1" checked' in browser.page.text
    assert f'name="add[{ids["mug"]}]" value="1" aria-label' in browser.page.text


async def test_enter_in_the_keyword_searches(browser: AdminBrowser, ctx: Context):
    for number in range(1, 13):
        await a_product(ctx, f"mug-{number}", "10", name=f"Mug {number}")
    await begin(browser, await jane_with_addresses(ctx))
    await send_fields(browser, {"do": "find"})
    await send_fields(browser, {"do": "find next"})
    await send_fields(browser, {"do": "update", "find": "mug-12"})
    assert browser.value("found_for") == "mug-12"
    assert "Select Mug 12" in browser.page.text


async def test_a_coupon_takes_off_until_it_is_removed_and_never_from_lines_without_discounts(
    browser: AdminBrowser, ctx: Context
):
    await a_rule_with_coupon(ctx, "TEN")
    await a_product(ctx, "mug", "10")
    await begin(browser, await jane_with_addresses(ctx))
    await add(browser, ctx, "mug", "2")
    await send_fields(browser, {"do": "coupon", "coupon": "TEN"})
    assert totals(browser)["Grand Total"] == "$18.00"
    line = name_of_line(browser)
    await send_fields(browser, {"do": "update", f"{line}[use_discount]": "0"})
    assert totals(browser)["Grand Total"] == "$20.00"
    await send_fields(browser, {"do": "update", f"{line}[use_discount]": ["0", "1"]})
    await send_fields(browser, {"do": "coupon", "coupon": "TEN"})
    assert totals(browser)["Grand Total"] == "$18.00"
    await send_fields(browser, {"do": "coupon remove"})
    assert totals(browser)["Grand Total"] == "$20.00"


async def test_an_order_whose_coupon_can_be_used_no_more_is_not_placed_without_a_word(
    browser: AdminBrowser, ctx: Context
):
    await a_rule_with_coupon(ctx, "TEN", uses_per_coupon=1)
    await a_product(ctx, "mug", "10")
    await begin(browser, await jane_with_addresses(ctx))
    await add(browser, ctx, "mug", "2")
    await send_fields(browser, {"do": "coupon", "coupon": "TEN"})
    await send_fields(browser, {"do": "rates"})
    await send_fields(browser, {"do": "update", "shipping_method": "flatrate_flatrate", "payment[method]": "checkmo"})
    assert totals(browser)["Grand Total"] == "$28.00"
    await ctx.db.execute("update salesrule_coupon set times_used = usage_limit")

    await send_fields(browser, {"do": "submit"})

    assert browser.page.status_code == 422
    assert "The coupon code isn't valid. Verify the code and try again." in said(browser)
    assert totals(browser)["Grand Total"] == "$30.00"
    assert await ctx.db.value("select count(*) from sales_order") == 0
    await send_fields(browser, {"do": "submit"})
    assert browser.messages == ["success: You created the order."]
    assert await ctx.db.value("select grand_total from sales_order") == 30


async def test_links_of_downloads_are_chosen(browser: AdminBrowser, ctx: Context):
    first, *_ = await episodes(ctx)
    await begin(browser, await jane_with_addresses(ctx))
    await add(browser, ctx, "240-LV09")
    key = re.search(r'name="(choose\[p\d+\]\[links\])"', browser.page.text)
    assert key
    await send_fields(browser, {"do": "add"})
    assert said(browser).count("Please specify product link(s).") == 2
    await send_fields(browser, {"do": "add", key[1]: str(first)})
    assert totals(browser)["Grand Total"] == "$9.00"
