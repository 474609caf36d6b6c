"""Whose the cart is, and how every page shows it."""

from __future__ import annotations

import re

from tests.storefront.browser import Browser
from tests.storefront.buying import (
    count,
    ids,
    lines,
    put_in,
)
from tests.storefront.makers import a_customer, configure


async def test_another_visitors_line_cannot_be_touched(browser, services, bag):
    await put_in(browser, "/voyage-yoga-bag.html", 2)
    await browser.get("/checkout/cart")
    (mine,) = ids(browser)
    other = Browser(services)
    await put_in(other, "/voyage-yoga-bag.html", 1)
    await other.post("/checkout/cart/delete/", {"id": mine})
    await other.post("/checkout/cart/updatePost/", {f"cart[{mine}][qty]": "9"})
    await browser.get("/checkout/cart")
    assert lines(browser) == [("Voyage Yoga Bag", "$32.00", "2", "$64.00")]


async def test_the_cart_counts_lines_when_the_shop_wants_it(browser, ctx, bag):
    await configure(ctx, "checkout/cart_link/use_qty", "0")
    await put_in(browser, "/voyage-yoga-bag.html", 20)
    assert count(browser) == "1"


async def test_the_panel_shows_what_was_added_last_and_changes_it(browser, bag, backpack):
    await put_in(browser, "/voyage-yoga-bag.html", 1)
    await put_in(browser, "/driven-backpack.html", 2)
    await browser.get("/checkout/sidebar/")
    assert re.findall(r'class="line-name"><a [^>]*>([^<]+)<', browser.page.text) == [
        "Driven Backpack", "Voyage Yoga Bag"
    ]  # fmt: skip
    assert "Cart Subtotal $104.00" in browser.text
    first = ids(browser)[0]

    await browser.post("/checkout/sidebar/updateItemQty/", {f"cart[{first}][qty]": "3"})
    assert "Cart Subtotal $140.00" in browser.text
    assert count(browser) == "4"

    await browser.post("/checkout/sidebar/updateItemQty/", {f"cart[{first}][qty]": "999"})
    assert browser.messages == ["error: The requested qty is not available"]

    await browser.post("/checkout/sidebar/removeItem/", {"item_id": first})
    assert "Cart Subtotal $32.00" in browser.text


async def test_a_page_without_a_cart_asks_for_none(browser, db, bag):
    await browser.get("/voyage-yoga-bag.html")
    before = db.statements
    await browser.get("/voyage-yoga-bag.html")
    without = db.statements - before
    await put_in(browser, "/voyage-yoga-bag.html", 1)
    await browser.get("/voyage-yoga-bag.html")
    before = db.statements
    await browser.get("/voyage-yoga-bag.html")
    # The session, and the count.
    assert db.statements - before <= without + 2


async def test_signing_in_takes_the_cart_along(browser, ctx, bag):
    await a_customer(ctx, ctx.stores.default)
    await put_in(browser, "/voyage-yoga-bag.html", 2)
    await browser.sign_in(root="")
    assert count(browser) == "2"
    await browser.get("/checkout/cart")
    assert lines(browser) == [("Voyage Yoga Bag", "$32.00", "2", "$64.00")]


async def test_carts_are_merged_as_far_as_the_stock_goes(browser, services, db, ctx, bag, backpack):
    await a_customer(ctx, ctx.stores.default)
    await browser.sign_in(root="")
    await put_in(browser, "/voyage-yoga-bag.html", 50)
    other = Browser(services)
    await put_in(other, "/voyage-yoga-bag.html", 30)
    await put_in(other, "/driven-backpack.html", 1)
    await other.sign_in(root="")

    assert browser.messages == ["success: You added Voyage Yoga Bag to your shopping cart."]
    assert other.messages == ['notice: Of "Voyage Yoga Bag" you can have no more than 70: your cart now has as many.']
    await other.get("/checkout/cart")
    assert lines(other) == [
        ("Voyage Yoga Bag", "$32.00", "70", "$2,240.00"),
        ("Driven Backpack", "$36.00", "1", "$36.00"),
    ]
    assert await db.value("select count(*) from quote where is_active") == 1
    assert await db.value("select count(*) from quote where masked_id is not null") == 0
