"""The checkout, from the cart to the order."""

from __future__ import annotations

import re
from decimal import Decimal

from tests.catalog.browsing.makers import on_sale
from tests.catalog.downloadable.makers import a_link
from tests.promotions.makers import a_rule_with_coupon
from tests.storefront.buying import (
    NEW_YORK,
    cart_of,
    fill,
    lines,
    number,
    order,
    pay,
    put_in,
    ship,
    totals,
)
from tests.storefront.makers import a_customer, an_address, configure
from tests.storefront.test_downloads import a_download


async def test_a_guest_buys_the_tutorials_cart(browser, ctx, db, goods):
    await fill(browser)
    await ship(browser)
    assert browser.where == "/checkout/payment/"
    assert totals(browser) == [
        "Cart Subtotal $2,440.00",
        "Shipping (Flat Rate - Fixed) $350.00",
        "Order Total $2,790.00",
    ]
    await pay(browser)
    assert browser.where == "/checkout/review/"
    assert "Check / Money order" in browser.text
    await order(browser)

    assert browser.where == "/checkout/onepage/success/"
    assert re.search(r"Thank you for your purchase! Your order # is: \d{9}\.", browser.text)
    assert "Email Address: jdoe@example.com" in browser.text
    assert await db.value("select count(*) from quote where is_active") == 0
    await browser.get("/checkout/cart/")
    assert "You have no items in your shopping cart." in browser.text


async def test_two_submits_are_one_order(browser, db, goods):
    await fill(browser)
    await ship(browser)
    await pay(browser)
    key = browser.form_key
    await order(browser)
    first = number(browser)
    await browser.post_without_key("/checkout/placeOrder/", {"form_key": key})

    assert browser.where == "/checkout/onepage/success/"
    assert number(browser) == first
    assert await db.value("select count(*) from sales_order") == 1


async def test_what_is_missing_is_told_at_its_field_and_nothing_is_kept(browser, db, goods):
    await fill(browser)
    before = await cart_of(db)
    await ship(browser, email="nobody", firstname="", region_id="", shipping_method=None)

    assert browser.where == "/checkout/"
    assert browser.messages == [
        "error: Please enter a valid email address (Ex: johndoe@domain.com).",
        'error: "First Name" is a required value.',
        'error: "State/Province" is a required value.',
        "error: The shipping method is missing. Select the shipping method and try again.",
    ]
    for field in ("email", "firstname", "region_id", "rates"):
        assert f'id="{field}-error"' in browser.page.text
    assert browser.value("lastname") == "Doe"
    assert browser.value("email") == "nobody"
    assert await cart_of(db) == before


async def test_a_method_that_nobody_offers_is_refused(browser, goods):
    await fill(browser)
    await ship(browser, shipping_method="tablerate_bestway")
    assert browser.messages == ["error: The shipping method is missing. Select the shipping method and try again."]


async def test_a_step_that_is_done_can_be_reopened_and_the_bill_follows(browser, goods):
    await fill(browser)
    await ship(browser)
    await pay(browser)
    assert re.findall(r'<a href="([^"]+)">Edit<', browser.page.text) == ["/checkout/", "/checkout/payment/"]
    await browser.get("/checkout/")
    assert browser.value("city") == "Purchase"
    await ship(browser, city="Rye")
    assert browser.where == "/checkout/payment/"
    await browser.get("/checkout/review/")
    assert re.findall(r"(\w+), New York", browser.text) == ["Rye", "Rye"]


async def test_the_bill_may_go_elsewhere(browser, db, goods):
    await fill(browser)
    await ship(browser)
    bill = {name: value for name, value in NEW_YORK.items() if name not in ("email", "shipping_method")}
    await browser.post(
        "/checkout/paymentPost/",
        {**bill, "city": "Los Angeles", "region_id": "12", "postcode": "90034", "payment[method]": "checkmo"},
    )
    assert browser.where == "/checkout/review/"
    cart = await cart_of(db)
    assert (cart["billing"]["city"], cart["billing"]["region"]) == ("Los Angeles", "California")
    assert (cart["shipping"]["city"], cart["shipping"].get("same_as_billing", 0)) == ("Purchase", 0)
    assert cart["billing"]["email"] == "jdoe@example.com"


async def test_the_billing_address_is_checked_field_by_field(browser, goods):
    await fill(browser)
    await ship(browser)
    await browser.post("/checkout/paymentPost/", {"country_id": "US", "payment[method]": "checkmo"})
    assert browser.where == "/checkout/payment/"
    assert browser.messages[0] == 'error: "First Name" is a required value.'
    assert 'id="street-1-error"' in browser.page.text


async def _at_the_review_with_a_coupon(browser, ctx):
    await a_rule_with_coupon(ctx, "H20", simple_action="by_percent", discount_amount=Decimal(10), uses_per_coupon=1)
    await put_in(browser, "/voyage-yoga-bag.html", 2)
    await browser.get("/checkout/cart")
    await browser.post("/checkout/cart/couponPost/", {"coupon_code": "H20"})
    await ship(browser)
    await pay(browser)
    assert totals(browser)[-1] == "Order Total $67.60"


async def test_a_coupon_whose_last_use_went_to_another_is_told_before_the_order_is_taken(browser, ctx, db, goods):
    await _at_the_review_with_a_coupon(browser, ctx)
    await db.execute("update salesrule_coupon set times_used = usage_limit")

    await order(browser)

    assert browser.where == "/checkout/review/"
    assert browser.messages == ["error: The coupon code isn't valid. Verify the code and try again."]
    assert totals(browser)[-1] == "Order Total $74.00"
    assert await db.value("select count(*) from sales_order") == 0
    await browser.get("/checkout/review/")
    assert browser.messages == []

    await order(browser)
    assert browser.where == "/checkout/onepage/success/"
    assert await db.value("select grand_total from sales_order") == 74


async def test_a_loss_that_the_review_has_told_is_told_once(browser, ctx, db, goods):
    await _at_the_review_with_a_coupon(browser, ctx)
    await db.execute("update salesrule_coupon set times_used = usage_limit")
    await pay(browser)
    told = 'error: The coupon code "H20" is not valid any more, and the total is without it.'
    assert (browser.where, browser.messages) == ("/checkout/review/", [told])
    assert totals(browser)[-1] == "Order Total $74.00"
    await browser.get("/checkout/cart/")
    assert browser.messages == [told]

    # Without having seen that page the order is refused.
    await order(browser)
    assert browser.messages == ["error: The coupon code isn't valid. Verify the code and try again."]


async def test_who_has_been_told_of_the_loss_orders_without_the_coupon(browser, ctx, db, goods):
    await _at_the_review_with_a_coupon(browser, ctx)
    await db.execute("update salesrule_coupon set times_used = usage_limit")
    await pay(browser)

    await order(browser, without_coupon=browser.value("without_coupon"))

    assert browser.where == "/checkout/onepage/success/"
    assert await db.value("select grand_total from sales_order") == 74


async def test_a_purchase_order_needs_its_number(browser, ctx, db, goods):
    await configure(ctx, "payment/purchaseorder/active", "1")
    await fill(browser)
    await ship(browser)
    await pay(browser, **{"payment[method]": "purchaseorder"})
    assert browser.messages == ["error: Purchase order number is a required field."]
    assert 'id="po_number-error"' in browser.page.text
    await pay(browser, **{"payment[method]": "purchaseorder", "payment[po_number]": "PO-7"})
    assert "Purchase Order (PO-7)" in browser.text


async def test_methods_tell_what_has_to_be_done(browser, ctx, goods):
    await configure(ctx, "payment/banktransfer/active", "1")
    await configure(ctx, "payment/banktransfer/instructions", "IBAN DE02\nBank of Both")
    await configure(ctx, "payment/checkmo/payable_to", "The Shop")
    await fill(browser)
    await ship(browser)
    assert "IBAN DE02 Bank of Both" in browser.text
    assert "Make Check payable to: The Shop" in browser.text


async def test_without_a_method_nothing_goes_on(browser, goods):
    await fill(browser)
    await ship(browser)
    await browser.post("/checkout/paymentPost/", {"billing_same": "1"})
    assert browser.messages == ["error: Enter a valid payment method and try again."]
    await browser.post("/checkout/paymentPost/", {"billing_same": "1", "payment[method]": "cashondelivery"})
    assert browser.messages == ["error: The requested Payment Method is not available."]


async def test_ways_to_ship_follow_what_is_typed_and_nothing_is_kept(browser, db, ctx, goods):
    await configure(ctx, "carriers/flatrate/sallowspecific", "1")
    await configure(ctx, "carriers/flatrate/specificcountry", "US")
    await fill(browser)
    await browser.get("/checkout/")
    key, before = browser.form_key, await cart_of(db)
    await browser.post_without_key("/checkout/rates/", {"form_key": key, "country_id": "DE", "postcode": "10115"})
    assert "Flat Rate $" not in browser.text
    await browser.post_without_key("/checkout/rates/", {"form_key": key, "country_id": "US", "region_id": "43"})
    assert "Fixed Flat Rate $350.00" in browser.text
    assert 'id="summary-totals" hx-swap-oob="innerHTML"' in browser.page.text
    assert "Order Total $2,790.00" in browser.text
    assert await cart_of(db) == before


async def test_without_scripts_a_button_asks_for_the_ways_to_ship(browser, ctx, goods):
    await fill(browser)
    await ship(browser, update="1", postcode="99999")
    assert browser.where == "/checkout/"
    assert browser.messages == []
    assert browser.value("postcode") == "99999"
    assert "Fixed Flat Rate $350.00" in browser.text


async def test_an_address_that_has_an_account_is_asked_to_sign_in(browser, ctx, goods):
    await a_customer(ctx, ctx.stores.default)
    await fill(browser)
    await browser.get("/checkout/")
    key = browser.form_key
    await browser.post_without_key("/checkout/email/", {"form_key": key, "email": "jdoe@example.com"})
    assert "You already have an account with us. Sign in or continue as guest." in browser.text
    await browser.post_without_key("/checkout/email/", {"form_key": key, "email": "new@example.com"})
    assert "You already have an account" not in browser.text

    await browser.post_without_key(
        "/checkout/signIn/", {"form_key": key, "login[username]": "jdoe@example.com", "login[password]": "wrong"}
    )
    assert browser.where == "/checkout/"
    assert 'id="login-pass-error"' in browser.page.text
    await browser.post("/checkout/signIn/", {"login[username]": "jdoe@example.com", "login[password]": "Password1"})
    assert browser.where == "/checkout/"
    assert "Welcome, Jane Doe!" in browser.text
    assert totals(browser)[0] == "Cart Subtotal $2,440.00"


async def test_a_customer_ships_to_an_entry_of_the_address_book(browser, ctx, db, goods):
    home, work = an_address(), an_address(city="Rye", default_billing=None, default_shipping=None)
    jane = await a_customer(ctx, ctx.stores.default, addresses=[home, work])
    await browser.sign_in(root="")
    await fill(browser)
    await browser.get("/checkout/")
    first, second = (str(one.id) for one in jane.addresses)
    assert re.findall(r'name="address_id" value="(\w+)"( checked)?', browser.page.text) == [
        (first, " checked"), (second, ""), ("new", "")
    ]  # fmt: skip
    await browser.post("/checkout/shippingPost/", {"address_id": second, "shipping_method": "flatrate_flatrate"})
    assert browser.where == "/checkout/payment/"
    # The bill goes to the default billing address, until something else is said.
    assert 'name="billing_same" type="checkbox" value="1">' in browser.page.text
    await browser.post("/checkout/paymentPost/", {"address_id": first, "payment[method]": "checkmo"})
    await order(browser)
    assert "Your order number is:" in browser.text or "Your order # is:" in browser.text
    cart = await cart_of(db)
    assert (cart["shipping"]["city"], cart["shipping"]["customer_address_id"]) == ("Rye", int(second))
    assert (cart["billing"]["city"], cart["billing"]["customer_address_id"]) == ("Purchase", int(first))
    assert "Create an Account" not in re.sub(r"<header>.*?</header>", "", browser.page.text, flags=re.DOTALL)


async def test_a_customers_new_address_is_kept_in_the_book_when_asked(browser, ctx, db, goods):
    jane = await a_customer(ctx, ctx.stores.default, addresses=[an_address()])
    await browser.sign_in(root="")
    await fill(browser)
    await ship(browser, address_id="new", city="Rye", save_in_address_book="1")
    await pay(browser)
    await order(browser)
    assert await db.values(
        "select city from customer_address where customer_id = %(id)s order by entity_id", id=jane.id
    ) == ["Purchase", "Rye"]


async def test_another_customers_address_is_none(browser, ctx, db, goods):
    other = await a_customer(ctx, ctx.stores.default, email="other@example.com", addresses=[an_address()])
    await a_customer(ctx, ctx.stores.default, addresses=[an_address()])
    await browser.sign_in(root="")
    await fill(browser)
    await browser.get("/checkout/")
    await browser.post(
        "/checkout/shippingPost/",
        {"address_id": str(other.addresses[0].id), "shipping_method": "flatrate_flatrate"},
    )
    assert browser.messages == ["error: Please check the address and try again."]
    assert "firstname" not in (await cart_of(db))["shipping"]


async def test_what_is_not_shipped_needs_no_shipping(browser, ctx, db):
    await on_sale(ctx, "warranty", name="Warranty", price="10", type_id="virtual", weight=None)
    await put_in(browser, "/warranty.html", 1)
    await browser.get("/checkout/")
    assert browser.where == "/checkout/payment/"
    assert "Shipping" not in " ".join(totals(browser))
    bill = {name: value for name, value in NEW_YORK.items() if name != "shipping_method"}
    await browser.post("/checkout/paymentPost/", {**bill, "payment[method]": "checkmo"})
    assert (browser.where, browser.messages) == ("/checkout/review/", [])
    await order(browser)
    assert "Thank you for your purchase!" in browser.text


async def test_a_cart_that_costs_nothing_is_paid_by_nothing(browser, ctx):
    await on_sale(ctx, "gift", name="Gift", price="0", type_id="virtual", weight=None)
    await put_in(browser, "/gift.html", 1)
    await browser.get("/checkout/payment/")
    assert re.findall(r'name="payment\[method\]" value="(\w+)"( checked)?', browser.page.text) == [("free", " checked")]


async def test_a_customer_buys_the_tutorials_cart_with_a_download(browser, ctx, db, goods):
    await a_download(ctx, a_link("Yoga Adventure"), links_title="Downloads")
    await a_customer(ctx, ctx.stores.default, addresses=[an_address()])
    await browser.sign_in(root="")
    await fill(browser)
    await put_in(browser, "/yoga-adventure.html", 1)
    await browser.get("/checkout/cart/")
    assert lines(browser)[-1] == ("Yoga Adventure", "$22.00", "1", "$22.00")
    assert "Downloads Yoga Adventure" in browser.text
    await browser.get("/checkout/")
    # The only way to ship is chosen already: 5.00 for each of the 70 pieces that are shipped.
    assert totals(browser) == [
        "Cart Subtotal $2,462.00",
        "Shipping (Flat Rate - Fixed) $350.00",
        "Order Total $2,812.00",
    ]


async def test_the_shipping_policy_is_told_where_the_shop_wants_it(browser, ctx, goods):
    await configure(ctx, "shipping/shipping_policy/shipping_policy_content", "We ship on <Mondays>.")
    await fill(browser)
    await browser.get("/checkout/")
    assert "Mondays" not in browser.text
    await configure(ctx, "shipping/shipping_policy/enable_shipping_policy", "1")
    await browser.get("/checkout/")
    assert "See our Shipping Policy We ship on <Mondays>." in browser.text
