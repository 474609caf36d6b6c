"""Who gets into the checkout, who does not, and where it leads."""

from __future__ import annotations

from decimal import Decimal

from entrepot import content, customers
from entrepot.catalog import products
from entrepot.catalog.contracts import Product, ProductExtension, StockItem
from entrepot.content.contracts import Agreement
from tests.catalog.browsing.makers import on_sale
from tests.catalog.downloadable.makers import a_link
from tests.storefront.buying import (
    NEW_YORK,
    SAME,
    fill,
    ids,
    lines,
    order,
    pay,
    put_in,
    ship,
    totals,
)
from tests.storefront.makers import a_view, configure
from tests.storefront.test_downloads import a_download


async def test_the_success_page_is_only_for_who_has_ordered(browser):
    await browser.get("/checkout/onepage/success/")
    assert browser.where == "/checkout/cart/"
    await browser.get("/checkout/onepage/failure/")
    assert browser.where == "/checkout/cart/"


async def test_after_the_order_a_guest_can_make_an_account(browser, goods):
    await fill(browser)
    await ship(browser)
    await pay(browser)
    await order(browser)
    await browser.post("/checkout/account/create/")
    assert browser.where == "/customer/account/create/"
    assert browser.value("email") == "jdoe@example.com"
    assert browser.value("firstname") == "Jane"


async def _makes_an_account(browser):
    await order(browser)
    await browser.post("/checkout/account/create/")
    password = {"password": "Password1", "password_confirmation": "Password1"}
    names = {"firstname": "Jane", "lastname": "Doe", "email": "jdoe@example.com"}
    await browser.post("/customer/account/createpost/", {**names, **password})
    assert browser.where == "/customer/account/"


async def _book(ctx):
    customer = await customers.get_by_id(ctx, await ctx.db.value("select entity_id from customer"))
    return [
        (one.firstname, one.street, one.region.region, one.region_id, one.default_billing, one.default_shipping)
        for one in customer.addresses
    ]


async def test_the_account_has_the_address_of_the_order_as_both_defaults(browser, ctx, goods):
    await fill(browser)
    await ship(browser)
    await pay(browser)
    await _makes_an_account(browser)

    assert await _book(ctx) == [("Jane", ["123 Oak Ave"], "New York", 43, True, True)]
    await browser.get("/customer/address/")
    assert "Default Billing Address Jane Doe 123 Oak Ave Purchase, New York, 10577" in browser.text


async def test_the_account_has_both_addresses_where_the_bill_goes_elsewhere(browser, ctx, goods):
    await fill(browser)
    await ship(browser)
    elsewhere = {**NEW_YORK, "street[]": "1 Elm St", "city": "Austin", "region_id": "57", "firstname": "Joan"}
    await pay(browser, billing_same="0", **elsewhere)
    await _makes_an_account(browser)

    assert await _book(ctx) == [
        ("Joan", ["1 Elm St"], "Texas", 57, True, None),
        ("Jane", ["123 Oak Ave"], "New York", 43, None, True),
    ]


async def test_the_account_of_who_bought_what_is_not_shipped_has_where_the_bill_went(browser, ctx):
    await on_sale(ctx, "warranty", name="Warranty", price="10", qty=5, type_id="virtual", weight=None)
    await put_in(browser, "/warranty.html", 1)
    await browser.get("/checkout/payment/")
    await browser.post("/checkout/paymentPost/", {**NEW_YORK, "payment[method]": "checkmo"})
    await _makes_an_account(browser)

    assert await _book(ctx) == [("Jane", ["123 Oak Ave"], "New York", 43, True, None)]


async def test_an_address_that_the_shop_takes_no_more_does_not_stand_in_the_way_of_the_account(browser, ctx, goods):
    await fill(browser)
    await ship(browser)
    await pay(browser)
    await configure(ctx, "customer/address/company_show", "req")
    await _makes_an_account(browser)

    assert await _book(ctx) == []


async def test_steps_are_taken_in_their_order(browser, goods):
    await fill(browser)
    for step in ("payment", "review"):
        await browser.get(f"/checkout/{step}/")
        assert browser.where == "/checkout/"
    await browser.post("/checkout/paymentPost/", SAME)
    assert browser.where == "/checkout/"
    await ship(browser)
    await browser.get("/checkout/review/")
    assert browser.where == "/checkout/payment/"


async def test_an_empty_cart_leads_back(browser):
    await browser.get("/checkout/")
    assert browser.where == "/checkout/cart/"


async def test_the_checkout_can_be_off_or_closed_to_guests(browser, ctx, goods):
    await fill(browser)
    await configure(ctx, "checkout/options/guest_checkout", "0")
    await browser.get("/checkout/")
    assert (browser.where, browser.messages) == ("/checkout/cart/", ["error: Guest checkout is disabled."])
    await configure(ctx, "checkout/options/onepage_checkout_enabled", "0")
    await browser.get("/checkout/")
    assert (browser.where, browser.messages) == ("/checkout/cart/", ["error: One-page checkout is turned off."])


async def test_guests_who_may_not_order_are_told_and_keep_their_cart(browser, ctx, db, goods):
    await fill(browser)
    await ship(browser)
    await pay(browser)
    await configure(ctx, "checkout/options/guest_checkout", "0")
    await order(browser)
    assert browser.where == "/checkout/onepage/failure/"
    assert "Sorry, guest checkout is not available." in browser.text
    assert await db.value("select count(*) from quote where is_active") == 1


async def test_below_the_minimum_there_is_no_checkout(browser, ctx, goods):
    await configure(ctx, "sales/minimum_order/active", "1")
    await configure(ctx, "sales/minimum_order/amount", "5000")
    await configure(ctx, "sales/minimum_order/error_message", "Too little for us.")
    await fill(browser)
    await browser.get("/checkout/")
    assert browser.where == "/checkout/cart/"
    assert browser.messages == ["error: Too little for us.", "notice: Minimum order amount is $5,000.00"]


async def test_what_is_sold_meanwhile_leads_back_to_the_cart(browser, ctx, db, goods):
    await fill(browser)
    await ship(browser)
    await pay(browser)
    await products.save(
        ctx,
        Product(
            sku="24-WB01",
            extension_attributes=ProductExtension(stock_item=StockItem(qty=Decimal(5), is_in_stock=True)),
        ),
    )
    await order(browser)
    assert browser.where == "/checkout/cart/"
    assert "error: The requested qty is not available" in browser.messages
    assert await db.value("select count(*) from sales_order") == 0
    assert lines(browser)[0] == ("Voyage Yoga Bag", "$32.00", "20", "$640.00")


async def test_terms_have_to_be_agreed_to(browser, ctx, db, goods):
    await configure(ctx, "checkout/options/enable_agreements", "1")
    agreement_id = await content.agreements.save_agreement(
        ctx,
        Agreement(
            name="Terms", content="No <b>returns</b>", checkbox_text="I agree", is_active=True, is_html=False, mode=1
        ),
        [0],
    )
    await fill(browser)
    await ship(browser)
    await pay(browser)
    assert "I agree *" in browser.text
    assert "No &lt;b&gt;returns" in browser.page.text
    await order(browser)
    assert browser.where == "/checkout/review/"
    assert browser.messages == [
        "error: The order wasn't placed. First, agree to the terms and conditions, then try placing your order again."
    ]
    assert 'id="agreements-error"' in browser.page.text
    await order(browser, **{f"agreement[{agreement_id}]": "1"})
    assert "Thank you for your purchase!" in browser.text


async def test_a_coupon_field_in_the_checkout_leads_back_to_the_step(browser, goods):
    await fill(browser)
    await ship(browser)
    await browser.post("/checkout/cart/couponPost/", {"coupon_code": "NO", "back": "/checkout/payment/"})
    assert browser.where == "/checkout/payment/"
    assert browser.messages == ['error: The coupon code "NO" is not valid.']


async def test_in_another_view_of_the_website_the_cart_is_sold_as_that_one_sells(browser, ctx, db, goods):
    view = await a_view(ctx, 1, "es", "Spanish")
    await products.save(ctx.in_store(view), Product(sku="24-WB01", name="Bolsa de yoga"))
    await put_in(browser, "/voyage-yoga-bag.html", 20)
    await browser.get("/es/checkout/cart/")
    assert lines(browser) == [("Bolsa de yoga", "$32.00", "20", "$640.00")]
    await browser.post("/es/checkout/cart/updatePost/", {f"cart[{ids(browser)[0]}][qty]": "2"})
    assert await db.value("select store_id from quote") == view.id


async def test_another_website_has_carts_of_its_own(browser, ctx, goods, us):
    await fill(browser)
    await browser.get("/us/checkout/cart/")
    assert "You have no items in your shopping cart." in browser.text
    await browser.get("/default/checkout/cart/")
    assert totals(browser)[0] == "Subtotal $2,440.00"


async def test_a_guest_with_a_download_has_to_sign_in(browser, ctx, goods):
    await a_download(ctx, a_link("Yoga Adventure"))
    await put_in(browser, "/yoga-adventure.html", 1)
    await browser.get("/checkout/")
    assert browser.where.startswith("/customer/account/login/referer/")
    assert browser.messages == ["notice: Please sign in first: downloads are kept in your account."]

    await configure(ctx, "catalog/downloadable/disable_guest_checkout", "0")
    await browser.get("/checkout/")
    assert browser.where == "/checkout/payment/"


async def test_ways_to_ship_of_a_cart_that_is_gone_lead_away(browser, goods):
    await fill(browser)
    await browser.get("/checkout/")
    key = browser.form_key
    await browser.get("/checkout/cart/")
    await browser.post("/checkout/cart/clear/")
    await browser.post_without_key("/checkout/rates/", {"form_key": key, "country_id": "US"})
    assert (browser.page.status_code, browser.page.headers["hx-redirect"]) == (204, "/checkout/cart/")


async def test_statements_do_not_grow_with_the_lines(browser, ctx, db):
    counts = []
    for more in (range(1), range(1, 9)):
        for number in more:
            await on_sale(ctx, f"p{number}", name=f"Product {number}", price="10", qty=70)
            await put_in(browser, f"/product-{number}.html", 1)
        of_pages = {}
        for page in ("/checkout/cart/", "/checkout/sidebar/", "/checkout/"):
            await browser.get(page)
            before = db.statements
            await browser.get(page)
            of_pages[page] = db.statements - before
        counts.append(of_pages)
    assert counts[0] == counts[1]
