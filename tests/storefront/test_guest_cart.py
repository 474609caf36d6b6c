"""A guest's cart outlives the session: it is known by a signed cookie of its own."""

import re
from datetime import timedelta

import pytest

from entrepot.quotes import carts
from tests.storefront.browser import HOST, Browser
from tests.storefront.buying import NEW_YORK, cart_of, lines, number, order, pay, put_in, ship
from tests.storefront.makers import a_customer

COOKIE = "guest_cart_1"
EMPTY = "You have no items in your shopping cart."


@pytest.fixture
def later(services, monkeypatch):
    """Let so much time pass."""

    def pass_(**time: float) -> None:
        passed = services.clock() + timedelta(**time)
        monkeypatch.setattr(services, "clock", lambda: passed)

    return pass_


async def put_bag_in(browser, qty=2):
    await put_in(browser, "/voyage-yoga-bag.html", qty)


def cookie_set(answer, name=COOKIE):
    return next((line for line in answer.headers.get_list("set-cookie") if line.startswith(f"{name}=")), None)


async def test_the_cart_and_the_steps_of_the_checkout_outlive_the_session(browser, db, goods, later):
    await put_bag_in(browser)
    await ship(browser)
    later(hours=2)

    # The form of the second step, which was opened two hours ago, goes through.
    await browser.post("/checkout/paymentPost/", {"billing_same": "1", "payment[method]": "checkmo"})
    assert browser.where == "/checkout/review/"
    assert "123 Oak Ave" in browser.text

    later(days=29)
    await browser.get("/checkout/")
    assert (browser.value("email"), browser.value("street[]")) == ("jdoe@example.com", "123 Oak Ave")
    await browser.get("/checkout/review/")
    await order(browser)
    assert browser.where == "/checkout/onepage/success/"
    assert await db.value("select grand_total from sales_order where increment_id = %(n)s", n=number(browser)) == 74


async def test_the_first_step_sent_after_the_session_has_ended_is_taken(browser, db, goods, later):
    await put_bag_in(browser)
    await browser.get("/checkout/")
    later(hours=2)

    await browser.post("/checkout/shippingPost/", NEW_YORK)

    assert (browser.where, browser.messages) == ("/checkout/payment/", [])
    assert (await cart_of(db))["shipping"]["city"] == "Purchase"


async def test_every_day_with_a_visit_counts_anew_and_after_30_without_the_cart_is_gone(browser, goods, later):
    await put_bag_in(browser)
    for _ in range(3):
        later(days=30)
        await browser.get("/")
        assert "Max-Age=2592000" in cookie_set(browser.page)
        await browser.get("/checkout/cart")
        assert cookie_set(browser.page) is None
        assert lines(browser) == [("Voyage Yoga Bag", "$32.00", "2", "$64.00")]

    later(days=31)
    await browser.get("/checkout/cart")
    assert EMPTY in browser.text


async def test_scripts_and_other_sites_have_no_part_in_the_cookie(services, db, goods):
    browser = Browser(services, scheme="https")
    await browser.get("/voyage-yoga-bag.html")
    fields = {"form_key": browser.form_key, "product": browser.value("product"), "qty": "1"}
    action = browser.action("checkout/cart/add")
    answer = await browser.client.post(action, data=fields, follow_redirects=False)

    assert {"HttpOnly", "Path=/", "SameSite=lax", "Secure"} <= set(cookie_set(answer).split("; "))


async def test_nobody_can_make_or_change_the_cookie(browser, ctx, services, goods):
    await put_bag_in(browser)
    ours = browser.client.cookies[COOKIE]
    mask, day, signature = re.fullmatch(r"(\w{32})-([\d-]{10})\.([\w-]{22})", ours).groups()
    another = await carts.create_guest_cart(ctx)
    forged = [
        f"{another}-{day}.{signature}",
        f"{mask}-2099-01-01.{signature}",
        f"{mask}-{day}",
        f"{mask}-{day}.",
        mask,
        "",
        "é.é",
        f"{mask}-{day}.{signature}x",
    ]
    for value in forged:
        thief = Browser(services)
        await thief.get("/checkout/cart", headers={"cookie": f"{COOKIE}={value}".encode()})
        assert EMPTY in thief.text, value
    # That of one website is worth nothing on another.
    await browser.get("/checkout/cart", headers={"cookie": f"guest_cart_2={ours}"})
    assert EMPTY in browser.text


async def test_an_ordered_cart_is_forgotten_also_by_another_tab(browser, services, goods):
    await put_bag_in(browser)
    tab = Browser(services)
    tab.client.cookies.set(COOKIE, browser.client.cookies[COOKIE], domain=HOST)
    await ship(browser)
    await pay(browser)
    await order(browser)
    assert COOKIE not in browser.client.cookies
    await browser.get("/checkout/cart")
    assert EMPTY in browser.text

    await tab.get("/checkout/cart")
    assert EMPTY in tab.text
    ordered = tab.client.cookies[COOKIE]
    await put_bag_in(tab, 1)
    assert tab.client.cookies[COOKIE] != ordered
    await tab.get("/checkout/cart")
    assert lines(tab) == [("Voyage Yoga Bag", "$32.00", "1", "$32.00")]


async def test_a_deleted_cart_is_none(browser, db, goods):
    await put_bag_in(browser)
    await db.execute("delete from quote")
    await browser.get("/checkout/cart")
    assert EMPTY in browser.text
    await put_bag_in(browser, 1)
    await browser.get("/checkout/cart")
    assert [line[2] for line in lines(browser)] == ["1"]


async def test_who_signs_in_after_the_session_has_ended_takes_the_cart_along_and_leaves_none(
    browser, ctx, services, goods, later
):
    await a_customer(ctx, ctx.stores.by_code("default"))
    await put_bag_in(browser)
    later(hours=5)
    await browser.sign_in(root="")
    assert COOKIE not in browser.client.cookies
    await browser.get("/checkout/cart")
    assert [line[2] for line in lines(browser)] == ["2"]

    await browser.get("/customer/account/logout/")
    await browser.get("/checkout/cart")
    assert EMPTY in browser.text


async def test_signing_out_leaves_no_cart_of_any_website(browser, ctx, us, jane, goods):
    await put_bag_in(browser)
    await browser.sign_in()
    assert COOKIE in browser.client.cookies
    await browser.get("/us/customer/account/logout/")
    assert COOKIE not in browser.client.cookies
    await browser.get("/checkout/cart")
    assert EMPTY in browser.text


async def test_without_a_visit_of_the_shop_no_session_is_needed_for_a_cart(browser, db, goods):
    await put_bag_in(browser)
    await browser.get("/checkout/cart")
    assert await db.value("select data from session") == {}
