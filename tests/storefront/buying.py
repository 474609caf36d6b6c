"""What a shopper does, and reads off the pages: for tests of the cart and the checkout."""

from __future__ import annotations

import re

from tests.storefront.browser import HOST

NEW_YORK = {
    "email": "jdoe@example.com",
    "firstname": "Jane",
    "lastname": "Doe",
    "street[]": "123 Oak Ave",
    "city": "Purchase",
    "country_id": "US",
    "region_id": "43",
    "postcode": "10577",
    "telephone": "512-555-1111",
    "shipping_method": "flatrate_flatrate",
}

SAME = {"billing_same": "1", "payment[method]": "checkmo"}


async def put_in(browser, page, qty, **fields):
    """Send the form of a product's page."""
    await browser.get(page)
    sent = {"product": browser.value("product"), "qty": str(qty), **fields}
    return await browser.post(
        browser.action("checkout/cart/add"), sent, headers={"referer": f"http://{HOST}{browser.where}"}
    )


def lines(browser):
    """What the cart's page shows of each line: name, price, quantity, subtotal."""
    rows = re.findall(r"<tr(?: class=\"wrong\")?>\s*<td class=\"cart-item\">(.*?)</tr>", browser.page.text, re.DOTALL)
    found = []
    for row in rows:
        prices = re.findall(r'class="price">([^<]+)<', row)
        name = re.search(r'class="line-name">(?:<a[^>]*>)?([^<]+)', row)[1]
        qty = re.search(r'name="cart\[\d+\]\[qty\]"[^>]* value="([^"]+)"', row)[1]
        found.append((name, prices[0], qty, prices[-1]))
    return found


def ids(browser):
    return re.findall(r'name="cart\[(\d+)\]\[qty\]"', browser.page.text)


def totals(browser):
    table = re.search(r'<table class="totals">(.*?)</table>', browser.page.text, re.DOTALL)[1]
    rows = re.findall(r"<tr class=\"[^\"]*\">(.*?)</tr>", table, re.DOTALL)
    return [" ".join(re.sub(r"<[^>]+>", " ", row).split()) for row in rows]


def count(browser):
    return re.search(r'class="visually-hidden">(\d+) items<', browser.page.text)[1]


async def fill(browser):
    await put_in(browser, "/voyage-yoga-bag.html", 20)
    await put_in(browser, "/driven-backpack.html", 50)


async def ship(browser, **changes):
    await browser.get("/checkout/")
    sent = {name: value for name, value in {**NEW_YORK, **changes}.items() if value is not None}
    await browser.post("/checkout/shippingPost/", sent)


async def pay(browser, **changes):
    await browser.post("/checkout/paymentPost/", {**SAME, **changes})


async def order(browser, **fields):
    await browser.post("/checkout/placeOrder/", fields)


def number(browser):
    return re.search(r"<strong>(\d+)</strong>", browser.page.text)[1]


async def cart_of(db):
    """The document of the only cart."""
    return await db.value("select content from quote")
